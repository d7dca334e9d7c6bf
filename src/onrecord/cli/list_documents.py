"""`onrecord list`: the documents of the ledger."""

import sys
from typing import Annotated

import typer

from onrecord.cli.options import Json, LedgerPath, Outlet, Since, Until, ledger_path


def list_documents(
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = None,
    ledger: LedgerPath = None,
    json: Json = False,
) -> None:
    """List the documents, the last recorded first."""
    from onrecord.cli.readable import document_lines
    from onrecord.cli.terminal import Terminal
    from onrecord.export.columns import document_data
    from onrecord.export.to_dict import to_line
    from onrecord.ledger import Ledger

    terminal, found = Terminal(), False
    with Ledger(ledger_path(ledger), read_only=True) as book:
        for row in book.documents(outlet=outlet, since=since, until=until, limit=limit):
            found = True
            if json:
                sys.stdout.buffer.write(to_line(document_data(row)).encode("utf-8") + b"\n")
            else:
                terminal.print(document_lines(row))
    if not found:
        terminal.note("onrecord: no documents; `onrecord read` adds some")
