"""Statements as comma-separated values, for spreadsheets and for programs that read nothing better."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.columns import COLUMNS, to_cells
from onrecord.ledger.rows import StatementRow

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins so, quoted or not


def to_csv(rows: Iterable[StatementRow], out: BinaryIO) -> int:
    """Writes a line of names, then `rows` as they come, in UTF-8. Returns how many rows.

    A text that a spreadsheet would run as a formula gets an apostrophe in front. For exact words take JSON Lines.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        count = 0
        for row in rows:
            writer.writerow([_inert(cell) for cell in to_cells(row)])
            count += 1
        return count
    finally:
        text.detach()


def _inert(cell: str | float) -> str | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
