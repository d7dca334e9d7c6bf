"""How nesting and calibration are counted."""

import sys
from collections import Counter
from types import ModuleType
from typing import Any

import pytest
from benchmark_scripts import FOLDER, load


@pytest.fixture
def newswire(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(FOLDER))
    yield load("newswire")
    sys.modules.pop("attribution", None)


@pytest.fixture
def calibration(newswire: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setitem(sys.modules, "newswire", newswire)
    return load("calibration")


def row(cue: tuple[int, int], parent: int | None = None) -> dict[str, Any]:
    return {"cue": [cue], "parent": parent}


GOLD = [row((0, 4)), row((10, 14), 0), row((20, 24), 1)]


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (GOLD, 2),
        ([row((0, 4)), row((12, 14), 0), row((20, 24), 0)], 1),
        ([row((0, 4)), row((10, 14))], 0),
        ([row((10, 14)), row((20, 24), 0)], 1),
        ([row((0, 4)), row((30, 34), 0)], 0),
    ],
    ids=["all", "wrong parent", "not nested", "outermost missed", "another cue"],
)
def test_nested_ones_count_under_their_parent(newswire: ModuleType, found: list[dict[str, Any]], right: int) -> None:
    count = newswire.count_nested(GOLD, found)
    assert count["right"] == right
    assert (count["gold"], count["found"]) == (2, sum(one["parent"] is not None for one in found))


def test_f1(newswire: ModuleType) -> None:
    assert newswire.f1(Counter(gold=4, found=2, right=2)) == pytest.approx(200 * 2 / 6)
    assert newswire.f1(Counter()) == 0


def test_calibration_error(calibration: ModuleType) -> None:
    honest = [(0.75, place % 4 > 0) for place in range(400)]
    boasting = [(0.95, right) for _, right in honest]
    assert calibration.error(honest) == pytest.approx(0)
    assert calibration.error(boasting) == pytest.approx(20)
    assert calibration.error([*honest, *boasting]) == pytest.approx(10)
    assert 0 < calibration.noise(honest) < 3


def test_plot_shows_each_set(calibration: ModuleType) -> None:
    drawn = calibration.plot({"one": [(0.5, True), (0.9, True)], "two": [(0.2, False)]})
    assert drawn.count("<circle") == 3
    assert "one: error" in drawn
