"""Pages with attributions set by hand: what the tagger would find in invented texts."""

from array import array
from collections.abc import Sequence

from onrecord.ids import statement_id
from onrecord.pipeline import resolve
from onrecord.records import Attribution, Document, Kind, OffsetMap, Span, Statement
from onrecord.resolve.page import Page, make_page

Row = tuple[str, str, str]  # source, cue, content; an empty string for none


def page_of(text: str, rows: Sequence[Row], *, parents: Sequence[int | None] = (), **fields: object) -> Page:
    """A page whose attributions stand, in order, on the words of `rows`, looked for after the row before began."""
    empty = OffsetMap(array("q"), array("q"), array("q"), array("q"), 0)
    document = Document("d1", text, "0" * 64, empty, "page", "text/plain", "utf-8", language="en", **fields)  # type: ignore[arg-type]
    found, row_start, cue_start = [], 0, 0
    for number, (source, cue, content) in enumerate(rows):
        cues, sources, contents = (
            _find(text, cue, cue_start),
            _find(text, source, row_start),
            _find(text, content, row_start),
        )
        parent = parents[number] if number < len(parents) else None
        found.append(Attribution(cues, sources, contents, (), _kind(content), 0.9, parent))
        row_start = min(span.start for span in (*cues, *sources, *contents)) + 1
        cue_start = cues[0].start + 1 if cues else cue_start
    return make_page(document, text, found)


def _find(text: str, words: str, start: int) -> tuple[Span, ...]:
    if not words:
        return ()
    at = text.index(words, start)
    return (Span(at, at + len(words)),)


def _kind(content: str) -> Kind:
    return Kind.DIRECT if content[:1] in '“"' else Kind.INDIRECT


def resolved(page: Page) -> list[Statement]:
    bare = [Statement(statement_id("d1", one.cue, one.contents), "d1", one, ()) for one in page.attributions]
    return resolve(page, bare)
