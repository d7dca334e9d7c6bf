"""The tables of the ledger as SQLAlchemy sees them, and how each type of the flow is kept in a column.

`migrations.py` makes them; a test holds that both say the same.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    column,
    table,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from onrecord.records import (
    Act,
    Caption,
    HopRelation,
    Kind,
    OffsetMap,
    Polarity,
    Reference,
    Span,
    SpeakerKind,
)

QUOTE_BREAK = "\x1e"  # between the quotes of a statement in one column: a control character no article needs


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


class Line(TypeDecorator[str]):
    """Words that SQLite can compare. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or value.isascii():
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class PackedText(TypeDecorator[str]):
    """A long text, compressed; every code point survives, NUL and lone surrogates included."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(value.encode("utf-8", "surrogatepass"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else zlib.decompress(value).decode("utf-8", "surrogatepass")


class PackedMap(TypeDecorator[OffsetMap]):
    """An offset map: size, then the four arrays one after the other, 64-bit little-endian, compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: OffsetMap | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        whole = array("q", [value.size])
        for part in (value.text, value.source, value.source_end, value.width):
            whole.extend(part)
        return zlib.compress(_little_endian(whole).tobytes())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> OffsetMap | None:
        if value is None:
            return None
        whole = array("q")
        whole.frombytes(zlib.decompress(value))
        whole = _little_endian(whole)
        runs = (len(whole) - 1) // 4
        text, source, source_end, width = (whole[1 + runs * part : 1 + runs * (part + 1)] for part in range(4))
        return OffsetMap(text, source, source_end, width, whole[0])


def _little_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class Json(TypeDecorator[Any]):
    """Plain lists and numbers."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401 - it is what JSON holds
        return None if value is None else _json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401
        return None if value is None else json.loads(value)


class OneSpan(TypeDecorator[Span]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Span | None, dialect: Dialect) -> str | None:
        return None if value is None else _json(_pair(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Span | None:
        return None if value is None else _span(json.loads(value))


class Spans(TypeDecorator[tuple[Span, ...]]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Span] | None, dialect: Dialect) -> str:
        return _json([_pair(span) for span in value or ()])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end in json.loads(value or "[]"))


class Captions(TypeDecorator[tuple[Caption, ...]]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Caption] | None, dialect: Dialect) -> str:
        return _json([[_pair(it.span), it.credit, it.date.isoformat() if it.date else None] for it in value or ()])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Caption, ...]:
        return tuple(
            Caption(Span(*pair), credit, date.fromisoformat(day) if day else None)
            for pair, credit, day in json.loads(value or "[]")
        )


class References(TypeDecorator[tuple[Reference, ...]]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Reference] | None, dialect: Dialect) -> str:
        return _json([[it.mark, _pair(it.span), _pair(it.note)] for it in value or ()])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Reference, ...]:
        return tuple(Reference(mark, Span(*pair), _span(note)) for mark, pair, note in json.loads(value or "[]"))


class Moment(TypeDecorator[datetime]):
    """A time with its zone, as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Choice(TypeDecorator[Any]):
    """One of an enumeration, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.choices(value)


metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Line, nullable=False, unique=True),
    Column("name", Line, nullable=False),
    Column("url", Line, index=True),
    Column("publisher", Line),
    Column("title", Line),
    Column("byline", Line),
    Column("published_at", Line),
    Column("modified_at", Line),
    Column("retrieved_at", Moment),
    Column("language", Line),
    Column("media_type", Line, nullable=False),
    Column("encoding", Line, nullable=False),
    Column("raw_sha256", Line, nullable=False, index=True),
    Column("text", PackedText, nullable=False),
    Column("offset_map", PackedMap, nullable=False),
    Column("title_span", OneSpan),
    Column("captions", Captions, nullable=False),
    Column("references", References, nullable=False),
    Column("notes", Spans, nullable=False),
    Column("unlocated", Json, nullable=False),
    Column("insertions", Spans, nullable=False),
    Column("omissions", Spans, nullable=False),
    Column("reference_statements", Json, nullable=False),
    Column("extracted", Boolean, nullable=False),
    Column("tagger", Line, nullable=False),
    Column("statement_count", Integer, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("revises", Line, index=True),
    Column("published_on", Line, index=True),  # the day of published_at, where it names one
    Column("outlet_words", Line, nullable=False),  # publisher and host, folded, each word between two spaces
    Column("resolver", Line, nullable=False),
)

attributions = Table(
    "attributions",
    metadata,
    Column("document", ForeignKey("documents.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Choice(Kind), nullable=False),
    Column("score", Float, nullable=False),
    Column("parent", Integer),
    Column("source_spans", Spans, nullable=False),
    Column("cue_spans", Spans, nullable=False),
    Column("content_spans", Spans, nullable=False),
    Column("quote_spans", Spans, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Line, nullable=False, unique=True),
    Column("document", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("source", Line),
    Column("cue", Line, nullable=False),
    Column("content", Line, nullable=False),
    Column("quotes", Line, nullable=False),
    Column("unspaced", Boolean, nullable=False),  # has a script whose words `unicode61` does not find
    Column("act", Choice(Act), index=True),  # null, like what follows, in a row of before they were resolved
    Column("polarity", Choice(Polarity)),
    Column("said_from", Line, index=True),  # the days of a known date; null where there is only a bound
    Column("said_until", Line),
    Column("hedge", Line),
    Column("condition", Line),
    Column("resolution", Json),  # see resolution.py
    ForeignKeyConstraint(["document", "position"], ["attributions.document", "attributions.position"]),
)

evidence = Table(
    "evidence",
    metadata,
    Column("statement", ForeignKey("statements.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("field", Line, nullable=False),
    Column("decided_by", Line, nullable=False),
    Column("span", OneSpan),
    Column("score", Float),
    Column("note", Line, nullable=False),
)

speakers = Table(
    "speakers",
    metadata,
    Column("statement", ForeignKey("statements.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Line, nullable=False),
    Column("kind", Choice(SpeakerKind), nullable=False),
    Column("role", Line),
    Column("affiliation", Line),
    Column("country", Line),
    Column("words", Line, nullable=False),  # the name, folded, each word between two spaces
    Column("entity", Line, index=True),  # who the rules take it for; null for the unnamed and the unresolved
)

hops = Table(
    "hops",
    metadata,
    Column("statement", ForeignKey("statements.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Line, nullable=False),
    Column("relation", Choice(HopRelation), nullable=False),
    Column("words", Line, nullable=False, index=True),
)

known_speakers = Table(
    "known_speakers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("entity", Line, nullable=False),
    Column("name", Line, nullable=False),
    Column("kind", Choice(SpeakerKind), nullable=False),
    Column("role", Line),
    Column("affiliation", Line),
    Column("identifiers", Line),
    Column("words", Line, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("verb", Line, nullable=False),  # merge, split or undo
    Column("entity", Line),
    Column("other", Line),  # the entity merged into it, or the name or statement split off
    Column("undoes", Integer),
    Column("who", Line, nullable=False),
    Column("decided_at", Moment, nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("url", Line, index=True),  # null when one document was forgotten and not its address
    Column("document_id", Line, nullable=False, index=True),
    Column("raw_sha256", Line, nullable=False, index=True),
    Column("forgotten_at", Moment, nullable=False),
    Column("reason", Line, nullable=False),
)

# The full-text indexes: the hidden column of the table's own name takes the MATCH, `rank` is bm25.
words = table("words", column("rowid"), column("words"), column("rank"))
trigrams = table("trigrams", column("rowid"), column("trigrams"), column("rank"))
