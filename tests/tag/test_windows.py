"""Windows rejoin to all words, fit the encoder and prefer paragraphs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.tag.onnx_tagger import MODEL
from onrecord.tag.packing import pack
from onrecord.tag.quotes import quotes
from onrecord.tag.windows import MAX_PIECES, split_windows
from onrecord.tag.words import Words, quote_states, split_words

TOKENIZER = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
TEXTS = st.lists(
    st.sampled_from(["Harbour", "said", '"no', 'go"', ".", "\n\n", "naïve", "x" * 120, "東京", "1,000"]), max_size=400
)


def words_of(text: str) -> Words:
    return split_words(text, TOKENIZER, quote_states(len(text), quotes(text)))


@settings(max_examples=40, deadline=None)
@given(TEXTS.map(" ".join), st.integers(10, MAX_PIECES))
def test_windows_rejoin(text: str, limit: int) -> None:
    words = words_of(text)
    windows = split_windows(text, words, limit=limit)
    assert [i for w in windows for i in range(w.first, w.last)] == list(range(len(words)))
    for window in windows:
        pieces = words.first_piece[window.last] - words.first_piece[window.first]
        assert pieces <= limit or len(window) == 1


@settings(max_examples=40, deadline=None)
@given(TEXTS.map(" ".join))
def test_every_letter_stands_in_one_word(text: str) -> None:
    words = words_of(text)
    covered = np.zeros(len(text), dtype=int)
    for start, end in zip(words.starts, words.ends, strict=True):
        covered[start:end] += 1
    assert covered.max(initial=0) <= 1
    assert all(covered[i] for i, character in enumerate(text) if character.isalnum())


def test_a_window_begins_with_a_paragraph() -> None:
    text = "\n\n".join(f"Paragraph {n} has exactly these nine words in it." for n in range(60))
    words = words_of(text)
    for window in split_windows(text, words):
        assert words.feature[window.first] % 2 == 1


def test_a_continued_quote_stays_in_its_window() -> None:
    plain = "The council met on Monday and talked for a long time about the port. " * 3
    text = "\n".join([plain, plain, plain, "“" + plain, "“" + plain + "”"])
    words = words_of(text)
    windows = split_windows(text, words, limit=200)
    starts = [text[words.starts[w.first]] for w in windows]
    assert "“" not in starts[1:] or starts.count("“") == 1


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    text = "The ferry left the port at nine. " * 80
    words = words_of(text)
    windows = split_windows(text, words)
    assert len(windows) > 1
    assert all(text[words.ends[w.first - 1] - 1] == "." for w in windows[1:])


def test_packed_windows_are_padded_to_the_longest() -> None:
    text = "\n".join("word " * n for n in range(5, 200, 7))
    words = words_of(text)
    windows = split_windows(text, words)
    packed = pack([(words, window) for window in windows])
    assert packed.pieces.shape == packed.features.shape == packed.mask.shape
    assert packed.mask.sum(1).tolist() == [len(pack([(words, window)]).pieces[0]) for window in windows]


@pytest.mark.parametrize(("word", "shape"), [("said", 0), ("Said", 1), ("NATO", 2), ("12", 3), ("—", 4)])
def test_shape_of_a_word(word: str, shape: int) -> None:
    assert words_of(f"x {word}").feature[1] // 8 == shape
