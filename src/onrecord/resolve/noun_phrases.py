"""What a noun phrase says of the one it stands for: name, role, affiliation, kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Span, SpeakerKind
from onrecord.resolve.countries import country_of, name_of
from onrecord.resolve.names import ACRONYM, LONGEST_NAME, POSSESSIVE, RUN, Name, kind_of_words, listed, names_in

PRONOUN = re.compile(
    r"(?:he|she|it|they|him|her|them|his|hers|its|their|my|our|i|we|me|us|you|who|whom|which|that|himself|herself|itself|themselves|one)$",
    re.I,
)
COUNTED = re.compile(
    r"(?:\d|(?:many|several|some|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds)\s)", re.I
)
FIRST_PERSON = re.compile(r"(we|I)(?=\s*[–—,(-])", re.I)
DEFINITE = re.compile(r"(?:the|this|that|these|those|said)\s", re.I)
INDEFINITE = re.compile(r"(?:an?|one|another|some|any)\s", re.I)
POSSESSED = re.compile(r"(?:his|her|its|their|our|my|your)\s", re.I)
DETERMINER = re.compile(
    r"^(?:the|this|that|these|those|an?|one(?!\s+of)|another|some|any|his|her|its|their|our|my|your)\s+", re.I
)
EDGE = " \t\r\n,;:.\"'“”‘’«»()[]—–-"
POSSESSED_END = re.compile(r"(?<=\w)['’]s$|(?<=s)['’]$")
AGE = re.compile(r"\d{1,3}$|(?:aged?|now)\s+\d{1,3}$", re.I)
AFTER_HEAD = re.compile(
    r"\s(?:of|for|in|at|from|to|with|by|on|who|whom|which|that|representing|led|who's|whose|based|near|about|working|"
    r"living|issued|into|released|published|dated|seen|given|familiar|close|between|following|before|after|during|inside)\b"
)
OWNS = re.compile(r"['’]s?\s")
FROM = re.compile(r"\b(?:by|from)\s+(?:the\s+)?$")
BY = re.compile(r"\b(?:by|with|of|to|in|from|against|including|under)\b")
FOLLOWS = re.compile(r"(?:of|from|at|in|with|who|whom|which|that|told|and|\w+ed)\b")
BRACKETED = re.compile(r"\([^()]*\)?")
ROLE_OF = re.compile(r"\s(?:of|at|for|from|with)\s+(?:the\s+)?(?=[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """One source as its words describe it. `name` is None for a description ("the minister", "officials")."""

    words: str
    span: Span
    name: Name | None
    kind: SpeakerKind | None
    role: str | None
    affiliation: str | None
    pronoun: bool = False
    owner: Name | None = None  # whose document it is: "the ministry's letter", "a statement by Jo West"

    @property
    def head(self) -> str:
        """The noun that the phrase is about: "minister" of "the deputy minister of trade"."""
        return head_of(self.words)

    @property
    def definite(self) -> bool:
        return bool(DEFINITE.match(self.words + " "))

    @property
    def possessed(self) -> bool:
        return bool(POSSESSED.match(self.words + " "))

    @property
    def plural(self) -> bool:
        return self.head in listed("group")


def head_of(words: str) -> str:
    """The head noun of a phrase, in lower case."""
    bare = DETERMINER.sub("", words.strip(EDGE) + " ", count=1).strip()
    cut = AFTER_HEAD.search(bare)
    first = (bare[: cut.start()] if cut else bare).split(",")[0].split()
    return POSSESSIVE.sub("", first[-1].strip(EDGE).lower()) if first else ""


def read_phrase(text: str, span: Span) -> NounPhrase:
    """The phrase that stands at `span`, edges trimmed."""
    span = _trimmed(text, span)
    words = " ".join(text[span.start : span.end].split())
    ours = FIRST_PERSON.match(words)
    if ours:  # "We – China and its military"
        words, span = ours.group(1), Span(span.start, span.start + len(ours.group(1)))
    if PRONOUN.match(words):
        return NounPhrase(words, span, None, None, None, None, pronoun=True)
    found = [name for name in names_in(text, span.start, span.end) if not _is_noun(text, span, name)]
    parts = _split(text, span)
    name = _person(text, parts, found)
    if name is not None:
        role, affiliation = _role(text, span, parts, name)
        return NounPhrase(words, span, name, SpeakerKind.PERSON, role, affiliation)
    first = _trimmed(text, parts[0])
    described = " ".join(text[first.start : first.end].split())
    kind = _kind(described)
    owner = _owner(text, span, found, head_of(described)) if kind is SpeakerKind.DOCUMENT else None
    belongs = _belongs_to(found, first, text)
    return NounPhrase(described, first, _body(text, first, found), kind, None, belongs, owner=owner)


def _owner(text: str, span: Span, found: Sequence[Name], head: str) -> Name | None:
    """Who lets a document speak: the name that owns it, or by whom or from whom it is."""
    for name in found:
        if name.span.start - span.start <= 5 and OWNS.match(text, name.span.end):
            return name
        if head in listed("issued") and FROM.search(text, span.start, name.title_start):
            return name
    return None


def _is_noun(text: str, span: Span, name: Name) -> bool:
    """Whether a capital only opens the sentence ("Data from the institute") or a bracket."""
    if text[span.start : name.title_start][-1:] == "(":
        return True
    opens = name.span.start == span.start and len(name.words) == 1 and not name.title
    word = name.words[0].lower()
    known = word in listed("document") or word in listed("group") or word.endswith(("ing", "ists", "ians"))
    alone = name.span.end >= span.end or not text[name.span.end : name.span.end + 2].strip()[:1].isupper()
    return opens and known and alone


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(EDGE))
    bare = POSSESSED_END.sub("", words.rstrip(EDGE))
    end = span.start + len(bare)
    return Span(start, end) if start < end else span


def _split(text: str, span: Span) -> list[Span]:
    """The parts of a phrase between commas and square brackets."""
    parts, start = [], span.start
    for match in re.finditer(r",\s+|\]\s*,?\s*", text[span.start : span.end]):
        if span.start + match.start() > start:
            parts.append(Span(start, span.start + match.start()))
        start = span.start + match.end()
    if start < span.end:
        parts.append(Span(start, span.end))
    return parts or [span]


def is_person(name: Name) -> bool:
    """Whether a name looks like that of a person."""
    if name.is_body or len(name.words) > LONGEST_NAME:
        return False
    if len(name.words) == 1 and ACRONYM.match(name.words[0]):
        return False
    return bool(name.title) or country_of(name.text) is None


def _person(text: str, parts: Sequence[Span], found: Sequence[Name]) -> Name | None:
    """The person that a phrase names: at the end of its first part, or alone in a later one."""
    first = [name for name in found if name.span.start < parts[0].end and not _in_brackets(text, parts[0], name)]
    late = _alone_later(text, parts, found)
    if late is not None and head_of(text[parts[0].start : parts[0].end]) in listed("titles"):
        return late
    opening = first[:1] if first and len(first[0].words) > 1 and _opens(text, parts[0], first[0]) else []
    for name in (*opening, *reversed(first)):
        if is_person(name) and _is_head(text, parts[0], name):
            return name
    return None if first and _is_head(text, parts[0], first[-1]) else late


def _alone_later(text: str, parts: Sequence[Span], found: Sequence[Name]) -> Name | None:
    """The person whose name is all of a later part: "the deputy minister, Jo West"."""
    for part in parts[1:]:
        for name in found:
            inside = part.start <= name.title_start and part.end - 2 <= name.span.end <= part.end
            alone = inside and not BY.search(text, part.start, name.title_start)
            if alone and is_person(name) and (len(name.words) > 1 or name.title):
                return name
    return None


def _in_brackets(text: str, part: Span, name: Name) -> bool:
    """Whether a name stands in round brackets inside a phrase: "the council (now the Upper House)"."""
    before = text[part.start : name.span.start]
    return len(before) > 1 and before.rfind("(", 1) > before.rfind(")")


def _opens(text: str, part: Span, name: Name) -> bool:
    return name.title_start - part.start <= 4 and not _is_place(text, part, name)


def _is_head(text: str, part: Span, name: Name) -> bool:
    """Whether a name is what its part is about: it ends it and is no place, or opens it and a preposition follows."""
    after = BRACKETED.sub("", text[name.span.end : part.end]).strip(EDGE)
    if not after:
        return not _is_place(text, part, name)
    return _opens(text, part, name) and bool(FOLLOWS.match(after))


def _has_title(words: str) -> bool:
    return any(word.lower().strip(EDGE).split("-")[-1] in listed("titles") for word in words.split())


def _is_place(text: str, part: Span, name: Name) -> bool:
    """Whether a name at the end of a part only says where: "residents in Upper Kaltan", "police in Lagos"."""
    before = text[part.start : name.title_start].rstrip()
    return bool(re.search(r"\b(?:in|of|at|for|from|to|with|by|near|on|than|against|led by|and the)(?: the)?$", before))


def _body(text: str, first: Span, found: Sequence[Name]) -> Name | None:
    """The name that is the head of a phrase about a body: "Ministry of Trade", not "officials in Lagos"."""
    inside = [name for name in found if name.span.start < first.end and not _in_brackets(text, first, name)]
    for name in reversed(inside):
        if _is_head(text, first, name):
            return name
    return None


def _belongs_to(found: Sequence[Name], first: Span, text: str) -> str | None:
    """The body that a description hangs on: "a spokesman for the Harbour Office"."""
    for name in found:
        if name.span.start < first.end and (_is_place(text, first, name) or name.span.start - first.start < 5):
            place = _is_place(text, first, name)
            known = country_of(name.text) or kind_of_words(name.words) or ACRONYM.match(name.words[0])
            if place or (known and text[name.span.end : first.end].strip()):
                return name.text
    return None


def _kind(words: str) -> SpeakerKind | None:
    """The kind that the head noun of a description tells."""
    head = head_of(words)
    if head in listed("group") or COUNTED.match(words):
        return SpeakerKind.GROUP
    if head in listed("titles") or head in listed("female") or head in listed("male"):
        return SpeakerKind.UNNAMED
    if words.lower().endswith(("news agency", "press agency", "news portal")):
        return SpeakerKind.PUBLICATION
    for kind in (SpeakerKind.DOCUMENT, SpeakerKind.GOVERNMENT, SpeakerKind.PUBLICATION, SpeakerKind.ORGANISATION):
        if head in listed(kind.value):
            return kind
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is")) and not INDEFINITE.match(words + " ")
    if plural and words.split()[-1:] and head != words.strip(EDGE):
        return SpeakerKind.GROUP
    if plural and head.title() == words.strip(EDGE) and country_of(words):
        return SpeakerKind.GROUP
    return kind_of_words([word.strip(EDGE) for word in words.split()])


def _role(text: str, span: Span, parts: Sequence[Span], name: Name) -> tuple[str | None, str | None]:
    """What stands before the name and in the other parts, split into role and affiliation.

    A role in a part of its own says more than a rank before the name: "the commander of the fort, Colonel Jo West".
    """
    own = next((part for part in parts if part.start <= name.span.start < part.end), parts[0])
    others = [text[part.start : part.end].strip(EDGE) for part in parts if part is not own]
    before = text[own.start : name.span.start].strip(EDGE)
    of = re.match(r"(?:of|from|at|with)\s+(?:the\s+)?(?P<body>.+)", text[name.span.end : own.end].strip())
    if own is not parts[0] and _has_title(others[0]):
        return split_role(others[0])
    if before and not all(word.lower().strip(".") in listed("honorifics") for word in before.split()):
        role, affiliation = split_role(before)
        return role, affiliation or (of["body"] if of else None)
    if of:
        return None, of["body"]
    stated = [words for words in others if words and not AGE.match(words)]
    return split_role(stated[0]) if stated else (None, None)


def split_role(words: str) -> tuple[str | None, str | None]:
    """ "Director of the Harbour Office" → Director, Harbour Office; "FAO Director General" → Director General, FAO."""
    words = DETERMINER.sub("", " ".join(words.split()).strip(EDGE) + " ", count=1).strip(EDGE)
    words = re.sub(r"^(?:who is|who was|who represents)\s+", "", words)
    if not _has_title(words) and _kind(words) is not SpeakerKind.UNNAMED:
        return (words or None), None
    of = ROLE_OF.search(words)
    if of and not country_of(words.split()[0]) and not _is_portfolio(words[of.end() :]):
        return words[: of.start()], _capitals(words[of.end() :].split(",")[0].strip(EDGE))
    tokens = words.split()
    country = country_of(tokens[0]) if len(tokens) > 1 else None
    if (
        country is not None and tokens[0].lower() != name_of(country).lower()
    ):  # a demonym: "Chinese Ambassador to Syria"
        return split_role(" ".join(tokens[1:]))[0], name_of(country)
    first_title = next((at for at, word in enumerate(tokens) if _has_title(word)), 0)
    lead = tokens[:first_title]
    owner = [word for word in lead if word[:1].isupper()]
    if lead and owner and (ACRONYM.match(lead[0]) or POSSESSIVE.search(lead[-1]) or kind_of_words(lead)):
        return " ".join(tokens[first_title:]), POSSESSIVE.sub("", " ".join(lead))
    return words, None


def _is_portfolio(words: str) -> bool:
    """Whether a minister is of it, and not from it: "Minister of Health"."""
    return bool(words) and words.split()[0].lower().strip(EDGE) in listed("portfolios")


def _capitals(words: str) -> str:
    """The name at the beginning of some words: "Harbour Office" of "Harbour Office stated that"."""
    run = RUN.match(words)
    return run.group() if run else words
