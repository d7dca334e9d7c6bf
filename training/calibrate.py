"""Fit the scores of a model folder: python -m training.calibrate FOLDER --data POLNEAR/dev --labels L.jsonl --texts T

Logistic regression from the signs of an attribution (onrecord/tag/confidence.py) to whether it is right: its cue
overlaps one of the gold, and source and content share half of their words with it. The weights go into the folder's
model.json. The articles must be ones that the model was not trained on.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Attribution
from onrecord.tag.confidence import FloatVector
from onrecord.tag.group import group
from onrecord.tag.onnx_tagger import OnnxTagger
from onrecord.tag.quotes import quotes
from onrecord.tag.turns import turns
from training.corpora.labels import read_labelled
from training.corpora.polnear import Article, GoldAttribution, Offsets, read_split

RIDGE = 1e-2
Table = NDArray[np.float64]
Characters = frozenset[int]


class Recorder(OnnxTagger):
    """Gives each attribution the number of its signs, from 1, in place of a score."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seen: list[FloatVector] = []

    def confidence(self, seen: FloatVector) -> float:
        self.seen.append(seen)
        return float(len(self.seen))


def characters(spans: Iterable[tuple[int, int]]) -> Characters:
    return frozenset(place for start, end in spans for place in range(start, end))


def close(left: Characters, right: Characters) -> bool:
    """Whether two spans share half of what either holds. Two empty ones are equal."""
    return len(left & right) >= 0.5 * len(left | right)


def pairs_of(gold: Sequence[GoldAttribution], found: Sequence[Attribution]) -> Iterator[tuple[int, int]]:
    """Attributions with overlapping cues, one to one, those that share most first."""
    cues = [characters(one.cue) for one in gold]
    shared = [
        (-len(cues[i] & characters(_offsets(one.cue))), i, j) for i, _ in enumerate(gold) for j, one in enumerate(found)
    ]
    used: set[tuple[str, int]] = set()
    for size, i, j in sorted(shared):
        if size and not {("gold", i), ("found", j)} & used:
            used |= {("gold", i), ("found", j)}
            yield i, j


def _offsets(spans: Iterable[object]) -> Offsets:
    return [(span.start, span.end) for span in spans]  # type: ignore[attr-defined]


def examples(tagger: Recorder, articles: Iterable[Article], *, nested: bool) -> Iterator[tuple[FloatVector, bool]]:
    """Signs of each attribution that is found, and whether it is right. `nested`: whether the gold has nested ones."""
    for article in articles:
        marks = quotes(article.text)
        tagged = tagger.tag(article.text, marks, threshold=0.0)
        found = group(article.text, tagged, marks, turns(article.text))
        right = {
            j
            for i, j in pairs_of(article.attributions, found)
            if close(characters(article.attributions[i].source), characters(_offsets(found[j].sources)))
            and close(characters(article.attributions[i].content), characters(_offsets(found[j].contents)))
        }
        for j, one in enumerate(found):
            if one.score >= 1 and (nested or one.parent is None):
                yield tagger.seen[round(one.score) - 1], j in right


def fit(signs: Table, right: Table, rounds: int = 50) -> Table:
    """Weights of a logistic regression, the constant first, by Newton's method."""
    table = np.c_[np.ones(len(signs)), signs]
    weights = np.zeros(table.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-table @ weights))
        curve = table.T @ (table * (chance * (1 - chance))[:, None]) + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curve, table.T @ (right - chance) - RIDGE * weights)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's dev")
    parser.add_argument("--labels", type=Path, required=True, help="labels of articles that were not trained on")
    parser.add_argument("--texts", type=Path, required=True)
    args = parser.parse_args()
    tagger = Recorder(args.folder)
    rows = [
        *examples(tagger, read_split(args.data), nested=False),
        *examples(tagger, read_labelled(args.labels, args.texts), nested=True),
    ]
    weights = fit(np.array([signs for signs, _ in rows]), np.array([right for _, right in rows], dtype=np.float64))
    path = args.folder / "model.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["calibration"] = [round(float(weight), 4) for weight in weights]
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} attributions, weights {card['calibration']}")


if __name__ == "__main__":
    main()
