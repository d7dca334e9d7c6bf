"""Who a pronoun stands for: the last one who could have spoken, when there is just one."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.records import Span, SpeakerKind
from onrecord.resolve.entities import Entities, Entity
from onrecord.resolve.names import Name
from onrecord.resolve.noun_phrases import NounPhrase, is_person
from onrecord.resolve.page import Page, anchor

if TYPE_CHECKING:
    from onrecord.resolve.speakers import Found

Answer = tuple[list[Entity], str]
GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
FIRST = frozenset(("i", "we", "me", "us", "my", "our"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
BODIES = frozenset(
    (SpeakerKind.GOVERNMENT, SpeakerKind.ORGANISATION, SpeakerKind.PUBLICATION, SpeakerKind.DOCUMENT, SpeakerKind.GROUP)
)
HUMAN = frozenset((SpeakerKind.PERSON, SpeakerKind.UNNAMED))
REACH = 3  # paragraphs back that an antecedent may be sought
OPENING = re.compile(
    r"^\W*(?:(?:in|on|at|after|before|during|for|with|as|but|and|however|meanwhile|also|then|later|earlier)\b[^,.]{0,60},?\s*)?$",
    re.I,
)


class Antecedents:
    """Finds antecedents among the speakers so far and the names before a pronoun."""

    def __init__(self, page: Page, entities: Entities, found: Sequence[Sequence["Found"]]) -> None:
        self.page = page
        self.entities = entities
        self.found = found

    def of(self, phrase: NounPhrase, number: int) -> Answer:
        word = phrase.words.lower()
        if word in FIRST:
            return self._first_person(number)
        if word in RELATIVE:
            return self._relative(phrase.span)
        if word in GENDER:
            return self._person(phrase.span, GENDER[word], number)
        if word in ("it", "its", "itself"):
            return self._body(phrase.span, number, plural=False)
        if word in ("they", "them", "their", "themselves"):
            return self._body(phrase.span, number, plural=True)
        return [], "nobody can be told"

    def _first_person(self, number: int) -> Answer:
        """ "I" and "we" inside somebody's words are that speaker."""
        parent = self.page.attributions[number].parent
        if parent is not None and parent < len(self.found):
            found = self.found[parent]
            if found and all(each.sure for each in found):
                return [each.entity for each in found], "the one whose words these are"
        return [], "whose words these are cannot be told"

    def _relative(self, span: Span) -> Answer:
        """The name that a relative clause follows."""
        sentence = self.page.sentence_at(span.start)
        names = self.entities.names.between(sentence.start, span.start)
        if names and span.start - names[-1].span.end <= 40:
            name = names[-1]
            entity = self.entities.body(name, None) if name.is_body else self.entities.person(name)
            return [entity], f"what stands before it, {entity.name!r}"
        return [], "what stands before it is not named"

    def last_person(self, number: int) -> Entity | None:
        """The last person who spoke before an attribution."""
        for found in reversed(self.found[:number]):
            if len(found) == 1 and found[0].sure and found[0].entity.kind is SpeakerKind.PERSON:
                return found[0].entity
        return None

    def only_one_speaks(self, number: int) -> bool:
        names = {each.entity.name for found in self.found[:number] for each in found if each.entity.kind in HUMAN}
        return len(names) == 1

    def _person(self, span: Span, gender: str, number: int) -> Answer:
        """The best of: subject of this sentence, of the one before, the last speaker. None where two are as good."""
        scored: list[tuple[float, Entity, str]] = []
        for entity, score, note in self._candidates(span, number):
            if entity.gender in (None, gender):
                scored.append((score + (1.0 if entity.gender == gender else 0.0), entity, note))
        totals: dict[str, float] = {}
        best: dict[str, tuple[Entity, str]] = {}
        for score, entity, note in scored:
            totals[entity.name] = totals.get(entity.name, 0.0) + score
            best.setdefault(entity.name, (entity, note))
        ranked = sorted(totals.items(), key=lambda pair: -pair[1])
        if not ranked:
            last = self.last_person(number)
            if last is not None and last.gender in (None, gender) and self.only_one_speaks(number):
                return [last], f"the only person who has spoken, {last.name!r}"
            return [], "nobody before it could be meant"
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 1.0:
            return [], f"it could be {ranked[0][0]!r} or {ranked[1][0]!r}"
        entity, note = best[ranked[0][0]]
        entity.gender = entity.gender or gender
        return [entity], f"{note}, {entity.name!r}"

    def _candidates(self, span: Span, number: int) -> list[tuple[Entity, float, str]]:
        found: list[tuple[Entity, float, str]] = []
        own = self.page.sentence_at(span.start)
        found += self._subject_of(own, span.start, 3.0, "the subject of its sentence")
        paragraph = self.page.paragraph_at(span.start)
        place = self.page.sentences.index(own)
        for back, score in ((1, 2.5), (2, 1.5)):
            if place - back >= 0:
                earlier = self.page.sentences[place - back]
                inside = earlier.start >= paragraph.start
                found += self._subject_of(
                    earlier, earlier.end, score if inside else score - 1.0, "the subject before it"
                )
                found += self._named_in(earlier)
        last = self._last_speaker(span, number)
        if last is not None:
            near = anchor(self.page.attributions[last[0]]).start >= paragraph.start
            found.append((last[1], 3.5 if near else 2.5, "the last person who spoke"))
        return found

    def _last_speaker(self, span: Span, number: int) -> tuple[int, Entity] | None:
        parent = self.page.attributions[number].parent
        for earlier in range(number - 1, -1, -1):
            found = self.found[earlier]
            if self.page.attributions[earlier].parent not in (parent, None) and parent != earlier:
                continue
            if len(found) == 1 and found[0].sure and found[0].entity.kind in HUMAN:
                near = self._paragraphs_between(anchor(self.page.attributions[earlier]).start, span.start) <= REACH
                return (earlier, found[0].entity) if near else None
        return None

    def _subject_of(self, sentence: Span, end: int, score: float, note: str) -> list[tuple[Entity, float, str]]:
        """The person whose name opens a sentence, or the two that "and" joins there."""
        names = self.entities.names.between(sentence.start, min(end, sentence.end))
        found: list[tuple[Entity, float, str]] = []
        for at, name in enumerate(names):
            before = self.page.text[sentence.start if not found else names[at - 1].span.end : name.title_start]
            opens = before.strip() == "and" if found else bool(OPENING.match(before))
            entity = self._as_person(name) if opens and is_person(name) else None
            if entity is None:
                return found
            found.append((entity, score, note))
        return found

    def _named_in(self, sentence: Span) -> list[tuple[Entity, float, str]]:
        """Persons named anywhere in a sentence: weak candidates."""
        names = [name for name in self.entities.names.between(sentence.start, sentence.end) if is_person(name)]
        known = [entity for name in names if (entity := self._as_person(name)) is not None]
        return [(entity, 0.5, "named before it") for entity in known]

    def _as_person(self, name: Name) -> Entity | None:
        known = self.entities.known_person(name)
        if known is not None:
            return known
        return self.entities.person(name) if name.title else None

    def _body(self, span: Span, number: int, *, plural: bool) -> Answer:
        """The last body that spoke, or the last several people where the pronoun is plural."""
        for earlier in range(number - 1, -1, -1):
            found = self.found[earlier]
            one = self.page.attributions[earlier]
            if (
                not found
                or not all(each.sure for each in found)
                or (self.page.attributions[number].parent == earlier and not plural)
            ):
                pass
            if not found or not all(each.sure for each in found):
                continue
            if self._paragraphs_between(anchor(one).start, span.start) > REACH:
                break
            several = len(found) > 1 or found[0].entity.kind is SpeakerKind.GROUP
            if plural and (several or found[0].entity.kind in BODIES - {SpeakerKind.DOCUMENT}):
                return [each.entity for each in found], "those who spoke last"
            if not plural and len(found) == 1 and found[0].entity.kind in BODIES - {SpeakerKind.GROUP}:
                return [found[0].entity], f"the last body that spoke, {found[0].entity.name!r}"
        return [], "no body that spoke before it could be meant"

    def _paragraphs_between(self, low: int, high: int) -> int:
        return self.page.text.count("\n\n", low, high) or self.page.text.count("\n", low, high)
