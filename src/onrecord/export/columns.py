"""What a statement is in a table: the same columns, in the same order, in every format."""

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from onrecord.ledger.rows import DocumentRow, StatementRow
from onrecord.records import Span

Value = str | float | tuple[str, ...] | tuple[Span, ...] | None

COLUMNS: dict[str, Callable[[StatementRow], Value]] = {
    "statement_id": lambda row: row.id,
    "document_id": lambda row: row.document.id,
    "url": lambda row: row.document.url,
    "outlet": lambda row: row.document.publisher,
    "title": lambda row: row.document.title,
    "published_at": lambda row: row.document.published_at,
    "source": lambda row: row.source,
    "cue": lambda row: row.cue,
    "content": lambda row: row.content,
    "quotes": lambda row: row.quotes,
    "kind": lambda row: row.kind.value,
    "score": lambda row: round(row.score, 4),
    "parent_id": lambda row: row.parent_id,
    "source_offsets": lambda row: row.source_spans,
    "cue_offsets": lambda row: row.cue_spans,
    "content_offsets": lambda row: row.content_spans,
    "quote_offsets": lambda row: row.quote_spans,
    "speaker": lambda row: tuple(speaker.name for speaker in row.speakers),
    "speaker_kind": lambda row: tuple(speaker.kind.value for speaker in row.speakers),
    "role": lambda row: tuple(speaker.role or "" for speaker in row.speakers),
    "affiliation": lambda row: tuple(speaker.affiliation or "" for speaker in row.speakers),
    "country": lambda row: tuple(speaker.country or "" for speaker in row.speakers),
    "resolved": lambda row: _yes(all(speaker.resolved for speaker in row.speakers)) if row.speakers else None,
    "addressee": lambda row: row.addressee.name if row.addressee else None,
    "chain": lambda row: tuple(f"{hop.relation.value}: {hop.name or '(publisher)'}" for hop in row.chain),
    "act": lambda row: row.act.value if row.act else None,
    "polarity": lambda row: row.commitment.polarity.value if row.act else None,
    "certainty": lambda row: row.commitment.certainty.value if row.act else None,
    "hedge": lambda row: row.hedge,
    "condition": lambda row: row.condition,
    "said_at": lambda row: row.said_at.value,
    "said_at_basis": lambda row: row.said_at.basis.value if row.act else None,
    "links": lambda row: tuple(f"{relation}: {other or '(a claim)'}" for relation, other in row.links),
    "raw_sha256": lambda row: row.document.raw_sha256,
}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BETWEEN_QUOTES = " | "


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def to_data(row: StatementRow) -> dict[str, Any]:
    """`row` as plain data, offsets as pairs. Nothing is changed or cut."""
    return {name: _data(value(row)) for name, value in COLUMNS.items()}


def to_cells(row: StatementRow) -> list[str | float]:
    """`row` as cells of a sheet: text without control characters, `""` for nothing, offsets as `3-9;12-20`."""
    return [_cell(value(row)) for value in COLUMNS.values()]


def _data(value: Value) -> object:
    return [_data_item(item) for item in value] if isinstance(value, tuple) else value


def _data_item(item: Span | str) -> object:
    return [item.start, item.end] if isinstance(item, Span) else item


def _cell(value: Value) -> str | float:
    if value is None:
        return ""
    if isinstance(value, float):
        return value
    return CONTROLS.sub("", _joined(value) if isinstance(value, tuple) else value)


def _joined(values: tuple[Span | str, ...]) -> str:
    quotes = [value for value in values if isinstance(value, str)]
    return BETWEEN_QUOTES.join(quotes) or ";".join(f"{at.start}-{at.end}" for at in values if isinstance(at, Span))


def document_data(row: DocumentRow) -> dict[str, Any]:
    """A document as plain data, times in ISO 8601."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(row).items()}
