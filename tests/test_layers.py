"""The layers hold: imports go down, stages never import each other, heavy packages have one import site."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "onrecord"
LAYERS = [
    {"records", "errors"},
    {"ids", "passages", "settings"},
    {"read", "archive", "tag", "resolve", "link", "ledger"},
    {"pipeline", "export"},
    {"bulk", "web"},
    {"cli"},
]
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
# The ledger keeps the raw bytes beside its tables: the one stage that uses another.
PERMITTED = {("ledger", "archive")}
HEAVY = ("yaml", "onnxruntime", "sqlalchemy", "trafilatura", "py3langid", "openpyxl", "resiliparse")
FILES = sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Dotted names of everything that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down(path: Path) -> None:
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "onrecord" or len(parts) < 2 or parts[1] not in RANK or parts[1] == room:
            continue
        other = parts[1]
        assert RANK[other] <= RANK[room], f"{room} imports {other}, which is above it"
        if RANK[other] == RANK[room] == 2:
            assert (room, other) in PERMITTED, f"the stage {room} imports the stage {other}"


@pytest.mark.parametrize("package", HEAVY)
def test_heavy_packages_have_one_import_site(package: str) -> None:
    rooms = {path.relative_to(SOURCE) for path in FILES if any(n.split(".")[0] == package for n in imported(path))}
    if package == "sqlalchemy":  # a dialect of SQL spreads over the files of one room
        assert {path.parts[0] for path in rooms} == {"ledger"}
    else:
        assert len(rooms) == 1


def test_every_room_is_in_a_layer() -> None:
    rooms = {room_of(path) for path in FILES} - {"__init__", "__main__"}
    assert rooms <= set(RANK)


@pytest.mark.parametrize("module", ["onrecord", "onrecord.cli"])
def test_import_is_light(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {(*HEAVY, 'numpy', 'lxml', 'tokenizers')!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_no_file_is_long() -> None:
    long = {path.name: n for path in FILES if (n := path.read_text(encoding="utf-8").count("\n")) > 400}
    assert not long
