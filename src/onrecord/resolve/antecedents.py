"""Who a pronoun or a description stands for: entities mentioned before it, scored by a small linear model.

The weights (lexicons/antecedents.yaml) are fitted by training/antecedents.py. Each weight belongs to a named
observation, so that every answer can be told in words. No answer is given where no entity is clearly the likeliest.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from onrecord.records import Kind, Span, SpeakerKind
from onrecord.resolve.agreement import HUMAN, agreement_of, fits, is_called, names_given
from onrecord.resolve.countries import country_of
from onrecord.resolve.entities import Entities, Entity, gender_of
from onrecord.resolve.lexicon import lexicon
from onrecord.resolve.mentions import Mention, Mentions
from onrecord.resolve.names import ACRONYM, kind_of_words, listed
from onrecord.resolve.noun_phrases import NounPhrase
from onrecord.resolve.page import Page, anchor

if TYPE_CHECKING:
    from onrecord.resolve.speakers import Found

GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
SINGULAR = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
BODIES = frozenset((SpeakerKind.GOVERNMENT, SpeakerKind.ORGANISATION, SpeakerKind.PUBLICATION, SpeakerKind.DOCUMENT))
MOST = 12  # entities that are compared
BACK = 6  # attributions back among which the last speakers are sought
REACH = 3000  # characters back that the noun of a description is sought
# The least chance of an answer: at it about one in ten is wrong on articles that were not fitted.
SURE = {"he": 0.7, "it": 0.75, "they": 0.6, "role": 0.7, "body": 0.65, "document": 0.6, "several": 0.6}
JOINED = re.compile(r"\s+and\s+(?:[A-Z][\w.]*\s+){0,3}$")
TOLD_OF = re.compile(r"\b(?:he|she)\b", re.I)
NOBODY = "nobody"
ONLY = "the only one called so"


@dataclass(slots=True)
class Candidate:
    """Entities that could be meant, what speaks for and against them, and how likely they are."""

    entities: tuple[Entity, ...]
    last: Mention | None
    mentions: int = 1
    sentences: set[int] = field(default_factory=set)
    acts: bool = True  # whether it stands anywhere without a preposition before it
    observed: dict[str, float] = field(default_factory=dict)
    chance: float = 0.0


def sort_of(phrase: NounPhrase) -> str | None:
    """Which weights a phrase is judged by: those of "he", "it" or "they", of a role, a body, a document or several."""
    word = phrase.words.lower()
    if phrase.pronoun:
        return "he" if word in GENDER else "it" if word in SINGULAR else "they" if word in PLURAL else None
    kind = phrase.kind
    if kind in (SpeakerKind.UNNAMED, SpeakerKind.PERSON):
        return "role"
    return "document" if kind is SpeakerKind.DOCUMENT else "several" if kind is SpeakerKind.GROUP else "body"


class Antecedents:
    """Ranks the entities before a phrase."""

    def __init__(self, page: Page, entities: Entities, found: Sequence[Sequence["Found"]]) -> None:
        self.page = page
        self.mentions = Mentions(page, entities)
        self.entities = entities
        self.found = found
        sources = {span.start for one in page.attributions for span in one.sources}
        self._pending = [m.span() for m in TOLD_OF.finditer(page.text) if m.start() not in sources][::-1]
        self._places = [anchor(one).start for one in page.attributions]

    @classmethod
    def of_page(cls, page: Page) -> "Antecedents":
        """Those of a page without attributions: names and sentences alone tell."""
        return cls(page, Entities(page), ())

    def names(self, entity: Entity, span: Span) -> bool:
        """Whether the words at a span name an entity."""
        inside = self.entities.names.between(span.start, span.end)
        return any(self.entities.of_name(name) is entity for name in inside)

    def rank(self, phrase: NounPhrase, number: int) -> list[Candidate]:
        """The candidates, the likeliest first; the one without entities stands for "none of these"."""
        sort = sort_of(phrase)
        if sort is None:
            return []
        self._follow(phrase.span.start)
        return self._ranked(phrase, sort, number)

    def _follow(self, place: int) -> None:
        """Resolve what "he" and "she" stand for in the report's own sentences before a place."""
        while self._pending and self._pending[-1][0] < place:
            span = Span(*self._pending.pop())
            phrase = NounPhrase(self.page.text[span.start : span.end], span, None, None, None, None, pronoun=True)
            best = self._ranked(phrase, "he", bisect_left(self._places, span.start))[0]
            if best.entities and best.chance >= SURE["he"]:
                self.mentions.add(span, best.entities, source=False)

    def _ranked(self, phrase: NounPhrase, sort: str, number: int) -> list[Candidate]:
        candidates = self._gather(phrase, sort)
        self._observe(candidates, phrase, sort, number)
        nobody = Candidate((), None, observed={NOBODY: 1.0, **_of_phrase(phrase, sort)})
        ranked = weigh([*candidates, nobody], sort)
        ranked.sort(key=lambda each: ONLY not in each.observed)
        if self._side_by_side(ranked[0].last, ranked[1].last if len(ranked) > 1 else None):
            ranked[0].chance = ranked[1].chance = (ranked[0].chance + ranked[1].chance) / 2
        return ranked

    def _side_by_side(self, one: Mention | None, other: Mention | None) -> bool:
        """Whether "and" joins two mentions: nothing tells then which of them is meant."""
        if one is None or other is None or abs(one.span.start - other.span.start) > 80:
            return False
        first, second = sorted((one.span, other.span))
        return first.end < second.start and bool(JOINED.match(self.page.text[first.end : second.start]))

    @staticmethod
    def gender(phrase: NounPhrase) -> str | None:
        """What a pronoun or noun says of the one it stands for, to match later pronouns with."""
        return GENDER.get(phrase.words.lower()) if phrase.pronoun else gender_of(phrase.head)

    @staticmethod
    def reason(candidate: Candidate) -> str:
        """The observation that speaks most for a candidate, in words."""
        name = " and ".join(entity.name for entity in candidate.entities)
        return f"{_told(candidate)}, {name!r}"

    def _gather(self, phrase: NounPhrase, sort: str) -> list[Candidate]:
        """The entities of the right kind that are mentioned before a phrase, the last mentioned first."""
        found: dict[tuple[int, ...], Candidate] = {}
        for mention in self.mentions.before(phrase.span.start):
            key = tuple(id(entity) for entity in mention.entities)
            if key in found:
                found[key].mentions += 1
                found[key].sentences.add(mention.sentence)
                found[key].acts |= not mention.hangs
            elif len(found) < MOST and _could_be(mention, phrase, sort):
                found[key] = Candidate(mention.entities, mention, 1, {mention.sentence}, not mention.hangs)
        if sort == "role":
            for entity in self.entities.by_head(phrase.head, phrase.span.start, (SpeakerKind.PERSON,)):
                if _can_be((entity,), phrase, sort):
                    found.setdefault((id(entity),), Candidate((entity,), None))
        seen = [each for each in found.values() if sort not in ("he", "role") or _is_human(each)]
        return self._narrowed(seen, phrase, sort)

    def _narrowed(self, candidates: list[Candidate], phrase: NounPhrase, sort: str) -> list[Candidate]:
        """Without those that others fit better: "the minister" is one who is called so, when there is one."""
        if phrase.pronoun or sort == "document":
            return candidates
        called = [each for each in candidates if len(each.entities) == 1 and is_called(each.entities[0], phrase.head)]
        fitting = [each for each in called if fits(each.entities[0], phrase)]
        if sort == "role" and len(fitting) == 1 and not phrase.possessed:
            fitting[0].observed[ONLY] = 1.0
            return fitting
        short = len(phrase.words.split()) < 4  # "the firm", not "the panel of independent experts"
        loose = sort == "role" or (phrase.head in listed("anaphoric") and short)
        return called or (candidates if loose and not names_given(phrase) else [])

    def _observe(self, candidates: Sequence[Candidate], phrase: NounPhrase, sort: str, number: int) -> None:
        spoke = self._last_speakers(number)
        parent = self._parent(number)
        most = max((candidate.mentions for candidate in candidates), default=0)
        place = phrase.span.start
        inside = self.mentions.content_number(place)
        opens = self.mentions.opens(place)
        noun = None if phrase.pronoun else self._noun_before(phrase)
        newest = _newest_subject(candidates)
        for rank, candidate in enumerate(candidates):
            seen = candidate.observed
            seen["newest subject"] = float(candidate is newest)
            since = _is_since(newest, candidate)
            seen["another subject since"] = float(since)
            seen |= self._distance(candidate, place, opens)
            seen["with the noun"] = float(noun is not None and noun in candidate.sentences)
            seen[f"recent {min(rank, 3)}"] = 1.0
            seen["mentions"] = math.log(min(candidate.mentions, 4))
            seen["most mentioned"] = float(candidate.mentions == most > 1)
            seen["alone"] = float(len(candidates) == 1)
            seen |= _of_last(candidate, inside)
            seen |= _of_kind(candidate, phrase, sort)
            for order, entities in enumerate(spoke):
                if entities == candidate.entities:
                    seen[f"spoke {min(order, 2)}"] = 1.0
                    if order == 0:
                        seen["spoke last, another subject since"] = float(since)
                        seen[f"spoke last, phrase opens {opens}"] = 1.0
                        seen[f"spoke last, paragraphs {min(self._paragraphs(candidate, place), 3)}"] = 1.0
            if parent is not None and parent[0] == candidate.entities:
                seen[f"its words, {parent[1].value}"] = 1.0

    def _distance(self, candidate: Candidate, place: int, opens: str) -> dict[str, float]:
        """How far before a phrase the last mention is."""
        if candidate.last is None:
            return {"mentioned elsewhere": 1.0}
        sentences = self.mentions.sentence_number(place) - candidate.last.sentence
        near = next((limit for limit in (0, 1, 3) if sentences <= limit), 4)
        seen = {f"sentences {near}": 1.0, f"paragraphs {min(self._paragraphs(candidate, place), 3)}": 1.0}
        if candidate.last.opens:
            seen[f"subject, sentences {min(near, 2)}"] = 1.0
            seen[f"subject, phrase opens {opens}"] = 1.0
        return seen

    def _paragraphs(self, candidate: Candidate, place: int) -> int:
        if candidate.last is None:
            return 3
        return self.mentions.paragraph_number(place) - self.mentions.paragraph_number(candidate.last.span.start)

    def _noun_before(self, phrase: NounPhrase) -> int | None:
        """The sentence in which the noun of a description stood last before it."""
        at = self.page.text.rfind(phrase.head, max(0, phrase.span.start - REACH), phrase.span.start)
        return self.mentions.sentence_number(at) if at >= 0 and phrase.head else None

    def _last_speakers(self, number: int) -> list[tuple[Entity, ...]]:
        """Those who spoke before an attribution on its own level or above, each once, the last first."""
        parent = self.page.attributions[number].parent if number < len(self.page.attributions) else None
        spoke: list[tuple[Entity, ...]] = []
        for earlier in range(min(number, len(self.found)) - 1, max(-1, number - BACK - 1), -1):
            entities = tuple(each.entity for each in self.found[earlier] if each.sure)
            level = self.page.attributions[earlier].parent
            if entities and level in (None, parent) and earlier != parent and entities not in spoke:
                spoke.append(entities)
        return spoke

    def _parent(self, number: int) -> tuple[tuple[Entity, ...], Kind] | None:
        if number >= len(self.page.attributions):
            return None
        parent = self.page.attributions[number].parent
        if parent is None or parent >= len(self.found):
            return None
        return tuple(each.entity for each in self.found[parent]), self.page.attributions[parent].kind


def weigh(candidates: list[Candidate], sort: str) -> list[Candidate]:
    """Candidates with their chances, the likeliest first."""
    scores = [
        sum(
            value * (_weights().get(name, 0.0) + _weights().get(f"{sort}: {name}", 0.0))
            for name, value in each.observed.items()
        )
        for each in candidates
    ]
    highest = max(scores)
    odds = [math.exp(score - highest) for score in scores]
    for candidate, odd in zip(candidates, odds, strict=True):
        candidate.chance = odd / sum(odds)
    return sorted(candidates, key=lambda each: -each.chance)


@cache
def _weights() -> dict[str, float]:
    return {str(name): float(value) for name, value in lexicon("antecedents")["weights"].items()}


def _told(candidate: Candidate) -> str:
    """What a reader would say of a candidate."""
    seen = candidate.observed
    if any(name.startswith("its words") for name in seen):
        return "the one whose words these are"
    if seen.get("called so"):
        return "the one who is called so"
    if seen.get("spoke 0"):
        return "the last who spoke"
    return "the subject before it" if seen.get("subject") else "spoken of before it"


def _could_be(mention: Mention, phrase: NounPhrase, sort: str) -> bool:
    """Whether a phrase may go back to a mention."""
    if sort == "it" and mention.written:
        return True
    return _can_be(mention.entities, phrase, sort) and _can_speak(mention, sort)


def _can_be(entities: Sequence[Entity], phrase: NounPhrase, sort: str) -> bool:
    """Whether nothing rules out that a phrase means these entities."""
    if len(entities) > 1:
        return sort in ("they", "several")
    (entity,) = entities
    if sort in ("he", "role"):
        gender = GENDER.get(phrase.words.lower()) if phrase.pronoun else gender_of(phrase.head)
        return entity.kind in HUMAN and (gender is None or entity.gender in (None, gender))
    if sort == "document":
        return True
    if sort in ("they", "several"):
        return entity.kind not in HUMAN
    return entity.kind in BODIES


def _is_human(candidate: Candidate) -> bool:
    """Whether anything shows that a name is a person's: a role, a title, a gender, or a place where it acts."""
    entity = candidate.entities[0]
    return candidate.acts or bool(entity.role or entity.titles or entity.gender)


def _can_speak(mention: Mention, sort: str) -> bool:
    """Whether a mention is that of one who could speak: a place or thing that is no subject could not."""
    entity = mention.entities[0]
    if sort in ("he", "role") or mention.source or mention.opens:
        return True
    return bool(kind_of_words(entity.name.split())) or ACRONYM.match(entity.name) is not None


def _newest_subject(candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate that was last the subject of a sentence of the report's own."""
    subjects = [each for each in candidates if each.last is not None and each.last.opens and each.last.quoted is None]
    return max(subjects, key=lambda each: each.last.span.start if each.last else 0, default=None)


def _is_since(newest: Candidate | None, candidate: Candidate) -> bool:
    """Whether another was the subject of a sentence since a candidate was last spoken of."""
    if newest is None or newest.last is None or candidate.last is None:
        return False
    return newest.last.span.start > candidate.last.span.start


def _of_last(candidate: Candidate, inside: int | None) -> dict[str, float]:
    """What the last mention of a candidate says."""
    last = candidate.last
    if last is None:
        return {}
    return {
        "subject": float(last.opens),
        "source": float(last.source),
        "written": float(last.written),
        "owner": float(last.owns),
        "hangs": float(last.hangs),
        "in others' words": float(last.quoted is not None and last.quoted != inside),
        "in the same words": float(last.quoted is not None and last.quoted == inside),
    }


def _of_kind(candidate: Candidate, phrase: NounPhrase, sort: str) -> dict[str, float]:
    """What a candidate is, beside what the phrase asks for."""
    if len(candidate.entities) > 1:
        return {"several": 1.0}
    entity = candidate.entities[0]
    seen = {f"is {entity.kind.value}": 1.0, "a country": float(country_of(entity.name) is not None)}
    seen["an acronym"] = float(bool(ACRONYM.match(entity.name)))
    if sort in ("he", "role"):
        gender = GENDER.get(phrase.words.lower()) if phrase.pronoun else gender_of(phrase.head)
        seen["gender"] = float(gender is not None and entity.gender == gender)
        seen["known as a person"] = float(bool(entity.role or entity.gender))
        seen["one word"] = float(" " not in entity.name)
    if not phrase.pronoun:
        seen |= agreement_of(entity, phrase)
    return seen


def _of_phrase(phrase: NounPhrase, sort: str) -> dict[str, float]:
    """What a phrase itself says for its meaning none of those before it."""
    if phrase.pronoun:
        return {"object": float(phrase.words.lower() in ("them", "him", "its", "their", "his"))}
    return {
        "long": float(len(phrase.words.split()) > 2),
        "longer": float(len(phrase.words.split()) > 4),
        "anaphoric": float(phrase.head in listed("anaphoric")),
        "issued": float(phrase.head in listed("issued")),
        "generic": float(phrase.head in listed("generic")),
        "possessed": float(phrase.possessed),
    }
