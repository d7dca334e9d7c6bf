"""The tagger that ships: our fine-tuned encoder and heads, run by onnxruntime. The only import site of it."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from onrecord.errors import ModelFailed
from onrecord.passages import paragraphs
from onrecord.records import Span
from onrecord.tag.confidence import SIGNS, FloatVector, chance_right, signs
from onrecord.tag.decode import CUE_LABELS, FORBIDDEN, FloatArray, IntArray, allowed, runs, viterbi
from onrecord.tag.packing import pack
from onrecord.tag.quotes import Quote
from onrecord.tag.tagger import Tagged
from onrecord.tag.windows import Window, split_windows
from onrecord.tag.words import Words, is_quoted, quote_states, split_words

MODEL = Path(__file__).parent / "model"
LEAST_CUE = 0.3  # chance from which a word may be a cue; what is kept is decided when all of a row is known
UNCALIBRATED = (0.0, 1.0, *(0.0 for _ in SIGNS[1:]))  # the chance of the cue alone: weights fresh from training
BATCH_CUES = 12  # cues scored together: each takes about a megabyte in a window of 254 pieces
BLOCK = 100_000  # characters tagged at a time, so that memory stays flat however long a text is
CUE_TRANSITIONS = np.where(allowed(CUE_LABELS), 0.0, FORBIDDEN).astype(np.float32)


class _Cue(NamedTuple):
    """Words first … end - 1 of a window."""

    first: int
    end: int
    chance: float
    nested: bool


class OnnxTagger:
    """Loads the weights of `folder` after checking their hashes.

    `threads` is the number of threads for one text; 0 takes what the machine has. Raises ModelFailed.
    """

    def __init__(self, folder: Path = MODEL, *, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        card = _checked_card(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        load = onnxruntime.InferenceSession
        self._encoder = load(folder / "encoder.onnx", options, providers=["CPUExecutionProvider"])
        self._pairs = load(folder / "pairs.onnx", options, providers=["CPUExecutionProvider"])
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # one process for each core is faster
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._transitions = np.array(card["transitions"], dtype=np.float32)
        self._calibration = tuple(card.get("calibration", UNCALIBRATED))
        self._name = str(card["name"])

    @property
    def name(self) -> str:
        return self._name

    def tag(self, text: str, quotes: Sequence[Quote], *, threshold: float) -> list[Tagged]:
        found: list[Tagged] = []
        states = quote_states(len(text), quotes)
        for low, high in _blocks(text):
            words = split_words(text, self.tokenizer, states, low=low, high=high)
            for window in split_windows(text, words):
                found += self._tag_window(words, window)
        return sorted((one for one in found if one.score >= threshold), key=lambda one: one.cue)

    def confidence(self, seen: FloatVector) -> float:
        """How likely an attribution is right, 0 … 1, from its signs."""
        return chance_right(seen, self._calibration)

    def encode(self, words: Words, window: Window) -> tuple[FloatArray, FloatArray]:
        """Word vectors (1, words, width) and cue scores (1, words, 3).

        One window at a time: int8 activations are scaled over a whole batch, so that in a larger one the rest of a
        page would change what is found in a paragraph. On a CPU a batch gains nothing.
        """
        packed = pack([(words, window)])
        feed = {name: getattr(packed, name) for name in ("pieces", "features", "mask", "words")}
        vectors, scores = self._encoder.run(["vectors", "cue_scores"], feed)
        return vectors, scores

    def _tag_window(self, words: Words, window: Window) -> list[Tagged]:
        vectors, cue_scores = self.encode(words, window)
        cues = _cues(cue_scores[0])
        if not cues:
            return []
        scores = self._score(vectors, [(cue.first, cue.end) for cue in cues])
        quoted = is_quoted(words.feature[window.first : window.last])
        found = []
        for cue, row, path in zip(cues, scores, viterbi(scores, self._transitions), strict=True):
            score = self.confidence(signs(cue.chance, row, path, nested=cue.nested, quoted=quoted))
            found.append(_tagged(words, window.first, cue, path, score))
        return found

    def _score(self, vectors: FloatArray, cues: Sequence[tuple[int, int]]) -> FloatArray:
        """Role scores (cues, words, 5) of the cues of one window."""
        parts = []
        for low in range(0, len(cues), BATCH_CUES):
            chosen = np.array(cues[low : low + BATCH_CUES])
            feed = {"vectors": vectors, "cues": chosen, "rows": np.zeros(len(chosen), dtype=np.int64)}
            parts += self._pairs.run(["scores"], feed)
        return np.concatenate(parts)


def _checked_card(folder: Path) -> dict[str, Any]:
    """The `model.json` of a folder, after every file it names has been held against its hash."""
    try:
        card: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        for name, expected in card["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise ModelFailed(f"{folder / name} is damaged; install onrecord again")
    except (OSError, ValueError, KeyError) as error:
        raise ModelFailed(f"the weights in {folder} cannot be read ({error}); install onrecord again") from error
    return card


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of whole paragraphs of about BLOCK characters."""
    start, end = None, 0
    for low, high in _cut(text):
        if start is not None and high - start > BLOCK:
            yield start, end
            start = None
        start = low if start is None else start
        end = high
    if start is not None:
        yield start, end


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, those longer than BLOCK cut at white space."""
    for low, high in paragraphs(text):
        while high - low > BLOCK:
            space = text.rfind(" ", low + 1, low + BLOCK)
            cut = space if space > 0 else low + BLOCK
            yield low, cut
            low = cut
        yield low, high


def _cues(scores: FloatArray) -> list[_Cue]:
    """What may be cues of one window."""
    shifted = scores.copy()
    shifted[:, 0] += np.log(LEAST_CUE / (1 - LEAST_CUE))
    grown = np.exp(scores - scores.max(1, keepdims=True))
    chance = 1 - grown[:, 0] / grown.sum(1)
    path = viterbi(shifted[None], CUE_TRANSITIONS)[0]
    found = [
        (low, high, nested) for nested in (False, True) for low, high in runs(path, 1 + 2 * nested, 2 + 2 * nested)
    ]
    return [_Cue(low, high, float(chance[low:high].mean()), nested) for low, high, nested in sorted(found)]


def _tagged(words: Words, first: int, cue: _Cue, path: IntArray, score: float) -> Tagged:
    def span(low: int, high: int) -> Span:
        return Span(int(words.starts[first + low]), int(words.ends[first + high - 1]))

    sources = tuple(span(low, high) for low, high in runs(path, 1, 2))
    contents = tuple(span(low, high) for low, high in runs(path, 3, 4))
    return Tagged(span(cue.first, cue.end), sources, contents, score)
