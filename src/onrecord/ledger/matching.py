"""When a document is read again with other weights, which statement is which of before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord import ids
from onrecord.records import Attribution, Span, Statement

SAME_CONTENT = 0.5  # Jaccard of the characters of the contents from which two rows are one statement
BLOCK = 64  # characters: rows are only compared when they touch the same stretch of text

Spans = Sequence[Span]
Known = tuple[str, Attribution]


def _length(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)


def _shared(left: Spans, right: Spans) -> int:
    """Characters that both have; the spans of one side do not overlap each other."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)


def _jaccard(left: Spans, right: Spans) -> float:
    shared = _shared(left, right)
    union = _length(left) + _length(right) - shared
    return shared / union if union else 1.0


def _alike(old: Attribution, new: Attribution) -> tuple[bool, float, int] | None:
    """How alike two attributions are, to be compared; None when they are two. Both may lack a cue."""
    cue = _shared(old.cue, new.cue)
    content = _jaccard(old.contents, new.contents)
    if content < SAME_CONTENT or not (cue or not (old.cue or new.cue)):
        return None
    return (old.cue, old.contents) == (new.cue, new.contents), content, cue


def _blocks(attribution: Attribution) -> set[int]:
    spans = attribution.cue or attribution.contents
    return {block for span in spans for block in range(span.start // BLOCK, (span.end - 1) // BLOCK + 1)}


def _pairs(old: Sequence[Known], new: Sequence[Statement]) -> Iterable[tuple[int, int]]:
    """Indexes of an old and a new row that are alike, the most alike first."""
    places: defaultdict[int, set[int]] = defaultdict(set)
    for place, (_, attribution) in enumerate(old):
        for block in _blocks(attribution):
            places[block].add(place)
    found = []
    for index, statement in enumerate(new):
        near = set().union(*(places.get(block, set()) for block in _blocks(statement.attribution)))
        for place in near:
            if (score := _alike(old[place][1], statement.attribution)) is not None:
                found.append((score, -index, -place))
    return ((-place, -index) for _, index, place in sorted(found, reverse=True))


def keep_ids(old: Sequence[Known], new: Sequence[Statement]) -> list[str]:
    """An id for each new statement: that of the old row it matches, else its own. All differ."""
    kept: dict[int, str] = {}
    taken: set[str] = set()
    for place, index in _pairs(old, new):
        identity = old[place][0]
        if index not in kept and identity not in taken:
            kept[index] = identity
            taken.add(identity)
    return [kept.get(index) or _own_id(statement, taken) for index, statement in enumerate(new)]


def _own_id(statement: Statement, taken: set[str]) -> str:
    """The statement's id, or a further one from the same spans where another row already bears it."""
    attribution, identity = statement.attribution, statement.id
    while identity in taken:
        identity = ids.statement_id(identity, attribution.cue, attribution.contents)
    taken.add(identity)
    return identity
