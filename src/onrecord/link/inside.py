"""Links between the statements of one document: what each denies, confirms, answers, repeats or contradicts.

Two statements say the same as far as they share words, the rare words of the document counting more.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import Act, Decided, Evidence, Kind, LocalLink, Polarity, Relation, Span, SpeakerKind, Statement

WORD = re.compile(r"[^\W\d_][\w'’-]+|\d[\d.,]*")
# Too frequent to show that two statements are about the same thing.
COMMON = frozenset(
    [
        "the",
        "and",
        "that",
        "this",
        "with",
        "for",
        "from",
        "have",
        "has",
        "had",
        "will",
        "would",
        "was",
        "were",
        "been",
        "are",
        "is",
        "not",
        "but",
        "its",
        "their",
        "his",
        "her",
        "they",
        "them",
        "he",
        "she",
        "who",
        "which",
        "what",
        "when",
        "where",
        "said",
        "says",
        "told",
        "also",
        "more",
        "than",
        "into",
        "over",
        "under",
        "after",
        "before",
        "about",
        "there",
        "these",
        "those",
        "our",
        "your",
        "you",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "any",
        "all",
        "some",
        "such",
        "very",
        "just",
        "like",
        "one",
        "two",
        "out",
        "only",
        "other",
        "because",
        "being",
        "does",
        "did",
        "doing",
        "own",
        "same",
        "then",
        "now",
        "even",
        "most",
        "many",
        "much",
        "make",
        "made",
        "new",
    ]
)
ENDING = re.compile(r"(?:ing|edly|ed|es|s|ly|ment|ments|ation|ations|ions?)$")
DESCRIBED = re.compile(
    r"(?P<noun>report|reports|claim|claims|allegations?|accusations?|charges?|rumou?rs?|suggestions?|statements?|remarks?|"
    r"assertions?|speculation|account|accounts|story|stories|figures?|criticism)\b",
    re.IGNORECASE,
)
POINTING = re.compile(
    r"^\W*(?:that\s+)?(?:it|this|that|them|these|so|the\s+\w+|(?:those|these|such|all)\s+\w+)\W*$", re.I
)
SUMMARY = 0.5  # shared weight from which a lead is the summary of a later statement
FOLLOWED = 0.28  # the same for what is told in other words and quoted right after
REPEAT = 0.65
AGREED = 0.8
OPPOSED = 0.5
LEAST = 2  # shared words without which nothing is the same
LEAD = 3  # paragraphs in which a summary stands
NEAR = 6  # statements back in which what is denied stands


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement as words: `stems` of its content, `who` spoke, the `paragraph` it stands in."""

    number: int
    statement: Statement
    stems: frozenset[str]
    who: frozenset[str]
    paragraph: int
    size: int


Links = Decided[tuple[LocalLink, ...]]


def find_links(text: str, statements: Sequence[Statement]) -> list[Links]:
    """What each statement denies, confirms, answers, restates, summarises or contradicts in its own document."""
    said = [_said(text, number, statement) for number, statement in enumerate(statements)]
    weights = _weights(said)
    links: list[list[tuple[LocalLink, str]]] = [[] for _ in said]
    for one in said:
        links[one.number] += _reaction(text, one, said, weights)
    for number, link, note in _alike(said, weights):
        if not links[number]:
            links[number].append((link, note))
    return [_decided(found, statements) for found in links]


def _decided(found: Sequence[tuple[LocalLink, str]], statements: Sequence[Statement]) -> Links:
    proofs = tuple(
        Evidence(
            "links",
            "rule:links",
            link.claim or _place(statements[link.to or 0]),
            None,
            f"{link.relation.value}: {note}",
        )
        for link, note in found
    )
    return Decided(tuple(link for link, _ in found), proofs)


def _place(statement: Statement) -> Span:
    return (statement.attribution.cue or statement.attribution.contents)[0]


def _said(text: str, number: int, statement: Statement) -> _Said:
    spans = (*statement.attribution.cue, *statement.attribution.contents)  # the cue too: "expressed regret that"
    words = [match.group().lower() for span in spans for match in WORD.finditer(text, span.start, span.end)]
    stems = frozenset(_stem(word) for word in words if word not in COMMON and len(word) > 2)
    who = frozenset(speaker.name.lower() for speaker in statement.speakers if speaker.resolved)
    return _Said(number, statement, stems, who, text.count("\n", 0, _place(statement).start), len(words))


def _stem(word: str) -> str:
    stem = ENDING.sub("", word.removesuffix("'s").removesuffix("’s"))
    return stem if len(stem) > 2 else word


def _weights(said: Sequence[_Said]) -> dict[str, float]:
    """How much a word that two statements share tells: the less, the more of them have it."""
    counts = Counter(stem for one in said for stem in one.stems)
    total = len(said) + 1
    return {stem: math.log(1 + total / (1 + count)) for stem, count in counts.items()}


def _alikeness(left: _Said, right: _Said, weights: dict[str, float]) -> float:
    """The share of the shorter statement's weight that the other one has too, 0 … 1."""
    shared = left.stems & right.stems
    if len(shared) < LEAST:
        return 0.0
    least = min(sum(weights[stem] for stem in one.stems) for one in (left, right))
    return sum(weights[stem] for stem in shared) / least if least else 0.0


def _reaction(text: str, one: _Said, said: Sequence[_Said], weights: dict[str, float]) -> list[tuple[LocalLink, str]]:
    """What a denial, a confirmation or an answer reacts to."""
    act = one.statement.act
    if act in (Act.DENY, Act.CONFIRM):
        relation = Relation.DENIES if act is Act.DENY else Relation.CONFIRMS
        target, note = _target(text, one, said, weights)
        if target is not None:
            return [(LocalLink(relation, target.number), note)]
        claim = _claim(text, one)
        return (
            [(LocalLink(relation, None, claim), "a claim that is only described")] if claim and act is Act.DENY else []
        )
    question = _question(text, one, said)
    return [(LocalLink(Relation.ANSWERS, question.number), "it follows the question")] if question else []


def _target(text: str, one: _Said, said: Sequence[_Said], weights: dict[str, float]) -> tuple[_Said | None, str]:
    """The statement that a yes or no is aimed at: pointed at ("the report"), or saying the same."""
    content = one.statement.attribution.contents[0]
    words = text[content.start : content.end]
    others = [other for other in said if other.number != one.number and not (other.who & one.who)]
    if one.statement.act is Act.DENY and POINTING.match(words):
        before = [other for other in others if other.number < one.number and other.statement.act is not Act.ASK]
        outer = [other for other in before if other.statement.attribution.parent is None] or before
        if outer and one.number - outer[-1].number <= NEAR:
            return outer[-1], f"{words.strip()!r} points back at it"
    inside = [other for other in others if _is_parent(one, other) or _is_parent(other, one)]
    ranked = sorted(((_alikeness(one, other, weights), -other.number, other) for other in others), key=lambda r: r[:2])
    nested = [other for other in inside if other.statement.attribution.parent == one.number]
    if nested and DESCRIBED.search(words):
        return nested[0], "the claim stands in its words"
    if ranked and ranked[-1][0] >= OPPOSED:
        return ranked[-1][2], f"they share {ranked[-1][0]:.0%} of their words by weight"
    return None, ""


def _is_parent(outer: _Said, inner: _Said) -> bool:
    return inner.statement.attribution.parent == outer.number


def _claim(text: str, one: _Said) -> Span | None:
    """The words that describe a claim: "the allegations", "reports that …"."""
    content = one.statement.attribution.contents[0]
    return content if DESCRIBED.search(text, content.start, min(content.end, content.start + 60)) else None


def _question(text: str, one: _Said, said: Sequence[_Said]) -> _Said | None:
    """The question right before a statement that another one put."""
    if one.number == 0 or one.statement.act is Act.ASK:
        return None
    before = said[one.number - 1]
    if before.statement.act is not Act.ASK or before.statement.attribution.parent != one.statement.attribution.parent:
        return None
    if before.who & one.who:
        return None
    gap = text[_place(before.statement).end : _place(one.statement).start]
    return before if gap.count("\n\n") <= 1 and one.paragraph - before.paragraph <= 2 else None


def _alike(said: Sequence[_Said], weights: dict[str, float]) -> Iterator[tuple[int, LocalLink, str]]:
    """Pairs that say the same, or the opposite: each earlier or later one with the one it is most like."""
    by_stem: dict[str, list[int]] = {}
    for one in said:
        for stem in one.stems:
            by_stem.setdefault(stem, []).append(one.number)
    for one in said:
        near = Counter(n for stem in one.stems if len(by_stem[stem]) <= 40 for n in by_stem[stem] if n > one.number)
        best: tuple[float, _Said] | None = None
        for number, shared in near.items():
            if shared >= LEAST and not _related(one, said[number], said):
                alike = _alikeness(one, said[number], weights)
                if best is None or alike > best[0]:
                    best = alike, said[number]
        if best is not None:
            yield from _named(one, best[1], best[0])


def _related(one: _Said, other: _Said, said: Sequence[_Said]) -> bool:
    """Whether one holds the other: then they say the same because they are the same words."""
    at: int | None = other.number
    while at is not None:
        parent = said[at].statement.attribution.parent
        if parent == one.number:
            return True
        at = parent
    spans, others = one.statement.attribution.contents, other.statement.attribution.contents
    return any(a.start < b.end and b.start < a.end for a in spans for b in others)


def _named(one: _Said, later: _Said, alike: float) -> Iterator[tuple[int, LocalLink, str]]:
    """The relation of two statements that share this much, stored on the one that reacts."""
    note = f"they share {alike:.0%} of their words by weight"
    same = bool(one.who & later.who)
    opposed = one.statement.commitment.polarity is not later.statement.commitment.polarity
    if same and not opposed and _is_summary(one, later, alike):
        yield one.number, LocalLink(Relation.SUMMARISES, later.number), note
    elif same and alike >= REPEAT and not opposed:
        yield later.number, LocalLink(Relation.RESTATES, one.number), note
    elif not same and one.who and later.who and alike >= REPEAT:
        people = all(s.kind is not SpeakerKind.DOCUMENT for x in (one, later) for s in x.statement.speakers)
        if opposed and Polarity.NEGATIVE in (one.statement.commitment.polarity, later.statement.commitment.polarity):
            yield later.number, LocalLink(Relation.CONTRADICTS, one.number), note
        elif people and alike >= AGREED:
            yield later.number, LocalLink(Relation.AGREES, one.number), note


def _is_summary(one: _Said, later: _Said, alike: float) -> bool:
    """Whether a statement is the short form of a later one: a lead, or words told before they are quoted."""
    quoted = later.statement.attribution.kind is not Kind.INDIRECT
    told = one.statement.attribution.kind is Kind.INDIRECT
    if told and quoted and later.number - one.number <= 2:
        return alike >= FOLLOWED
    in_lead = one.paragraph <= LEAD * 2 and later.size >= one.size * 0.6
    return in_lead and alike >= (FOLLOWED if told and quoted else SUMMARY)
