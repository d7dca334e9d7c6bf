"""Phrases of a lexicon, found in words: the longest that begins at a word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from onrecord.records import Span
from onrecord.resolve.inflection import noun_forms, verb_forms

T = TypeVar("T")
TOKEN = re.compile(r"n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|[^\W_]+(?:-[^\W_]+)*?(?=n['’]t\b)|[^\W_]+(?:-[^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of punctuation, in lower case, with its place."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """Tokens first … end - 1 are a phrase that stands for `value`."""

    first: int
    end: int
    value: T


def tokens(text: str, low: int, high: int) -> list[Token]:
    """The words and marks of `text` from `low` to `high`, without those that only quote."""
    return [
        Token(match.group().lower().replace("’", "'"), Span(*match.span()))
        for match in TOKEN.finditer(text, low, high)
        if match.group() not in "\"“”„«»‘’'`"
    ]


class Phrases(Generic[T]):
    """Phrases with a value each. Looking them up costs the same however many there are."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for words, value in entries:
            self._by_first.setdefault(words[0], []).append((words, value))
        for same in self._by_first.values():
            same.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], place: int) -> Hit[T] | None:
        """The longest phrase that begins at `place`."""
        for phrase, value in self._by_first.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return Hit(place, place + len(phrase), value)
        return None

    def within(self, words: Sequence[str]) -> list[Hit[T]]:
        """All phrases in `words`, the longest at each place, none inside another."""
        found, place = [], 0
        while place < len(words):
            hit = self.at(words, place)
            if hit:
                found.append(hit)
            place = hit.end if hit else place + 1
        return found


def forms(kind: str, phrase: str) -> Iterator[tuple[str, ...]]:
    """The forms of an entry: of its first word where it is a verb, of its last where it is a noun."""
    words = tuple(token.word for token in tokens(phrase, 0, len(phrase)))
    if kind == "verbs":
        yield from ((form, *words[1:]) for form in verb_forms(words[0]))
    elif kind == "nouns" and len(words) == 1:
        yield from ((form,) for form in noun_forms(words[0]))
    else:
        yield words


def from_lexicon(groups: Mapping[str, Mapping[str, Sequence[Any]]]) -> Phrases[tuple[str, str]]:
    """Phrases of {label: {verbs|nouns|words: [entry]}}; each stands for (label, kind)."""
    return Phrases(
        (words, (label, kind))
        for label, kinds in groups.items()
        for kind, entries in kinds.items()
        for entry in entries
        for words in forms(kind, str(entry))
    )
