"""Every question the ledger is asked, as SQL."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, TableClause, and_, false, func, literal, or_, select

from onrecord.ledger import search_words
from onrecord.ledger.rows import DocumentRow
from onrecord.ledger.search_words import Term
from onrecord.ledger.tables import (
    attributions,
    documents,
    evidence,
    hops,
    speakers,
    statements,
    tombstones,
    trigrams,
    words,
)
from onrecord.records import Act, Kind, Polarity

Query = Select[Any]
_WORDS = (statements.c.source, statements.c.cue, statements.c.content, statements.c.quotes)
_PARENT = statements.alias("parent")
_LATER = documents.alias("later")
_ROW = (*(field.name for field in dataclasses.fields(DocumentRow) if field.name != "statements"), "statement_count")
_SAME = and_(statements.c.document == attributions.c.document, statements.c.position == attributions.c.position)
_FOUND = statements.join(attributions, _SAME).join(documents, documents.c.number == statements.c.document)
# The sum keeps SQLite from looking documents up by number, so that it walks them by day and stops at the limit.
_BY_DOCUMENT = documents.join(statements, statements.c.document == documents.c.number + 0).join(attributions, _SAME)
_NEWEST_FIRST = (documents.c.published_on.desc(), documents.c.number.desc(), statements.c.position)


def known(document_id: str) -> Query:
    return select(documents.c.number, documents.c.tagger, documents.c.resolver, documents.c.raw_sha256).where(
        documents.c.id == document_id
    )


def newest_of(url: str) -> Query:
    """The document last recorded under this address."""
    return document_rows().where(documents.c.url == url).order_by(documents.c.number.desc()).limit(1)


def document_rows() -> Query:
    return select(*(documents.c[name] for name in _ROW))


def documents_starting(prefix: str) -> Query:
    return document_rows().where(_starts(documents.c.id, prefix)).order_by(documents.c.id).limit(2)


def listed(outlet: str | None, since: date | None, until: date | None, limit: int | None) -> Query:
    """Documents, the last recorded first."""
    conditions = _of_outlet(outlet) + _of_days(since, until)
    return document_rows().where(*conditions).order_by(documents.c.number.desc()).limit(limit)


def whole_document(document_id: str) -> Query:
    return select(documents).where(documents.c.id == document_id)


def text_of(document_id: str) -> Query:
    return select(documents.c.text).where(documents.c.id == document_id)


def statement_rows() -> Query:
    """All columns of a StatementRow; those of its document begin with `document_`."""
    parent = and_(_PARENT.c.document == attributions.c.document, _PARENT.c.position == attributions.c.parent)
    own = [
        column
        for column in statements.c
        if column.key not in ("document", "number", "unspaced", "said_from", "said_until")
    ]
    spans = [column for column in attributions.c if column.key not in ("document", "position", "parent")]
    of_document = (documents.c[name].label(f"document_{name}") for name in _ROW)
    return select(*own, *spans, _PARENT.c.id.label("parent_id"), *of_document).select_from(
        _FOUND.outerjoin(_PARENT, parent)
    )


def statements_in_order(document_id: str | None) -> Query:
    ordered = statement_rows().order_by(statements.c.document, statements.c.position)
    return ordered if document_id is None else ordered.where(documents.c.id == document_id)


def statements_starting(prefix: str) -> Query:
    return statement_rows().where(_starts(statements.c.id, prefix)).order_by(statements.c.id).limit(2)


def attributions_of(number: int) -> Query:
    """The attributions of a document with the ids of their statements, in order."""
    resolved = (statements.c[name] for name in ("id", "number", "act", "polarity", "resolution"))
    here = select(attributions, *resolved).select_from(_FOUND)
    return here.where(attributions.c.document == number).order_by(attributions.c.position)


def evidence_in(number: int) -> Query:
    """All evidence of a document, in the order of its statements."""
    joined = evidence.join(statements, statements.c.number == evidence.c.statement)
    here = select(evidence).select_from(joined).where(statements.c.document == number)
    return here.order_by(evidence.c.statement, evidence.c.position)


def evidence_of(statement_id: str) -> Query:
    joined = evidence.join(statements, statements.c.number == evidence.c.statement)
    return select(evidence).select_from(joined).where(statements.c.id == statement_id).order_by(evidence.c.position)


def grave(document_id: str, url: str | None, raw_sha256: str) -> Query:
    """The newest tombstone that forbids to read this document."""
    of_url = [tombstones.c.url == url] if url else []
    same = or_(tombstones.c.document_id == document_id, tombstones.c.raw_sha256 == raw_sha256, *of_url)
    return select(tombstones).where(same).order_by(tombstones.c.number.desc()).limit(1)


def graves_of(key: str) -> Query:
    """Tombstones of an address or a document."""
    named = or_(tombstones.c.url == key, tombstones.c.document_id == key)
    return select(tombstones).where(named).order_by(tombstones.c.number)


@dataclass(frozen=True, slots=True)
class Search:
    """What is sought. Every part narrows; a part left out does not."""

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    kind: Kind | None = None
    revisions: bool = False
    limit: int | None = None
    act: Act | None = None
    polarity: Polarity | None = None
    via: str | None = None
    said_since: date | None = None
    said_until: date | None = None
    spoken: Sequence[int] = ()  # numbers of statements whose speaker has the asked name by a registry or a merge


def found(search: Search) -> Query | None:
    """Statements, best match first, else newest first. None when the words hold nothing that can be found."""
    sought = search_words.terms(search.words)
    if _empty(search.words, sought) or any(
        _empty(asked, search_words.terms(asked or "")) for asked in (search.speaker, search.via)
    ):
        return None
    # Sorted and cut off by number first: whole rows are only fetched of what is given back.
    hits = _narrowed(search, _matching(sought)).limit(search.limit).subquery()
    rows = statement_rows().join(hits, hits.c.number == statements.c.number)
    return rows.order_by(hits.c.rank, *_NEWEST_FIRST)


def _empty(asked: str | None, terms: Sequence[Term]) -> bool:
    """Whether something was asked for that no statement can match."""
    return bool(asked and asked.strip()) and not terms


def _narrowed(search: Search, query: Query) -> Query:
    query = query.where(*_of_outlet(search.outlet), *_of_days(search.since, search.until))
    query = query.where(*_of_speaker(search.speaker, search.spoken), *_of_hop(search.via), *_of_said(search))
    wanted = (
        (attributions.c.kind, search.kind),
        (statements.c.act, search.act),
        (statements.c.polarity, search.polarity),
    )
    query = query.where(*(column == value for column, value in wanted if value is not None))
    if not search.revisions:
        query = query.where(~select(_LATER.c.number).where(_LATER.c.revises == documents.c.id).exists())
    return query


def _matching(terms: Sequence[Term]) -> Query:
    """Numbers and ranks of the statements that hold all terms, in order."""
    if not search_words.unspaced(terms):
        return _indexed(words, terms)
    short = (_contains(term) for term in terms if len(term.text) < search_words.TRIGRAM)
    long = [term for term in terms if len(term.text) >= search_words.TRIGRAM]
    return _indexed(trigrams, long).where(statements.c.unspaced, *short)


def _indexed(index: TableClause, terms: Sequence[Term]) -> Query:
    if not terms:
        newest = select(statements.c.number, literal(0).label("rank")).select_from(_BY_DOCUMENT)
        return newest.order_by(*_NEWEST_FIRST)
    match = index.c[index.name].op("MATCH")(search_words.expression(terms))
    joined = _FOUND.join(index, index.c.rowid == statements.c.number)
    return select(statements.c.number, index.c.rank).select_from(joined).where(match).order_by(index.c.rank)


def _contains(term: Term) -> ColumnElement[bool]:
    columns = [column for column in _WORDS if term.column in (None, column.key)]
    return or_(*(func.instr(func.lower(column), term.text.lower()) > 0 for column in columns))


def _starts(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """All ids that begin so: a range, which an index answers and in which no character is special."""
    return and_(column >= prefix, column < prefix + "\U0010ffff")


def _of_outlet(outlet: str | None) -> list[ColumnElement[bool]]:
    if outlet is None:
        return []
    named = search_words.outlet_words(outlet)
    return [func.instr(documents.c.outlet_words, named) > 0 if named.strip() else false()]


def _of_speaker(asked: str | None, spoken: Sequence[int]) -> list[ColumnElement[bool]]:
    """Statements whose source has all these words, or whose speaker does by any name of theirs."""
    if asked is None or not asked.strip():
        return []
    terms = search_words.terms(asked, search_words.SOURCE)
    index = trigrams if search_words.unspaced(terms) else words
    match = index.c[index.name].op("MATCH")(search_words.expression(terms))
    told = select(index.c.rowid).where(match)
    if any(len(term.text) < search_words.TRIGRAM for term in terms) and index is trigrams:
        told = select(statements.c.number).where(*(_contains(term) for term in terms))
    named = select(speakers.c.statement).where(_named(speakers.c.words, asked))
    return [or_(statements.c.number.in_(told), statements.c.number.in_(named), _one_of(spoken))]


def _one_of(numbers: Sequence[int]) -> ColumnElement[bool]:
    """One parameter however many there are: SQLite limits how many a command may have."""
    listed = func.json_each(json.dumps(list(numbers))).table_valued("value")
    return statements.c.number.in_(select(listed.c.value)) if numbers else false()


def spoken_by(numbers: Sequence[int], limit: int | None) -> Query:
    """The statements of these numbers, the newest first."""
    newest = select(statements.c.number).select_from(_FOUND).where(_one_of(numbers)).order_by(*_NEWEST_FIRST)
    hits = newest.limit(limit).subquery()
    return statement_rows().join(hits, hits.c.number == statements.c.number).order_by(*_NEWEST_FIRST)


def _named(column: ColumnElement[str], asked: str) -> ColumnElement[bool]:
    """Whether folded names hold all words that were asked for."""
    sought = search_words.name_words(asked).split()
    return and_(*(func.instr(column, f" {word} ") > 0 for word in sought)) if sought else false()


def _of_hop(asked: str | None) -> list[ColumnElement[bool]]:
    """Statements that came through a hop of these words."""
    if asked is None or not asked.strip():
        return []
    return [statements.c.number.in_(select(hops.c.statement).where(_named(hops.c.words, asked)))]


def _of_said(search: Search) -> list[ColumnElement[bool]]:
    """Statements said in these days, as far as it is known when."""
    since, until = search.said_since, search.said_until
    first = [] if since is None else [statements.c.said_until >= since.isoformat()]
    return first if until is None else [*first, statements.c.said_from <= until.isoformat()]


def _of_days(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    day = documents.c.published_on
    first = [] if since is None else [day >= since.isoformat()]
    return first if until is None else [*first, day <= until.isoformat()]
