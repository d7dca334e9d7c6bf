"""Articles cut into windows with labels, and batches of them."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.tag.packing import pack
from onrecord.tag.quotes import quotes
from onrecord.tag.windows import MAX_PIECES, Window, split_windows
from onrecord.tag.words import Words, quote_states, split_words
from training.corpora.polnear import Article, GoldAttribution, Offsets


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with its words; for each attribution its cue, source and content as masks over words.

    `doubtful`: words of which nobody knows whether they are a cue.
    """

    article: Article
    words: Words
    roles: list[tuple[np.ndarray, np.ndarray, np.ndarray]]
    nested: list[bool]
    doubtful: np.ndarray


@dataclass(frozen=True, slots=True)
class Example:
    prepared: Prepared
    window: Window


@dataclass(frozen=True, slots=True)
class Batch:
    pieces: Tensor
    features: Tensor
    mask: Tensor
    words: Tensor
    cue_labels: Tensor  # (batch, words), -100 where padded or doubtful
    cues: Tensor
    rows: Tensor
    roles: Tensor  # (cues, words)
    lengths: Tensor  # (cues): words in the window


def _mask(words: Words, spans: Offsets) -> np.ndarray:
    inside = np.zeros(len(words), dtype=bool)
    for start, end in spans:
        inside |= (words.starts < end) & (words.ends > start)
    return inside


def prepare(article: Article, tokenizer: Tokenizer) -> Prepared:
    words = split_words(article.text, tokenizer, quote_states(len(article.text), quotes(article.text)))
    roles = [_roles(words, gold) for gold in article.attributions]
    nested = [gold.nested for gold in article.attributions]
    return Prepared(article, words, roles, nested, _mask(words, article.doubtful))


# Marks of other conventions, character for character so that offsets hold.
OTHER_MARKS = (
    str.maketrans("“”", '""'), str.maketrans("“”\"", "‘’'"), str.maketrans("‘’", "''"),
    str.maketrans("“”‘’", "\"\"''"), str.maketrans("“”", "«»"),
)  # fmt: skip


def vary(prepared: Prepared, tokenizer: Tokenizer, rng: random.Random, *, share: float = 0.25) -> Prepared:
    """The same article, in a share of the cases with the quotation marks of another convention."""
    if rng.random() >= share:
        return prepared
    article = prepared.article
    text = article.text.translate(rng.choice(OTHER_MARKS))
    return prepare(replace(article, text=text), tokenizer)


def _roles(words: Words, gold: GoldAttribution) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return _mask(words, gold.cue), _mask(words, gold.source), _mask(words, gold.content)


def windows_of(prepared: Prepared, rng: random.Random | None) -> list[Example]:
    """The windows of an article, cut where `rng` says: a new cut in every epoch."""
    first = rng.randint(64, MAX_PIECES) if rng else None
    found = split_windows(prepared.article.text, prepared.words, first_limit=first)
    return [Example(prepared, window) for window in found]


def role_labels(source: np.ndarray, content: np.ndarray) -> np.ndarray:
    """ROLE_LABELS of each word: the first word of every run begins a span."""
    labels = np.zeros(len(source), dtype=np.int64)
    for mask, begin in ((source, 1), (content, 3)):
        starts = mask & ~np.concatenate([[False], mask[:-1]])
        labels[mask] = begin + 1
        labels[starts] = begin
    # a content that overrides the start of a source leaves an orphan: make it a beginning
    before = np.concatenate([[0], labels[:-1]])
    for inside in (2, 4):
        labels[(labels == inside) & (before != inside) & (before != inside - 1)] = inside - 1
    return labels


def collate(examples: Sequence[Example]) -> Batch:
    packed = pack([(example.prepared.words, example.window) for example in examples])
    shape = packed.words.shape
    cue_labels = np.full(shape, -100)
    cues, rows, roles, lengths = [], [], [], []
    for number, example in enumerate(examples):
        first, last = example.window.first, example.window.last
        cue_labels[number, : last - first] = np.where(example.prepared.doubtful[first:last], -100, 0)
        for (cue, source, content), nested in zip(example.prepared.roles, example.prepared.nested, strict=True):
            places = np.flatnonzero(cue[first:last])
            if not len(places):
                continue
            low, high = int(places[0]), int(places[-1]) + 1
            cue_labels[number, low:high] = 4 if nested else 2
            cue_labels[number, low] = 3 if nested else 1
            padded = np.zeros(shape[1], dtype=np.int64)
            padded[: last - first] = role_labels(source[first:last], content[first:last])
            cues.append((low, high))
            rows.append(number)
            roles.append(padded)
            lengths.append(last - first)
    tensor = torch.from_numpy
    return Batch(
        tensor(packed.pieces), tensor(packed.features), tensor(packed.mask), tensor(packed.words), tensor(cue_labels),
        torch.tensor(cues, dtype=torch.long).reshape(-1, 2), torch.tensor(rows, dtype=torch.long),
        tensor(np.array(roles, dtype=np.int64).reshape(-1, shape[1])), torch.tensor(lengths, dtype=torch.long),
    )  # fmt: skip


def batches(prepared: Iterable[Prepared], size: int, rng: random.Random) -> Iterator[Batch]:
    """One epoch: windows of like length together, in random order."""
    examples = [example for one in prepared for example in windows_of(one, rng)]
    rng.shuffle(examples)
    pool = size * 16
    groups = []
    for start in range(0, len(examples), pool):
        chunk = sorted(examples[start : start + pool], key=lambda e: len(e.window))
        groups += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(groups)
    for group in groups:
        yield collate(group)
