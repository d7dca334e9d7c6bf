"""`onrecord read`: reads, records, and shows who said what."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import Json, LedgerPath, Name, Sources, Url, Workers, ledger_path

if TYPE_CHECKING:
    from onrecord.cli.terminal import Terminal
    from onrecord.ledger import Ledger
    from onrecord.ledger.rows import Added


def read(
    sources: Sources,
    ledger: LedgerPath = None,
    name: Name = None,
    url: Url = None,
    workers: Workers = None,
    json: Json = False,
    again: Annotated[bool, typer.Option("--again", help="Read also what was forgotten.")] = False,
) -> None:
    """Read documents, record them, and print who said what in them."""
    from onrecord.bulk.local_runner import Reading
    from onrecord.bulk.outcome import Failed
    from onrecord.cli.batch import Batch, find, language_note
    from onrecord.cli.terminal import Terminal
    from onrecord.errors import DocumentFailed
    from onrecord.ledger import Ledger

    inputs = find(sources, name=name, url=url)
    terminal = Terminal(total=len(inputs), bar_beside_output=not json)
    path = ledger_path(ledger)
    with Ledger(path) as book, Batch(inputs, terminal, counted=True) as batch:
        for done in batch.run(Reading(name=name, url=url, ledger=path), workers=workers):
            try:
                added = book.add(done.record, done.raw, again=again)
            except DocumentFailed as error:
                batch.failures.append(Failed(done.input.label, error.reason))
                continue
            batch.counts[added.status] += 1
            if note := language_note(done, archived=True):
                terminal.note(note)
            _print(book, added, terminal, json=json)
    batch.exit()


def _print(book: "Ledger", added: "Added", terminal: "Terminal", *, json: bool) -> None:
    if json:
        from onrecord.export.to_dict import to_dict, to_line

        found = to_dict(book.stored_record(added.document_id)) | {"status": added.status}
        sys.stdout.buffer.write(to_line(found).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()
        return
    from onrecord.cli.readable import document_lines, statement_lines

    terminal.print(document_lines(book.document(added.document_id), status=added.status))
    for row in book.statements(added.document_id):
        terminal.print(statement_lines(row))
    terminal.print([[]])
