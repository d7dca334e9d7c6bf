"""Through whom each statement came: the hops between its speaker and the reader, and whom it was said to.

Word lists are in lexicons/relays.yaml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.records import Addressee, Attribution, Decided, Evidence, Hop, HopRelation, Span, SpeakerKind
from onrecord.resolve.countries import country_of
from onrecord.resolve.entities import OUTLET_BEFORE
from onrecord.resolve.inflection import verb_forms
from onrecord.resolve.lexicon import lexicon
from onrecord.resolve.names import Name, kind_of_words, names_in
from onrecord.resolve.noun_phrases import EDGE
from onrecord.resolve.page import Page, anchor
from onrecord.resolve.speakers import Speakers

LONGEST = 110  # characters of the words for whom something is said to
FAR = 8  # statements of the same speaker that one addressee still holds for
# Where the words for whom something is said to end.
STOP = re.compile(
    r"[,.:;\n\"“”«»‘]|\s(?:that|on|in|at|during|about|after|before|when|while|as|if|whether|how|why|what|to|not|for|via|by|"
    r"of his|of her|over|through|yesterday|today|earlier|later|last|this|here|he|she|it|they|we|I)\b|"
    r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
TALK = re.compile(r"\b(?P<talk>[\w-]+)\s+(?:to|with|on|for)\s+(?=[\w\[])")
EXCERPTS = re.compile(r"\b(?:report|article|interview|story|piece|dispatch|account|text)\b", re.IGNORECASE)
MARKS = "\"“„«‘'"


@dataclass(frozen=True, slots=True)
class _To:
    """Whom an attribution is said to, and the medium among them."""

    addressee: Addressee | None
    medium: Hop | None


Relay = tuple[Decided[Addressee | None], Decided[tuple[Hop, ...]]]


@cache
def _listed(group: str) -> frozenset[str]:
    return frozenset(str(word) for word in lexicon("relays")[group])


@cache
def _telling() -> frozenset[str]:
    return frozenset(form for verb in _listed("telling") for form in verb_forms(verb.split()[0]))


def find_relays(page: Page, speakers: Sequence[Speakers]) -> list[Relay]:
    """Whom each attribution was said to, and its hops: the one nearest to the speaker first, the publisher last.

    `speakers`: those of each attribution. The speakers of its parents are hops of a nested one.
    """
    to = _all_to(page, speakers)
    excerpts = _excerpts(page, to)
    published = Hop(page.document.publisher, HopRelation.PUBLISHED)
    relays = []
    for number, said_to in enumerate(to):
        hops = _hops(page, number, speakers, to, excerpts)
        proofs = (Evidence("chain", "rule:chain", hop.span, None, f"{hop.relation.value} {hop.name!r}") for hop in hops)
        addressee = Decided(said_to.addressee, _proof(said_to.addressee))
        relays.append((addressee, Decided((*hops, published), tuple(proofs))))
    return relays


def _proof(addressee: Addressee | None) -> tuple[Evidence, ...]:
    if addressee is None:
        return ()
    return (Evidence("addressee", "rule:addressee", addressee.span, None, f"said to {addressee.name!r}"),)


def _hops(
    page: Page, number: int, speakers: Sequence[Speakers], to: Sequence[_To], excerpts: Sequence[tuple[Span, Hop]]
) -> list[Hop]:
    """The hops of one attribution, those of its parents after its own, none twice."""
    found: list[Hop] = []
    at: int | None = number
    seen: set[int] = set()
    while at is not None and at not in seen:
        seen.add(at)
        medium = to[at].medium
        found += [medium] if medium else []
        parent = page.attributions[at].parent
        if parent is not None:
            found += list(_as_hops(page, parent, speakers[parent]))
        at = parent
    cue = anchor(page.attributions[number])
    found += [hop for where, hop in excerpts if where.start <= cue.start < where.end]
    own = {speaker.name.lower() for speaker in speakers[number]}
    kept: list[Hop] = []
    for hop in found:
        name = (hop.name or "").lower()
        if name not in own and all(name != (other.name or "").lower() for other in kept):
            kept.append(hop)
    return kept


def _as_hops(page: Page, parent: int, who: Speakers) -> Iterator[Hop]:
    """The speakers of a parent as hops, with the words of its cue."""
    one = page.attributions[parent]
    words = page.words(one.cue).lower()
    relation = HopRelation.CITED if "cit" in words or "according" in words else HopRelation.QUOTED
    for speaker in who:
        yield Hop(speaker.name, relation, (one.cue or one.contents)[0])


def _all_to(page: Page, speakers: Sequence[Speakers]) -> list[_To]:
    """For each attribution whom it is said to; a speaker goes on speaking to the same until he turns to others."""
    found: list[_To] = []
    last: dict[str, tuple[int, _To]] = {}
    for number, (one, who) in enumerate(zip(page.attributions, speakers, strict=True)):
        own = _to(page, one)
        key = " ".join(sorted(speaker.name for speaker in who if speaker.resolved))
        known = last.get(key)
        if own is None and key and known and number - known[0] <= FAR and one.parent is None:
            own = known[1]
            last[key] = number, own
        elif own is not None and key and one.parent is None and own.medium:
            last[key] = number, own
        found.append(own or _To(None, None))
    return found


def _to(page: Page, one: Attribution) -> _To | None:
    span = _object(page, one) or _talk(page, one)
    if span is None:
        return None
    addressee = Addressee(" ".join(page.text[span.start : span.end].split()), span)
    return _To(addressee, _medium(page, addressee))


def _object(page: Page, one: Attribution) -> Span | None:
    """The words right after a cue of telling, or after "to" behind any cue."""
    for cue in one.cue:
        words = page.text[cue.start : cue.end].lower().split()
        end = min([span.start for span in one.contents if span.start >= cue.end] + [cue.end + LONGEST])
        if any(word in _telling() for word in words) and words[-1] not in ("that", "as", "to", "saying"):
            return _phrase(page.text, cue.end, end)
        to = re.match(r"\s+to\s+", page.text[cue.end : end])
        if to:
            return _phrase(page.text, cue.end + to.end(), end)
    return None


def _talk(page: Page, one: Attribution) -> Span | None:
    """ "In an interview with the Herald, she said": the one after the name of a talk in the sentence."""
    cue = anchor(one)
    sentence = page.sentence_at(cue.start)
    for low, high in ((sentence.start, cue.start), (cue.end, sentence.end)):
        for match in TALK.finditer(page.text, low, max(low, high)):
            at = match.end()
            if match["talk"].lower() not in _listed("talks") or any(s.start <= at < s.end for s in one.contents):
                continue
            span = _phrase(page.text, at, min(high, at + LONGEST))
            if span is not None and (names := list(names_in(page.text, span.start, span.end))):
                return Span(names[0].title_start, span.end) if names[0].title_start < span.end else span
    return None


def _phrase(text: str, low: int, high: int) -> Span | None:
    """The words from `low` up to what ends them; none where no noun can be there."""
    stop = STOP.search(text, low, high)
    end = stop.start() if stop else high
    words = text[low:end]
    start = low + len(words) - len(words.lstrip(EDGE))
    end = low + len(words.rstrip(EDGE))
    if end - start < 2 or text[start:end].lower() in ("that", "him", "her", "them", "me", "us", "you", "it"):
        return None
    return Span(start, end)


def _medium(page: Page, addressee: Addressee) -> Hop | None:
    """The hop that telling a named medium makes: told to reporters or a court it makes none."""
    span = addressee.span
    names = list(names_in(page.text, span.start, span.end))
    if not names:
        return None
    words = [word.strip(EDGE).lower() for word in addressee.name.split()]
    if words[-1] in _listed("audience") or words[0] in _listed("audience"):
        return None
    name = next((one for one in reversed(names) if _is_outlet(one)), None)
    if name is None or _is_publisher(name, page.document.publisher):
        return None
    return Hop(name.text, HopRelation.TOLD, name.span)


def _is_outlet(name: Name) -> bool:
    """Whether a name can be that of a medium: a known one, or one that is nothing else."""
    lower = name.text.lower()
    if any(word.lower() in _listed("outlets") for word in name.words):
        return True
    kind = kind_of_words(name.words)
    if kind is SpeakerKind.PUBLICATION:
        return True
    return kind is None and not name.title and country_of(lower.title()) is None and len(name.words) <= 3


def _is_publisher(name: Name, publisher: str | None) -> bool:
    """Whether a medium is the publisher of the page itself: "told Al Jazeera" on aljazeera.com."""
    letters = re.sub(r"[^a-z]", "", name.text.lower())
    return bool(publisher) and letters in re.sub(r"[^a-z]", "", (publisher or "").lower())


def _excerpts(page: Page, to: Sequence[_To]) -> list[tuple[Span, Hop]]:
    """Stretches that a page brings from another publication: announced in a sentence, then set in quotation marks."""
    found: list[tuple[Span, Hop]] = []
    outlets = sorted(_outlets(page, to), key=lambda hop: hop.span or page.paragraphs[0])
    for number, paragraph in enumerate(page.paragraphs):
        words = page.text[paragraph.start : paragraph.end]
        if not _announcing().search(words):
            continue
        outlet = _announced(page, paragraph, outlets)
        stretch = list(_quoted_after(page, number))
        if outlet is not None and stretch:
            relation = HopRelation.TRANSLATED if "translat" in words.lower() else HopRelation.QUOTED
            found.append((Span(stretch[0].start, stretch[-1].end), Hop(outlet.name, relation, outlet.span)))
    return found


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_listed('excerpts'), key=len, reverse=True))})\b", re.IGNORECASE)


def _outlets(page: Page, to: Sequence[_To]) -> Iterator[Hop]:
    """The publications that a page names as such: told, or with "the daily" and its like before them."""
    for one in to:
        if one.medium is not None:
            yield one.medium
    for paragraph in page.paragraphs:
        for name in names_in(page.text, paragraph.start, paragraph.end):
            if OUTLET_BEFORE.search(page.text, max(0, name.title_start - 40), name.title_start):
                yield Hop(name.text, HopRelation.VIA, name.span)


def _announced(page: Page, paragraph: Span, outlets: Sequence[Hop]) -> Hop | None:
    """The outlet that an announcement names, or else the last one named before it."""
    words = page.text[paragraph.start : paragraph.end]
    for outlet in outlets:
        if outlet.name and outlet.name in words:
            return outlet
    named = [one for one in names_in(page.text, paragraph.start, paragraph.end) if _is_outlet(one)]
    if named and EXCERPTS.search(words):
        return Hop(named[-1].text, HopRelation.VIA, named[-1].span)
    before = [outlet for outlet in outlets if outlet.span and outlet.span.start < paragraph.start]
    return before[-1] if before else None


def _quoted_after(page: Page, number: int) -> Iterator[Span]:
    """The paragraphs after one that open with a mark, one without between them passed over."""
    missed = 0
    for paragraph in page.paragraphs[number + 1 :]:
        if page.text[paragraph.start : paragraph.end].lstrip()[:1] in MARKS:
            yield paragraph
        else:
            missed += 1
            if missed > 1:
                return
