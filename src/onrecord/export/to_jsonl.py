"""Statements as JSON Lines: exact, one object for each."""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.columns import to_data
from onrecord.export.to_dict import to_line
from onrecord.ledger.rows import StatementRow


def to_jsonl(rows: Iterable[StatementRow], out: BinaryIO) -> int:
    """Writes `rows` in UTF-8 as they come. Returns how many."""
    count = 0
    for row in rows:
        out.write(to_line(to_data(row)).encode("utf-8") + b"\n")
        count += 1
    return count
