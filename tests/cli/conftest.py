"""Runs `onrecord` as a program, in its own process, with the obedient tagger."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))  # for `fake_onrecord`

from fake_onrecord import Article, Run, Write, load_tagger

from onrecord.cli.app import app

PROGRAM = [sys.executable, str(Path(__file__).with_name("fake_onrecord.py"))]
ENGLISH = (
    "{title}\n\nThe council of Tolvik met for two hours on Monday evening to talk about the bridge and the winter.\n\n"
    "Mara Ostrander said {content}. Nobody in the room expected the vote to be as close as it was in the end.\n"
)
FRENCH = (
    "Le pont de Tolvik\n\nLe conseil municipal s'est réuni lundi soir pendant deux heures pour parler du pont et de "
    "l'hiver. La mairesse a déclaré que les travaux commenceraient au printemps, si la neige le permet.\n"
)


@pytest.fixture
def article() -> Article:
    """The text of an invented article in which Mara Ostrander says `content`."""

    def text(title: str = "The bridge", content: str = "“the bridge will open in May”") -> str:
        return ENGLISH.format(title=title, content=content)

    return text


@pytest.fixture
def french() -> str:
    return FRENCH


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """For a program that imports the onrecord that this one does."""
    path = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PYTHONPATH": path, "ONRECORD_LEDGER": str(tmp_path / "ledger.db")}


@pytest.fixture
def onrecord(environment: dict[str, str], tmp_path: Path) -> Run:
    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        settings = {"capture_output": True, "encoding": "utf-8", "timeout": 60, "env": environment, "cwd": tmp_path}
        return subprocess.run([*PROGRAM, *arguments], check=False, **{**settings, **options})  # type: ignore[call-overload]

    return run


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same in this process, which is faster: for a document or two and for all that only asks the ledger."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setattr("onrecord.bulk.local_runner.load_tagger", load_tagger)

    def run(*arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(app, arguments, input=input)
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file below the folder that `onrecord` runs in and gives its name."""

    def to(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    return to
