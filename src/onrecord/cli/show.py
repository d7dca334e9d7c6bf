"""`onrecord show`: one statement or one document, and why it says so."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.options import Json, LedgerPath, ledger_path

if TYPE_CHECKING:
    from onrecord.cli.terminal import Terminal
    from onrecord.ledger import Ledger
    from onrecord.records import Evidence

STATEMENT = "s"  # the letter that ids of statements begin with


def show(
    key: Annotated[
        str, typer.Argument(metavar="ID", help="A statement or document: its id, the beginning of it, or an address.")
    ],
    text: Annotated[bool, typer.Option("--text", help="The whole text of a document, spans highlighted.")] = False,
    ledger: LedgerPath = None,
    json: Json = False,
) -> None:
    """Show a statement in its passage with the evidence, or a document with its statements."""
    from onrecord.cli.terminal import Terminal
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger), read_only=True) as book:
        if json:
            _write(_statement_data(book, key) if _names_statement(key) else _document_data(book, key, text=text))
        elif _names_statement(key):
            _show_statement(book, key, Terminal())
        else:
            _show_document(book, key, Terminal(), text=text)


def _names_statement(key: str) -> bool:
    return key.startswith(STATEMENT) and "/" not in key and "." not in key


def _show_statement(book: "Ledger", key: str, terminal: "Terminal") -> None:
    from onrecord.cli.readable import LEGEND, document_lines, evidence_lines, highlighted, passage, statement_lines

    row = book.statement(key)
    text = book.text(row.document.id)
    terminal.print(document_lines(row.document))
    terminal.print(statement_lines(row))
    terminal.print([[], [("  in its passage" + ("" if terminal.coloured else f": {LEGEND}"), "dim")]])
    terminal.print([highlighted([row], text, passage(row, text), coloured=terminal.coloured)])
    terminal.print([[], [("  evidence", "dim")]])
    terminal.print(evidence_lines(book.evidence(row.id), text))


def _show_document(book: "Ledger", key: str, terminal: "Terminal", *, text: bool) -> None:
    from onrecord.cli.readable import document_lines, highlighted, statement_lines
    from onrecord.records import Span

    document = book.document(key)
    terminal.print(document_lines(document))
    if text:
        words = book.text(document.id)
        where = Span(0, len(words))
        terminal.print([[], highlighted(list(book.statements(document.id)), words, where, coloured=terminal.coloured)])
        return
    for row in book.statements(document.id):
        terminal.print(statement_lines(row))


def _statement_data(book: "Ledger", key: str) -> dict[str, Any]:
    from onrecord.cli.readable import passage
    from onrecord.export.columns import to_data

    row = book.statement(key)
    text = book.text(row.document.id)
    where = passage(row, text)
    proofs = [_proof(proof) for proof in book.evidence(row.id)]
    around = {"passage": text[where.start : where.end], "passage_offsets": [where.start, where.end]}
    return to_data(row) | around | {"evidence": proofs}


def _proof(proof: "Evidence") -> dict[str, Any]:
    return asdict(proof) | {"span": [proof.span.start, proof.span.end] if proof.span else None}


def _document_data(book: "Ledger", key: str, *, text: bool) -> dict[str, Any]:
    from onrecord.export.to_dict import to_dict

    document = book.document(key)
    return to_dict(book.stored_record(document.id), text=text) | {"revises": document.revises}


def _write(data: dict[str, Any]) -> None:
    from onrecord.export.to_dict import to_line

    sys.stdout.buffer.write(to_line(data).encode("utf-8") + b"\n")
