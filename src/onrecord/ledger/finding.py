"""What is asked of the ledger by name. Each function runs inside the transaction of its caller."""

from collections.abc import Sequence

from sqlalchemy import Connection

from onrecord.errors import DocumentFailed
from onrecord.ledger import packing, queries
from onrecord.ledger.packing import Row
from onrecord.ledger.rows import Forgotten
from onrecord.records import Evidence, Record

SHORTEST_PREFIX = 4  # characters of an id, its letter included


def newest_of(connection: Connection, url: str | None) -> Row | None:
    return connection.execute(queries.newest_of(url)).mappings().one_or_none() if url else None


def documents_named(connection: Connection, key: str) -> list[Row]:
    """The document with this whole id, if any. DocumentFailed when `key` is the beginning of an id."""
    rows = connection.execute(queries.documents_starting(key)).mappings().all()
    if rows and rows[0]["id"] != key:
        raise DocumentFailed(key, "is only the beginning of an id: to forget, give the whole id or the address")
    return list(rows[:1])


def find_document(connection: Connection, key: str) -> Row:
    """The document with this id, beginning of an id, or address. DocumentFailed when there is none or several."""
    return newest_of(connection, key) or only(
        key, connection.execute(queries.documents_starting(key)).mappings().all(), "document"
    )


def only(key: str, rows: Sequence[Row], what: str) -> Row:
    """The one row that is meant: an exact id, or the only one that begins with enough characters of it."""
    if not rows or (rows[0]["id"] != key and len(key) < SHORTEST_PREFIX):
        raise missing(key, what)
    if len(rows) > 1 and rows[0]["id"] != key:
        raise DocumentFailed(key, f"several {what}s begin so: give more characters of the id")
    return rows[0]


def missing(key: str, what: str) -> DocumentFailed:
    return DocumentFailed(key, f"the ledger holds no such {what}: `onrecord list` shows what it holds")


def forgotten(row: Row) -> Forgotten:
    return Forgotten(**{name: row[name] for name in Forgotten.__slots__})


def stored_record(connection: Connection, row: Row) -> Record:
    document = packing.document(row)
    found = connection.execute(queries.attributions_of(row["number"])).mappings().all()
    proofs: dict[int, list[Evidence]] = {}
    for proof in connection.execute(queries.evidence_in(row["number"])).mappings():
        proofs.setdefault(proof["statement"], []).append(packing.evidence(proof))
    kept = tuple(packing.attribution(it) for it in found)
    return Record(
        document=document,
        attributions=kept,
        statements=tuple(
            packing.statement(it, document.id, attribution, proofs.get(it["number"], ()))
            for it, attribution in zip(found, kept, strict=True)
        ),
        insertions=row["insertions"],
        omissions=row["omissions"],
        reference_statements=tuple(row["reference_statements"]),
        extracted=row["extracted"],
        tagger=row["tagger"],
        resolver=row["resolver"],
    )
