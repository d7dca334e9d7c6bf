"""The main clauses of what is said: where act, polarity and certainty are read off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.passages import sentences
from onrecord.records import Span
from onrecord.resolve.lexicon import lexicon
from onrecord.resolve.phrases import Token, tokens

FINITE = 12  # words of a main clause in which its verb and what negates it stand
LONGEST = 40  # words of a main clause that are looked at


@cache
def words_of(group: str) -> frozenset[str]:
    """A group of lexicons/clauses.yaml."""
    return frozenset(lexicon("clauses")[group])


@dataclass(frozen=True, slots=True)
class Clause:
    """The main clause of one sentence of a content, and whether the sentence asks."""

    tokens: tuple[Token, ...]
    sentence: Span
    asks: bool

    opening: str  # the first word of the sentence

    @property
    def words(self) -> list[str]:
        return [token.word for token in self.tokens]

    @property
    def negation(self) -> Span | None:
        """The word that negates the main verb: "not" after it, "no" of its subject or object."""
        for token in self.tokens[:FINITE]:
            if token.word in words_of("negations") and not self._is_phrase(token):
                return token.span
        return None

    def _is_phrase(self, token: Token) -> bool:
        """Whether a negation belongs to a phrase that negates nothing: "not only", "no doubt", "no longer than"."""
        at = self.tokens.index(token)
        after = [other.word for other in self.tokens[at + 1 : at + 2]]
        return after[:1] in (["only"], ["just"], ["doubt"], ["matter"], ["least"]) or after == [","]

    def is_modal(self, place: int) -> bool:
        """Whether "may", "might" or "could" looks ahead: no month, and not what could have been."""
        after = self.words[place + 1 : place + 3]
        if not after or after[0].isdigit() or "have" in after:
            return False
        return after[0] not in ("of", "not", "n't", ",")


def clauses(text: str, contents: Sequence[Span]) -> Iterator[Clause]:
    """The main clauses of each sentence of a content: the first, and those that "and", "but" or ";" add to it."""
    for content in contents:
        for low, high in sentences(text, content.start, content.end):
            found = tokens(text, low, high)
            asks = "?" in text[max(low, high - 3) : high]
            for part in _coordinate(found):
                main = _main(part)
                if main:
                    yield Clause(tuple(main), Span(low, high), asks, part[0].word)


def _coordinate(found: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """A sentence cut where a comma and "and" or "but", or a semicolon, begin another clause."""
    start = 0
    for at in range(3, len(found) - 3):
        comma = found[at].word == "," and found[at + 1].word in ("and", "but")
        if found[at].word == ";" or (comma and _has_subject(found[at + 2 : at + 6])):
            yield found[start:at]
            start = at + 1
    if start < len(found):
        yield found[start:]


def _has_subject(found: Sequence[Token]) -> bool:
    """Whether a clause of its own begins: a verb follows within a few words."""
    return any(token.word in words_of("be") or token.word in words_of("future") for token in found) or (
        bool(found) and found[0].word in words_of("own")
    )


def _main(found: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a sentence from its subject to the first word that begins another clause."""
    start = _past_opening(found)
    end = start
    while end < len(found) and end - start < LONGEST:
        word = found[end].word
        if end > start + 1 and (word in words_of("subordinate") or word in words_of("coordinate")):
            break
        end += 1
    return found[start:end]


def _past_opening(found: Sequence[Token]) -> int:
    """Where the main clause begins: after introducing words, and after an opening phrase that ends in a comma."""
    start = 0
    while start < len(found) - 1 and found[start].word in words_of("introducing"):
        start += 1
    if start < len(found) and found[start].word in words_of("opening"):
        for place in range(start + 1, min(len(found) - 2, start + LONGEST)):
            if found[place].word == ",":
                return place + 1
    return start
