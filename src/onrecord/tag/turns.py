"""Transcripts and interviews: a name or a Q before a colon, and what follows is what was said.

Q: When does the ferry sail?              HARLAN: We have heard this before.
A: On Monday, if the weather holds.       WEST: Not from us.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.passages import paragraphs
from onrecord.records import Span

LABEL = re.compile(
    r"\s*(?P<mark>[\"'“”‘’«„]?)"
    r"(?P<label>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|al|bin|of|the)){0,4})"
    r"[^\S\n]?(?P<colon>:)[^\S\n]+(?=\S)"
)
QUESTION, ANSWER = frozenset(("q", "question")), frozenset(("a", "answer"))
LEAST_TURNS = 3  # labels before a colon also stand in lists and tables: a talk goes to and fro
LEAST_WORDS = 4  # of a turn, for most of them
TALK_SHARE = 0.6  # of turns that are sentences
LONGEST = 12  # paragraphs of one turn; more between two labels is the reporter's text
ASIDE = re.compile(r"\s*[\"“]?[(\[][^()\[\]]*[)\]][\"”.]*\s*$")  # (Applause.)
EDGE = "\"'“”‘’«»„ \t\r\n"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a talk: who, the colon, and one span for each paragraph of what was said."""

    label: Span
    colon: Span
    contents: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Start:
    paragraph: int
    label: Span
    colon: Span
    begin: int  # of what is said
    mark: str  # of an excerpt that this paragraph stands in


def turns(text: str) -> list[Turn]:
    """The turns of a talk in `text`, in order; none where labels before colons make no talk."""
    lines = list(paragraphs(text))
    starts = [start for number, line in enumerate(lines) if (start := _start(text, number, line))]
    starts = _without_headline(starts)
    if not _is_talk(text, lines, starts):
        return []
    last = [following.paragraph for _, following in pairwise(starts)]
    last.append(starts[-1].paragraph + 1)
    return [_turn(text, start, lines[start.paragraph : end]) for start, end in zip(starts, last, strict=True)]


def _start(text: str, number: int, line: tuple[int, int]) -> _Start | None:
    found = LABEL.match(text, *line)
    if found is None:
        return None
    label, colon = Span(*found.span("label")), Span(*found.span("colon"))
    return _Start(number, label, colon, found.end(), found.group("mark"))


def _without_headline(starts: Sequence[_Start]) -> list[_Start]:
    """A headline may name its speaker as a turn does, but no turn comes next."""
    alone = len(starts) > 1 and starts[0].paragraph == 0 and starts[1].paragraph > 1
    return list(starts[1:] if alone else starts)


def _name(text: str, start: _Start) -> str:
    """What one speaker's labels have in common: the last word ("JO WEST", "WEST")."""
    return text[start.label.start : start.label.end].split()[-1].lower()


def _is_talk(text: str, lines: Sequence[tuple[int, int]], starts: Sequence[_Start]) -> bool:
    names = Counter(_name(text, start) for start in starts)
    asked = bool(QUESTION & names.keys()) and bool(ANSWER & names.keys())
    if not asked and (len(starts) < LEAST_TURNS or len(names) < 2 or max(names.values()) < 2):
        return False
    said = [text[start.begin : lines[start.paragraph][1]].rstrip(EDGE) for start in starts]
    return sum(map(_is_spoken, said)) >= TALK_SHARE * len(said)


def _is_spoken(words: str) -> bool:
    """Whether the words after a colon are more than an entry of a list."""
    lower = any(character.islower() for character in words)
    return lower and (len(words.split()) >= LEAST_WORDS or words.endswith((".", "?", "!", "…")))


def _turn(text: str, start: _Start, lines: Sequence[tuple[int, int]]) -> Turn:
    """A turn goes on to the next label, unless so much lies between that the report must have come back."""
    goes_on = lines[1:] if len(lines) <= LONGEST else []
    parts = [(start.begin, lines[0][1]), *goes_on]
    spans = [_trimmed(text, low, high, start.mark) for low, high in parts if not ASIDE.match(text, low, high)]
    return Turn(start.label, start.colon, tuple(span for span in spans if span))


def _trimmed(text: str, low: int, high: int, mark: str) -> Span | None:
    """Without white space, and without the marks of an excerpt that the talk stands in."""
    edge = EDGE if mark else " \t\r\n"
    line = text[low:high]
    start, end = low + len(line) - len(line.lstrip(edge)), low + len(line.rstrip(edge))
    return Span(start, end) if start < end else None
