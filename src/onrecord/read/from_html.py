"""HTML → `Document`: the extractor decides what is article, the page itself gives every character."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from onrecord.errors import DocumentFailed
from onrecord.ids import document_id
from onrecord.read.article import NO_ARTICLE, extract
from onrecord.read.captions import caption, credit_below_picture, find_captions, without
from onrecord.read.encodings import Decoded
from onrecord.read.from_text import outlet
from onrecord.read.html_parts import Mark, Parts, Picture
from onrecord.read.html_scan import scan
from onrecord.read.language import detect_language
from onrecord.read.layout import Layout, cut
from onrecord.read.locate import Page, Stretch, locate
from onrecord.read.metadata import Metadata, page_metadata
from onrecord.read.prose import holds_article
from onrecord.read.references import find_references, tie
from onrecord.records import Caption, Document, Reference, Span

LARGEST = 10_000_000  # characters; the largest of 92 pages had 1.3 million, and the extractor takes 70 bytes for each
LEAD = 4000  # visible characters above the article in which a lead picture may stand


def from_html(
    raw: bytes,
    decoded: Decoded,
    *,
    name: str,
    url: str | None = None,
    retrieved_at: datetime | None = None,
) -> Document:
    """The document. Fails when the page holds no article."""
    page = decoded.text
    if len(page) > LARGEST:
        raise DocumentFailed(name, f"the page has more than {LARGEST:,} characters; save the article as text")
    article = extract(page, name=name, url=url)
    found = scan(page)
    located = Page(found.text)
    body, unlocated = locate(article.blocks, located)
    if not body:
        raise DocumentFailed(name, "its article does not stand in the page's own text; save the article as text")
    metadata = page_metadata(page, found.tags, article.guess, url=url)
    plan = _plan(Parts(page, found), located, body, metadata)
    if not holds_article(page, found, plan.running):
        raise DocumentFailed(name, NO_ARTICLE)
    composed = _compose(Layout(found), plan)
    text = composed.layout.text()
    references, notes = _references(text, composed)
    return Document(
        id=document_id(metadata.url, text),
        text=text,
        raw_sha256=sha256(raw).hexdigest(),
        offset_map=composed.layout.offsets(decoded),
        name=name,
        media_type="text/html",
        encoding=decoded.encoding,
        url=metadata.url,
        publisher=metadata.publisher or outlet(metadata.url),
        title=text[composed.title.start : composed.title.end] if composed.title else next(iter(metadata.titles), None),
        byline=metadata.byline,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        retrieved_at=retrieved_at,
        language=detect_language(text) or metadata.language,
        title_span=composed.title,
        captions=_captions(text, composed),
        references=references,
        notes=notes,
        unlocated=tuple(unlocated),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which stretches of the visible text make the document."""

    title: Stretch | None
    pictures: list[Picture]
    marks: list[Mark]
    running: list[Stretch]  # neither title nor caption, mark or note
    stretches: list[Stretch]  # all but the title, in order


@dataclass(slots=True)
class _Composed:
    """The document's text, and where its parts came to stand."""

    layout: Layout
    plan: _Plan
    title: Span | None
    spans: dict[Stretch, Span]  # of captions, marks and notes


def _plan(parts: Parts, located: Page, body: list[Stretch], metadata: Metadata) -> _Plan:
    first, last = body[0][0], body[-1][1]
    title = parts.title(metadata.titles, located, before=first)
    start = title[1] if title and first - LEAD < title[1] <= first else first
    marks = parts.marks(first, last)
    notes = sorted({mark.note for mark in marks if mark.note})
    marks = [mark for mark in marks if not any(low <= mark.place[0] < high for low, high in notes)]
    pictures = [each for each in parts.pictures(start, last) if not _touches(each.place, [title, *notes])]
    own = _disjoint([*(each.place for each in pictures), *(mark.place for mark in marks), *notes])
    remaining = cut(body, sorted([*own, *([title] if title else [])]))
    running = [(low, high) for low, high in (parts.scan.trim(*each) for each in remaining) if low < high]
    return _Plan(title, [each for each in pictures if each.place in own], marks, running, sorted([*running, *own]))


def _touches(stretch: Stretch, others: list[Stretch | None]) -> bool:
    return any(each is not None and stretch[0] < each[1] and each[0] < stretch[1] for each in others)


def _disjoint(stretches: list[Stretch]) -> list[Stretch]:
    """In order; of two that overlap the first stays."""
    kept: list[Stretch] = []
    for low, high in sorted(stretches):
        if low < high and (not kept or low >= kept[-1][1]):
            kept.append((low, high))
    return kept


def _compose(layout: Layout, plan: _Plan) -> _Composed:
    """Lay the stretches down, title first; captions and notes stand on lines of their own."""
    composed = _Composed(layout, plan, layout.add(plan.title, one_line=True) if plan.title else None, {})
    pictures = {each.place for each in plan.pictures}
    lines = pictures | {mark.note for mark in plan.marks}
    before: Stretch | None = None
    for stretch in plan.stretches:
        if before is None or stretch in lines or before in lines:
            layout.break_off("\n\n")
        else:
            layout.join(before, stretch)
        span = layout.add(stretch, one_line=stretch in pictures)
        if span:
            composed.spans[stretch] = span
            before = stretch
    return composed


def _captions(text: str, composed: _Composed) -> tuple[Caption, ...]:
    """Those the page marks, and lines that show themselves as such."""
    marked = []
    for picture in composed.plan.pictures:
        span = composed.spans.get(picture.place)
        if span:
            credit = credit_below_picture(text[span.start : span.end], picture.credit)
            marked.append(caption(text, span, credit))
    others = without(find_captions(text), [each.span for each in marked])
    return tuple(sorted([*marked, *others], key=lambda each: each.span))


def _references(text: str, composed: _Composed) -> tuple[tuple[Reference, ...], tuple[Span, ...]]:
    """Those the page marks, and those that show as [1]; the notes of both."""
    spans = composed.spans
    marked = [
        Reference(text[span.start : span.end], span, spans.get(mark.note) if mark.note else None)
        for mark in composed.plan.marks
        if (span := spans.get(mark.place))
    ]
    shown, notes = find_references(text)
    linked = {each.note for each in marked if each.note}
    outside = [each for each in shown if not any(n.start <= each.span.start < n.end for n in linked)]
    apart = [note for note in notes if not any(n.start < note.end and note.start < n.end for n in linked)]
    return tie(marked, outside), tuple(sorted({*linked, *apart}))
