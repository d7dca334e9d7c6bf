"""The program as such: how fast it starts, what it says of itself, how it ends."""

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from fake_onrecord import Article, Environment, Run, Write

PROGRAM = [sys.executable, str(Path(__file__).with_name("fake_onrecord.py"))]
MAIN = "from onrecord.cli import main; main()"


def test_help_loads_nothing_heavy(environment: Environment) -> None:
    heavy = ["numpy", "onnxruntime", "sqlalchemy", "rich", "trafilatura", "lxml", "openpyxl", "multiprocessing"]
    code = f"import sys; import onrecord.cli.app; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version(onrecord: Run) -> None:
    done = onrecord("--version")
    assert done.returncode == 0
    try:
        assert done.stdout == f"onrecord {version('onrecord')}\n"
    except PackageNotFoundError:
        assert done.stdout == "onrecord, not installed\n"


@pytest.mark.parametrize("arguments", [["reed"], ["read"], ["read", "--workers", "0", "x"], ["extract", "--speed"]])
def test_usage_errors_exit_with_2(onrecord: Run, arguments: list[str]) -> None:
    done = onrecord(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
@pytest.mark.parametrize("count", [2, 8])
def test_a_reader_that_leaves_is_no_error(onrecord: Run, write: Write, article: Article, count: int) -> None:
    files = [write(f"{number}.txt", article(str(number)) + "and so on " * 20_000) for number in range(count)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as out:
        done = onrecord("extract", "--text", *files, capture_output=False, stdout=out, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110
@pytest.mark.parametrize("command", [["extract", "a.txt"], ["read", "a.txt"], ["export"], ["list", "--json"]])
def test_output_on_a_full_disk(onrecord: Run, write: Write, article: Article, command: list[str]) -> None:
    onrecord("read", write("a.txt", article()))
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = onrecord(*command, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="descriptors are of POSIX")
def test_closed_streams(
    onrecord: Run, write: Write, article: Article, environment: Environment, tmp_path: Path
) -> None:
    onrecord("read", write("a.txt", article()))
    script = '"$@" >&- 2>&-'
    closed = subprocess.run(["sh", "-c", script, "sh", *PROGRAM, "list"], env=environment, cwd=tmp_path, check=False)
    assert closed.returncode == 0


def test_output_in_an_encoding_that_lacks_a_character(
    onrecord: Run, write: Write, article: Article, environment: Environment
) -> None:
    latin = environment | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = onrecord("read", write("a.txt", article(content="the ☃ is late")), env=latin, encoding="latin-1")
    assert done.returncode == 0
    assert "\\u2603" in done.stdout
