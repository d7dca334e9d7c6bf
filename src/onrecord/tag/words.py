"""A text as the model sees it: word pieces, words, and a few features of each word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.passages import paragraphs
from onrecord.tag.quotes import Quote

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IntArray = NDArray[np.int64]

# The feature of a word is shape * 8 + quote * 2 + first-in-paragraph: the vocabulary is uncased and knows no
# lines, so case, marks and paragraphs would otherwise be lost.
SHAPES = 5
FEATURES = SHAPES * 8


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text. All arrays are parallel, one entry for each word, but `pieces`.

    `starts`, `ends`: offsets of the characters. `pieces`: ids of the word pieces of the whole text.
    `first_piece`: index into `pieces`, with one more entry for the end. `paragraph`: number of the line.
    `feature`: see FEATURES.
    """

    starts: IntArray
    ends: IntArray
    pieces: IntArray
    first_piece: IntArray
    paragraph: IntArray
    feature: IntArray

    def __len__(self) -> int:
        return len(self.starts)


def _shape(word: str) -> int:
    if word.islower():
        return 0
    if word.isalpha():
        return 2 if len(word) > 1 and word.isupper() else 1
    return 3 if any(character.isdigit() for character in word) else 4


def is_quoted(feature: IntArray) -> NDArray[np.bool_]:
    """Which words stand inside quotation marks, from their features."""
    return feature // 2 % 4 > 0


def quote_states(size: int, found: Sequence[Quote]) -> NDArray[np.uint8]:
    """For each character: 0 outside, 1 inside one quote, 2 deeper, 3 a mark."""
    state = np.zeros(size, dtype=np.uint8)
    for quote in found:
        state[quote.inner_start : quote.inner_end] = min(quote.depth, 2)
    for quote in found:
        state[quote.start : quote.inner_start] = 3
        state[quote.inner_end : quote.end] = 3
    return state


def split_words(
    text: str, tokenizer: "Tokenizer", states: NDArray[np.uint8], *, low: int = 0, high: int | None = None
) -> Words:
    """The words of `text` from `low` to `high` under `tokenizer` (BERT's own splitting), given `quote_states`."""
    lines = list(paragraphs(text, low, high))
    encodings = tokenizer.encode_batch([text[a:b] for a, b in lines], add_special_tokens=False)
    pieces: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    paragraph: list[int] = []
    for number, ((begin, _), encoding) in enumerate(zip(lines, encodings, strict=True)):
        last = None
        base = len(pieces)
        offsets = encoding.offsets
        for index, word in enumerate(encoding.word_ids):
            if word != last:
                first.append(base + index)
                starts.append(begin + offsets[index][0])
                ends.append(begin + offsets[index][1])
                paragraph.append(number)
                last = word
            else:
                ends[-1] = begin + offsets[index][1]
        pieces += encoding.ids
    first.append(len(pieces))
    in_paragraph = np.array(paragraph, dtype=np.int64)
    start = np.array(starts, dtype=np.int64)
    shapes = np.array([_shape(text[a:b]) for a, b in zip(starts, ends, strict=True)], dtype=np.int64)
    is_first = np.diff(in_paragraph, prepend=-1) != 0
    return Words(
        starts=start,
        ends=np.array(ends, dtype=np.int64),
        pieces=np.array(pieces, dtype=np.int64),
        first_piece=np.array(first, dtype=np.int64),
        paragraph=in_paragraph,
        feature=shapes * 8 + states[start].astype(np.int64) * 2 + is_first,
    )
