"""The ledger's schema, step by step: migration n brings a ledger from version n - 1 to n, in one transaction.

A step is never changed once it has been released: a new one is added.
"""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from onrecord.errors import LedgerFailed

APPLICATION = 0x6F6E7265  # "onre": tells a ledger from the databases of other programs

_RECORD = """
CREATE TABLE documents (
    number INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, url TEXT, publisher TEXT,
    title TEXT, byline TEXT, published_at TEXT, modified_at TEXT, retrieved_at TEXT, language TEXT,
    media_type TEXT NOT NULL, encoding TEXT NOT NULL, raw_sha256 TEXT NOT NULL, text BLOB NOT NULL,
    offset_map BLOB NOT NULL, title_span TEXT,
    captions TEXT NOT NULL, "references" TEXT NOT NULL, notes TEXT NOT NULL, unlocated TEXT NOT NULL,
    insertions TEXT NOT NULL, omissions TEXT NOT NULL, reference_statements TEXT NOT NULL, extracted BOOLEAN NOT NULL,
    tagger TEXT NOT NULL, statement_count INTEGER NOT NULL, recorded_at TEXT NOT NULL, revises TEXT,
    published_on TEXT, outlet_words TEXT NOT NULL
);
CREATE INDEX documents_url ON documents (url);
CREATE INDEX documents_raw ON documents (raw_sha256);
CREATE INDEX documents_revises ON documents (revises);
CREATE INDEX documents_published ON documents (published_on);

CREATE TABLE attributions (
    document INTEGER NOT NULL REFERENCES documents (number), position INTEGER NOT NULL, kind TEXT NOT NULL,
    score FLOAT NOT NULL, parent INTEGER, source_spans TEXT NOT NULL, cue_spans TEXT NOT NULL,
    content_spans TEXT NOT NULL, quote_spans TEXT NOT NULL, PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE TABLE statements (
    number INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, document INTEGER NOT NULL, position INTEGER NOT NULL,
    source TEXT, cue TEXT NOT NULL, content TEXT NOT NULL, quotes TEXT NOT NULL, unspaced BOOLEAN NOT NULL,
    UNIQUE (document, position),
    FOREIGN KEY (document, position) REFERENCES attributions (document, position)
);

CREATE TABLE evidence (
    statement INTEGER NOT NULL REFERENCES statements (number), position INTEGER NOT NULL, field TEXT NOT NULL,
    decided_by TEXT NOT NULL, span TEXT, score FLOAT, note TEXT NOT NULL, PRIMARY KEY (statement, position)
) WITHOUT ROWID;

CREATE TABLE tombstones (
    number INTEGER NOT NULL PRIMARY KEY, url TEXT, document_id TEXT NOT NULL, raw_sha256 TEXT NOT NULL,
    forgotten_at TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX tombstones_url ON tombstones (url);
CREATE INDEX tombstones_document ON tombstones (document_id);
CREATE INDEX tombstones_raw ON tombstones (raw_sha256);
"""

# The indexes keep no copy of the words. Trigrams are made only of the statements that need them.
_SEARCH = """
CREATE VIRTUAL TABLE words USING fts5 (
    source, cue, content, quotes, content='statements', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIEW unspaced AS SELECT number, source, cue, content, quotes FROM statements WHERE unspaced;
CREATE VIRTUAL TABLE trigrams USING fts5 (
    source, cue, content, quotes, content='unspaced', content_rowid='number', tokenize='trigram'
);
"""

_TRIGGER = """
CREATE TRIGGER {index}_{event} AFTER {event} ON statements WHEN {condition} BEGIN
    INSERT INTO {index} ({command} rowid, source, cue, content, quotes)
    VALUES ({value} {row}.number, {row}.source, {row}.cue, {row}.content, {row}.quotes);
END
"""


def _run(connection: Connection, script: str) -> None:
    for command in filter(str.strip, script.split(";\n")):
        connection.exec_driver_sql(command)


def _follow(connection: Connection, index: str, condition: str) -> None:
    """Keep a full-text index in step with `statements`, whose words are never changed in place."""
    fill = {"event": "insert", "row": "new", "command": "", "value": ""}
    clear = {"event": "delete", "row": "old", "command": f"{index},", "value": "'delete',"}
    for parts in (fill, clear):
        row = parts["row"]
        connection.exec_driver_sql(_TRIGGER.format(index=index, condition=condition.format(row=row), **parts))


def record_of_statements(connection: Connection) -> None:
    """1: documents, attributions, statements, evidence, tombstones, and the search over statements."""
    _run(connection, _RECORD)
    _run(connection, _SEARCH)
    _follow(connection, "words", "1")
    _follow(connection, "trigrams", "{row}.unspaced")


_WHO = """
ALTER TABLE documents ADD COLUMN resolver TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN act TEXT;
ALTER TABLE statements ADD COLUMN polarity TEXT;
ALTER TABLE statements ADD COLUMN said_from TEXT;
ALTER TABLE statements ADD COLUMN said_until TEXT;
ALTER TABLE statements ADD COLUMN hedge TEXT;
ALTER TABLE statements ADD COLUMN condition TEXT;
ALTER TABLE statements ADD COLUMN resolution TEXT;
CREATE INDEX statements_act ON statements (act);
CREATE INDEX statements_said ON statements (said_from);

CREATE TABLE speakers (
    statement INTEGER NOT NULL REFERENCES statements (number), position INTEGER NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL, role TEXT, affiliation TEXT, country TEXT, words TEXT NOT NULL, entity TEXT,
    PRIMARY KEY (statement, position)
) WITHOUT ROWID;
CREATE INDEX speakers_entity ON speakers (entity);

CREATE TABLE hops (
    statement INTEGER NOT NULL REFERENCES statements (number), position INTEGER NOT NULL, name TEXT NOT NULL,
    relation TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (statement, position)
) WITHOUT ROWID;
CREATE INDEX hops_words ON hops (words);

CREATE TABLE known_speakers (
    number INTEGER NOT NULL PRIMARY KEY, entity TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, role TEXT,
    affiliation TEXT, identifiers TEXT, words TEXT NOT NULL, UNIQUE (entity, name)
);

CREATE TABLE decisions (
    number INTEGER NOT NULL PRIMARY KEY, verb TEXT NOT NULL, entity TEXT, other TEXT, undoes INTEGER,
    who TEXT NOT NULL, decided_at TEXT NOT NULL
);
"""


def who_and_what(connection: Connection) -> None:
    """2: speakers, chain, date, act and commitment of statements; people's decisions on who is who."""
    _run(connection, _WHO)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (record_of_statements, who_and_what)
NEWEST = len(MIGRATIONS)


def _number(connection: Connection, pragma: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())


def version(connection: Connection, path: Path) -> int:
    """The version of a ledger, 0 when it is empty. LedgerFailed when it is newer than this program, or no ledger."""
    found = _number(connection, "user_version")
    empty = found == 0 and not _number(connection, "schema_version")
    if not empty and _number(connection, "application_id") != APPLICATION:
        raise LedgerFailed(f"{path}: this is a database of another program: name another ledger")
    if found > NEWEST:
        raise LedgerFailed(
            f"{path}: written by a newer onrecord (schema {found}, this one knows {NEWEST}): "
            "upgrade onrecord or name another ledger"
        )
    return found


def migrate(connection: Connection, path: Path) -> bool:
    """Take the next step inside the transaction of `connection`; False when there is none left."""
    found = version(connection, path)
    if found == NEWEST:
        return False
    MIGRATIONS[found](connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {found + 1}")
    return True
