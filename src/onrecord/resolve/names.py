"""Names in a text: runs of capitals, with the titles before them, and what kind of thing they name.

Word lists are in lexicons/names.yaml.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.records import Span, SpeakerKind
from onrecord.resolve.countries import country_of
from onrecord.resolve.lexicon import lexicon

_CAPITAL = (
    r"(?:(?:al|el|as|ul)-)?[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ][\w.’'-]*\w|[A-Z]\.?"
)
_PARTICLE = (
    r"(?:de|da|do|dos|das|des|del|della|der|den|di|du|la|le|el|al|bin|bint|ibn|abu|ben|van|von|ter|ten|y|e|of the|of|"
    r"for|and|on|ul)"
)
RUN = re.compile(rf"(?<![\w@#])(?:{_CAPITAL})(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}(?:{_CAPITAL}))*")
WORD = re.compile(r"[^\s]+")
ACRONYM = re.compile(r"[A-Z][A-Z.&-]*[A-Z]s?\d?$|[A-Z]{2,}[a-z]?$")
POSSESSIVE = re.compile(r"['’]s?$")
IN_BRACKETS = re.compile(r"[ \u00a0]\(([A-Z][A-Za-z.&-]{1,11})\)")
JOINING = frozenset(("of", "for", "and", "on", "the"))
LONGEST_NAME = 6  # words of a person's name


@cache
def listed(group: str) -> frozenset[str]:
    """A group of lexicons/names.yaml."""
    return frozenset(str(word) for word in lexicon("names")[group])


@dataclass(frozen=True, slots=True)
class Name:
    """One name where it stands: `title` are the words of its run before it ("WMO Secretary General")."""

    words: tuple[str, ...]
    span: Span
    title: tuple[str, ...]
    title_start: int
    definite: bool  # "the" stands before it: no person's name

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def is_body(self) -> bool:
        """Whether its words name a body, a place of publication or a document rather than a person."""
        return self.definite or bool(kind_of_words(self.words)) or any(word in JOINING for word in self.words)


def kind_of_words(words: Sequence[str]) -> SpeakerKind | None:
    """What the nouns among some words name, the last first; None when none of them is known."""
    return _kind_of(tuple(words))


@lru_cache(maxsize=8192)
def _kind_of(words: tuple[str, ...]) -> SpeakerKind | None:
    lower = [POSSESSIVE.sub("", word.lower()) for word in words]
    joined = f" {' '.join(lower)} "
    if any(phrase in joined for phrase in _long(SpeakerKind.PUBLICATION.value)):
        return SpeakerKind.PUBLICATION  # "news agency" before "agency"
    if len(lower) > 2 and ("international" in lower or "world" in lower):
        return _of_nations(lower)
    head = lower[: next((at for at, word in enumerate(lower) if at and word in ("of", "for", "in", "on")), len(lower))]
    for kind in (SpeakerKind.PUBLICATION, SpeakerKind.GOVERNMENT, SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT):
        if head and head[-1] in listed(kind.value):
            return kind
    for kind in (SpeakerKind.GOVERNMENT, SpeakerKind.PUBLICATION, SpeakerKind.ORGANISATION):
        known = listed(kind.value)
        if any(word in known for word in lower) or any(phrase in joined for phrase in _long(kind.value)):
            return kind
    return None


def _of_nations(lower: Sequence[str]) -> SpeakerKind:
    """What the name of a body of many countries names: no government."""
    kinds = (SpeakerKind.PUBLICATION, SpeakerKind.DOCUMENT)
    return next((kind for kind in kinds if lower[-1] in listed(kind.value)), SpeakerKind.ORGANISATION)


@cache
def _long(group: str) -> tuple[str, ...]:
    """The entries of a group that are several words, a space at each end."""
    return tuple(f" {phrase} " for phrase in listed(group) if " " in phrase)


def names_in(text: str, low: int, high: int) -> Iterator[Name]:
    """The names of `text` from `low` to `high`, sentence openings and days left out, titles taken off."""
    for match in RUN.finditer(text, low, high):
        words = [(found.group(), found.start(), found.end()) for found in WORD.finditer(text, *match.span())]
        for part in _parts(words):
            for one in _people(part):
                name = _name(text, one)
                if name is not None:
                    yield name


Placed = tuple[str, int, int]


def _parts(words: Sequence[Placed]) -> Iterator[list[Placed]]:
    """A run without the words that are no part of a name: "On Tuesday Sias" has one part, "Sias"."""
    part: list[Placed] = []
    for at, placed in enumerate(words):
        lower = POSSESSIVE.sub("", placed[0].lower()).rstrip(".")
        possessive = bool(POSSESSIVE.search(placed[0])) and placed[0][-1] == "s"
        if lower in listed("no_names") and not (part and _is_inside(lower, at, words)):
            if part:
                yield part
            part = []
            continue
        part.append(placed)
        if possessive and len(words) > at + 1 and words[at + 1][0][:1].isupper():
            yield part
            part = []
    if part:
        yield part


def _people(part: list[Placed]) -> Iterator[list[Placed]]:
    """A run cut where "and" joins two persons: "Mr Oskar Lind and Jo West", not "Ministry of Trade and Fisheries"."""
    at = next((at for at, (word, _, _) in enumerate(part) if word == "and"), None)
    if at is not None:
        left, right = part[:at], part[at + 1 :]
        words = [word for word, _, _ in part]
        titled = bool(left and right) and _is_title(right[0][0])
        one_post = any(_is_title(word) for word, _, _ in right[1:])  # "Sports and Fisheries Minister Jo West"
        persons = len(left) > 1 and len(right) > 1 and "of" not in words and kind_of_words(words) is None
        if titled or (persons and not one_post):
            yield left
            yield from _people(right)
            return
    yield part


def _is_inside(lower: str, at: int, words: Sequence[Placed]) -> bool:
    """Whether a word that usually is no name stands inside one: "Ministry of Trade", "Liu He"."""
    if lower in JOINING:
        return at + 1 < len(words)
    return lower not in listed("days") and lower not in ("the", "in", "on", "at")


def _name(text: str, part: Sequence[Placed]) -> Name | None:
    while part and part[-1][0].lower() in JOINING:
        part = part[:-1]
    if not part:
        return None
    if _is_role(part):
        return None
    last_title = max((at for at, (word, _, _) in enumerate(part) if _is_title(word)), default=-1)
    cut = last_title + 1 if last_title + 1 < len(part) else 0
    title, own = part[:cut], part[cut:]
    if own[0][0].lower() in JOINING:
        title, own = _after_of(title, own)
    if len(own) > 2 and country_of(own[0][0]) and re.search(r"\b(?:to|in|of|for|from)\s$", text[: own[0][1]][-6:]):
        own = own[1:]  # "Ambassador to Syria Jo West"
    words = tuple(
        POSSESSIVE.sub("", word).rstrip(".,") if at == len(own) - 1 else word for at, (word, _, _) in enumerate(own)
    )
    end = own[-1][1] + len(words[-1])
    if not words[-1] or end <= own[0][1]:
        return None
    definite = bool(re.search(r"\b[Tt]he\s$", text[max(0, own[0][1] - 5) : own[0][1]])) and not title
    start = title[0][1] if title else own[0][1]
    return Name(words, Span(own[0][1], end), tuple(word for word, _, _ in title), start, definite)


def _after_of(title: Sequence[Placed], own: Sequence[Placed]) -> tuple[Sequence[Placed], Sequence[Placed]]:
    """ "President of Mongolia U.Khurelsukh" names him; "Director of the Harbour Office" names the office."""
    start = next(at for at, (word, _, _) in enumerate(own) if word.lower() not in JOINING)
    for size in (3, 2, 1):
        country, rest = own[start : start + size], own[start + size :]
        if rest and country_of(" ".join(word for word, _, _ in country)) and rest[0][0].lower() not in JOINING:
            return (*title, *own[: start + size]), rest
    rest = own[start + 1 :]
    words = [word for word, _, _ in rest]
    person = len(words) > 1 and not kind_of_words(words) and not any(word.lower() in JOINING for word in words)
    if own[start][0].lower() in listed("realms") and person:
        return (*title, *own[: start + 1]), rest  # "President of the Republic Jo West"
    return (), own[start:]


def _is_role(part: Sequence[Placed]) -> bool:
    """Whether a run ends in a title and so names nobody: "the Finance Minister"."""
    last = part[-1][0].lower().rstrip(".,")
    if not _is_title(part[-1][0]):
        return False
    if any(word.lower() in JOINING for word, _, _ in part):
        return _is_title(part[0][0])  # "Secretary of State", but "Court of Justice"
    own = next((at for at, (word, _, _) in enumerate(part) if not _is_title(word)), len(part))
    return not (len(part) - own > 1 and last in listed("surnames"))  # "Mr Martin King"


def _is_title(word: str) -> bool:
    lower = word.lower().rstrip(".,")
    return lower in listed("titles") or lower.split("-")[-1] in listed("titles")


class NameIndex:
    """All names of a text, by their words and by place."""

    def __init__(self, text: str, extents: Iterable[Span]) -> None:
        self.names = sorted((name for at in extents for name in names_in(text, at.start, at.end)), key=lambda n: n.span)
        self._starts = [name.span.start for name in self.names]
        self._by_word: dict[str, list[Name]] = {}
        self._by_last: dict[str, list[Name]] = {}
        for name in self.names:
            self._by_last.setdefault(name.words[-1], []).append(name)
            for word in set(name.words):
                self._by_word.setdefault(word, []).append(name)
        self._long_forms = _acronyms(text, self.names)

    def between(self, low: int, high: int) -> list[Name]:
        """The names that begin from `low` up to `high`."""
        return self.names[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def ending_in(self, word: str) -> list[Name]:
        """The names whose last word is this one, in order."""
        return self._by_last.get(word, [])

    def long_form(self, acronym: str) -> Name | None:
        """The name that an acronym stands for."""
        return self._long_forms.get(
            acronym.rstrip("s") if acronym.endswith("s") and acronym[:-1].isupper() else acronym
        )

    def fullest(self, words: Sequence[str], place: int) -> list[Name]:
        """Longer names that hold all these words, one for each different name, the nearest before `place` first."""
        longer: dict[tuple[str, ...], Name] = {}
        for name in self._by_word.get(words[-1], ()):
            if len(name.words) > len(words) and _within(words, name.words) and not _adds_only_joined(name.words, words):
                known = longer.get(name.words)
                if known is None or _nearness(name, place) < _nearness(known, place):
                    longer[name.words] = name
        return sorted(longer.values(), key=lambda name: _nearness(name, place))


def _nearness(name: Name, place: int) -> tuple[bool, int]:
    return name.span.start > place, abs(place - name.span.start)


def _within(words: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether `words` stand in `longer` one after the other, or are its first and last."""
    size = len(words)
    together = any(tuple(longer[at : at + size]) == tuple(words) for at in range(len(longer) - size + 1))
    return together or (size == 2 and (longer[0], longer[-1]) == tuple(words))


def _adds_only_joined(longer: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a longer run joins another name to this one: "Guo and Wang"."""
    return "and" in longer and "and" not in words


def _acronyms(text: str, names: Sequence[Name]) -> dict[str, Name]:
    """Names by the acronyms that stand for them: in brackets after them, or made of their first letters."""
    found: dict[str, Name] = {}
    short = {name.words[0] for name in names if len(name.words) == 1 and ACRONYM.match(name.words[0])}
    for name in names:
        bracket = IN_BRACKETS.match(text, name.span.end)
        if bracket and len(name.words) > 1:
            found.setdefault(bracket.group(1), name)
        initials = "".join(word[0] for word in name.words if word[0].isupper())
        if len(name.words) > 1 and initials in short:
            found.setdefault(initials, name)
    return found
