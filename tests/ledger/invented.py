"""Small records of invented articles."""

import hashlib
from array import array
from dataclasses import replace
from typing import Any

from onrecord import ids
from onrecord.records import Attribution, Document, Evidence, Kind, OffsetMap, Record, Span, Statement

LINES = (
    ("Mara Ostrander", "said", "the ferry to Lind Island will not sail before spring"),
    ("the harbour office of Tolvik", "denied", "that anybody had been warned about the pier"),
    ("a clerk", "told this paper", "the books were never shown to the council"),
)


def article(lines: tuple[tuple[str, str, str], ...] = LINES) -> str:
    return "".join(f"{source} {cue} {content}.\n\n" for source, cue, content in lines)


def attributions_of(lines: tuple[tuple[str, str, str], ...] = LINES) -> tuple[Attribution, ...]:
    """One indirect attribution for each line of `article(lines)`; the last is inside the first."""
    found, start = [], 0
    for source, cue, content in lines:
        cue_start = start + len(source) + 1
        content_start = cue_start + len(cue) + 1
        end = content_start + len(content)
        sources = (Span(start, start + len(source)),) if source else ()
        spans = Span(cue_start, cue_start + len(cue)), Span(content_start, end)
        found.append(Attribution((spans[0],), sources, (spans[1],), (), Kind.INDIRECT, 0.875))
        start = end + 3
    if len(found) > 2:
        found[-1] = replace(found[-1], parent=0)
    return tuple(found)


def record_of(document: Document, attributions: tuple[Attribution, ...] = (), *, tagger: str = "tagger-1") -> Record:
    """A record in which every statement has two pieces of evidence."""
    proofs = Evidence("kind", "rule:quotes", None, None, "no marks"), Evidence("cue", tagger, Span(0, 3), 0.5, "")
    statements = tuple(
        Statement(ids.statement_id(document.id, it.cue, it.contents), document.id, it, proofs) for it in attributions
    )
    return Record(document, attributions, statements, (), (), (), extracted=True, tagger=tagger)


def read(
    lines: tuple[tuple[str, str, str], ...] = LINES,
    *,
    tagger: str = "tagger-1",
    **fields: Any,  # noqa: ANN401
) -> tuple[Record, bytes]:
    """A record and the bytes it was read from; `fields` are those of the document."""
    text = article(lines)
    raw = fields.pop("raw", text.encode("utf-8", "surrogatepass"))
    widths = OffsetMap(*(array("q", [number]) for number in (0, 0, len(raw), 1)), size=len(text))
    fields = {"name": "lind-ferry", "media_type": "text/plain", "encoding": "utf-8", "offset_map": widths} | fields
    document = Document(
        id=ids.document_id(fields.get("url"), text), text=text, raw_sha256=hashlib.sha256(raw).hexdigest(), **fields
    )
    return record_of(document, attributions_of(lines), tagger=tagger), raw
