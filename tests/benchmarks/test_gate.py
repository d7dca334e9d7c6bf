"""The gate of quality: floors hold, and sink only when somebody says so."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "quality" / "attribution.py"


@pytest.fixture(scope="module")
def attribution() -> ModuleType:
    spec = importlib.util.spec_from_file_location("attribution_gate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"data_sha256": "a", "floors": {"all_exact": 60.0}}))
    return path


@pytest.mark.parametrize(
    ("found", "digest", "pin", "lower", "status", "kept"),
    [
        (60.0, "a", False, False, 0, 60.0),
        (59.96, "a", False, False, 0, 60.0),
        (59.9, "a", False, False, 1, 60.0),
        (61.0, "b", False, False, 1, 60.0),
        (61.0, "a", True, False, 0, 61.0),
        (59.96, "a", True, False, 1, 60.0),
        (59.0, "a", True, True, 0, 59.0),
    ],
)
def test_gate(
    attribution: ModuleType, floors: Path, found: float, digest: str, pin: bool, lower: bool, status: int, kept: float
) -> None:
    assert attribution.gate({"all_exact": found}, digest, floors, pin=pin, lower=lower) == status
    assert json.loads(floors.read_text())["floors"]["all_exact"] == kept


def test_without_floors_the_gate_is_shut(attribution: ModuleType, tmp_path: Path) -> None:
    assert attribution.gate({"all_exact": 99.0}, "a", tmp_path / "none.json", pin=False, lower=False) == 1
