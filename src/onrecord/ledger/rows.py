"""What the ledger answers with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a record came to."""

    status: Literal["new", "known", "revision"]
    document_id: str
    updated: bool = False  # a known document whose statements were replaced by those of other weights


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased, and what remains to show that it was."""

    document_id: str
    url: str | None  # None when one document was forgotten and not its address
    raw_sha256: str
    forgotten_at: datetime
    reason: str
