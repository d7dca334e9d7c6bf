"""A record becomes rows, and rows become the types of the flow again."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import RowMapping

from onrecord.ledger.identity import entity_of
from onrecord.ledger.resolution import from_plain, linked_ids, to_plain
from onrecord.ledger.rows import DocumentRow, StatementRow
from onrecord.ledger.search_words import UNSPACED, name_words, outlet_words
from onrecord.ledger.tables import QUOTE_BREAK
from onrecord.records import Attribution, Document, Evidence, Hop, Record, Span, Speaker, Statement

Row = RowMapping
DOCUMENT_FIELDS = tuple(field.name for field in dataclasses.fields(Document))
_DOCUMENT_ROW = {field.name for field in dataclasses.fields(DocumentRow)} - {"statements"}


def document_values(document: Document) -> dict[str, Any]:
    """Columns of `documents` that only depend on what was read."""
    values = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    outlets = outlet_words(document.publisher, host(document.url))
    return values | {"published_on": day(document.published_at), "outlet_words": outlets}


def extraction_values(record: Record) -> dict[str, Any]:
    """Columns of `documents` that depend on what was found in it, and by which weights."""
    return {
        "insertions": record.insertions,
        "omissions": record.omissions,
        "reference_statements": record.reference_statements,
        "extracted": record.extracted,
        "tagger": record.tagger,
        "resolver": record.resolver,
        "statement_count": len(record.statements),
    }


def attribution_values(number: int, position: int, attribution: Attribution) -> dict[str, Any]:
    return {
        "document": number,
        "position": position,
        "kind": attribution.kind,
        "score": attribution.score,
        "parent": attribution.parent,
        "source_spans": attribution.sources,
        "cue_spans": attribution.cue,
        "content_spans": attribution.contents,
        "quote_spans": attribution.quotes,
    }


def statement_values(
    number: int, position: int, identities: Sequence[str], statement: Statement, text: str
) -> dict[str, Any]:
    """`identities`: the ids of all statements of the document, by place."""
    attribution, said_at = statement.attribution, statement.said_at
    words = {
        "source": _words(text, attribution.sources),
        "cue": _words(text, attribution.cue),
        "content": _words(text, attribution.contents),
        "quotes": QUOTE_BREAK.join(_cut(text, span) for span in attribution.quotes),
    }
    hedge, condition = statement.commitment.hedge, statement.commitment.condition
    return words | {
        "document": number,
        "position": position,
        "id": identities[position],
        "source": words["source"] or None,
        "unspaced": any(UNSPACED.search(line) for line in words.values()),
        "act": statement.act,
        "polarity": statement.commitment.polarity,
        "said_from": said_at.start.isoformat() if said_at.start else None,
        "said_until": said_at.end.isoformat() if said_at.end else None,
        "hedge": _cut(text, hedge) if hedge else None,
        "condition": _cut(text, condition) if condition else None,
        "resolution": to_plain(statement, identities),
    }


def speaker_values(number: int, position: int, speaker: Speaker, document_id: str) -> dict[str, Any]:
    return {
        "statement": number,
        "position": position,
        "name": speaker.name,
        "kind": speaker.kind,
        "role": speaker.role,
        "affiliation": speaker.affiliation,
        "country": speaker.country,
        "words": name_words(speaker.name),
        "entity": entity_of(speaker, document_id),
    }


def hop_values(number: int, position: int, hop: Hop) -> dict[str, Any]:
    return {
        "statement": number,
        "position": position,
        "name": hop.name,
        "relation": hop.relation,
        "words": name_words(hop.name),
    }


def evidence_values(statement: int, position: int, evidence: Evidence) -> dict[str, Any]:
    return {
        "statement": statement,
        "position": position,
        "field": evidence.field,
        "decided_by": evidence.decided_by,
        "span": evidence.span,
        "score": evidence.score,
        "note": evidence.note,
    }


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end].replace(QUOTE_BREAK, " ")


def _words(text: str, spans: Iterable[Span]) -> str:
    return " ".join(_cut(text, span) for span in spans)


def host(url: str | None) -> str | None:
    """The host of an address, None when it has none."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # an address in brackets that is none
        return None


def day(moment: str | None) -> str | None:
    """The calendar day that a page states, None when it states less."""
    try:
        return date.fromisoformat((moment or "")[:10]).isoformat()
    except ValueError:
        return None


def document(row: Row) -> Document:
    """The document as it was read, from a row of `documents`."""
    values = {name: row[name] for name in DOCUMENT_FIELDS}
    return Document(**values | {"unlocated": tuple(row["unlocated"])})


def document_row(row: Row, prefix: str = "") -> DocumentRow:
    values = {name: row[prefix + name] for name in _DOCUMENT_ROW}
    return DocumentRow(**values, statements=row[prefix + "statement_count"])


def attribution(row: Row) -> Attribution:
    return Attribution(
        cue=row["cue_spans"],
        sources=row["source_spans"],
        contents=row["content_spans"],
        quotes=row["quote_spans"],
        kind=row["kind"],
        score=row["score"],
        parent=row["parent"],
    )


def evidence(row: Row) -> Evidence:
    return Evidence(row["field"], row["decided_by"], row["span"], row["score"], row["note"])


def statement_row(row: Row) -> StatementRow:
    return StatementRow(
        id=row["id"],
        document=document_row(row, "document_"),
        position=row["position"],
        parent_id=row["parent_id"],
        source=row["source"],
        cue=row["cue"],
        content=row["content"],
        quotes=tuple(row["quotes"].split(QUOTE_BREAK)) if row["quotes"] else (),
        kind=row["kind"],
        score=row["score"],
        source_spans=row["source_spans"],
        cue_spans=row["cue_spans"],
        content_spans=row["content_spans"],
        quote_spans=row["quote_spans"],
        hedge=row["hedge"],
        condition=row["condition"],
        links=linked_ids(row["resolution"]),
        **_shown(row),
    )


def _shown(row: Row) -> dict[str, Any]:
    found = from_plain(row["resolution"], row["act"], row["polarity"])
    return {name: found[name] for name in ("speakers", "addressee", "chain", "act", "commitment", "said_at") if found}


def statement(row: Row, document_id: str, attribution: Attribution, evidence: Iterable[Evidence]) -> Statement:
    """A statement as it was added, from a row of `statements`."""
    found = from_plain(row["resolution"], row["act"], row["polarity"])
    return Statement(row["id"], document_id, attribution, tuple(evidence), **found)
