"""How likely it is that an attribution is right: its cue is one, and its source and content are the right words.

Fitted on articles that the weights were not trained on (training/calibrate.py), kept beside the weights.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.tag.decode import FloatArray, IntArray

FloatVector = NDArray[np.float64]
# What is known of an attribution, in the order of the weights that follow the constant one.
SIGNS = ("cue", "source", "no source", "content", "has no source", "nested", "quoted")
LEAST = 1e-4  # chances are kept this far from 0 and 1, where the logarithm has no end


def signs(cue: float, scores: FloatArray, path: IntArray, *, nested: bool, quoted: NDArray[np.bool_]) -> FloatVector:
    """What the model shows of one attribution: (SIGNS,).

    `cue`: chance that the cue is one. `scores` (words, 5) and `path` (words): role scores and chosen roles of each
    word of its window. `quoted` (words): whether each stands inside quotation marks.
    """
    grown = np.exp(scores - scores.max(1, keepdims=True))
    chances = grown / grown.sum(1, keepdims=True)
    source, content = chances[:, 1] + chances[:, 2], chances[:, 3] + chances[:, 4]
    named, said = (path == 1) | (path == 2), path >= 3
    nameless = not named.any()
    return np.array([
        log_odds(cue),
        0.0 if nameless else log_odds(expected_overlap(source, named)),
        log_odds(1 - float(source.max())) if nameless else 0.0,
        log_odds(expected_overlap(content, said)),
        float(nameless),
        float(nested),
        float(quoted[said].mean()) if said.any() else 0.0,
    ])  # fmt: skip


def expected_overlap(chances: FloatArray, chosen: NDArray[np.bool_]) -> float:
    """Words that both hold over words that either holds, where `chances` say what the true span holds."""
    inside, outside = float(chances[chosen].sum()), float(chances[~chosen].sum())
    either = int(chosen.sum()) + outside
    return inside / either if either else 0.0


def log_odds(chance: float) -> float:
    kept = min(max(chance, LEAST), 1 - LEAST)
    return float(np.log(kept / (1 - kept)))


def chance_right(seen: FloatVector, weights: Sequence[float]) -> float:
    """0 … 1 from the signs of an attribution and the fitted weights, the constant first."""
    return float(1 / (1 + np.exp(-(weights[0] + seen @ np.asarray(weights[1:])))))
