"""Who is answerable for each attribution of a page: names, not pronouns. Abstains where two could be meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Attribution, Decided, Evidence, Span, Speaker, SpeakerKind
from onrecord.resolve.countries import country_of
from onrecord.resolve.entities import Entities, Entity, gender_of
from onrecord.resolve.names import ACRONYM, Name, listed
from onrecord.resolve.noun_phrases import DETERMINER, EDGE, NounPhrase, read_phrase
from onrecord.resolve.page import Page, anchor
from onrecord.resolve.pronouns import Antecedents

Speakers = tuple[Speaker, ...]
JOINT = re.compile(r"\s+(?:and|&|as well as|along with|together with)\s+")
APPENDED = re.compile(r"\b(?:of|for|at|in|from)\b")
BODIES = (SpeakerKind.GOVERNMENT, SpeakerKind.ORGANISATION, SpeakerKind.PUBLICATION)
PASSIVE = re.compile(r"(?:(?:has|have|had)\s+)?(?:\w+\s+)?(?:is|are|was|were|been|being|be|asked)\b", re.I)
GOES_ON = re.compile(r"(?:\band\b|\bbut\b|,)[\s\w]{0,20}$|^\W*(?:but|and)?\W*$", re.I)
PARTICIPLE = re.compile(r"(?:\w+ly\s+)?\w+ing\b", re.I)
QUESTION = frozenset(("q", "question"))
ANSWER = frozenset(("a", "answer"))
PUBLISHED = frozenset(("report", "article", "story", "paper", "newspaper", "daily", "outlet", "channel", "piece"))


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, whether it is sure, and how it was found."""

    entity: Entity
    sure: bool
    rule: str
    note: str
    role: str | None = None  # as the source itself states them
    affiliation: str | None = None

    @property
    def speaker(self) -> Speaker:
        return self.entity.speaker(self.role, self.affiliation, resolved=self.sure)


def find_speakers(page: Page) -> list[Decided[Speakers]]:
    """The speakers of each attribution; none where the text names nobody and nobody can be told."""
    return Resolver(page).decide()


class Resolver:
    """Resolves the sources of a page in order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.entities = Entities(page)
        self.found: list[list[Found]] = []
        self.antecedents = Antecedents(page, self.entities, self.found)
        for one in page.attributions:  # so that a name that comes late is known to be a speaker's
            for span in one.sources:
                for part in self._joint(span):
                    if part.name is not None and part.kind is SpeakerKind.PERSON and not self._is_body(part.name):
                        self.entities.person(part.name).learn(part.role, part.affiliation)

    def decide(self) -> list[Decided[Speakers]]:
        for number, one in enumerate(self.page.attributions):
            self.found.append(self._of(number, one))
        for number, one in enumerate(self.page.attributions):
            if one.parent is not None and one.parent > number:  # its parent's speaker was not known yet
                self.found[number] = self._of(number, one)
        return [self._decided(one, found) for one, found in zip(self.page.attributions, self.found, strict=True)]

    def _decided(self, one: Attribution, found: Sequence[Found]) -> Decided[Speakers]:
        speakers = tuple(each.speaker for each in found)
        proofs = [
            Evidence(
                "speakers", f"rule:{each.rule}", one.sources[0] if one.sources else each.entity.span, None, each.note
            )
            for each in found
        ]
        if not found:
            proofs.append(Evidence("speakers", "rule:none", None, None, "nobody is named, and nobody can be told"))
        return Decided(speakers, tuple(proofs))

    def _of(self, number: int, one: Attribution) -> list[Found]:
        if not one.sources:
            return self._unsaid(number, one)
        found: list[Found] = []
        for span in one.sources:
            for phrase in self._joint(span):
                for each in self.resolve(phrase, number):
                    if all(each.entity is not other.entity for other in found):
                        found.append(each)
        return found

    def _joint(self, span: Span) -> list[NounPhrase]:
        """The phrases of a source: two where "and" joins two persons or two bodies, else one."""
        whole = read_phrase(self.page.text, span)
        words = self.page.text[span.start : span.end]
        for match in JOINT.finditer(words):
            left, right = Span(span.start, span.start + match.start()), Span(span.start + match.end(), span.end)
            if left.start < left.end and right.start < right.end:
                sides = [read_phrase(self.page.text, side) for side in (left, right)]
                if self._are_two(sides):
                    return sides
        return [whole]

    def _are_two(self, sides: Sequence[NounPhrase]) -> bool:
        left, right = sides
        if right.pronoun:
            return right.words.lower() in ("i", "we") and left.name is not None
        if left.name is None or right.name is None:
            return False
        if left.kind is SpeakerKind.PERSON and right.kind is SpeakerKind.PERSON:
            titled = right.name.title and right.name.title[0].lower().rstrip(".") not in listed("titles")
            return not titled and not APPENDED.search(left.words.rsplit(",", 1)[-1])
        if country_of(left.words) and country_of(right.words):
            return len(left.words.split()) <= 3 and len(right.words.split()) <= 3
        definite = all(side.words[:4].lower() == "the " or ACRONYM.match(side.words) for side in sides)
        return definite and left.kind in BODIES and right.kind in BODIES and "," not in left.words

    def resolve(self, phrase: NounPhrase, number: int) -> list[Found]:
        """Who a phrase stands for at the attribution of this number."""
        place = phrase.span.start
        if phrase.pronoun:
            return self._pronoun(phrase, number)
        if phrase.name is not None and phrase.kind is SpeakerKind.PERSON and not self._is_body(phrase.name):
            entity = self.entities.person(phrase.name)
            entity.learn(phrase.role, phrase.affiliation)
            same = entity.name == phrase.name.text
            note = "named" if same else f"{phrase.name.text!r} is short for {entity.name!r}"
            return [Found(entity, True, "name", note, phrase.role, phrase.affiliation)]
        label = phrase.words.lower().strip(EDGE)
        if label in ANSWER or label in QUESTION:
            return self._of_talk(phrase, label)
        if phrase.name is not None:
            post = self._of_post(phrase.name, place)
            if post is not None:
                return [Found(post, True, "role", f"{phrase.name.text!r} is the post of {post.name!r}")]
            kind = SpeakerKind.ORGANISATION if phrase.kind is SpeakerKind.PERSON else phrase.kind
            return [Found(self.entities.body(phrase.name, kind), True, "name", "named")]
        return [self._description(phrase, number, place)]

    def _of_post(self, name: Name, place: int) -> Entity | None:
        """The person whose role an acronym is: "the SP" of "superintendent of police (SP) Jo West"."""
        if len(name.words) > 1 or not ACRONYM.match(name.words[0]):
            return None
        holders = [
            entity
            for entity in self.entities.all
            if entity.kind is SpeakerKind.PERSON
            and re.search(rf"\b{re.escape(name.text)}\b", entity.role or "")
            and any(at < place for at in entity.places)
        ]
        return holders[-1] if holders and not self.entities.names.long_form(name.text) else None

    def _is_body(self, name: Name) -> bool:
        """Whether what looks like a person's name is a body's: an acronym, or a word that nothing shows to be human."""
        entities = self.entities
        return entities.names.long_form(name.text) is not None or entities.is_body(name) or entities.is_alone(name)

    def _of_talk(self, phrase: NounPhrase, label: str) -> list[Found]:
        """ "A:" is the person that the introduction names, when it names one."""
        first = min(anchor(one).start for one in self.page.attributions)
        named = {
            self.entities.person(name).name: name
            for name in self.entities.names.between(0, first)
            if not name.is_body and (len(name.words) > 1 or name.title)
        }
        if label in ANSWER and len(named) == 1:
            (name,) = named.values()
            return [Found(self.entities.person(name), True, "interview", "the one whom the introduction names")]
        return [Found(self.entities.described(phrase, SpeakerKind.UNNAMED), False, "interview", "not named")]

    def _pronoun(self, phrase: NounPhrase, number: int) -> list[Found]:
        entities, note = self.antecedents.of(phrase, number)
        if entities:
            return [Found(entity, True, "pronoun", f"{phrase.words!r}: {note}") for entity in entities]
        unknown = Entity(phrase.words, SpeakerKind.UNNAMED, phrase.span)
        return [Found(unknown, False, "pronoun", f"{phrase.words!r}: {note}")]

    def _description(self, phrase: NounPhrase, number: int, place: int) -> Found:
        kind = phrase.kind or (SpeakerKind.UNNAMED if not phrase.definite else SpeakerKind.ORGANISATION)
        if kind is SpeakerKind.UNNAMED and (phrase.definite or phrase.possessed or self._is_title(phrase)):
            return self._person_by_role(phrase, place, number)
        if phrase.definite and kind is not SpeakerKind.GROUP:
            body = self._body_by_noun(phrase, place, kind)
            if body is not None:
                return body
        if phrase.possessed:
            return Found(self.entities.described(phrase, kind), False, "description", "whose it is cannot be told")
        sure = not (phrase.definite and kind is SpeakerKind.DOCUMENT)
        return Found(self.entities.described(phrase, kind), sure, "description", "described, not named")

    def _is_title(self, phrase: NounPhrase) -> bool:
        return phrase.words[:1].isupper() and not DETERMINER.match(phrase.words) and phrase.head in listed("titles")

    def _person_by_role(self, phrase: NounPhrase, place: int, number: int) -> Found:
        """ "The minister": the person of that role, when there is one."""
        candidates = self.entities.by_head(phrase.head, place, (SpeakerKind.PERSON,))
        titled = self._titled(phrase.head, place)
        if titled is not None and titled not in candidates:
            candidates = [titled, *candidates]
        fitting = [one for one in candidates if self._fits(phrase, one)]
        if fitting:
            return Found(fitting[0], True, "role", f"{phrase.words!r} is {fitting[0].name!r}, by role")
        last = self.antecedents.last_person(number)
        gender = gender_of(phrase.head)
        if phrase.definite and last is not None and phrase.head not in listed("generic"):
            alone = self.antecedents.only_one_speaks(number) and not self._given(phrase)
            if alone or (gender and last.gender in (None, gender)):
                return Found(last, True, "role", f"{phrase.words!r}: the only person who has spoken")
        entity = self.entities.described(phrase, SpeakerKind.UNNAMED)
        known = not candidates and not (phrase.definite and phrase.head in listed("titles"))
        return Found(entity, known, "description", "described, not named")

    def _titled(self, head: str, place: int) -> Entity | None:
        """The person whose name stands after this title anywhere in the page, the nearest before."""
        titled = [
            name
            for name in self.entities.names.names
            if not name.is_body and any(head == word.lower().rstrip(".") for word in name.title)
        ]
        before = [name for name in titled if name.span.start < place]
        chosen = before[-1] if before else titled[0] if titled else None
        return self.entities.person(chosen) if chosen else None

    def _given(self, phrase: NounPhrase) -> list[str]:
        """The names that a description holds besides countries: "the ED counsel"."""
        words = [word.strip(EDGE) for word in phrase.words.split()[1:] if word[:1].isupper()]
        return [word for word in words if word.lower() not in listed("titles") and not country_of(word)]

    def _fits(self, phrase: NounPhrase, entity: Entity) -> bool:
        """Whether nothing that a description says speaks against a person: "the Lebanese minister"."""
        country = country_of(phrase.words)
        known = country_of(entity.affiliation) or country_of(entity.role)
        if country is not None and known != country:
            return False
        said = f"{entity.name} {entity.role or ''} {entity.affiliation or ''}".lower()
        if any(word.lower() not in said for word in self._given(phrase)):
            return False
        gender = gender_of(phrase.head)
        return gender is None or entity.gender in (None, gender)

    def _body_by_noun(self, phrase: NounPhrase, place: int, kind: SpeakerKind) -> Found | None:
        """ "The ministry": the body of that name or kind that was spoken of last."""
        if phrase.head in PUBLISHED:
            outlet = self._last_of((SpeakerKind.PUBLICATION,), place)
            if outlet is not None:
                return Found(outlet, True, "body", f"{phrase.words!r} is that of {outlet.name!r}")
        if phrase.head in listed("issued"):
            issuer = self._issuer(phrase, place)
            if issuer is not None:
                return Found(issuer, True, "body", f"{phrase.words!r} is that of {issuer.name!r}")
        kinds = (kind,) if kind is SpeakerKind.DOCUMENT else BODIES
        candidates = self.entities.by_head(phrase.head, place, kinds)
        before = [one for one in candidates if any(at < place for at in one.places)]
        if before:
            # A third of such reports are somebody's who is named elsewhere: who answers for them is not sure.
            sure = kind is not SpeakerKind.DOCUMENT
            return Found(before[0], sure, "body", f"{phrase.words!r} is {before[0].name!r}, spoken of before")
        named = [
            name
            for name in self.entities.names.names
            if name.span.start < place and phrase.head in (word.lower() for word in name.words) and len(name.words) > 1
        ]
        if named:
            entity = self.entities.body(named[-1], kind)
            return Found(entity, True, "body", f"{phrase.words!r} is {entity.name!r}, named before")
        if phrase.head not in listed("anaphoric") or len(phrase.words.split()) > 2:
            return None
        unknown = self.entities.described(phrase, kind)
        return Found(unknown, False, "body", f"{phrase.words!r}: which one is meant is not sure")

    def _issuer(self, phrase: NounPhrase, place: int) -> Entity | None:
        """Whose statement or letter it is, where its own words say so."""
        if phrase.affiliation:
            for entity in self.entities.all:
                if entity.name == phrase.affiliation:
                    return entity
        return None

    def _last_of(self, kinds: Sequence[SpeakerKind], place: int) -> Entity | None:
        found = [
            (max(at for at in entity.places if at < place), entity)
            for entity in self.entities.all
            if entity.kind in kinds and any(at < place for at in entity.places)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _unsaid(self, number: int, one: Attribution) -> list[Found]:
        """The speaker of an attribution without a source: whoever speaks in the sentence already."""
        if number == 0 or (one.cue and PASSIVE.match(self.page.text, one.cue[0].start)):
            return []
        cue = anchor(one)
        sentence = self.page.sentence_at(cue.start)
        before = self.page.text[sentence.start : cue.start]
        earlier = self.page.attributions[number - 1]
        if not one.cue or earlier.parent != one.parent:
            return []
        goes_on = PARTICIPLE.match(self.page.text, cue.start) or GOES_ON.search(before)
        near = anchor(earlier).start >= sentence.start or (GOES_ON.search(before) and len(before) < 12)
        if goes_on and near:
            return [Found(each.entity, each.sure, "elided", "the one who speaks before") for each in self.found[-1]]
        return []
