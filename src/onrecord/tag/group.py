"""From loose spans to attributions: the quote grammar and the model decide together where content begins and ends."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, TypeVar

from onrecord.passages import SENTENCE_END, paragraphs
from onrecord.records import Attribution, Kind, Span
from onrecord.tag.quotes import Quote
from onrecord.tag.tagger import Tagged
from onrecord.tag.turns import Turn

WORD = re.compile(r"\w+|[^\w\s]")
UNCUED = 0.5  # score of a quote that stands alone: no cue speaks for it or against it
TURN = 0.95  # score of a turn of a talk, which the layout shows
FARTHEST = 200  # characters of a title in brackets
# A bracket between a boundary and a name; inside a clause it would belong to the words before it.
INSERTED_TITLE = re.compile(r"(?:^|[\n\r,;:—–\"“”'‘’«(])\s*(?P<title>\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\]),?\s+$")
# "In a statement to the Herald, [the deputy], Jo West": what the preposition governs is no part of the source.
GOVERNED = re.compile(r"\b(?:to|with|for|by|of)\s+$")
BEFORE_TITLE = re.compile(r"[^,\[\]\n]+,\s*(?=\[[^\[\]\n]+\],)")
# Words that may introduce a quote without making it mixed.
INTRODUCING = frozenset(("that", "to", "as", "how", "whether"))

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Draft:
    cue: tuple[Span, ...]
    sources: tuple[Span, ...]
    contents: tuple[Span, ...]
    score: float
    parent: int | None = None
    turn: bool = False  # of a talk: no marks, but every word is the speaker's

    @property
    def anchor(self) -> Span:
        """What stands for the whole where one place is asked for."""
        return (self.cue or self.contents)[0]


class Places(Generic[T]):
    """Values by the stretch of text that each stands on."""

    def __init__(self, entries: Iterable[tuple[int, int, T]]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry[:2])
        self._starts = [start for start, _, _ in self._entries]
        self._longest = max((end - start for start, end, _ in self._entries), default=0)

    def touching(self, start: int, end: int) -> list[T]:
        """The values that share a character with start … end, in order of their places."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end)
        return [value for _, last, value in self._entries[low:high] if last > start]


class Quotes:
    """The quotes of a text, by place."""

    def __init__(self, found: Sequence[Quote]) -> None:
        self.all = found
        self._places = Places((quote.start, quote.end, quote) for quote in found)

    def touching(self, span: Span) -> list[Quote]:
        return self._places.touching(span.start, span.end)

    def depth(self, span: Span) -> int:
        """How many quotes `span` stands inside."""
        return max((q.depth for q in self.touching(span) if q.start <= span.start and span.end <= q.end), default=0)


def group(
    text: str,
    tagged: Sequence[Tagged],
    found: Sequence[Quote],
    turns: Sequence[Turn] = (),
    *,
    threshold: float = 0.0,
) -> list[Attribution]:
    """Attributions of `text`, in the order of their cues, with edges, kinds, quotes and parents.

    `threshold`: the lowest score of those that the tagger did not find.
    """
    quotes = Quotes(found)
    labels = Places((turn.label.start, turn.colon.end, True) for turn in turns)
    drafts = [_draft(text, one, quotes) for one in tagged if not labels.touching(one.cue.start, one.cue.end)]
    if threshold <= TURN:
        drafts += [_Draft((turn.colon,), (turn.label,), turn.contents, TURN, turn=True) for turn in turns]
    drafts.sort(key=lambda draft: draft.anchor)
    drafts = _without_bare_as(text, drafts)
    drafts = [_outside_others(draft, drafts) for draft in drafts]
    drafts = _share_out(text, drafts)
    drafts = _join_continued(drafts, quotes)
    drafts = _join_uncued(text, drafts, quotes)
    drafts = [draft for draft in drafts if draft.contents and (draft.cue or draft.score >= threshold)]
    drafts.sort(key=lambda draft: draft.anchor)
    drafts = _with_parents(drafts)
    inner = _contents_of_children(drafts)
    return [_attribution(text, draft, quotes, inside) for draft, inside in zip(drafts, inner, strict=True)]


def _draft(text: str, one: Tagged, quotes: Quotes) -> _Draft:
    level = quotes.depth(one.cue) + 1
    sources: list[Span] = []
    said: list[Span] = []
    for span in one.sources:
        named, quoted = _without_quote(text, span, quotes, level)
        sources += named
        said += quoted
    sources = [_without_governed(text, span) for span in sources]
    sources = [_with_insertion(text, span) for span in _in_nearest_sentence(text, sources, one.cue)]
    one = replace(one, sources=tuple(sources), contents=(*one.contents, *said))
    contents: list[Span] = []
    for span in one.contents:
        contents += _by_paragraph(text, _fit(span, one, quotes, level))
    return _Draft((one.cue,), one.sources, tuple(_merged(contents)), one.score)


def _without_quote(text: str, source: Span, quotes: Quotes, level: int) -> tuple[list[Span], list[Span]]:
    """A source, and the quote that follows it after a comma and was taken for a part of it."""
    for quote in quotes.touching(source):
        before = text[source.start : quote.start].rstrip()
        if quote.depth == level and before.endswith((",", ":")) and quote.end >= source.end:
            name = before[:-1].rstrip()
            return [Span(source.start, source.start + len(name))] if name else [], [Span(quote.start, quote.end)]
    return [source], []


def _in_nearest_sentence(text: str, sources: Sequence[Span], cue: Span) -> list[Span]:
    """Of several sources, those with the fewest ends of sentences between them and the cue."""
    ends = [len(SENTENCE_END.findall(text, min(span.end, cue.end), max(span.start, cue.start))) for span in sources]
    return [span for span, count in zip(sources, ends, strict=True) if count == min(ends)]


def _without_governed(text: str, source: Span) -> Span:
    """A source without the name before its bracketed title that a preposition governs."""
    lead = BEFORE_TITLE.match(text, source.start, source.end)
    if lead and GOVERNED.search(text, max(0, source.start - 10), source.start):
        return Span(lead.end(), source.end)
    return source


def _with_insertion(text: str, source: Span) -> Span:
    """A source with the title that an editor put before it: "[the deputy minister], Jo West"."""
    before = INSERTED_TITLE.search(text, max(0, source.start - FARTHEST), source.start)
    return Span(before.start("title"), source.end) if before else source


def _fit(span: Span, one: Tagged, quotes: Quotes, level: int) -> Span:
    """`span` with its edges moved to the marks of a quote that it nearly fills."""
    start, end = span.start, span.end
    taken = [*one.sources, one.cue]
    for quote in quotes.touching(span):
        if quote.depth < level:  # a mark of the level above is not a part of what is said here
            start = quote.inner_start if quote.start == start else start
            end = quote.inner_end if quote.end == end else end
        if quote.depth != level or any(s.start < quote.end and s.end > quote.start for s in taken):
            continue
        inside = min(end, quote.end) - max(start, quote.start)
        if inside >= 0.5 * (quote.end - quote.start):
            start, end = min(start, quote.start), max(end, quote.end)
    return Span(start, end) if start < end else span


def _by_paragraph(text: str, span: Span) -> list[Span]:
    return [
        Span(low + len(line) - len(line.lstrip()), low + len(line.rstrip()))
        for low, high in paragraphs(text, span.start, span.end)
        for line in (text[low:high],)
    ]


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _share_out(text: str, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Give a content that two attributions claim to one of them, unless one cue stands in the other's content.

    The nearer cue has it, one in the same paragraph before all others; but an attribution with nothing else keeps
    it against one that has more.
    """
    claims = Places((s.start, s.end, (s, number)) for number, draft in enumerate(drafts) for s in draft.contents)
    kept = [list(draft.contents) for draft in drafts]
    for number, draft in enumerate(drafts):
        for span in draft.contents:
            for rival, other in claims.touching(span.start, span.end):
                if other > number and span in kept[number] and rival in kept[other]:
                    if not _same(span, rival) or _holds(draft, drafts[other]) or _holds(drafts[other], draft):
                        continue
                    nearer = _distance(text, span, draft) <= _distance(text, rival, drafts[other])
                    only, other_only = len(draft.contents) == 1, len(drafts[other].contents) == 1
                    wins = nearer if only == other_only else only
                    if wins:
                        kept[other].remove(rival)
                    else:
                        kept[number].remove(span)
    return [replace(draft, contents=tuple(contents)) for draft, contents in zip(drafts, kept, strict=True)]


def _without_bare_as(text: str, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Drop "as" as a cue of its own where its content begins with another cue: "quoted her as | expressing regret"."""
    starts = {cue.start for draft in drafts for cue in draft.cue}
    return [
        draft
        for draft in drafts
        if not (
            draft.cue
            and draft.contents
            and text[draft.cue[0].start : draft.cue[-1].end].lower() == "as"
            and draft.contents[0].start in starts
        )
    ]


def _outside_others(draft: _Draft, drafts: Sequence[_Draft]) -> _Draft:
    """Of several sources, those that do not stand in another one's content which the cue stands outside of."""
    if len(draft.sources) < 2 or not draft.cue:
        return draft
    cue = draft.cue[0]
    foreign = [
        span
        for other in drafts
        for span in other.contents
        if other is not draft and not span.start <= cue.start < span.end
    ]
    kept = [one for one in draft.sources if not any(s.start <= one.start and one.end <= s.end for s in foreign)]
    return replace(draft, sources=tuple(kept)) if kept else draft


def _same(span: Span, rival: Span) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shared = min(span.end, rival.end) - max(span.start, rival.start)
    return 2 * shared >= min(span.end - span.start, rival.end - rival.start)


def _holds(outer: _Draft, inner: _Draft) -> bool:
    """Whether the cue of `inner` stands in a content of `outer`."""
    cue = inner.cue[0]
    return any(span.start <= cue.start and cue.end <= span.end for span in outer.contents)


def _distance(text: str, span: Span, draft: _Draft) -> tuple[int, int]:
    """How far a content is from a cue: line ends between them, then characters."""
    cue = draft.cue[0]
    low, high = min(span.end, cue.end), max(span.start, cue.start)
    return len(re.findall(r"\r\n?|\n", text[low:high])), max(0, high - low)


def _join_continued(drafts: Sequence[_Draft], quotes: Quotes) -> list[_Draft]:
    """Give a quote that goes on in the next paragraph to the attribution that holds its beginning."""
    grown: list[list[Span]] = [[] for _ in drafts]
    taken = Places((s.start, s.end, True) for draft in drafts for s in (*draft.contents, *draft.cue))
    contents = Places((s.start, s.end, number) for number, draft in enumerate(drafts) for s in draft.contents)
    owners: dict[int, int | None] = {}  # by depth: the attribution that holds the last quote of this depth
    for quote in quotes.all:
        owner = owners.get(quote.depth)
        if quote.continues and owner is not None and not taken.touching(quote.start, quote.end):
            grown[owner].append(Span(quote.start, quote.end))
        else:
            owners[quote.depth] = next(iter(contents.touching(quote.end - 1, quote.end)), None)
    return _grown(drafts, grown)


def _grown(drafts: Sequence[_Draft], more: Sequence[Sequence[Span]]) -> list[_Draft]:
    """Drafts with further contents."""
    return [
        replace(draft, contents=tuple(_merged((*draft.contents, *spans)))) if spans else draft
        for draft, spans in zip(drafts, more, strict=True)
    ]


def _join_uncued(text: str, drafts: Sequence[_Draft], quotes: Quotes) -> list[_Draft]:
    """Give a paragraph that is all quote and has no cue to its neighbour's speaker.

    The neighbour is the attribution that holds the last quote of the paragraph before; where that one has none, or
    where the quote stays open, the first of the paragraph after. With neither it stands alone, without a cue, unless it
    quotes in its turn: then it is an excerpt, whose speaker was only not found.
    """
    grown: list[list[Span]] = [[] for _ in drafts]
    alone: list[_Draft] = []
    taken = Places((s.start, s.end, True) for draft in drafts for s in (*draft.contents, *draft.cue, *draft.sources))
    quoted = Places(
        (quote.start, quote.end, number)
        for number, draft in enumerate(drafts)
        for span in draft.contents
        for quote in quotes.touching(span)
        if quote.depth == 1 and span.start <= quote.start
    )
    before: int | None = None  # the speaker of the last quote of the paragraph before
    lines = [*paragraphs(text), (len(text), len(text))]
    for (low, high), following in pairwise(lines):
        owners = quoted.touching(low, high)
        inside = [quote for quote in quotes.touching(Span(low, high)) if quote.depth == 1]
        if inside and not taken.touching(low, high) and _all_quote(text, low, high, inside):
            after = next(iter(quoted.touching(*following)), None)
            owner = after if before is None or (after is not None and not inside[-1].closed) else before
            said = [Span(quote.start, quote.end) for quote in inside]
            if owner is not None:
                grown[owner] += said
                owners = [owner]
            elif all(quote.depth == 1 for quote in quotes.touching(Span(low, high))):
                alone.append(_Draft((), (), tuple(said), UNCUED))
        before = owners[-1] if owners else None
    return [*_grown(drafts, grown), *alone]


def _all_quote(text: str, low: int, high: int, inside: Sequence[Quote]) -> bool:
    """Whether a paragraph holds no word outside of its quotes."""
    ends, starts = [low, *(quote.end for quote in inside)], [*(quote.start for quote in inside), high]
    return not any(re.search(r"\w", text[end:start]) for end, start in zip(ends, starts, strict=True))


def _with_parents(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Each attribution whose cue stands in another's content points at the smallest such one.

    A parent is always larger than its child, so that no two are each other's.
    """
    ranks = [(sum(span.end - span.start for span in draft.contents), number) for number, draft in enumerate(drafts)]
    contents = Places((s.start, s.end, (s, number)) for number, draft in enumerate(drafts) for s in draft.contents)
    found = []
    for number, draft in enumerate(drafts):
        cue = draft.anchor
        around = [
            ranks[other]
            for span, other in contents.touching(cue.start, cue.end)
            if ranks[other] > ranks[number] and span.start <= cue.start and cue.end <= span.end
        ]
        found.append(replace(draft, parent=min(around)[1] if around else None))
    return found


def _contents_of_children(drafts: Sequence[_Draft]) -> list[list[Span]]:
    inner: list[list[Span]] = [[] for _ in drafts]
    for draft in drafts:
        if draft.parent is not None:
            inner[draft.parent] += draft.contents
    return inner


def _attribution(text: str, draft: _Draft, quotes: Quotes, inner: Sequence[Span]) -> Attribution:
    """`inner`: contents of those nested in it; the marks there are theirs."""
    if draft.turn:
        return Attribution(
            draft.cue, draft.sources, draft.contents, draft.contents, Kind.DIRECT, draft.score, draft.parent
        )
    level = quotes.depth(draft.anchor) + 1 if draft.cue else 1
    own = [
        (max(quote.inner_start, span.start), min(quote.inner_end, span.end), quote)
        for span in draft.contents
        for quote in quotes.touching(span)
        if quote.depth == level and not any(one.start <= quote.start and quote.end <= one.end for one in inner)
    ]
    inside = tuple(Span(low, high) for low, high, _ in own if low < high)
    marked = [Span(quote.start, quote.end) for low, high, quote in own if low < high]
    kind = _kind(text, draft.contents, marked)
    return Attribution(draft.cue, draft.sources, draft.contents, inside, kind, round(draft.score, 4), draft.parent)


def _kind(text: str, contents: Sequence[Span], marked: Sequence[Span]) -> Kind:
    """Direct when every word stands inside marks, but for an introducing one; indirect when none does."""
    inside = outside = 0
    places = Places((quote.start, quote.end, True) for quote in marked)
    for span in contents:
        for match in WORD.finditer(text, span.start, span.end):
            if places.touching(match.start(), match.start() + 1):
                inside += 1
            elif match.group()[0].isalnum() and (inside or match.group().lower() not in INTRODUCING):
                outside += 1
    if not inside:
        return Kind.INDIRECT
    return Kind.MIXED if outside else Kind.DIRECT
