"""What the ledger answers with."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from onrecord.records import Act, Addressee, Basis, Commitment, Hop, Kind, SaidAt, Span, Speaker, SpeakerKind


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
    speakers: tuple[Speaker, ...] = ()
    addressee: Addressee | None = None
    chain: tuple[Hop, ...] = ()
    act: Act | None = None  # None, and the rest neutral, for a document that was read before these were resolved
    commitment: Commitment = field(default_factory=Commitment)
    said_at: SaidAt = field(default_factory=lambda: SaidAt(Basis.UNKNOWN))
    hedge: str | None = None
    condition: str | None = None
    links: tuple[tuple[str, str | None], ...] = ()  # relation, and the id of the other statement; None for a claim


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


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One speaker across the documents of the ledger."""

    id: str
    name: str  # the name that most statements have
    names: tuple[str, ...]  # all of them, aliases included
    kind: SpeakerKind
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    countries: tuple[str, ...]
    identifiers: str | None
    statements: int
    documents: int
    first_on: str | None  # days of publication
    last_on: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """Two speakers that may be one, and why it is not sure."""

    one: SpeakerRow
    other: SpeakerRow
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on who is who."""

    number: int
    verb: Literal["merge", "split", "undo"]
    entity: str | None
    other: str | None
    undoes: int | None
    who: str
    decided_at: datetime
