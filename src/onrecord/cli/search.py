"""`onrecord search`: statements by words, speaker, outlet, hop, day, kind and act."""

import sys
from typing import Annotated

import typer

from onrecord.cli.options import Json, LedgerPath, Outlet, SaidSince, SaidUntil, Since, Until, ledger_path
from onrecord.records import Act, Kind, Polarity


def search(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help='All of these words; "in quotes" a phrase.')
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="WORDS", help="Words of the source or of the speaker's names.")
    ] = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        Kind | None, typer.Option("--kind", metavar="direct|mixed|indirect", help="How much is quoted.")
    ] = None,
    act: Annotated[
        Act | None, typer.Option("--act", metavar="ACT", help=f"What is done in saying it: {', '.join(Act)}.")
    ] = None,
    polarity: Annotated[
        Polarity | None, typer.Option("--polarity", metavar="positive|negative", help="A yes or a no.")
    ] = None,
    via: Annotated[
        str | None, typer.Option("--via", metavar="HOP", help="All that came through this outlet, agency or person.")
    ] = None,
    said_since: SaidSince = None,
    said_until: SaidUntil = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = 50,
    revisions: Annotated[bool, typer.Option("--revisions", help="Also in versions since replaced.")] = False,
    ledger: LedgerPath = None,
    json: Json = False,
) -> None:
    """Find statements, best match first; without words, the newest first."""
    from onrecord.cli.readable import document_lines, statement_lines
    from onrecord.cli.terminal import Terminal
    from onrecord.export.to_jsonl import to_jsonl
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger), read_only=True) as book:
        found = book.search(
            " ".join(words or ()),
            speaker=speaker,
            outlet=outlet,
            since=since,
            until=until,
            kind=kind,
            act=act,
            polarity=polarity,
            via=via,
            said_since=said_since,
            said_until=said_until,
            limit=limit,
            revisions=revisions,
        )
    if json:
        to_jsonl(found, sys.stdout.buffer)
        return
    terminal = Terminal()
    last = None
    for row in found:
        if row.document.id != last:
            terminal.print([[]] if last else [])
            terminal.print(document_lines(row.document))
        terminal.print(statement_lines(row))
        last = row.document.id
    if not found:
        terminal.note("onrecord: nothing found; try fewer words, or `onrecord list` to see what the ledger holds")
