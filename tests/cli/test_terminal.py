"""What somebody sees who sits before it: colours, and a bar on many files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fake_onrecord import Article, Environment, Write

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

PROGRAM = [sys.executable, str(Path(__file__).with_name("fake_onrecord.py"))]
BAR = "reading"


def seen(arguments: list[str], environment: Environment, folder: Path, *, piped: bool = False) -> tuple[str, str]:
    """What reaches the terminal, and standard output when that is `piped` instead."""
    ours, theirs = pty.openpty()
    terminal = environment | {"TERM": "xterm-256color", "COLUMNS": "160", "LINES": "40"}
    running = subprocess.Popen(
        [*PROGRAM, *arguments],
        env=terminal,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    out = running.communicate(timeout=30)[0] or b""
    os.close(ours)
    assert running.returncode == 0
    return shown.decode(), out.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other side has closed
        return b""


@pytest.fixture
def files(write: Write, article: Article) -> list[str]:
    return [write(f"{name}.txt", article(name, f"the bridge is number {name}")) for name in "abc"]


def test_colours_on_a_terminal_only(environment: Environment, tmp_path: Path, files: list[str]) -> None:
    shown, _ = seen(["read", files[0]], environment, tmp_path)
    assert "\x1b[36mMara Ostrander" in shown
    assert BAR not in shown
    shown, out = seen(["search", "bridge"], environment, tmp_path, piped=True)
    assert "Mara Ostrander" in out
    assert "\x1b" not in out + shown


def test_a_bar_above_which_the_records_pass(environment: Environment, tmp_path: Path, files: list[str]) -> None:
    shown, _ = seen(["read", *files], environment, tmp_path)
    assert BAR in shown
    assert all(f"the bridge is number {name}" in shown for name in "abc")
    assert shown.rstrip().endswith("onrecord: 3 documents: 3 new")


def test_the_bar_never_mixes_with_lines_of_json(environment: Environment, tmp_path: Path, files: list[str]) -> None:
    shown, _ = seen(["extract", *files], environment, tmp_path)
    assert BAR not in shown
    assert shown.count('{"doc":') == 3
    shown, out = seen(["extract", *files], environment, tmp_path, piped=True)
    assert BAR in shown
    assert out.count("\n") == out.count('{"doc":') == 3
