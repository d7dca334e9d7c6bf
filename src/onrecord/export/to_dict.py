"""A record as plain data: the contract of `onrecord extract`."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from onrecord.records import Attribution, Record, Span

# What JSON allows raw in a string and a terminal or an encoder does not: controls, line separators, marks that
# reverse the direction of writing, halves of surrogate pairs.
UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def to_dict(record: Record, *, text: bool = False) -> dict[str, Any]:
    """`record` as plain data. All offsets are half-open pairs into the document's text.

    `parent` and `statement` are indices into `attributions` and `statements`, which are parallel. `text` adds the
    text itself.
    """
    document = record.document
    encoded = document.text.encode("utf-8", "surrogatepass")
    found: dict[str, Any] = {
        "doc": document.name,
        "text_sha256": hashlib.sha256(encoded).hexdigest(),
        "document_id": document.id,
        "url": document.url,
        "title": document.title,
        "byline": document.byline,
        "publisher": document.publisher,
        "published_at": document.published_at,
        "modified_at": document.modified_at,
        "language": document.language,
        "extracted": record.extracted,
        "tagger": record.tagger,
        "attributions": [_attribution(attribution) for attribution in record.attributions],
        "statements": [{"id": row.id, "attribution": place} for place, row in enumerate(record.statements)],
        "captions": _captions(record),
        "references": _references(record),
        "insertions": pairs(record.insertions),
        "omissions": pairs(record.omissions),
    }
    if text:
        found["text"] = document.text
    return found


def to_line(data: object) -> str:
    """`data` as one line of JSON, readable, and safe to write to a terminal."""
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": pairs(attribution.sources),
        "cue": pairs(attribution.cue),
        "content": pairs(attribution.contents),
        "quotes": pairs(attribution.quotes),
        "kind": attribution.kind.value,
        "parent": attribution.parent,
        "score": round(attribution.score, 4),
    }


def _captions(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "span": [caption.span.start, caption.span.end],
            "credit": caption.credit,
            "date": caption.date.isoformat() if caption.date else None,
        }
        for caption in record.document.captions
    ]


def _references(record: Record) -> list[dict[str, Any]]:
    tied = zip(record.document.references, record.reference_statements, strict=True)
    return [
        {
            "mark": reference.mark,
            "span": [reference.span.start, reference.span.end],
            "note": [reference.note.start, reference.note.end] if reference.note else None,
            "statement": statement,
        }
        for reference, statement in tied
    ]
