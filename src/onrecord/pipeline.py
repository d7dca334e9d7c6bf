"""Where the stages meet: a document in, its record out. A pure function of one document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from onrecord.ids import statement_id
from onrecord.link.inside import find_links
from onrecord.records import Attribution, Decided, Document, Evidence, Record, Reference, Span, Statement
from onrecord.resolve import VERSION as RESOLVER
from onrecord.resolve.chains import find_relays
from onrecord.resolve.commitment import find_commitments
from onrecord.resolve.page import Page, make_page
from onrecord.resolve.speakers import find_speakers
from onrecord.resolve.speech_acts import find_acts
from onrecord.resolve.times import find_dates
from onrecord.settings import THRESHOLD
from onrecord.tag.editorial import insertions, omissions
from onrecord.tag.group import group
from onrecord.tag.quotes import quotes
from onrecord.tag.tagger import Tagger
from onrecord.tag.turns import turns
from onrecord.tag.wrapping import unwrap

EXTRACTED_LANGUAGES = frozenset(("en",))
NAMELESS = "none"

Seen = dict[Span, tuple[Span, ...]]


@cache
def load_tagger(threads: int = 0) -> Tagger:
    """The tagger that ships, loaded once in a process. Raises ModelFailed."""
    from onrecord.tag.onnx_tagger import OnnxTagger

    return OnnxTagger(threads=threads)


def extract(document: Document, *, tagger: Tagger | None = None, threshold: float = THRESHOLD) -> Record:
    """Everything that `document` says of who said what.

    A document in a language that is not extracted comes back with `extracted` False and no attributions.
    `threshold`, 0 to 1: the lowest score of an attribution that is kept. Raises ModelFailed.
    """
    if not 0 < threshold < 1:
        raise ValueError(f"threshold {threshold} is not between 0 and 1")
    if document.language is not None and document.language not in EXTRACTED_LANGUAGES:
        return Record(document, (), (), (), (), (None,) * len(document.references), False, NAMELESS)
    tagger = tagger or load_tagger()
    body = unwrap(blank(document.text, _aside(document)))
    found = quotes(body)
    tagged = tagger.tag(body, found, threshold=threshold)
    talk = turns(body)
    attributions = group(body, tagged, found, talk, threshold=threshold)
    seen = {one.cue: one.contents for one in tagged}
    told = frozenset(turn.colon for turn in talk)
    found_statements = [_statement(document, attribution, tagger.name, seen, told) for attribution in attributions]
    return Record(
        document=document,
        attributions=tuple(attributions),
        statements=tuple(resolve(make_page(document, body, attributions), found_statements)),
        insertions=tuple(insertions(body, found)),
        omissions=tuple(omissions(body, found)),
        reference_statements=tuple(_statement_of(reference, attributions, body) for reference in document.references),
        extracted=True,
        tagger=tagger.name,
        resolver=RESOLVER,
    )


def resolve(page: Page, statements: Sequence[Statement]) -> list[Statement]:
    """Statements, one for each attribution of `page`, with speakers, chain, date, act, commitment and links."""
    speakers = find_speakers(page)
    named = [decided.value for decided in speakers]
    acts = find_acts(page, named)
    resolved = [
        replace(
            statement,
            speakers=speaker.value,
            addressee=addressee.value,
            chain=chain.value,
            act=act.value,
            commitment=commitment.value,
            said_at=said_at.value,
            evidence=(*statement.evidence, *_proofs(speaker, addressee, chain, act, commitment, said_at)),
        )
        for statement, speaker, (addressee, chain), act, commitment, said_at in zip(
            statements,
            speakers,
            find_relays(page, named),
            acts,
            find_commitments(page, acts),
            find_dates(page, named),
            strict=True,
        )
    ]
    return [
        replace(statement, links=links.value, evidence=(*statement.evidence, *links.evidence))
        for statement, links in zip(resolved, find_links(page.text, resolved), strict=True)
    ]


def _proofs(*decided: Decided[Any]) -> Iterator[Evidence]:
    """The evidence of several decisions, in order."""
    return (proof for one in decided for proof in one.evidence)


def _aside(document: Document) -> list[Span]:
    """What stands in the text and is not part of what it says: captions, notes and their marks."""
    captions = [caption.span for caption in document.captions]
    return [*captions, *document.notes, *(reference.span for reference in document.references)]


def blank(text: str, spans: Iterable[Span]) -> str:
    """`text` with the characters of `spans` made spaces, line ends kept: no offset moves."""
    characters: list[str] | None = None
    for span in spans:
        characters = list(text) if characters is None else characters
        for place in range(span.start, span.end):
            if characters[place] not in "\r\n":
                characters[place] = " "
    return text if characters is None else "".join(characters)


def _statement(
    document: Document, attribution: Attribution, tagger: str, seen: Seen, told: frozenset[Span]
) -> Statement:
    ident = statement_id(document.id, attribution.cue, attribution.contents)
    of_turn = not told.isdisjoint(attribution.cue)
    evidence = _turn_evidence(attribution) if of_turn else _evidence(attribution, tagger, seen)
    return Statement(ident, document.id, attribution, tuple(evidence))


def _turn_evidence(attribution: Attribution) -> Iterable[Evidence]:
    """Why a turn of a transcript or interview holds what it holds."""
    for field in ("cue", "sources", "contents"):
        for span in getattr(attribution, field):
            yield Evidence(field.rstrip("s"), "rule:turns", span, attribution.score, "")
    yield Evidence("kind", "rule:turns", None, None, "what follows a speaker's label is his own words")


def _evidence(attribution: Attribution, tagger: str, seen: Seen) -> Iterable[Evidence]:
    """Why each field holds what it holds. `seen`: the contents that the tagger gave to each cue."""
    model, score = f"model:{tagger}", attribution.score
    for span in attribution.cue:
        yield Evidence("cue", model, span, score, "")
    for span in attribution.sources:
        yield Evidence("source", model, span, score, "")
    if not attribution.sources and attribution.cue:
        yield Evidence("source", model, None, score, "no words of the text are the source")
    given = [span for cue in attribution.cue for span in seen.get(cue, ())]
    for span in attribution.contents:
        if any(one.start < span.end and span.start < one.end for one in given):
            yield Evidence("content", model, span, score, "")
        else:
            yield Evidence("content", "rule:quotes", span, None, "a quote that goes on, or has no cue of its own")
    for span in attribution.quotes:
        yield Evidence("quotes", "rule:quotes", span, None, "between quotation marks at the level of this speaker")
    yield Evidence("kind", "rule:quotes", None, None, f"{len(attribution.quotes)} quoted stretches in the content")


def _extent(attribution: Attribution) -> tuple[int, int]:
    spans = (*attribution.cue, *attribution.sources, *attribution.contents)
    return min(span.start for span in spans), max(span.end for span in spans)


def _statement_of(reference: Reference, attributions: Sequence[Attribution], text: str) -> int | None:
    """The statement that a footnote mark belongs to: the last one before it in its own paragraph.

    Where that one ends another's content, the mark proves the outer one.
    """
    mark = reference.span.start
    line = max(text.rfind("\n", 0, mark), text.rfind("\r", 0, mark)) + 1
    extents = [_extent(attribution) for attribution in attributions]
    before = [number for number, (start, _) in enumerate(extents) if line <= start < mark]
    if not before:
        return None
    chosen = max(before, key=lambda number: (min(extents[number][1], mark), extents[number][0]))
    while (parent := attributions[chosen].parent) in before and extents[parent][1] <= mark:
        chosen = parent
    return chosen
