"""What the tutorial shows is so: its Python runs, its commands print what stands below them."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"


def test_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(TUTORIAL), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 10
    assert result.failed == 0


def commands() -> list[tuple[str, list[str]]]:
    """Each command of the tutorial with the lines that it must print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(" ".join(line.split()))
    return found


def test_commands(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert len(commands()) > 5
    for command, expected in commands():
        arguments = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(
            arguments, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        printed = " ".join(done.stdout.split())
        for line in expected:
            assert line in printed, f"{command} does not print {line!r}"


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "ONRECORD_LEDGER": str(folder / "ledger.db"), "COLUMNS": "200"}
