"""Quick figures while training: F1 over words, as the scorer counts them but without its matching of cueless rows.

What the model takes for nested is left out: PolNeAR has no nesting.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch

from onrecord.tag.decode import CUE_LABELS, allowed, runs, viterbi
from training.examples import Example, Prepared, collate, windows_of
from training.model import Tagger

CUE_TRANSITIONS = np.where(allowed(CUE_LABELS), 0.0, -1e4).astype(np.float32)
Found = tuple[frozenset[int], frozenset[int], frozenset[int]]  # cue, source, content: word numbers


@torch.no_grad()
def predict(model: Tagger, prepared: Prepared, device: torch.device) -> list[Found]:
    found: list[Found] = []
    table = model.transition_scores().float().cpu().numpy()
    for example in windows_of(prepared, None):
        batch = collate([example])
        vectors, cue_scores = model.encoder(
            batch.pieces.to(device), batch.features.to(device), batch.mask.to(device), batch.words.to(device)
        )
        path = viterbi(cue_scores.float().cpu().numpy(), CUE_TRANSITIONS)[0]
        cues = runs(path, 1, 2)
        if not cues:
            continue
        rows = torch.zeros(len(cues), dtype=torch.long, device=device)
        scores = model.pairs(vectors, torch.tensor(cues, device=device), rows).float().cpu().numpy()
        found += [_words(example, cue, path) for cue, path in zip(cues, viterbi(scores, table), strict=True)]
    return found


def _words(example: Example, cue: tuple[int, int], path: np.ndarray) -> Found:
    first = example.window.first
    source = frozenset((np.flatnonzero((path == 1) | (path == 2)) + first).tolist())
    content = frozenset((np.flatnonzero(path >= 3) + first).tolist())
    return frozenset(range(first + cue[0], first + cue[1])), source, content


def score(model: Tagger, articles: Sequence[Prepared], device: torch.device) -> dict[str, float]:
    """F1 in percent: cue overlap, source and content words, all overlap, all exact."""
    model.eval()
    count: Counter[str] = Counter()
    for prepared in articles:
        predicted = predict(model, prepared, device)
        gold = [tuple(frozenset(np.flatnonzero(m).tolist()) for m in masks) for masks in prepared.roles]
        count.update(gold=len(gold), found=len(predicted))
        for role, name in ((1, "source"), (2, "content")):
            left = frozenset().union(*(row[role] for row in gold))
            right = frozenset().union(*(row[role] for row in predicted))
            count.update({name: 2 * len(left & right), name + "_all": len(left) + len(right)})
        pairs = sorted(
            ((-_jaccard(g[0], p[0]), -_jaccard(g[2], p[2]), i, j)
             for i, g in enumerate(gold) for j, p in enumerate(predicted) if g[0] & p[0]),
        )  # fmt: skip
        used_gold, used = set(), set()
        for _, _, i, j in pairs:
            if i in used_gold or j in used:
                continue
            used_gold.add(i)
            used.add(j)
            g, p = gold[i], predicted[j]
            close = _jaccard(g[1], p[1]) >= 0.5 and _jaccard(g[2], p[2]) >= 0.5
            count.update(cue=1, overlap=close, exact=g[1:] == p[1:])
    both = count["gold"] + count["found"]
    figures = {name: 2 * count[name] / both for name in ("cue", "overlap", "exact")}
    figures |= {name: count[name] / max(1, count[name + "_all"]) for name in ("source", "content")}
    return {name: round(100 * value, 2) for name, value in figures.items()}


def _jaccard(left: frozenset[int], right: frozenset[int]) -> float:
    return len(left & right) / len(left | right) if left | right else 1.0
