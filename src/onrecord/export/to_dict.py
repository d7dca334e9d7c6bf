"""A record as plain data: the contract of `onrecord extract`."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from onrecord.records import Attribution, Record, SaidAt, Span, Speaker, Statement

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
        "statements": [_statement(place, row, document.text) for place, row in enumerate(record.statements)],
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


def pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


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


def _statement(place: int, row: Statement, text: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "attribution": place,
        "speakers": [_speaker(speaker) for speaker in row.speakers],
        "addressee": {"name": row.addressee.name, "span": pair(row.addressee.span)} if row.addressee else None,
        "chain": [{"name": hop.name, "relation": hop.relation.value, "span": pair(hop.span)} for hop in row.chain],
        "act": row.act.value,
        "polarity": row.commitment.polarity.value,
        "certainty": row.commitment.certainty.value,
        "hedge": _worded(row.commitment.hedge, text),
        "condition": _worded(row.commitment.condition, text),
        "said_at": _said_at(row.said_at),
        "links": [
            {"relation": link.relation.value, "to": link.to, "claim": _worded(link.claim, text)} for link in row.links
        ],
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "kind": speaker.kind.value,
        "role": speaker.role,
        "affiliation": speaker.affiliation,
        "country": speaker.country,
        "span": pair(speaker.span),
        "resolved": speaker.resolved,
    }


def _worded(span: Span | None, text: str) -> dict[str, Any] | None:
    return None if span is None else {"text": text[span.start : span.end], "span": pair(span)}


def _said_at(said_at: SaidAt) -> dict[str, Any]:
    return {
        "value": said_at.value,
        "start": said_at.start.isoformat() if said_at.start else None,
        "end": said_at.end.isoformat() if said_at.end else None,
        "precision": said_at.precision.value if said_at.precision else None,
        "basis": said_at.basis.value,
        "span": pair(said_at.span),
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
