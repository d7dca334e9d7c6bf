"""`onrecord forget`: erases for good, and says what remains."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import LedgerPath, ledger_path
from onrecord.cli.safe import safe

if TYPE_CHECKING:
    from onrecord.ledger import Ledger


def forget(
    key: Annotated[
        str,
        typer.Argument(metavar="URL|DOCUMENT", help="An address with all its versions, or a document's whole id."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Kept on the tombstone.")] = "",
    ledger: LedgerPath = None,
) -> None:
    """Erase documents with their text, statements and raw bytes. A dated tombstone remains."""
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger)) as book:
        if not yes:
            _ask(book, key)
        for grave in book.forget(key, reason=reason):
            typer.echo(f"forgotten: {grave.document_id} {safe(grave.url or '')}".rstrip())


def _ask(book: "Ledger", key: str) -> None:
    document = book.document(key)
    if key not in (document.id, document.url):
        return  # a beginning of an id, which the ledger refuses to forget
    versions = " with all its versions" if document.url == key else ""
    title = safe(document.title or document.name)
    typer.confirm(f"Erase “{title}” ({document.id}){versions}? It cannot be undone", abort=True, err=True)
