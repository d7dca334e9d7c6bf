"""Opens the SQLite file behind a ledger, and says in one line what went wrong with it."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from onrecord.archive.store import explained
from onrecord.errors import LedgerFailed
from onrecord.ledger import migrations

OLDEST_SQLITE = (3, 34, 0)  # the first with the trigram tokenizer
BUSY_SECONDS = 30.0  # how long one writer waits for another

_ADVICE = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space and run the same command again, "
    "what was recorded before is kept",
    sqlite3.SQLITE_IOERR: "the disk failed or is full: check it and run the same command again, "
    "what was recorded before is kept",
    sqlite3.SQLITE_READONLY: "it may not be written: change its permissions or name another ledger",
    sqlite3.SQLITE_PERM: "it may not be written: change its permissions or name another ledger",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: check the path and its permissions, or name another ledger",
    sqlite3.SQLITE_NOTADB: "this is not a ledger: name another one",
    sqlite3.SQLITE_CORRUPT: "the ledger is damaged: restore it from a backup, or name another one and read again",
    sqlite3.SQLITE_BUSY: f"another program kept it locked for {BUSY_SECONDS:.0f} seconds: "
    "run the same command again when that one is done",
    sqlite3.SQLITE_LOCKED: "another program keeps it locked: run the same command again when that one is done",
}


@contextlib.contextmanager
def failures(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk raise into a LedgerFailed that says what to do."""
    try:
        with explained(path):
            yield
    except DBAPIError as error:
        raise _failure(path, error.orig) from error
    except sqlite3.Error as error:
        raise _failure(path, error) from error


def _failure(path: Path, error: BaseException | None) -> LedgerFailed:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest its detail
    return LedgerFailed(f"{path}: {_ADVICE.get(code, error)}")


def open_ledger(path: Path, *, read_only: bool) -> Engine:
    """An engine over a ledger, brought up to date; made where there is none, unless `read_only`."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LedgerFailed(f"SQLite {sqlite3.sqlite_version} is too old: install a Python with SQLite 3.34 or later")
    if read_only and not path.exists():
        raise LedgerFailed(f"{path}: there is no ledger: make one with `onrecord read`")
    engine = _engine(path, read_only)
    try:
        with failures(path):
            if read_only:
                _require_newest(engine, path)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                _bring_up_to_date(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _engine(path: Path, read_only: bool) -> Engine:
    # The pool gives each reader its own connection, so that a long read and a write do not meet.
    engine = create_engine("sqlite://", creator=lambda: _connect(path, read_only), poolclass=QueuePool, max_overflow=-1)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: a transaction that reads first and writes later could not wait for another."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    mode = _read_mode(path) if read_only else "mode=rwc"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _read_mode(path: Path) -> str:
    """A reader of a WAL database needs a file beside it; where it cannot make one, nobody can write either."""
    waiting = path.with_name(path.name + "-wal")
    effective = os.access in os.supports_effective_ids
    writable = os.access(path.parent, os.W_OK, effective_ids=effective)
    return "mode=ro" if writable or waiting.exists() else "mode=ro&immutable=1"


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL: a document that was reported as recorded outlives a power cut too, for one fsync.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")


def _require_newest(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        found = migrations.version(connection, path)
    if found == 0:
        raise LedgerFailed(f"{path}: this is no ledger yet: make one with `onrecord read`")
    if found < migrations.NEWEST:
        _upgrade(path)


def _upgrade(path: Path) -> None:
    """Bring a ledger of an older version up to date for those who only want to read it."""
    writer = _engine(path, read_only=False)
    try:
        _bring_up_to_date(writer, path)
    except (DBAPIError, sqlite3.Error) as error:
        cause = getattr(error, "orig", error)
        raise LedgerFailed(
            f"{_failure(path, cause)}; an older onrecord wrote it, and it has to be brought up to date"
        ) from error
    finally:
        writer.dispose()


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    writer = engine.execution_options(writes=True)
    with engine.connect() as connection:
        current = migrations.version(connection, path) == migrations.NEWEST
    _use_wal(engine)
    while not current:
        with writer.begin() as connection:
            current = not migrations.migrate(connection, path)


@contextlib.contextmanager
def _outside_transaction(engine: Engine) -> Iterator[sqlite3.Cursor]:
    connection = engine.raw_connection()
    try:
        with contextlib.closing(connection.cursor()) as cursor:
            yield cast(sqlite3.Cursor, cursor)
    finally:
        connection.close()


def _use_wal(engine: Engine) -> None:
    """WAL is kept in the file. Two programs that make a ledger at once meet here, where SQLite does not wait."""
    give_up = time.monotonic() + BUSY_SECONDS
    with _outside_transaction(engine) as cursor:
        while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                cursor.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
                time.sleep(0.01)


def scrub(engine: Engine) -> bool:
    """Rewrite the file without its free pages and empty the log; False when a reader keeps old pages alive.

    `secure_delete` clears what is deleted; that rows moved between pages leave no copy, only a rewrite makes sure.
    """
    with _outside_transaction(engine) as cursor:
        cursor.execute("VACUUM")
        blocked = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not blocked
