"""`onrecord speakers`: who is who across documents, and what people decide about it."""

import getpass
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.cli.options import Json, LedgerPath, ledger_path

if TYPE_CHECKING:
    from onrecord.cli.terminal import Terminal
    from onrecord.ledger.rows import Decision, SpeakerRow

LIST = "list"
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; by default your login name.")]
Speaker = Annotated[str, typer.Argument(metavar="SPEAKER", help="An id, the beginning of it, or the whole name.")]


class OrWords(TyperGroup):
    """A group that lists when its first argument is none of its commands: `onrecord speakers west`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        asks_help = bool(args) and args[0] in ("--help", "-h")
        if not asks_help and (not args or args[0] not in self.commands):
            args = [LIST, *args]
        return list(super().parse_args(ctx, args))


speakers = typer.Typer(
    cls=OrWords,
    help="Who is who across documents: list, merge, split, undo. Words alone list those so named.",
    rich_markup_mode=None,
)


@speakers.command(LIST)
def list_speakers(
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS", help="Whole words of a name.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = 50,
    ledger: LedgerPath = None,
    json: Json = False,
) -> None:
    """List speakers, those with most statements first."""
    from onrecord.cli.terminal import Terminal
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger), read_only=True) as book:
        rows = book.speakers(" ".join(words or ()))
    terminal = Terminal()
    _show(rows[:limit], terminal, json=json)
    if not rows:
        terminal.note("onrecord: no speaker is called so; only named ones are kept across documents")
    elif len(rows) > limit:
        terminal.note(f"onrecord: {len(rows) - limit} more; --limit shows them")


@speakers.command("show")
def show(speaker: Speaker, ledger: LedgerPath = None, json: Json = False) -> None:
    """Show one speaker with all names, roles and the last statements."""
    from onrecord.cli.readable import statement_lines
    from onrecord.cli.terminal import Terminal
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger), read_only=True) as book:
        row = book.speaker(speaker)
        found = book.statements_of_speaker(row.id, limit=5)
    terminal = Terminal()
    _show([row], terminal, json=json)
    if not json:
        for statement in found:
            terminal.print(statement_lines(statement))


@speakers.command("offers")
def offers(
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = 50,
    ledger: LedgerPath = None,
    json: Json = False,
) -> None:
    """List pairs that may be one speaker; nothing is merged unless somebody says so."""
    from onrecord.cli.safe import safe
    from onrecord.cli.terminal import Terminal
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger), read_only=True) as book:
        found = book.speaker_offers()
    terminal = Terminal()
    for offer in found[:limit]:
        if json:
            _write(asdict(offer))
            continue
        terminal.print([[(f"{offer.one.id}  {safe(offer.one.name)}", "title")]])
        terminal.print([[(f"{offer.other.id}  {safe(offer.other.name)}", "title")]])
        terminal.print([[(f"    {safe(offer.reason)}", "dim")], []])
    if not found:
        terminal.note("onrecord: no two speakers look like one")


@speakers.command("merge")
def merge(speaker: Speaker, other: Speaker, by: By = None, ledger: LedgerPath = None) -> None:
    """Take two speakers for one."""
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger)) as book:
        decision = book.merge_speakers(speaker, other, by=by or _login())
        row = book.speaker(decision.entity or speaker)
    said = _count(row.statements, "statement")
    typer.echo(f"{decision.number}: {row.name} ({row.id}) has {said}; `onrecord speakers undo` undoes it")


@speakers.command("split")
def split(
    speaker: Speaker,
    what: Annotated[list[str], typer.Argument(metavar="NAME|STATEMENT", help="Names, or ids of statements.")],
    by: By = None,
    ledger: LedgerPath = None,
) -> None:
    """Take a name, or the speaker of a statement, for somebody else."""
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger)) as book:
        for name in what:
            decision = book.split_speaker(speaker, name, by=by or _login())
            typer.echo(f"{decision.number}: {decision.other} is somebody else; `onrecord speakers undo` undoes it")


@speakers.command("undo")
def undo(
    decision: Annotated[
        int | None, typer.Argument(metavar="DECISION", help="A number of the log; by default the last that stands.")
    ] = None,
    by: By = None,
    ledger: LedgerPath = None,
) -> None:
    """Undo a merge or a split."""
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger)) as book:
        made = book.undo_decision(decision, by=by or _login())
    typer.echo(f"{made.number}: decision {made.undoes} is undone")


@speakers.command("log")
def log(ledger: LedgerPath = None, json: Json = False) -> None:
    """List all that was decided, by whom and when; nothing is ever taken out of it."""
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger), read_only=True) as book:
        made = book.decisions()
    for decision in made:
        if json:
            _write(asdict(decision) | {"decided_at": decision.decided_at.isoformat()})
        else:
            typer.echo(_log_line(decision))


def _log_line(decision: "Decision") -> str:
    from onrecord.cli.safe import safe

    what = (
        f"decision {decision.undoes}"
        if decision.verb == "undo"
        else f"{decision.entity} {decision.other or '(forgotten)'}"
    )
    return safe(f"{decision.number}  {decision.decided_at:%Y-%m-%d %H:%M}  {decision.who}  {decision.verb} {what}")


@speakers.command("load")
def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or JSON Lines: name, aliases, role, affiliation.")],
    ledger: LedgerPath = None,
) -> None:
    """Load a registry of known speakers with their aliases; broken rows are named by line and left out."""
    from onrecord.cli.safe import safe
    from onrecord.ledger import Ledger
    from onrecord.ledger.registry import BadRow, Entry, read_registry

    rows = list(read_registry(file))
    bad = [row for row in rows if isinstance(row, BadRow)]
    entries = [row for row in rows if isinstance(row, Entry)]
    with Ledger(ledger_path(ledger)) as book:
        new = book.register_speakers(entries)
    for row in bad:
        typer.echo(f"onrecord: {file}, line {row.line}: {safe(row.reason)}", err=True)
    typer.echo(f"{new} names are new; {len(entries)} speakers read, {len(bad)} rows left out")
    if bad:
        raise typer.Exit(1)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in a container
        return "unknown"


def _show(rows: "Iterable[SpeakerRow]", terminal: "Terminal", *, json: bool) -> None:
    from onrecord.cli.safe import safe

    for row in rows:
        if json:
            _write(asdict(row))
            continue
        terminal.print([[(safe(row.name), "title"), (f"  {row.id}", "dim")]])
        facts = [row.kind.value, *row.roles[:3], *row.affiliations[:2], _count(row.statements, "statement")]
        facts += [_count(row.documents, "document")] + ([f"{row.first_on} to {row.last_on}"] if row.first_on else [])
        others = [name for name in row.names if name != row.name]
        terminal.print([[("    " + safe(" · ".join(facts)), "dim")]])
        if others:
            terminal.print([[("    also " + safe(", ".join(others[:8])), "dim")]])


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _write(data: dict[str, Any]) -> None:
    from onrecord.export.to_dict import to_line

    sys.stdout.buffer.write(to_line(data).encode("utf-8") + b"\n")
