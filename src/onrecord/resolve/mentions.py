"""Where a page mentions its entities: names and resolved sources in order, with what the place says of each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import Span
from onrecord.resolve.countries import country_of, name_of
from onrecord.resolve.entities import Entities, Entity
from onrecord.resolve.names import Name
from onrecord.resolve.page import Page

OPENING = re.compile(
    r"^\W*(?:(?:in|on|at|after|before|during|for|with|as|but|and|however|meanwhile|also|then|later|earlier|while|when|"
    r"last|this)\b[^,.]{0,60},?\s*)?(?:the\s+)?$",
    re.I,
)
HANGS = re.compile(r"\b(?:of|in|for|from|to|with|by|at|on|against|about|between|and|like)\s+(?:the\s+)?$", re.I)
POSSESSIVE_NEXT = re.compile(r"['’]")
NEAR = 6  # characters from the start of a sentence that still open it
COMMON = re.compile(r"(?<![\w'’])[a-zà-þ]\w+")
ADJECTIVE_NEXT = re.compile(r"[ -][a-z]")
WALK = 80  # mentions that are looked at for one pronoun


@dataclass(slots=True)
class Mention:
    """One place where an entity is spoken of; `entities` are several where they speak together."""

    span: Span
    sentence: int
    opens: bool  # the subject of its sentence, as far as its place tells
    owns: bool  # "the minister's"
    hangs: bool  # on a preposition
    quoted: int | None  # which stretch of others' words it stands in
    source: bool = False
    written: bool = False  # as the author of a document that speaks: "it" may go back to that
    name: Name | None = None
    entities: tuple[Entity, ...] = ()


class Mentions:
    """The mentions of a page by place. Sources are added as they are resolved."""

    def __init__(self, page: Page, entities: Entities) -> None:
        self.page = page
        self.entities = entities
        self._sentence_starts = [sentence.start for sentence in page.sentences]
        self._paragraph_starts = [paragraph.start for paragraph in page.paragraphs]
        self._contents = _merged([span for one in page.attributions for span in one.contents])
        self._content_starts = [span.start for span in self._contents]
        common = set(COMMON.findall(page.text))
        self._all = [self._of_name(name) for name in entities.names.names if _is_name(name, common, page.text)]
        self._starts = [mention.span.start for mention in self._all]

    def sentence_number(self, place: int) -> int:
        return max(bisect_right(self._sentence_starts, place) - 1, 0)

    def paragraph_number(self, place: int) -> int:
        return max(bisect_right(self._paragraph_starts, place) - 1, 0)

    def content_number(self, place: int) -> int | None:
        """Which stretch of others' words holds a place."""
        number = bisect_right(self._content_starts, place) - 1
        return number if number >= 0 and place < self._contents[number].end else None

    def opens(self, place: int) -> str:
        """What a phrase at a place opens: its paragraph, its sentence, or neither."""
        paragraph = self._paragraph_starts[self.paragraph_number(place)] if self._paragraph_starts else 0
        sentence = self._sentence_starts[self.sentence_number(place)] if self._sentence_starts else 0
        return "paragraph" if place - paragraph < NEAR else "sentence" if place - sentence < NEAR else "nothing"

    def add(
        self, span: Span, entities: Sequence[Entity], *, source: bool, nested: bool = True, written: bool = False
    ) -> None:
        """A source or a pronoun that was resolved: a mention of its entities. Nested: it may stand in others' words."""
        quoted = self.content_number(span.start) if nested else None
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        for mention in self._all[first:last]:
            if mention.name is not None and self.entities.of_name(mention.name) is entities[0] and len(entities) == 1:
                mention.source, mention.opens, mention.hangs, mention.quoted = source, True, False, quoted
                mention.written = written
                return
        mention = Mention(span, self.sentence_number(span.start), True, False, False, quoted, source, written)
        mention.entities = tuple(entities)
        self._all.insert(first, mention)
        self._starts.insert(first, span.start)

    def before(self, place: int) -> Iterator[Mention]:
        """The mentions before a place, the nearest first."""
        number = bisect_left(self._starts, place)
        for mention in reversed(self._all[max(0, number - WALK) : number]):
            if not mention.entities and mention.name is not None:
                mention.entities = (self.entities.of_name(mention.name),)
            yield mention

    def _of_name(self, name: Name) -> Mention:
        sentence = self.sentence_number(name.span.start)
        lead = self.page.text[self._sentence_starts[sentence] : name.title_start][-90:] if self._sentence_starts else ""
        return Mention(
            name.span,
            sentence,
            opens=bool(OPENING.match(lead)),
            owns=bool(POSSESSIVE_NEXT.match(self.page.text, name.span.end)),
            hangs=bool(HANGS.search(lead)),
            quoted=self.content_number(name.span.start),
            name=name,
        )


def _is_name(name: Name, common: set[str], text: str) -> bool:
    """Whether a capital shows a name: not that of "Searches were made" or of "the Iraqi government"."""
    if len(name.words) > 1 or name.title:
        return True
    word = name.words[0]
    if country_of(word) and ADJECTIVE_NEXT.match(text, name.span.end):
        return name_of(country_of(word) or "") == word
    return len(word) > 1 and word.lower() not in common


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans without those inside others, in order, none touching another."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
