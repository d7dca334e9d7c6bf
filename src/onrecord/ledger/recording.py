"""What changes the ledger. Each function runs inside the transaction of its caller."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, and_, delete, insert, select, union, update

from onrecord.errors import DocumentFailed
from onrecord.ledger import packing, queries
from onrecord.ledger.finding import documents_named, forgotten, newest_of
from onrecord.ledger.identity import entity_of
from onrecord.ledger.matching import Known, keep_ids
from onrecord.ledger.registry import Entry
from onrecord.ledger.rows import Decision, Forgotten
from onrecord.ledger.search_words import name_words
from onrecord.ledger.tables import (
    attributions,
    decisions,
    documents,
    evidence,
    hops,
    known_speakers,
    speakers,
    statements,
    tombstones,
)
from onrecord.records import Document, Record, Speaker


def insert_document(connection: Connection, record: Record) -> str | None:
    """All rows of a new document. Gives the id of the document that it revises."""
    earlier = newest_of(connection, record.document.url)
    revises = None if earlier is None else str(earlier["id"])
    values = packing.document_values(record.document) | packing.extraction_values(record)
    values |= {"recorded_at": datetime.now(UTC), "revises": revises}
    number = connection.execute(insert(documents).returning(documents.c.number), values).scalar_one()
    _insert_extraction(connection, number, record, keep_ids((), record.statements))
    return revises


def refuse_forgotten(connection: Connection, document: Document) -> None:
    grave = connection.execute(queries.grave(document.id, document.url, document.raw_sha256)).mappings().one_or_none()
    if grave is not None:
        what = "the same bytes were"
        if document.url and grave["url"] == document.url:
            what = "its address was"
        elif grave["document_id"] == document.id:
            what = "it was"
        day = grave["forgotten_at"].date().isoformat()
        raise DocumentFailed(document.name, f"{what} forgotten on {day}: it is only recorded when asked for again")


def _insert_extraction(connection: Connection, number: int, record: Record, identities: list[str]) -> None:
    """Rows of what was found; the database numbers the statements, and evidence follows by position."""
    found = record.attributions
    if not found:
        return
    connection.execute(insert(attributions), [packing.attribution_values(number, *it) for it in enumerate(found)])
    rows = [
        packing.statement_values(number, at, identities, it, record.document.text)
        for at, it in enumerate(record.statements)
    ]
    connection.execute(insert(statements), rows)
    placed = select(statements.c.number).where(statements.c.document == number).order_by(statements.c.position)
    numbers = connection.execute(placed).scalars().all()
    proofs = [
        packing.evidence_values(statement_number, *it)
        for statement_number, statement in zip(numbers, record.statements, strict=True)
        for it in enumerate(statement.evidence)
    ]
    placed_statements = list(zip(numbers, record.statements, strict=True))
    who = [
        packing.speaker_values(statement_number, *it, record.document.id)
        for statement_number, statement in placed_statements
        for it in enumerate(statement.speakers)
    ]
    through = [
        packing.hop_values(statement_number, at, hop)
        for statement_number, statement in placed_statements
        for at, hop in enumerate(statement.chain)
        if hop.name is not None
    ]
    for table, values in ((evidence, proofs), (speakers, who), (hops, through)):
        if values:
            connection.execute(insert(table), values)


def replace_extraction(connection: Connection, number: int, record: Record) -> None:
    rows = connection.execute(queries.attributions_of(number)).mappings().all()
    old: list[Known] = [(row["id"], packing.attribution(row)) for row in rows]
    _delete_extraction(connection, number)
    _insert_extraction(connection, number, record, keep_ids(old, record.statements))
    values = packing.extraction_values(record)
    connection.execute(update(documents).where(documents.c.number == number).values(values))


def _delete_extraction(connection: Connection, number: int) -> None:
    here = select(statements.c.number).where(statements.c.document == number)
    for table in (evidence, speakers, hops):
        connection.execute(delete(table).where(table.c.statement.in_(here)))
    connection.execute(delete(statements).where(statements.c.document == number))
    connection.execute(delete(attributions).where(attributions.c.document == number))


def bury(connection: Connection, key: str, reason: str) -> tuple[Forgotten, ...]:
    """Delete the rows of an address or a document, and give its tombstones, old ones included."""
    of_url = connection.execute(select(documents).where(documents.c.url == key)).mappings().all()
    rows = of_url or documents_named(connection, key)
    for row in rows:
        _delete_document(connection, row["id"])
        grave = Forgotten(row["id"], key if of_url else None, row["raw_sha256"], datetime.now(UTC), reason)
        values = {name: getattr(grave, name) for name in Forgotten.__slots__}
        connection.execute(insert(tombstones), values)
    _forget_split_names(connection)
    names = [key] if of_url or not rows else [row["id"] for row in rows]
    graves = [connection.execute(queries.graves_of(name)).mappings().all() for name in names]
    return tuple(forgotten(row) for found in graves for row in found)


def _forget_split_names(connection: Connection) -> None:
    """The decisions stay; a name or statement that was split off and that nothing bears any more does not."""
    borne = union(select(speakers.c.name), select(known_speakers.c.name), select(statements.c.id))
    gone = and_(decisions.c.verb == "split", decisions.c.other.not_in(borne))
    connection.execute(update(decisions).where(gone).values(other=None))


def _delete_document(connection: Connection, document_id: str) -> None:
    row = connection.execute(queries.whole_document(document_id)).mappings().one()
    _delete_extraction(connection, row["number"])
    after = update(documents).where(documents.c.revises == document_id)
    connection.execute(after.values(revises=row["revises"]))
    connection.execute(delete(documents).where(documents.c.number == row["number"]))


def decide(
    connection: Connection,
    verb: Literal["merge", "split", "undo"],
    by: str,
    *,
    entity: str | None = None,
    other: str | None = None,
    undoes: int | None = None,
) -> Decision:
    """Write down what a person decided."""
    values = {
        "verb": verb,
        "entity": entity,
        "other": other,
        "undoes": undoes,
        "who": by,
        "decided_at": datetime.now(UTC),
    }
    number = connection.execute(insert(decisions).returning(decisions.c.number), values).scalar_one()
    return Decision(number, verb, entity, other, undoes, by, values["decided_at"])  # type: ignore[arg-type]


def register(connection: Connection, entries: Iterable[Entry]) -> int:
    """Keep the names of a registry; one that is kept already is left as it is. Gives how many are new."""
    rows = [(row.entity, row.name) for row in connection.execute(select(known_speakers))]
    kept, new = set(rows), 0
    for entry in entries:
        entity = entity_of(Speaker(entry.name, entry.kind), f"registry:{entry.name}")
        for name in (entry.name, *entry.aliases):
            if entity is None or (entity, name) in kept:
                continue
            kept.add((entity, name))
            new += 1
            values = {"entity": entity, "name": name, "words": name_words(name)}
            values |= {field: getattr(entry, field) for field in ("kind", "role", "affiliation", "identifiers")}
            connection.execute(insert(known_speakers), values)
    return new
