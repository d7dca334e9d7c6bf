"""Arguments and options that several commands share."""

import calendar
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from onrecord.settings import LEDGER_VARIABLE

DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def _day(text: str, *, last: bool) -> date:
    """The first or last day of `2024`, `2024-05` or `2024-05-17`."""
    match = DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        month = month or (12 if last else 1)
        return date(year or 0, month, day or (calendar.monthrange(year or 0, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise typer.BadParameter(f"{text!r} is not a day, month or year such as 2024-05-17, 2024-05 or 2024") from error


def _first_day(text: str) -> date:
    return _day(text, last=False)


def _last_day(text: str) -> date:
    return _day(text, last=True)


Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Files, folders or patterns of text or HTML; - is standard input."),
]
LedgerPath = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        envvar=LEDGER_VARIABLE,
        metavar="PATH",
        dir_okay=False,
        help="The ledger; by default one in your data directory.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Processes that read, by default one for each core."),
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Name of the document; for a single source only.")
]
Url = Annotated[
    str | None, typer.Option("--url", metavar="URL", help="Address it came from; for a single source only.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")]
Outlet = Annotated[
    str | None, typer.Option("--outlet", metavar="NAME", help="Only of this outlet: words of its name or its host.")
]
Since = Annotated[
    date | None,
    typer.Option("--since", parser=_first_day, metavar="DAY", help="Published on this day, month or year or later."),
]
Until = Annotated[
    date | None,
    typer.Option("--until", parser=_last_day, metavar="DAY", help="Published on this day, month or year or earlier."),
]

SaidSince = Annotated[
    date | None,
    typer.Option("--said-since", parser=_first_day, metavar="DAY", help="Said on this day or later, where known."),
]
SaidUntil = Annotated[
    date | None,
    typer.Option("--said-until", parser=_last_day, metavar="DAY", help="Said on this day or earlier, where known."),
]


def ledger_path(given: Path | None) -> Path:
    """The ledger that was asked for, or the user's own."""
    from onrecord.settings import default_ledger

    return given.expanduser() if given else default_ledger()
