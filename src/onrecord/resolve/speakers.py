"""Who is answerable for each attribution of a page: names, not pronouns. Abstains where two could be meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.records import Attribution, Decided, Evidence, Span, Speaker, SpeakerKind
from onrecord.resolve.antecedents import ONLY, SURE, Antecedents, sort_of
from onrecord.resolve.countries import country_of
from onrecord.resolve.entities import Entities, Entity
from onrecord.resolve.names import ACRONYM, Name, listed
from onrecord.resolve.noun_phrases import DETERMINER, EDGE, NounPhrase, read_phrase
from onrecord.resolve.page import Page, anchor
from onrecord.resolve.pronouns import FIRST, referent

Speakers = tuple[Speaker, ...]
PAIR = re.compile(r"\b(?:two|both|duo|pair|couple|sides)\b", re.I)
JOINT = re.compile(r"\s+(?:and|nor|&|as well as|along with|together with)\s+")
APPENDED = re.compile(r"\b(?:of|for|at|in|from)\b")
BODIES = (SpeakerKind.GOVERNMENT, SpeakerKind.ORGANISATION, SpeakerKind.PUBLICATION)
PASSIVE = re.compile(r"(?:(?:has|have|had)\s+)?(?:\w+\s+)?(?:is|are|was|were|been|being|be|asked)\b", re.I)
GOES_ON = re.compile(r"(?:\band\b|\bbut\b|,)[\s\w]{0,20}$|^\W*(?:but|and)?\W*$", re.I)
PARTICIPLE = re.compile(r"(?:\w+ly\s+)?\w+ing\b", re.I)
SURE_NEW = 0.6  # chance above which a description is taken for one that is nowhere named
NEW = frozenset(("body", "several"))  # of roles and documents that seem new, most are named elsewhere
QUESTION = frozenset(("q", "question"))
ANSWER = frozenset(("a", "answer"))
FAR = 800  # characters between an outlet and "the report" of it
PUBLISHED = frozenset(
    ("report", "article", "story", "paper", "newspaper", "daily", "weekly", "magazine", "outlet", "channel", "piece")
)


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, whether it is sure, and how it was found."""

    entity: Entity
    sure: bool
    rule: str
    note: str
    role: str | None = None  # as the source itself states them
    affiliation: str | None = None
    score: float | None = None

    @property
    def decided_by(self) -> str:
        """The rule, or the model of antecedents where that gave the answer its chance."""
        return f"rule:{self.rule}" if self.score is None else "model:antecedents-1"

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
                "speakers",
                each.decided_by,
                one.sources[0] if one.sources else each.entity.span,
                each.score,
                each.note,
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
        self._mention(one, found)
        return found

    def _mention(self, one: Attribution, found: Sequence[Found]) -> None:
        """Keep a sure source as a mention: not "we", which "he" does not go back to."""
        first = self.page.words(one.sources).lower().split(" ", 1)[0]
        if found and first not in FIRST and all(each.sure for each in found):
            self.antecedents.mentions.add(
                one.sources[0],
                [each.entity for each in found],
                source=True,
                nested=one.parent is not None,
                written=found[0].rule == "owner",
            )

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
        if left.pronoun:
            return right.kind in (SpeakerKind.GROUP, SpeakerKind.PERSON)
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
        if phrase.name is not None and self._is_person(phrase):
            entity = self.entities.person(phrase.name)
            entity.learn(phrase.role, phrase.affiliation)
            same = entity.name == phrase.name.text
            note = "named" if same else f"{phrase.name.text!r} is short for {entity.name!r}"
            return [Found(entity, True, "name", note, phrase.role, phrase.affiliation)]
        label = phrase.words.lower().strip(EDGE)
        if label in ANSWER or label in QUESTION:
            return self._of_talk(phrase, label)
        if phrase.owner is not None:
            owner = self.entities.of_name(phrase.owner)
            return [Found(owner, True, "owner", f"{phrase.words!r} is that of {owner.name!r}")]
        if phrase.name is not None:
            post = self._of_post(phrase.name, place)
            if post is not None:
                return [Found(post, True, "role", f"{phrase.name.text!r} is the post of {post.name!r}")]
            kind = SpeakerKind.ORGANISATION if phrase.kind is SpeakerKind.PERSON else phrase.kind
            return [Found(self.entities.body(phrase.name, kind), True, "name", "named")]
        return self._description(phrase, number)

    def _of_post(self, name: Name, place: int) -> Entity | None:
        """The person whose role an acronym is: "the SP" of "superintendent of police (SP) Jo West"."""
        if len(name.words) > 1 or not ACRONYM.match(name.words[0]):
            return None
        holders = [
            entity
            for entity in self.entities.all
            if entity.kind is SpeakerKind.PERSON
            and re.search(rf"(?<!\bof )(?<!\bat )(?<!\bfor )(?<!\bthe )\b{re.escape(name.text)}\b", entity.role or "")
            and any(at < place for at in entity.places)
        ]
        return holders[-1] if holders and not self.entities.names.long_form(name.text) else None

    def _is_person(self, phrase: NounPhrase) -> bool:
        """Whether a phrase names a person; "Wong, another resident" shows it of a single word."""
        if phrase.name is None or phrase.kind is not SpeakerKind.PERSON:
            return False
        human = any(word.strip(EDGE).lower() in listed("titles") for word in (phrase.role or "").split())
        return human or not self._is_body(phrase.name)

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
        entities, note, chance = referent(phrase, number, self.antecedents)
        if entities:
            return [Found(entity, True, "pronoun", f"{phrase.words!r}: {note}", score=chance) for entity in entities]
        unknown = Entity(phrase.words, SpeakerKind.UNNAMED, phrase.span)
        return [Found(unknown, False, "pronoun", f"{phrase.words!r}: {note}")]

    def _description(self, phrase: NounPhrase, number: int) -> list[Found]:
        """A phrase without a name of its own: one spoken of before, or nobody but who it describes."""
        kind = phrase.kind or (SpeakerKind.UNNAMED if not phrase.definite else SpeakerKind.ORGANISATION)
        phrase = replace(phrase, kind=kind)
        if not (phrase.definite or phrase.possessed or self._is_title(phrase)):
            return [Found(self.entities.described(phrase, kind), True, "description", "described, not named")]
        best = self.antecedents.rank(phrase, number)[0]
        sort = sort_of(phrase) or ""
        outlet = self._outlet(phrase) if sort in ("document", "body") else None
        if outlet is not None:
            return [Found(outlet, True, "description", f"{phrase.words!r} is that of {outlet.name!r}")]
        if ONLY in best.observed:
            best.chance = max(best.chance, SURE[sort])
        if best.entities and best.chance >= SURE[sort]:
            note = f"{phrase.words!r}: {self.antecedents.reason(best)}"
            return [Found(entity, True, "description", note, score=best.chance) for entity in best.entities]
        sure = not best.entities and best.chance >= SURE_NEW and self._is_new(phrase, sort)
        note = "described, not named" if sure else "who is meant cannot be told"
        return [Found(self.entities.described(phrase, kind), sure, "description", note)]

    def _is_new(self, phrase: NounPhrase, sort: str) -> bool:
        """Whether a description can be of one that is nowhere named, and points back at nobody."""
        short = len(phrase.words.split()) < 3 or ACRONYM.match(phrase.words.split()[1])
        back = phrase.possessed or PAIR.search(phrase.words) or (phrase.head in listed("anaphoric") and short)
        return sort in NEW and not back

    def _outlet(self, phrase: NounPhrase) -> Entity | None:
        """Whose report it is: the outlet spoken of last, not far before."""
        if phrase.head not in PUBLISHED or len(phrase.words.removeprefix("The same ").split()) > 2:
            return None
        for mention in self.antecedents.mentions.before(phrase.span.start):
            if phrase.span.start - mention.span.start > FAR:
                return None
            if len(mention.entities) == 1 and mention.entities[0].kind is SpeakerKind.PUBLICATION:
                return mention.entities[0]
        return None

    def _is_title(self, phrase: NounPhrase) -> bool:
        return phrase.words[:1].isupper() and not DETERMINER.match(phrase.words) and phrase.head in listed("titles")

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
