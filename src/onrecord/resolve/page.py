"""A document as the resolvers see it: the words that are tagged, what was found in them, and its sentences."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.passages import paragraphs, sentences
from onrecord.records import Attribution, Document, Span


@dataclass(frozen=True, slots=True)
class Page:
    """`text` is the document's with captions, notes and marks blanked: offsets are the document's."""

    document: Document
    text: str
    attributions: tuple[Attribution, ...]
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]

    def words(self, spans: Iterable[Span]) -> str:
        """The words of spans, joined by a space."""
        return " ".join(self.text[span.start : span.end] for span in spans)

    def sentence_at(self, place: int) -> Span:
        """The sentence that holds a character, or the last one that begins before it."""
        return _at(self.sentences, place)

    def paragraph_at(self, place: int) -> Span:
        """The paragraph that holds a character, or the last one that begins before it."""
        return _at(self.paragraphs, place)


def make_page(document: Document, text: str, attributions: Sequence[Attribution]) -> Page:
    return Page(
        document,
        text,
        tuple(attributions),
        tuple(Span(*pair) for pair in sentences(text)),
        tuple(Span(*pair) for pair in paragraphs(text)),
    )


def anchor(attribution: Attribution) -> Span:
    """What stands for an attribution where one place is asked for: its cue, or where it has none its content."""
    return (attribution.cue or attribution.contents)[0]


def extent(attribution: Attribution) -> Span:
    """From the first character of an attribution to its last."""
    spans = (*attribution.cue, *attribution.sources, *attribution.contents)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _at(spans: Sequence[Span], place: int) -> Span:
    number = bisect_right(spans, place, key=lambda span: span.start) - 1
    return spans[max(number, 0)]
