import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from fake_onrecord import Article, Environment, Run, Write

from onrecord.errors import LedgerFailed
from onrecord.ledger import Ledger

PROGRAM = [sys.executable, str(Path(__file__).with_name("fake_onrecord.py"))]


def documents(tmp_path: Path) -> list[str]:
    with Ledger(tmp_path / "ledger.db", read_only=True) as book:
        return sorted(row.name for row in book.documents())


def test_records_and_shows(ask: Run, write: Write, article: Article, tmp_path: Path) -> None:
    done = ask("read", write("bridge.txt", article()))
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "bridge"
    assert "new" in lines[1]
    expected = ["source Mara Ostrander", "cue said", "content “the bridge will open in May”"]
    assert [line for line in lines if line.split(" ")[0] in ("source", "cue", "content")] == expected
    assert "quote the bridge will open in May" in lines
    assert documents(tmp_path) == ["bridge"]


def test_what_other_rules_resolved_is_resolved_anew(ask: Run, write: Write, article: Article, tmp_path: Path) -> None:
    name = write("bridge.txt", article())
    ask("read", name)
    (before,) = ask("search", "--json").stdout.splitlines()
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection, connection:
        connection.execute("UPDATE documents SET resolver = 'resolve-0'")
        connection.execute("UPDATE statements SET act = NULL, resolution = NULL")
    assert '"act":null' in ask("search", "--json").stdout
    assert ask("read", name).returncode == 0
    assert ask("search", "--json").stdout.splitlines() == [before]


def test_reading_twice_adds_nothing(onrecord: Run, write: Write, article: Article, tmp_path: Path) -> None:
    files = [write(f"{name}.txt", article(name)) for name in "abcd"]
    first = onrecord("read", *files)
    again = onrecord("read", *files)
    assert first.stderr == "onrecord: 4 documents: 4 new\n"
    assert again.stderr == "onrecord: 4 documents: 4 known\n"
    assert first.stdout.replace("new", "known") == again.stdout
    assert documents(tmp_path) == list("abcd")


def test_what_is_known_is_not_extracted_again(
    onrecord: Run, write: Write, article: Article, environment: Environment
) -> None:
    files = [write(f"{name}.txt", article(name)) for name in "abc"]
    onrecord("read", *files[:2])
    done = onrecord("read", *files, env=environment | {"FORBID_TAGGING": "1"})
    assert done.stderr.splitlines()[0] == "onrecord: 3 documents: 2 known, 1 failed"
    assert "c.txt: RuntimeError" in done.stderr


def test_a_changed_text_is_a_revision(ask: Run, write: Write, article: Article) -> None:
    for content, status in (("one", "new"), ("two", "revision")):
        done = ask("read", write("a.txt", article(content=content)), "--url", "https://tolvik.example/1", "--json")
        assert json.loads(done.stdout)["status"] == status


def test_another_language_is_archived(ask: Run, write: Write, french: str, tmp_path: Path) -> None:
    done = ask("read", write("pont.txt", french))
    assert done.returncode == 0
    assert done.stderr == "onrecord: pont.txt: language is fr: archived, not extracted\n"
    assert documents(tmp_path) == ["pont"]


def test_the_rest_goes_on(onrecord: Run, write: Write, article: Article, tmp_path: Path) -> None:
    files = [write("a.txt", article("a")), "nowhere.txt", write("c.txt", article("c"))]
    done = onrecord("read", *files)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "onrecord: 3 documents: 2 new, 1 failed"
    assert done.stderr.splitlines()[1].startswith("onrecord: nowhere.txt: ")
    assert documents(tmp_path) == ["a", "c"]


def test_a_ledger_that_cannot_be_made_ends_the_run(ask: Run, write: Write, article: Article) -> None:
    done = ask("read", write("a.txt", article()), "--ledger", write("notes.txt", "this is no ledger\n" * 99))
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


def test_no_escape_sequence_reaches_the_terminal(ask: Run, write: Write, article: Article) -> None:
    name = write("a\x1b[2J.txt", article("Evil\x1b]0;title\x07", "\x1b[31mred\x9b0m \u202etfel"))
    done = ask("read", name, "no\x1b[2Jsuch.txt")
    assert "red" in done.stdout
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\u202e")


@pytest.mark.skipif(os.name == "nt", reason="a process group gets the signal as a terminal would send it")
def test_interrupted_it_keeps_what_is_finished(
    write: Write, article: Article, environment: Environment, tmp_path: Path
) -> None:
    files = [write(f"{number}.txt", article(str(number), "SLEEP" if number > 2 else "no")) for number in range(9)]
    running = subprocess.Popen(
        [*PROGRAM, "read", *files, "--workers", "2"],
        env=environment,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )
    wait_for(lambda: (tmp_path / "ledger.db").exists() and len(documents(tmp_path)) == 3)
    children = psutil.Process(running.pid).children(recursive=True)
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=20)
    assert running.returncode == 130
    assert errors.splitlines() == [
        "onrecord: 9 documents: 3 new",
        "onrecord: interrupted; what is finished is kept",
    ]
    assert documents(tmp_path) == ["0", "1", "2"]
    assert not psutil.wait_procs(children, timeout=5)[1]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX")
def test_killed_it_keeps_what_is_finished(
    write: Write, article: Article, environment: Environment, tmp_path: Path
) -> None:
    files = [write(f"{number}.txt", article(str(number), "TAKE YOUR TIME")) for number in range(9)]
    command = [*PROGRAM, "read", *files, "--workers", "2"]
    running = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL)
    wait_for(lambda: (tmp_path / "ledger.db").exists() and len(documents(tmp_path)) >= 2)
    children = psutil.Process(running.pid).children(recursive=True)
    running.kill()
    running.wait()
    assert not psutil.wait_procs(children, timeout=10)[1], "processes outlive the one that started them"
    assert 2 <= len(documents(tmp_path)) < 9
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert documents(tmp_path) == sorted(str(number) for number in range(9))


def wait_for(true: Callable[[], bool], *, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return
        except LedgerFailed:  # it is being made
            pass
        time.sleep(0.05)
    raise TimeoutError
