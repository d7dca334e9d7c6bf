"""From the model's scores to spans: Viterbi paths over words, runs of equal roles."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

# Labels of a (cue, word) pair: outside, source (begins, goes on), content (begins, goes on).
ROLE_LABELS = ("O", "B-source", "I-source", "B-content", "I-content")
# Labels of a word: outside, a cue (begins, goes on), a cue that stands inside another's content.
CUE_LABELS = ("O", "B", "I", "B-nested", "I-nested")
FORBIDDEN = -1e4


def allowed(labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether label j may follow label i: (labels + 1, labels), the last row for the start of the sequence."""
    table = np.ones((len(labels) + 1, len(labels)), dtype=np.bool_)
    for j, label in enumerate(labels):
        if label.startswith("I"):
            role = label[1:]
            table[:, j] = [other != "O" and other[1:] == role for other in labels] + [False]
    return table


def viterbi(scores: FloatArray, transitions: FloatArray) -> IntArray:
    """The best label for each place.

    `scores`: (sequences, places, labels). `transitions`: (labels + 1, labels), row i column j for i before j,
    the last row for the start. Returns (sequences, places).
    """
    count, places, labels = scores.shape
    if not count or not places:
        return np.zeros((count, places), dtype=np.int64)
    back = np.zeros((places, count, labels), dtype=np.int8)
    # (labels to, sequences, labels from) would not be faster: the inner loop is over few labels either way.
    step = transitions[:-1].T[None]
    best = scores[:, 0] + transitions[-1]
    for place in range(1, places):
        ways = best[:, None, :] + step
        back[place] = ways.argmax(2)
        best = ways.max(2) + scores[:, place]
    path = np.zeros((count, places), dtype=np.int64)
    path[:, -1] = best.argmax(1)
    rows = np.arange(count)
    for place in range(places - 1, 0, -1):
        path[:, place - 1] = back[place, rows, path[:, place]]
    return path


def runs(path: IntArray, begins: int, inside: int) -> list[tuple[int, int]]:
    """Half-open stretches of `path` that begin with `begins` and go on with `inside`."""
    found: list[tuple[int, int]] = []
    start = None
    for place, label in enumerate(path.tolist()):
        if start is not None and label != inside:
            found.append((start, place))
            start = None
        if label == begins or (label == inside and start is None):
            start = place
    if start is not None:
        found.append((start, len(path)))
    return found
