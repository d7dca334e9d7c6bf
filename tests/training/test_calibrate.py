"""The fit of scores."""

import numpy as np
import pytest

from onrecord.records import Attribution, Kind, Span
from training.calibrate import close, fit, pairs_of
from training.corpora.polnear import GoldAttribution


def test_fit_finds_the_weights_that_made_the_data() -> None:
    rng = np.random.default_rng(0)
    signs = rng.normal(size=(20_000, 2))
    chance = 1 / (1 + np.exp(-(0.5 + signs @ np.array([1.5, -0.7]))))
    right = (rng.random(len(chance)) < chance).astype(np.float64)
    assert fit(signs, right) == pytest.approx([0.5, 1.5, -0.7], abs=0.08)


def test_cues_are_paired_one_to_one_by_what_they_share() -> None:
    gold = [GoldAttribution([], [(0, 10)], []), GoldAttribution([], [(20, 24)], [])]
    found = [Attribution((Span(a, b),), (), (Span(30, 40),), (), Kind.INDIRECT, 1.0) for a, b in ((8, 10), (0, 9))]
    assert list(pairs_of(gold, found)) == [(0, 1)]


@pytest.mark.parametrize(
    ("left", "right", "expected"), [("", "", True), ("ab", "abc", True), ("ab", "bcd", False), ("a", "", False)]
)
def test_close(left: str, right: str, expected: bool) -> None:
    assert close(frozenset(map(ord, left)), frozenset(map(ord, right))) is expected
