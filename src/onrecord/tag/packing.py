"""Windows as the padded arrays that the encoder takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.tag.windows import Window
from onrecord.tag.words import FEATURES, IntArray, Words

CLS, SEP, PAD = 101, 102, 0  # of BERT's uncased vocabulary


@dataclass(frozen=True, slots=True)
class Packed:
    """`pieces`, `features`, `mask`: (windows, pieces). `words`: (windows, words), index of each first piece."""

    pieces: IntArray
    features: IntArray
    mask: IntArray
    words: IntArray


def _rows(words: Words, window: Window) -> tuple[IntArray, IntArray, IntArray]:
    """Pieces and features of one window, [CLS] and [SEP] around them, and the index of each first piece."""
    bounds = words.first_piece[window.first : window.last + 1]
    low, high = bounds[0], bounds[-1]
    body = np.repeat(words.feature[window.first : window.last], np.diff(bounds))
    pieces = np.concatenate([[CLS], words.pieces[low:high], [SEP]])
    return pieces, np.concatenate([[FEATURES], body, [FEATURES]]), bounds[:-1] - low + 1


def pack(inputs: Sequence[tuple[Words, Window]]) -> Packed:
    """Pad windows, of one text or of several, to the longest of them."""
    rows = [_rows(words, window) for words, window in inputs]
    size, most = len(rows), max(len(pieces) for pieces, _, _ in rows)
    packed = Packed(
        pieces=np.full((size, most), PAD, dtype=np.int64),
        features=np.full((size, most), FEATURES, dtype=np.int64),
        mask=np.zeros((size, most), dtype=np.int64),
        words=np.zeros((size, max(len(first) for _, _, first in rows)), dtype=np.int64),
    )
    for number, (pieces, features, first) in enumerate(rows):
        packed.pieces[number, : len(pieces)] = pieces
        packed.features[number, : len(features)] = features
        packed.mask[number, : len(pieces)] = 1
        packed.words[number, : len(first)] = first
    return packed
