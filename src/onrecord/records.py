"""Every type of the flow: bytes → Document → Attribution → Statement.

Frozen, slotted, without behaviour beyond their own invariants. Offsets are half-open and count Unicode code
points of `Document.text` unless a field says otherwise.
"""

import datetime
from array import array
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters start … end - 1 of a text. Never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start} … {self.end}")


class Kind(StrEnum):
    """How much of the content stands inside quotation marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


def _offsets() -> "array[int]":
    return array("q")


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From the characters of a text to the bytes they came from.

    Parallel arrays, one entry for each run of characters. Run i covers the characters `text[i]` up to
    `text[i + 1]` (or `size` for the last) and stands for the bytes `source[i]` up to `source_end[i]`. In a run of
    width w > 0 each character takes w bytes. A run of width 0 is taken whole (an entity, white space that
    the page folds, a character of another width). `text[0]` is 0. Gaps in the source are markup. A run whose
    `source` equals its `source_end` has no place in the source: it was put in between blocks or could not be
    located.
    """

    text: "array[int]" = field(default_factory=_offsets)
    source: "array[int]" = field(default_factory=_offsets)
    source_end: "array[int]" = field(default_factory=_offsets)
    width: "array[int]" = field(default_factory=_offsets)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Caption:
    """The line of words under a picture, with its credit and date as far as it states them."""

    span: Span
    credit: str | None = None
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A footnote mark in the running text, and its note where the page has it."""

    mark: str
    span: Span
    note: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read. Changed text is a new document, so that offsets never go stale."""

    id: str
    text: str
    raw_sha256: str
    offset_map: OffsetMap
    name: str  # the stem of the file, or what stands for it
    media_type: str  # "text/plain" or "text/html"
    encoding: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    byline: str | None = None
    published_at: str | None = None  # ISO 8601, as precise as the page is: a date or a time with zone
    modified_at: str | None = None
    retrieved_at: datetime.datetime | None = None
    language: str | None = None  # ISO 639-1
    title_span: Span | None = None
    captions: tuple[Caption, ...] = ()
    references: tuple[Reference, ...] = ()
    notes: tuple[Span, ...] = ()  # stretches that are notes to the text and not the text: never tagged
    unlocated: tuple[str, ...] = ()  # what the extractor called article but the source does not hold


@dataclass(frozen=True, slots=True)
class Attribution:
    """A passage in which the report lets somebody else speak or think. Still only text."""

    cue: tuple[Span, ...]
    sources: tuple[Span, ...]
    contents: tuple[Span, ...]
    quotes: tuple[Span, ...]  # the words inside the marks, at the level of this attribution
    kind: Kind
    score: float  # 0 … 1
    parent: int | None = None  # index of the attribution that contains this one


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field holds what it holds."""

    field: str
    decided_by: str  # a rule ("rule:quotes") or a model ("model:tagger-1")
    span: Span | None
    score: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Decided(Generic[T]):
    """A value and why it is this one."""

    value: T
    evidence: tuple[Evidence, ...] = ()


class SpeakerKind(StrEnum):
    PERSON = "person"
    GROUP = "group"  # several people without names
    ORGANISATION = "organisation"
    GOVERNMENT = "government"  # ministries, police, courts, armies, and states when they speak
    PUBLICATION = "publication"
    DOCUMENT = "document"
    UNNAMED = "unnamed"  # one person without a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is answerable for the content, as far as the document tells.

    `name` is the fullest form in the document, without title and article; for an unnamed source its description. Where
    `resolved` is False it could not be told who is meant, and `name` holds the words of the source as they stand.
    """

    name: str
    kind: SpeakerKind
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None  # of the affiliation: ISO 3166-1, two letters
    span: Span | None = None  # where the name stands
    resolved: bool = True


class HopRelation(StrEnum):
    TOLD = "told"
    QUOTED = "quoted"
    CITED = "cited"
    VIA = "via"
    TRANSLATED = "translated"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Hop:
    """One station between the speaker and the reader. `name` is None only for a publisher that nothing names."""

    name: str | None
    relation: HopRelation
    span: Span | None = None  # the words that prove it


@dataclass(frozen=True, slots=True)
class Addressee:
    name: str
    span: Span


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Basis(StrEnum):
    EXPLICIT = "explicit"  # a written date
    RELATIVE = "relative"  # words that count from the day of publication
    BOUND = "bound"  # none given: no later than the day of publication, and never shown as a date
    UNKNOWN = "unknown"  # nor a day of publication


@dataclass(frozen=True, slots=True)
class SaidAt:
    """When something was said: the days `start` to `end`, both included, or None where no day can be told."""

    basis: Basis
    start: datetime.date | None = None
    end: datetime.date | None = None
    precision: Precision | None = None
    span: Span | None = None  # the words that date it

    def __post_init__(self) -> None:
        if len({self.start is None, self.end is None, self.precision is None}) > 1:
            raise ValueError(f"a date has a start, an end and a precision, or none of them: {self}")

    @property
    def value(self) -> str | None:
        """ISO 8601, as precise as it is known: a day, a month, a year, or a range of days."""
        if self.start is None or self.end is None or self.precision is None:
            return None
        if self.precision is Precision.RANGE:
            return f"{self.start.isoformat()}/{self.end.isoformat()}"
        return self.start.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(self.precision, 10)]


class Act(StrEnum):
    """What the speaker does in saying it."""

    STATE = "state"
    CONFIRM = "confirm"
    DENY = "deny"
    ACCUSE = "accuse"
    CONDEMN = "condemn"
    PRAISE = "praise"
    PLEDGE = "pledge"
    REFUSE = "refuse"
    THREATEN = "threaten"
    WARN = "warn"
    DEMAND = "demand"
    PROPOSE = "propose"
    RULE = "rule"
    PREDICT = "predict"
    ASK = "ask"
    REGRET = "regret"
    BELIEVE = "believe"
    INTEND = "intend"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Commitment:
    """How far the speaker stands behind the content. Nothing here says whether it is true."""

    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    hedge: Span | None = None
    condition: Span | None = None


class Relation(StrEnum):
    COPIES = "copies"
    SUMMARISES = "summarises"
    RESTATES = "restates"
    AGREES = "agrees"
    CONFIRMS = "confirms"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    REVISES = "revises"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class LocalLink:
    """From the statement that reacts to another one of the same document, or to a claim that is only described."""

    relation: Relation
    to: int | None  # index into the record's statements
    claim: Span | None = None  # the words that describe the claim, where `to` is None

    def __post_init__(self) -> None:
        if (self.to is None) == (self.claim is None):
            raise ValueError("a link leads to a statement or to a claim")


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its identity in the record: who, through whom, when, and what is done in saying it."""

    id: str
    document_id: str
    attribution: Attribution
    evidence: tuple[Evidence, ...]
    speakers: tuple[Speaker, ...] = ()  # none where the text names nobody and nobody can be told
    addressee: Addressee | None = None
    chain: tuple[Hop, ...] = ()  # from the one nearest to the speaker to the publisher, who is always last
    act: Act = Act.STATE
    commitment: Commitment = Commitment()
    said_at: SaidAt = SaidAt(Basis.UNKNOWN)
    links: tuple[LocalLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """All that was found in one document. `attributions` and `statements` are parallel."""

    document: Document
    attributions: tuple[Attribution, ...]
    statements: tuple[Statement, ...]
    insertions: tuple[Span, ...]  # editorial insertions in square brackets inside quotes, brackets included
    omissions: tuple[Span, ...]  # ellipses inside quotes
    reference_statements: tuple[int | None, ...]  # for each of `document.references`, index of its statement
    extracted: bool  # False where the language is not one that is extracted
    tagger: str  # name and version of the weights
    resolver: str = ""  # version of the rules that resolved the statements
