"""Windows: stretches of whole paragraphs that fit the encoder. No word stands in two of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.tag.quotes import MARK
from onrecord.tag.words import Words

MAX_PIECES = 254  # 256 positions less [CLS] and [SEP], as in training


@dataclass(frozen=True, slots=True)
class Window:
    """Words first … last - 1 of a text."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


def _cut_costs(text: str, words: Words) -> list[int]:
    """How bad it is to begin a window at each word.

    0: a paragraph that begins without a mark. 1: one that begins with a mark and so may go on a quote.
    2: after a sentence. 3: anywhere.
    """
    cost = np.full(len(words), 3, dtype=np.int64)
    cost[1:][[text[end - 1] in ".!?…" for end in words.ends[:-1].tolist()]] = 2
    for begin in np.flatnonzero(np.diff(words.paragraph, prepend=-1)):
        cost[begin] = 1 if MARK.match(text, int(words.starts[begin])) else 0
    return cost.tolist()


def split_windows(text: str, words: Words, *, limit: int = MAX_PIECES, first_limit: int | None = None) -> list[Window]:
    """Cut `words` into windows of at most `limit` word pieces, at paragraphs where they allow it.

    `first_limit` shortens the first window: training shifts the cuts with it.
    """
    cost = _cut_costs(text, words)
    windows: list[Window] = []
    first, size = 0, first_limit or limit
    while first < len(words):
        last = _fitting(words, first, size)
        if last < len(words):
            last = _best_cut(words, cost, first, last)
        windows.append(Window(first, last))
        first, size = last, limit
    return windows


def _fitting(words: Words, first: int, limit: int) -> int:
    """The index after the last word that still fits into a window that begins at word `first`."""
    last = int(np.searchsorted(words.first_piece, words.first_piece[first] + limit, side="right")) - 1
    return max(last, first + 1)


def _best_cut(words: Words, cost: Sequence[int], first: int, last: int) -> int:
    """The last of the best cuts in the second half of the window, a paragraph's start in the rest being next."""
    half = first + (last - first) // 2
    for worst, low in ((0, half), (1, half), (1, first + 1), (2, half)):
        for cut in range(last, low - 1, -1):
            if cost[cut] <= worst and cut > first:
                return cut
    return last
