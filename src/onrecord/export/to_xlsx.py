"""Statements as an Excel workbook, written row by row. The only import site of openpyxl."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from onrecord.export.columns import COLUMNS, to_cells
from onrecord.ledger.rows import StatementRow

LONGEST_CELL = 32_767  # characters, counted by Excel in UTF-16
MOST_ROWS = 1_048_576  # of one sheet, the names of the columns included
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A


def to_xlsx(rows: Iterable[StatementRow], out: BinaryIO, *, most_rows: int = MOST_ROWS) -> int:
    """Writes `rows` to sheets of `most_rows` rows at most. Returns how many statements.

    Every text stays a text, whatever it begins with. A text too long for a cell is cut and ends with `…`.
    """
    book = Workbook(write_only=True)
    sheet, count = _sheet(book), 0
    for count, row in enumerate(rows, 1):
        if count > 1 and (count - 1) % (most_rows - 1) == 0:
            sheet = _sheet(book)
        sheet.append([_cell(sheet, value) for value in to_cells(row)])
    book.save(out)
    return count


def _sheet(book: Workbook) -> WriteOnlyWorksheet:
    number = len(book.worksheets) + 1
    sheet: WriteOnlyWorksheet = book.create_sheet("statements" if number == 1 else f"statements {number}")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS))
    return sheet


def _cell(sheet: WriteOnlyWorksheet, value: str | float) -> object:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    cell = WriteOnlyCell(sheet, value=_fitted(ESCAPED.sub("_x005F_", value)))
    cell.data_type = "s"  # else a text that begins with = would be a formula
    return cell


def _fitted(text: str) -> str:
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
