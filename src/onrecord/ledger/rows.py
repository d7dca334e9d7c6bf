"""What the ledger answers with."""

from dataclasses import dataclass
from datetime import datetime

from onrecord.records import Kind, Span


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the ledger, without its text."""

    id: str
    name: str
    url: str | None
    publisher: str | None
    title: str | None
    byline: str | None
    published_at: str | None
    modified_at: str | None
    retrieved_at: datetime | None
    recorded_at: datetime
    language: str | None
    media_type: str
    raw_sha256: str
    extracted: bool
    statements: int
    revises: str | None  # id of the document that this one is a later revision of


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement with the words of its spans and the document it stands in."""

    id: str
    document: DocumentRow
    position: int  # place in the document, from 0
    parent_id: str | None
    source: str | None  # the words of all source spans, joined by a space
    cue: str
    content: str
    quotes: tuple[str, ...]
    kind: Kind
    score: float
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    quote_spans: tuple[Span, ...]
