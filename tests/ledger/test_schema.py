import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from invented import read
from sqlalchemy import inspect

from onrecord.ledger import Ledger, migrations
from onrecord.ledger.tables import metadata
from onrecord.records import Act, Speaker, SpeakerKind


@pytest.mark.parametrize("table", list(metadata.tables.values()), ids=str)
def test_migrations_and_tables_say_the_same(ledger: Ledger, table: object) -> None:
    made = inspect(ledger._engine)
    declared = metadata.tables[str(table)]
    columns = {column["name"]: column["nullable"] for column in made.get_columns(declared.name)}
    assert columns == {column.name: column.nullable for column in declared.columns}
    assert made.get_pk_constraint(declared.name)["constrained_columns"] == [it.name for it in declared.primary_key]
    keys = {(tuple(it["constrained_columns"]), it["referred_table"]) for it in made.get_foreign_keys(declared.name)}
    assert keys == {(tuple(it.column_keys), it.referred_table.name) for it in declared.foreign_key_constraints}
    indexed = {tuple(it["column_names"]) for it in made.get_indexes(declared.name)}
    assert {tuple(it.columns.keys()) for it in declared.indexes} <= indexed


def test_the_file_says_what_it_is(ledger: Ledger, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        read = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")}
        assert read == {"user_version": migrations.NEWEST, "application_id": migrations.APPLICATION}
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: object) -> None:
        migrations._run(connection, "CREATE TABLE half (n);\nCREATE TABLE half (n);\n")  # type: ignore[arg-type]

    Ledger(path).close()
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
        patch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
        with pytest.raises(Exception, match="half"):
            Ledger(path)
    with Ledger(path) as ledger:
        assert "half" not in inspect(ledger._engine).get_table_names()


def test_naming_the_ledger_loads_no_database(environment: dict[str, str]) -> None:
    script = "import sys, onrecord.ledger.rows; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, check=False).returncode == 0


def test_a_ledger_of_before_statements_were_resolved(path: Path) -> None:
    record, raw = read()
    said = {"act": Act.DENY, "speakers": (Speaker("Mara Ostrander", SpeakerKind.PERSON),)}
    now = replace(record, statements=tuple(replace(row, **said) for row in record.statements), resolver="resolve-1")
    with Ledger(path) as ledger:
        ledger.add(record, raw)
        before = [row.id for row in ledger.statements()]
    back_to_schema_1(path)
    with Ledger(path, read_only=True) as ledger:
        assert [(row.id, row.act, row.speakers) for row in ledger.statements()] == [(it, None, ()) for it in before]
        assert ledger.search(act=Act.STATE) == ledger.speakers() == []
        assert not ledger.knows(record.document.id, tagger="tagger-1", resolver="resolve-1")
    with Ledger(path) as ledger:
        assert ledger.add(now, raw).updated
        assert [(row.id, row.act) for row in ledger.statements()] == [(it, Act.DENY) for it in before]
        assert ledger.stored_record(record.document.id) == now


def back_to_schema_1(path: Path) -> None:
    """Take back what migration 2 did."""
    columns = ("act", "polarity", "said_from", "said_until", "hedge", "condition", "resolution")
    with closing(sqlite3.connect(path)) as connection:
        for index in ("statements_act", "statements_said"):
            connection.execute(f"DROP INDEX {index}")
        for column in columns:
            connection.execute(f"ALTER TABLE statements DROP COLUMN {column}")
        connection.execute("ALTER TABLE documents DROP COLUMN resolver")
        for table in ("speakers", "hops", "known_speakers", "decisions"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
