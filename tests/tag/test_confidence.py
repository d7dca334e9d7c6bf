"""How sure a row is, from what the model shows of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tag.confidence import SIGNS, chance_right, expected_overlap, log_odds, signs

SURE, NOT = 12.0, -12.0
NONE = np.zeros(4, dtype=bool)


def role_scores(*labels: int) -> np.ndarray:
    """Scores of words whose roles are certain."""
    scores = np.full((len(labels), 5), NOT, dtype=np.float32)
    scores[np.arange(len(labels)), labels] = SURE
    return scores


@pytest.mark.parametrize(
    ("chances", "chosen", "expected"),
    [
        ([1, 1, 0], [True, True, False], 1.0),
        ([0.5, 0.5, 0], [True, True, False], 0.5),
        ([1, 1, 1], [True, True, False], 2 / 3),
        ([0, 0, 0], [False, False, False], 0.0),
    ],
)
def test_expected_overlap(chances: list[float], chosen: list[bool], expected: float) -> None:
    assert expected_overlap(np.array(chances, dtype=np.float32), np.array(chosen)) == pytest.approx(expected)


def test_signs_of_a_sure_row_and_of_one_without_a_source() -> None:
    path = np.array([1, 0, 3, 4])
    sure = dict(zip(SIGNS, signs(0.9, role_scores(1, 0, 3, 4), path, nested=False, quoted=NONE), strict=True))
    assert sure["cue"] == pytest.approx(np.log(9))
    assert sure["source"] > 9
    assert sure["content"] > 9
    assert (sure["no source"], sure["has no source"], sure["nested"]) == (0, 0, 0)
    nameless = dict(
        zip(SIGNS, signs(0.9, role_scores(0, 0, 3, 4), np.array([0, 0, 3, 4]), nested=True, quoted=NONE), strict=True)
    )
    assert nameless["no source"] > 9
    assert (nameless["source"], nameless["has no source"], nameless["nested"]) == (0, 1, 1)


def test_the_share_of_the_content_between_marks() -> None:
    quoted = np.array([True, False, True, False])
    seen = signs(0.9, role_scores(1, 0, 3, 4), np.array([1, 0, 3, 4]), nested=False, quoted=quoted)
    assert dict(zip(SIGNS, seen, strict=True))["quoted"] == 0.5


def test_a_doubtful_edge_lowers_the_sign() -> None:
    scores, path = role_scores(1, 0, 3, 4), np.array([1, 0, 3, 4])
    scores[1, 4] = SURE  # the word before may belong to the content as well
    doubtful = dict(zip(SIGNS, signs(0.9, scores, path, nested=False, quoted=NONE), strict=True))
    assert doubtful["content"] < 2


@given(st.floats(0, 1), st.lists(st.floats(-3, 3), min_size=8, max_size=8))
def test_a_chance_is_a_chance(cue: float, weights: list[float]) -> None:
    seen = signs(cue, role_scores(1, 0, 3, 4), np.array([1, 0, 3, 4]), nested=False, quoted=NONE)
    assert 0 <= chance_right(seen, weights) <= 1
    assert np.isfinite(log_odds(cue))
