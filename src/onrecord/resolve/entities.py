"""Who and what a page speaks of: one entity for all the names and short forms of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.records import Span, Speaker, SpeakerKind
from onrecord.resolve.countries import country_of
from onrecord.resolve.names import Name, NameIndex, kind_of_words, listed
from onrecord.resolve.noun_phrases import EDGE, NounPhrase, is_person, split_role
from onrecord.resolve.page import Page

APPOSITION = re.compile(
    r",\s+(?:aged?\s+)?(?:\d{1,3},\s+)?(?P<role>(?:an?\s|the\s|who is\s|[a-z])[^,.;:\n\"“”]{2,90})(?=[,.;\n])"
)
OUTLET_BEFORE = re.compile(
    r"\b(?:daily|newspaper|weekly|monthly|magazine|broadcaster|channel|tabloid|website|portal|news agency|press agency|"
    r"news site|outlet|state agency|radio station|broadsheet|journal)(?:\s+of\s+[A-Z][\w’'-]+)?,?\s$",
    re.I,
)
INITIAL = re.compile(r"[A-Z]\.\s?[A-Z]\w+")
ROLE_BEFORE = re.compile(r"(?P<role>[^,.;:\n\"“”]{3,80}),\s$")
HE = re.compile(r"\b(?:he|him|his|himself)\b", re.I)
SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.I)
PERSONAL = frozenset((SpeakerKind.PERSON, SpeakerKind.UNNAMED))


@dataclass(slots=True)
class Entity:
    """One of them. It grows while the page is read."""

    name: str
    kind: SpeakerKind
    span: Span | None
    role: str | None = None
    affiliation: str | None = None
    gender: str | None = None  # "f" or "m", to match pronouns with; never kept
    places: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)  # that stand before its name anywhere, in lower case

    def speaker(self, role: str | None, affiliation: str | None, *, resolved: bool) -> Speaker:
        """It as a speaker, with what the source itself says of it before what is said elsewhere."""
        role, affiliation = role or self.role, affiliation or self.affiliation
        country = country_of(affiliation) or country_of(role)
        return Speaker(self.name, self.kind, role, affiliation, country, self.span, resolved)

    def learn(self, role: str | None, affiliation: str | None) -> None:
        """Keep what is said of it first."""
        self.role = self.role or role
        self.affiliation = self.affiliation or affiliation


class Entities:
    """The entities of a page, by name, made when they are first asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.names = NameIndex(page.text, page.paragraphs)
        self._known: dict[tuple[str, ...], Entity] = {}
        self._described: dict[str, Entity] = {}
        for name in self.names.names:
            if OUTLET_BEFORE.search(page.text, max(0, name.title_start - 30), name.title_start):
                self.body(name, SpeakerKind.PUBLICATION).kind = SpeakerKind.PUBLICATION
            elif is_person(name) and self._is_introduced(name):
                self.person(name)

    @property
    def all(self) -> Iterator[Entity]:
        yield from self._known.values()
        yield from self._described.values()

    def person(self, name: Name) -> Entity:
        """The person that a name stands for, in the fullest form that the page has."""
        full = self._fullest(name)
        entity = self._known.get(full.words)
        if entity is None:
            entity = Entity(full.text, SpeakerKind.PERSON, full.span)
            self._known[full.words] = entity
            self._describe(entity, full)
        entity.places.append(name.span.start)
        return entity

    def _is_introduced(self, name: Name) -> bool:
        """Whether a title before a full name, or a role beside it, shows that it is a person's."""
        if len(name.words) == 1 and not INITIAL.match(name.text):
            return False
        if any(word.lower().rstrip(".") in listed("titles") for word in name.title):
            return True
        before = ROLE_BEFORE.search(self.page.text, max(0, name.title_start - 90), name.title_start)
        after = APPOSITION.match(self.page.text, name.span.end)
        roles = [match["role"] for match in (before, after) if match]
        return any(word.strip(EDGE) in listed("titles") for role in roles for word in re.split(r"[\s-]", role.lower()))

    def is_body(self, name: Name) -> bool:
        """Whether a name was met as a body's: "the daily" stood before it."""
        known = self._known.get(tuple(word.lower() for word in name.words))
        return known is not None and known.kind is not SpeakerKind.PERSON

    def is_alone(self, name: Name) -> bool:
        """Whether one word is all that the page has of a name, with nothing that would show a person."""
        if len(name.words) > 1 or name.title or INITIAL.match(name.text) or self._fullest(name) is not name:
            return False
        return self._gender_by_pronouns(name) is None

    def of_name(self, name: Name) -> Entity:
        """The entity of any name of the page."""
        known = self._known.get(tuple(word.lower() for word in name.words)) or self.known_person(name)
        if known is not None:
            return known
        full = len(name.words) > 1 or bool(name.title) or bool(INITIAL.match(name.text))
        return self.person(name) if full and is_person(name) else self.body(name, None)

    def known_person(self, name: Name) -> Entity | None:
        """The person that a name stands for, if it was met as one."""
        return self._known.get(self._fullest(name).words)

    def _fullest(self, name: Name) -> Name:
        """The longest form of a person's name: of several the nearest before, one that speaks before others."""
        longer = [other for other in self.names.fullest(name.words, name.span.start) if not other.is_body]
        by_last = [other for other in longer if other.words[-1] == name.words[-1]] or longer
        spoken = [other for other in by_last if other.words in self._known]
        return next(iter(spoken or by_last), name)

    def _describe(self, entity: Entity, full: Name) -> None:
        """Role, affiliation and gender from all places where the name stands."""
        for name in self.names.ending_in(full.words[-1]):
            if len(name.words) > 1 and name.words != full.words:
                continue
            entity.titles.update(word.lower().rstrip(".") for word in name.title)
            title = [word for word in name.title if word.lower().rstrip(".") not in listed("honorifics")]
            if title and len(name.words) > 1:
                before = self._lead(name)
                entity.learn(*split_role(f"{before} {' '.join(title)}"))
            for word in name.title:
                entity.gender = entity.gender or gender_of(word)
            if name.words == full.words:
                self._learn_apposition(entity, name)
                self._learn_role_before(entity, name)
        entity.gender = entity.gender or self._gender_by_pronouns(full) or given_gender(full)

    def _lead(self, name: Name) -> str:
        """A demonym or body just before a title: "the Chinese" of "the Chinese Ambassador"."""
        before = self.page.text[max(0, name.title_start - 40) : name.title_start]
        match = re.search(r"((?:[A-ZÀ-Þ][\w’'-]+\s+)+)$", before)
        return match.group(1).strip() if match else ""

    def _learn_apposition(self, entity: Entity, name: Name) -> None:
        match = APPOSITION.match(self.page.text, name.span.end)
        if match:
            words = match["role"]
            if any(word.strip(EDGE).split("-")[-1] in listed("titles") for word in words.lower().split()):
                role, affiliation = split_role(words)
                entity.learn(role, affiliation)
                entity.gender = entity.gender or gender_of(words.split()[-1])

    def _learn_role_before(self, entity: Entity, name: Name) -> None:
        """ "The harbour's director, Jo West": the role stands before the comma."""
        match = ROLE_BEFORE.search(self.page.text, max(0, name.title_start - 90), name.title_start)
        if match and entity.role is None:
            words = re.sub(r"^.*\b(?=(?:the|an?|his|her|their|its)\s)", "", match["role"]).strip()
            if any(word.strip(EDGE).split("-")[-1] in listed("titles") for word in words.lower().split()[:6]):
                entity.learn(*split_role(words))

    def _gender_by_pronouns(self, full: Name) -> str | None:
        """What the pronouns say in sentences that begin with the name, and in those right after."""
        he = she = 0
        for name in self.names.ending_in(full.words[-1]):
            sentence = self.page.sentence_at(name.span.start)
            others = [
                n
                for n in self.names.between(sentence.start, sentence.end)
                if not n.is_body and n.words[-1] != full.words[-1]
            ]
            if not others:
                he += len(HE.findall(self.page.text, name.span.end, sentence.end))
                she += len(SHE.findall(self.page.text, name.span.end, sentence.end))
        return "m" if he > 2 * she else "f" if she > 2 * he else None

    def body(self, name: Name, kind: SpeakerKind | None) -> Entity:
        """The body, place of publication or document that a name stands for; an acronym is written out."""
        full = self.names.long_form(name.text) or name
        if full is name:
            longer = self.names.fullest(name.words, name.span.start)
            full = longer[0] if longer and len(name.words) < 2 and longer[0].is_body else name
        key = tuple(word.lower() for word in full.words)
        entity = self._known.get(key)
        if entity is None:
            known = kind_of_words(full.words) or kind
            if known is None and country_of(full.text):
                known = SpeakerKind.GOVERNMENT
            entity = Entity(full.text, known or SpeakerKind.ORGANISATION, full.span)
            self._known[key] = entity
        entity.places.append(name.span.start)
        return entity

    def described(self, phrase: NounPhrase, kind: SpeakerKind) -> Entity:
        """One that has no name: each place of its own, since two unnamed sources are never one."""
        words = phrase.words.strip(EDGE) or phrase.words
        words = re.sub(r"^[Tt]he\s+", "", words)
        key = words.lower()
        entity = self._described.get(key) if phrase.definite else None
        if entity is None:
            entity = Entity(words, kind, phrase.span, None, phrase.affiliation, gender_of(phrase.head))
            self._described[key] = entity
        entity.places.append(phrase.span.start)
        return entity

    def by_head(self, head: str, place: int, kinds: Sequence[SpeakerKind]) -> list[Entity]:
        """Entities of some kinds whose name holds a noun, or whose role does, the nearest before `place` first."""
        found = [
            entity
            for entity in self.all
            if entity.kind in kinds
            and (head in entity.name.lower().split() or head in (entity.role or "").lower().replace("-", " ").split())
        ]
        return sorted(found, key=lambda entity: _distance(entity, place))


def _distance(entity: Entity, place: int) -> tuple[bool, int]:
    before = [place - at for at in entity.places if at < place]
    return (False, min(before)) if before else (True, min((at - place for at in entity.places), default=0))


def gender_of(word: str) -> str | None:
    """What a title or noun tells: "Ms", "spokesman"."""
    lower = word.lower().strip(EDGE)
    return "f" if lower in listed("female") else "m" if lower in listed("male") else None


def given_gender(name: Name) -> str | None:
    """Which pronoun a common given name goes with."""
    first = name.words[0].lower() if len(name.words) > 1 else ""
    return "f" if first in listed("given_female") else "m" if first in listed("given_male") else None
