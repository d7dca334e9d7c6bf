"""Every type of the flow: bytes → Document → Attribution → Statement.

Frozen, slotted, without behaviour beyond their own invariants. Offsets are half-open and count Unicode code
points of `Document.text` unless a field says otherwise.
"""

import datetime
from array import array
from dataclasses import dataclass, field
from enum import StrEnum


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
class Statement:
    """An attribution with its identity in the record."""

    id: str
    document_id: str
    attribution: Attribution
    evidence: tuple[Evidence, ...]


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
