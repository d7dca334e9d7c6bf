"""`onrecord export`: all statements of the ledger as a table."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from onrecord.cli.options import LedgerPath, ledger_path
from onrecord.errors import RunAborted

if TYPE_CHECKING:
    from onrecord.ledger.rows import StatementRow


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


def export(
    format: Annotated[
        Format | None,
        typer.Option(
            "--format", metavar="csv|xlsx|jsonl", help="By default what the ending of --output says, else csv."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Written whole or not at all.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Only the statements of this document.")
    ] = None,
    ledger: LedgerPath = None,
) -> None:
    """Write all statements as CSV, Excel workbook or JSON Lines.

    In CSV, text that a spreadsheet would run as a formula gets an apostrophe in front; JSON Lines is exact.
    """
    from onrecord.ledger import Ledger

    chosen = format or _by_ending(output)
    if chosen is Format.XLSX and output is None:
        raise typer.BadParameter("a workbook cannot go to standard output: add --output FILE", param_hint="--output")
    with Ledger(ledger_path(ledger), read_only=True) as book:
        rows = book.statements(book.document(document).id if document else None)
        with _opened(output) as out:
            count = _write(chosen, rows, out)
    if output:
        typer.echo(f"onrecord: {count} statements written to {output}", err=True)


def _by_ending(output: Path | None) -> Format:
    ending = output.suffix.lower().removeprefix(".") if output else ""
    if not ending:
        return Format.CSV
    if ending not in [known.value for known in Format]:
        reason = f"no format is known by the ending .{ending}: end the name in .csv, .xlsx or .jsonl, or add --format"
        raise typer.BadParameter(reason, param_hint="--output")
    return Format(ending)


def _write(chosen: Format, rows: "Iterator[StatementRow]", out: BinaryIO) -> int:
    if chosen is Format.CSV:
        from onrecord.export.to_csv import to_csv

        return to_csv(rows, out)
    if chosen is Format.XLSX:
        from onrecord.export.to_xlsx import to_xlsx

        return to_xlsx(rows, out)
    from onrecord.export.to_jsonl import to_jsonl

    return to_jsonl(rows, out)


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its place only when it is complete. Raises RunAborted."""
    if output is None:
        yield sys.stdout.buffer
        return
    target = output.expanduser().resolve()
    if target.exists() and not target.is_file():
        raise RunAborted(f"{output}: is not a file; name a file to write")
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with partial.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        partial.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RunAborted(f"{output}: cannot be written ({reason}); check the folder and the disk") from error
    finally:
        partial.unlink(missing_ok=True)
