"""A writer that is killed loses no finished document and leaves no half one."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from invented import LINES, read

from onrecord.ledger import Ledger, database
from onrecord.ledger.registry import Entry
from onrecord.records import Hop, HopRelation, Record, Speaker, SpeakerKind

ROUNDS = 5
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


def kill_at(moment: int, connection: sqlite3.Connection) -> None:
    """Have this process killed before the `moment`-th command that SQLite is about to run on a connection."""
    left = iter(range(moment - 1, -1, -1))

    def count(command: str) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.set_trace_callback(count)


def survives(path: Path, moment: int, act: Callable[[Ledger], object], patch: pytest.MonkeyPatch) -> bool:
    """Run `act` in a copy of this process that is killed at a moment; True when it was done before that."""
    process = os.fork()
    if process == 0:
        with contextlib.suppress(BaseException):
            with Ledger(path) as ledger:
                patch.setattr(database, "_set_up", lambda connection: kill_at(moment, connection))
                ledger._engine.dispose()  # the next connection is the one that is watched
                act(ledger)
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def short(number: int, *, tagger: str = "tagger-1", resolver: str = "resolve-1") -> tuple[Record, bytes]:
    """A document of one statement with a speaker who is not in any other document, and a chain."""
    record, raw = read(LINES[:1], tagger=tagger, url=f"https://other.example/{number}")
    name = f"Mara {'Ostrander' if number == 0 else 'Lind'} of {resolver}"
    said = {
        "speakers": (Speaker(name, SpeakerKind.PERSON),),
        "chain": (Hop("Tidewater Courier", HopRelation.PUBLISHED),),
    }
    statements = tuple(replace(row, **said) for row in record.statements)
    return replace(record, statements=statements, resolver=resolver), raw


def merged(ledger: Ledger) -> None:
    one, other = (row.id for row in ledger.speakers()[:2])
    ledger.merge_speakers(one, other, by="editor")


ACTS: dict[str, Callable[[Ledger], object]] = {
    "new": lambda ledger: ledger.add(*short(2)),
    "other weights": lambda ledger: ledger.add(*short(1, tagger="tagger-2")),
    "other rules": lambda ledger: ledger.add(*short(1, resolver="resolve-2")),
    "merge": merged,
    "registry": lambda ledger: ledger.register_speakers([Entry("Oskar Lind", ("O. Lind",)), Entry("Berit Ost")]),
    "forget": lambda ledger: ledger.forget("https://other.example/1"),
}


def state(path: Path) -> list[object]:
    with Ledger(path) as ledger:
        records = [(ledger.stored_record(row.id), ledger.raw(row.id)) for row in ledger.documents()]
        words = sorted(row.id for row in ledger.search("said", limit=None))
        who = [(row.id, row.names, row.statements) for row in ledger.speakers()]
        through = [row.id for row in ledger.search(via="Tidewater")]
        return [records, words, who, through, [grave.document_id for grave in ledger.forgotten()]]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork")
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_killed_before_every_single_command(
    path: Path, act: Callable[[Ledger], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (0, 1):
        with Ledger(path) as ledger:
            ledger.add(*short(number))
    whole = path.parent.with_name("whole")
    shutil.copytree(path.parent, whole)
    with Ledger(whole / path.name) as ledger:
        act(ledger)
    before, after = state(path), state(whole / path.name)
    assert before != after
    seen = []
    for moment in range(1, 1000):
        copy = path.parent.with_name(f"killed-{moment}")
        shutil.copytree(path.parent, copy)
        done = survives(copy / path.name, moment, act, monkeypatch)
        seen.append(state(copy / path.name))
        check(copy / path.name)
        assert seen[-1] in (before, after)
        shutil.rmtree(copy)
        if done:
            break
    assert done
    assert seen[0] == before
    assert seen[-1] == after
