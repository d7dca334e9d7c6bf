import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented import LINES, read

from onrecord.errors import LedgerFailed
from onrecord.ledger import Ledger, database, migrations

NOBODY = 65534


def opened(path: Path, *, read_only: bool = False) -> None:
    Ledger(path, read_only=read_only).close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_of_a_newer_version(ledger: Ledger, path: Path, read_only: bool) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.NEWEST + 1}")
    with pytest.raises(LedgerFailed, match=r"newer onrecord .* upgrade"):
        opened(path, read_only=read_only)


@pytest.mark.parametrize("content", [b"Dear diary,\n" * 400, b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000])
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_database_is_left_alone(tmp_path: Path, content: bytes, read_only: bool) -> None:
    path = tmp_path / "diary.db"
    path.write_bytes(content)
    with pytest.raises(LedgerFailed, match=r"not a ledger|damaged") as caught:
        opened(path, read_only=read_only)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (address)")
    before = path.read_bytes()
    with pytest.raises(LedgerFailed, match="another program"):
        opened(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_ledger(path: Path) -> None:
    with Ledger(path) as ledger:
        for number in range(40):
            ledger.add(*read(LINES, url=f"https://other.example/{number}"))
    whole = bytearray(path.read_bytes())
    whole[8192:] = b"\xa5" * (len(whole) - 8192)
    path.write_bytes(whole)
    with pytest.raises(LedgerFailed, match="damaged: restore it from a backup"), Ledger(path) as ledger:
        list(ledger.statements())


def test_a_reader_needs_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerFailed, match="make one with `onrecord read`"):
        opened(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_of_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(LedgerFailed, match="no ledger yet"):
        opened(path, read_only=True)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerFailed, match="cannot be opened"):
        opened(tmp_path)


def test_an_archive_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "ledger.db.archive").write_text("a file")
    with pytest.raises(LedgerFailed, match="name another ledger"):
        opened(tmp_path / "ledger.db")


def test_a_reader_cannot_write(ledger: Ledger, path: Path) -> None:
    ledger.add(*read(LINES))
    with Ledger(path, read_only=True) as reader, pytest.raises(LedgerFailed, match="may not be written"):
        reader.add(*read(LINES[:1]))


def test_a_locked_ledger(ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with Ledger(path) as impatient, ledger._writing(), pytest.raises(LedgerFailed, match="another program kept it"):
        impatient.add(*read(LINES))


@pytest.fixture
def powerless() -> Iterator[Path]:
    """A folder with a ledger of one document, which this process may read and not write, even where it is root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Ledger(folder / "ledger.db") as ledger:
            ledger.add(*read(LINES))
        paths = [folder, *folder.rglob("*")]
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        yield folder
        os.seteuid(user)
        for path in paths:
            path.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_may_not_be_written(powerless: Path) -> None:
    with Ledger(powerless / "ledger.db", read_only=True) as ledger:
        assert len(ledger.search("ferry")) == 1
    with (
        pytest.raises(LedgerFailed, match=r"may not be written|cannot be opened"),
        Ledger(powerless / "ledger.db") as ledger,
    ):
        ledger.add(*read(LINES[:1]))
    with pytest.raises(LedgerFailed, match="change its permissions or name another ledger"):
        opened(powerless / "new" / "ledger.db")
    with Ledger(powerless / "ledger.db", read_only=True) as ledger:
        assert len(list(ledger.documents())) == 1


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_an_older_ledger_that_may_not_be_written(powerless: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
    with pytest.raises(LedgerFailed, match=r"permissions.*an older onrecord wrote it"):
        opened(powerless / "ledger.db", read_only=True)


FILL = """
import resource, sys
from pathlib import Path
from invented import LINES, read
from onrecord.errors import LedgerFailed
from onrecord.ledger import Ledger
with Ledger(Path(sys.argv[1])) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        for number in range(500):
            record, raw = read(LINES, url=f"https://other.example/{number}", title="x" * 2000)
            print(ledger.add(record, raw).document_id, flush=True)
    except LedgerFailed as error:
        print("failed", error)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
@pytest.mark.parametrize("limit", [300_000, 500_000])
def test_a_disk_that_fills_up_keeps_what_was_recorded(path: Path, environment: dict[str, str], limit: int) -> None:
    command = [sys.executable, "-c", FILL, str(path), str(limit)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    *reported, last = done.stdout.splitlines()
    assert last.startswith("failed")
    assert "full" in last
    assert "run the same command again" in last
    assert reported
    with Ledger(path) as ledger:
        assert {row.id for row in ledger.documents()} == set(reported)
        assert len(list(ledger.statements())) == 3 * len(reported)
        assert ledger.add(*read(LINES[:1])).status == "new"


def test_a_full_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = database._set_up

    def small(connection: sqlite3.Connection) -> None:
        usual(connection)
        connection.execute("PRAGMA max_page_count = 60")

    monkeypatch.setattr(database, "_set_up", small)
    with Ledger(path) as ledger:
        with pytest.raises(LedgerFailed, match="the disk is full: free some space"):
            fill(ledger)
        numbers = sorted(int((row.url or "").rpartition("/")[2]) for row in ledger.documents())
        assert numbers == list(range(len(numbers)))
        assert len(list(ledger.statements())) == 3 * len(numbers) > 0


def fill(ledger: Ledger) -> None:
    for number in range(100):
        ledger.add(*read(LINES, url=f"https://other.example/{number}", title="x" * 3000))
