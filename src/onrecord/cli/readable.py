"""Rows of the ledger as lines that a person reads."""

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.cli.safe import safe, safe_passage
from onrecord.ledger.rows import DocumentRow, StatementRow
from onrecord.records import Basis, Evidence, SaidAt, Span, Speaker

Line = list[tuple[str, str]]
AROUND = 400  # characters of a passage before and after its statement, at most
BRACKETS = {"source": "[]", "cue": "<>", "content": "{}"}  # where there is no colour
LEGEND = "[source] <cue> {content}"
RUN = re.compile(rb"(.)\1*", re.DOTALL)


def document_lines(row: DocumentRow, *, status: str = "") -> Iterator[Line]:
    """Two lines: what it is, and where it is kept."""
    yield [(safe(row.title or row.name), "title")]
    facts = (row.publisher, row.byline, row.published_at, row.url, None if row.extracted else _unread(row))
    known = [safe(fact) for fact in facts if fact]
    count = f"{row.statements} statement{'' if row.statements == 1 else 's'}"
    yield [(" · ".join([row.id, *([status] if status else []), *known, count]), "dim")]


def _unread(row: DocumentRow) -> str:
    return f"language is {row.language or 'unknown'}: not extracted"


def statement_lines(row: StatementRow) -> Iterator[Line]:
    """A block: who, by which words, what; the quotable words set apart."""
    nested = f" · inside {row.parent_id}" if row.parent_id else ""
    yield []
    yield [("  ", ""), (row.id, "dim"), (f" · {row.kind.value} · {row.score:.2f}{nested}", "dim")]
    if row.speakers:
        yield _field("speaker", "; ".join(map(speaker_words, row.speakers)), "title")
    yield _field("source", row.source or "(not named in the text)", "source" if row.source else "dim")
    yield _field("cue", row.cue or "(none)", "cue" if row.cue else "dim")
    yield _field("content", row.content, "content")
    for quote in row.quotes:
        yield _field("quote", quote, "quotes")
    if row.act is not None:
        yield _field("says", act_words(row), "")
        yield _field("said", said_words(row.said_at, row.document.published_at), "")
        if row.addressee or len(row.chain) > 1:
            yield _field("through", chain_words(row), "")
    for link in row.links:
        yield _field("link", link_words(link), "")


def speaker_words(speaker: Speaker) -> str:
    """ "Jo West (director, Harbour Office)", or that it is not known who."""
    facts = ", ".join(fact for fact in (speaker.role, speaker.affiliation) if fact)
    name = f"{speaker.name} ({facts})" if facts else speaker.name
    return name if speaker.resolved else f"not known who: {name}"


def act_words(row: StatementRow) -> str:
    """ "deny · negative · certain", with the words that limit it."""
    certainty = row.commitment.certainty.value
    facts = [str(row.act), row.commitment.polarity.value, "not certain" if certainty == "none" else certainty]
    facts += [f"limited by {row.hedge!r}"] if row.hedge else []
    facts += [f"on condition {row.condition!r}"] if row.condition else []
    return " · ".join(facts)


def said_words(said_at: SaidAt, published_at: str | None) -> str:
    """The date; a bound is told as one and never as a date."""
    if said_at.value is not None:
        return f"{said_at.value} ({said_at.basis.value})"
    if said_at.basis is Basis.BOUND:
        return f"no later than {(published_at or '')[:10]}"
    return "when is told in words only" if said_at.span is not None else "not known when"


def chain_words(row: StatementRow) -> str:
    """ "to reporters; told the Herald → the publisher"."""
    told = f"to {row.addressee.name}; " if row.addressee else ""
    hops = (f"{hop.relation.value} {hop.name or 'by the publisher'}" for hop in row.chain)
    return told + " → ".join(hops)


def link_words(link: tuple[str, str | None]) -> str:
    """ "denies s4f0c…", or that the claim stands in no statement."""
    relation, other = link
    return f"{relation} {other or 'a claim that is only described'}"


def _field(name: str, words: str, style: str) -> Line:
    return [(f"    {name:8} ", "dim"), (safe(words), style)]


def evidence_lines(proofs: Iterable[Evidence], text: str) -> Iterator[Line]:
    """Why each field holds what it holds."""
    for proof in proofs:
        words = safe(text[proof.span.start : proof.span.end]) if proof.span else ""
        score = f" {proof.score:.2f}" if proof.score is not None else ""
        note = f" ({safe(proof.note)})" if proof.note else ""
        yield [(f"    {proof.field:8} {safe(proof.decided_by)}{score}{note} ", "dim"), (words, "")]


def passage(row: StatementRow, text: str) -> Span:
    """The paragraphs that a statement stands in, cut where they are very long."""
    spans = (*row.source_spans, *row.cue_spans, *row.content_spans)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    line_end = text.find("\n", end)
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    return Span(low, min(len(text) if line_end < 0 else line_end, end + AROUND))


def highlighted(rows: Sequence[StatementRow], text: str, where: Span, *, coloured: bool) -> Line:
    """The words of `where` with the spans of `rows` in colour, or else in brackets. Cue goes over source over content.

    Quotes stand out in colour only: in the text they have their own marks.
    """
    roles = ["", "content", *(["quotes"] if coloured else []), "source", "cue"]
    paint = bytearray(where.end - where.start)
    for code, role in enumerate(roles[1:], 1):
        for span in (span for row in rows for span in getattr(row, f"{role.removesuffix('s')}_spans")):
            low, high = max(span.start, where.start) - where.start, min(span.end, where.end) - where.start
            paint[low:high] = bytes([code]) * max(0, high - low)
    return [_painted(run, roles, text, where.start, coloured) for run in RUN.finditer(paint)]


def _painted(run: re.Match[bytes], roles: list[str], text: str, offset: int, coloured: bool) -> tuple[str, str]:
    role = roles[run.group()[0]]
    words = safe_passage(text[offset + run.start() : offset + run.end()])
    if role and not coloured:
        words = BRACKETS[role][0] + words + BRACKETS[role][1]
    return words, role
