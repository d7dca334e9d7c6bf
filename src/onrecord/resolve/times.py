"""When each statement was made: by its own words, its sentence, or another statement of the same speaker."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.records import Attribution, Basis, Decided, Evidence, Precision, SaidAt, Span
from onrecord.resolve.date_words import DateWords, find_date_words, is_aside, is_dateline
from onrecord.resolve.page import Page, anchor
from onrecord.resolve.speakers import Speakers

BEHIND = 60  # characters after a cue in which its date stands: "said in a statement to reporters on Tuesday"
LATE = 400  # characters into a sentence
SOON = 700  # characters after a statement in which its event may be told
AHEAD = 10  # paragraphs after a statement in which its speaker's first date may still be its own


# A finite verb or an opening of a clause, quotation marks included: what is quoted dates itself.
CLAUSE = re.compile(
    r"[\"“”‘«]|\b(?:that|is|are|was|were|will|would|has|had|have|did|does|do|could|can|may|might|should|must|to|"
    r"\w+ed)\b"
)


@dataclass(frozen=True, slots=True)
class _Own:
    words: DateWords
    note: str


def find_dates(page: Page, speakers: Sequence[Speakers]) -> list[Decided[SaidAt]]:
    """The date of each attribution: its own, else that of the same speaker's nearest statement that has one."""
    published = _day(page.document.published_at)
    cues = [anchor(one) for one in page.attributions]
    own = [_own(page, one, cues, published) for one in page.attributions]
    shared = _shared(page, own, speakers)
    events = list(_events(page, published))
    return [
        _decided(mine or (None if _stands(page, one) else theirs or _event(events, anchor(one).start, who)), published)
        for one, who, mine, theirs in zip(page.attributions, speakers, own, shared, strict=True)
    ]


def _day(moment: str | None) -> date | None:
    try:
        return date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None


def _decided(found: _Own | None, published: date | None) -> Decided[SaidAt]:
    if found is not None:
        said_at = found.words.said_at
        return Decided(said_at, (Evidence("said_at", "rule:dates", found.words.span, None, found.note),))
    if published is not None:
        note = "no words date it: no later than the day of publication"
        return Decided(SaidAt(Basis.BOUND), (Evidence("said_at", "rule:dates", None, None, note),))
    note = "no words date it, and the day of publication is not known"
    return Decided(SaidAt(Basis.UNKNOWN), (Evidence("said_at", "rule:dates", None, None, note),))


def _own(page: Page, one: Attribution, cues: Sequence[Span], published: date | None) -> _Own | None:
    """The words that date an attribution in the sentence of its cue."""
    cue = anchor(one)
    where = _within_parent(page, one, page.sentence_at(cue.start))
    best: tuple[int, DateWords] | None = None
    for words in find_date_words(page.text, where.start, where.end, published):
        if is_dateline(page.text, page.paragraph_at(words.span.start).start, words.span):
            continue
        rank = _rank(page, one, words.span, where, cues)
        if rank is not None and (best is None or rank < best[0]):
            best = rank, words
    return _Own(best[1], "its sentence says when") if best else None


def _within_parent(page: Page, one: Attribution, where: Span) -> Span:
    """Of a sentence, what stands inside the content that an attribution is nested in."""
    if one.parent is None:
        return where
    cue = anchor(one)
    for content in page.attributions[one.parent].contents:
        if content.start <= cue.start < content.end:
            return Span(max(where.start, content.start), min(where.end, content.end))
    return where


def _rank(page: Page, one: Attribution, words: Span, where: Span, cues: Sequence[Span]) -> int | None:
    """How far date words are from what they would date, the less the better; None where they date something else."""
    cue = anchor(one)
    inside = next((span for span in one.contents if span.start <= words.start < span.end), None)
    if inside is not None and inside.start < cue.start and words.start - max(inside.start, where.start) <= 2:
        return 0  # "In 2015, the owner was fined": what is told stands before the cue and holds the date
    if inside is not None:
        return len(page.text) if _closes(page.text, inside, words) else None
    if words.start - where.start <= 2:
        return 0 if cue.start - words.end < BEHIND else BEHIND
    if words.start < cue.start and is_aside(page.text, where.start, words):
        return None
    away = words.start - cue.end if words.start >= cue.end else cue.start - words.end
    later = words.start >= cue.end
    if later and away > BEHIND and any(cue.end < span.start < words.start for span in one.contents):
        return None
    nearer = [other for other in cues if other != cue and where.start <= other.start < where.end]
    if any(abs(words.start - other.end) < abs(words.start - cue.end) for other in nearer):
        return None
    return max(away, 1)


def _closes(text: str, content: Span, words: Span) -> bool:
    """Whether date words at the end of a content date the saying: "announced her engagement on Monday".

    They do where the content is no clause with a verb of its own that they could date.
    """
    return content.end - words.end <= 2 and not CLAUSE.search(text, content.start, words.start)


def _shared(page: Page, own: Sequence[_Own | None], speakers: Sequence[Speakers]) -> list[_Own | None]:
    """For each attribution the date of the same speaker's statement: the last one before it, else one soon after."""
    keys = [_key(who) for who in speakers]
    paragraphs = [page.paragraphs.index(page.paragraph_at(anchor(one).start)) for one in page.attributions]
    before: list[_Own | None] = []
    last: dict[str, _Own] = {}
    for mine, key in zip(own, keys, strict=True):
        if mine and key and _is_day(mine):
            last[key] = mine
        before.append(last.get(key) if key else None)
    after = list(_soon(own, keys, paragraphs))
    return [_again(one or other) for one, other in zip(before, after, strict=True)]


def _stands(page: Page, one: Attribution) -> bool:
    """Whether an attribution is bound to no event: "according to", and what is told inside others' words."""
    return one.parent is not None or page.words(one.cue).lower().startswith("according")


def _is_day(own: _Own) -> bool:
    """Whether a date is one that other statements of an event can share: a day, or words for one."""
    return own.words.said_at.precision in (Precision.DAY, None)


def _soon(own: Sequence[_Own | None], keys: Sequence[str], paragraphs: Sequence[int]) -> Iterator[_Own | None]:
    upcoming: dict[str, tuple[int, _Own]] = {}
    found: list[_Own | None] = []
    for mine, key, paragraph in reversed(list(zip(own, keys, paragraphs, strict=True))):
        if mine and key and _is_day(mine):
            upcoming[key] = paragraph, mine
        soon = upcoming.get(key)
        found.append(soon[1] if soon and soon[0] - paragraph <= AHEAD else None)
    yield from reversed(found)


@dataclass(frozen=True, slots=True)
class _Event:
    """A sentence of the report's own words that says on which day something happened, and whom it names."""

    place: int
    words: DateWords
    sentence: str


def _events(page: Page, published: date | None) -> Iterator[_Event]:
    contents = sorted(span for one in page.attributions for span in one.contents)
    for sentence in page.sentences:
        for words in find_date_words(page.text, sentence.start, sentence.end, published):
            day = words.said_at.precision in (Precision.DAY, None) and not words.span.start - sentence.start > LATE
            if not day or is_dateline(page.text, page.paragraph_at(words.span.start).start, words.span):
                continue
            inside = any(span.start <= words.span.start < span.end for span in contents)
            if not inside and not is_aside(page.text, sentence.start, words.span):
                yield _Event(sentence.start, words, page.text[sentence.start : sentence.end])
                break


def _event(events: Sequence[_Event], place: int, who: Speakers) -> _Own | None:
    """The day of the last event before a statement that its speaker is named at, or of the first soon after."""
    names = [word for speaker in who if speaker.resolved for word in speaker.name.split()[-1:]]
    named = [event for event in events if any(name in event.sentence for name in names)]
    before = [event for event in named if event.place <= place]
    after = [event for event in named if 0 < event.place - place < SOON]
    chosen = before[-1] if before else after[0] if after else None
    return _Own(chosen.words, "the day of what the speaker is said to have done") if chosen else None


def _key(who: Speakers) -> str:
    return " and ".join(sorted(speaker.name.lower() for speaker in who if speaker.resolved))


def _again(found: _Own | None) -> _Own | None:
    return _Own(found.words, "the same speaker's other statement says when") if found else None
