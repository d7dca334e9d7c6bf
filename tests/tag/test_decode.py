"""Viterbi against brute force, and runs."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tag.decode import CUE_LABELS, FORBIDDEN, ROLE_LABELS, allowed, runs, viterbi


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_viterbi_is_the_best_path(seed: int, places: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(2, places, 3)).astype(np.float32)
    transitions = rng.normal(size=(4, 3)).astype(np.float32)
    for row, path in enumerate(viterbi(scores, transitions)):

        def worth(labels: tuple[int, ...], row: int = row) -> float:
            before = (3, *labels[:-1])
            return float(
                sum(transitions[a, b] + scores[row, i, b] for i, (a, b) in enumerate(zip(before, labels, strict=True)))
            )

        best = max(product(range(3), repeat=places), key=worth)
        assert worth(tuple(path.tolist())) == pytest.approx(worth(best), abs=1e-4)


def test_no_span_goes_on_that_has_not_begun() -> None:
    scores = np.zeros((1, 4, 5), dtype=np.float32)
    scores[0, :, ROLE_LABELS.index("I-content")] = 5
    path = viterbi(scores, np.where(allowed(ROLE_LABELS), 0, FORBIDDEN).astype(np.float32))[0]
    assert path.tolist() == [3, 4, 4, 4]


def test_allowed_follows_the_roles() -> None:
    table = allowed(ROLE_LABELS)
    assert not table[ROLE_LABELS.index("B-source"), ROLE_LABELS.index("I-content")]
    assert table[ROLE_LABELS.index("B-content"), ROLE_LABELS.index("I-content")]
    assert not table[-1, ROLE_LABELS.index("I-source")]
    assert allowed(CUE_LABELS)[-1].tolist() == [True, True, False, True, False]
    nested = CUE_LABELS.index("I-nested")
    assert [CUE_LABELS[i] for i in np.flatnonzero(allowed(CUE_LABELS)[:-1, nested])] == ["B-nested", "I-nested"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [([0, 1, 2, 0], [(1, 3)]), ([1, 1, 2], [(0, 1), (1, 3)]), ([0, 0], []), ([1, 0, 1], [(0, 1), (2, 3)])],
)
def test_runs(path: list[int], expected: list[tuple[int, int]]) -> None:
    assert runs(np.array(path), 1, 2) == expected


def test_nothing_to_decode() -> None:
    assert viterbi(np.zeros((0, 5, 3), dtype=np.float32), np.zeros((4, 3), dtype=np.float32)).shape == (0, 5)
