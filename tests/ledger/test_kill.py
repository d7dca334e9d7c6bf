"""A writer that is killed loses no finished document and leaves no half one."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from invented import LINES, read

from onrecord.ledger import Ledger
from onrecord.records import Record

ROUNDS = 8
WRITE = """
import sys
from pathlib import Path
from test_kill import versions
from onrecord.ledger import Ledger
with Ledger(Path(sys.argv[1])) as ledger:
    for number in range(int(sys.argv[2]), 100_000):
        for record, raw in versions(number):
            ledger.add(record, raw)
            print(number, record.tagger, flush=True)
"""


def versions(number: int) -> list[tuple[Record, bytes]]:
    """One document, read by two taggers; every tenth is long."""
    lines = (*LINES * (40 if number % 10 == 0 else 1), ("A voice", "said", f"that this was number {number}"))
    return [read(lines, tagger=tagger, url=f"https://other.example/{number}") for tagger in ("tagger-1", "tagger-2")]


def killed_writer(path: Path, environment: dict[str, str], first: int, seconds: float) -> list[tuple[int, str]]:
    """What a writer reported as finished until it was killed `seconds` after its first report."""
    command = [sys.executable, "-c", WRITE, str(path), str(first)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        start = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        lines = [start, *writer.stdout.read().splitlines()]
    assert writer.returncode == -9
    return [(int(number), tagger) for number, tagger in (line.split() for line in lines if line.strip())]


def check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("words", "trigrams"):
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_kill(path: Path, environment: dict[str, str]) -> None:
    chance = random.Random(20210304)
    reported: dict[int, str] = {}
    first = 0
    for _ in range(ROUNDS):
        reported |= dict(killed_writer(path, environment, first, chance.uniform(0, 0.3)))
        with Ledger(path) as ledger:
            held = {int((row.url or "").rpartition("/")[2]): row.id for row in ledger.documents()}
            assert set(reported) <= set(held)
            for number in held:
                expected = {record.tagger: (record, raw) for record, raw in versions(number)}
                stored = ledger.stored_record(held[number])
                record, raw = expected[stored.tagger]
                assert stored == record
                assert stored.tagger >= reported.get(number, "")
                assert ledger.raw(held[number]) == raw
            assert ledger.archive.leftovers() == []
        check(path)
        first = max(held) + 1
    assert len(reported) > ROUNDS
