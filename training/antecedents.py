"""Fit the weights by which antecedents are ranked: python -m training.antecedents

Reads training/labels/newswire.jsonl (never the gate), its articles and the validation part of GAP in ../shared,
resolves the gold attributions, and fits by multinomial logistic regression which candidate a pronoun or a definite
description stands for. Since the observations depend on who was resolved before, it resolves and fits several times.
Prints what five folds of articles say of the answers above each chance, and writes lexicons/antecedents.yaml.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks" / "quality"))
from attribution import SHARED
from gap import passages
from newswire import gold_articles
from statements import from_gold, same_names

from onrecord.read import read_bytes
from onrecord.resolve import antecedents
from onrecord.resolve.antecedents import Antecedents, Candidate, sort_of
from onrecord.resolve.lexicon import FOLDER
from onrecord.resolve.noun_phrases import NounPhrase

LABELS = Path(__file__).parent / "labels" / "newswire.jsonl"
ROUNDS = 5
STEPS = 400
RATE = 0.5
PENALTY = 0.003  # of squared weights; of 0.002 to 0.015 the best on five folds
FOLDS = 5
SUPPORT = 8  # cases that an observation must occur in
LEAST = 0.01  # weights below it are left out
GAP_WEIGHT = 0.3  # of a passage of GAP beside a labelled phrase of the news: more did not help on five folds
Weights = dict[str, float]


@dataclass
class Case:
    """One phrase with its candidates; `right` marks those that the label names."""

    article: str
    sort: str
    observed: list[dict[str, float]]
    right: list[bool]
    weight: float = 1.0
    itself: bool = True  # whether "nobody before it" would be a right answer, and not only the lesser evil


class Recorder:
    """Keeps what every ranking saw."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, NounPhrase, list[Candidate]]] = []

    def __enter__(self) -> "Recorder":
        self._rank = Antecedents.rank

        def rank(antecedents: Antecedents, phrase: NounPhrase, number: int) -> list[Candidate]:
            ranked = self._rank(antecedents, phrase, number)
            self.seen.append((number, phrase, ranked))
            return ranked

        Antecedents.rank = rank  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Antecedents.rank = self._rank  # type: ignore[method-assign]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=SHARED / "data" / "newswire" / "articles")
    args = parser.parse_args()
    articles = list(gold_articles(LABELS, args.texts))
    use({})
    fitted: list[Weights] = []
    for _ in range(ROUNDS):
        cases = [case for article in articles for case in cases_of(*article)]
        cases += gap_cases(SHARED / "data" / "gap" / "gap-validation.tsv")
        fitted.append(fit(cases))
        use(fitted[-1])
    report(cases)
    weights = mean(fitted[1:])
    kept = sorted((name, value) for name, value in weights.items() if abs(value) >= LEAST)
    lines = "".join(f"  {json.dumps(name)}: {value:.3f}\n" for name, value in kept)
    head = "# Fitted by training/antecedents.py: how much each observation speaks for a candidate.\n"
    (FOLDER / "antecedents.yaml").write_text(f"{head}weights:\n{lines}", encoding="utf-8")


def mean(fitted: Sequence[Weights]) -> Weights:
    """The mean of several fits, which differ since each saw other speakers resolved."""
    names = sorted({name for weights in fitted for name in weights})
    return {name: sum(weights.get(name, 0.0) for weights in fitted) / len(fitted) for name in names}


def use(weights: Weights) -> None:
    antecedents._weights = lambda: weights  # type: ignore[assignment]


def cases_of(name: str, text: str, gold: Sequence[dict[str, Any]]) -> Iterator[Case]:
    document = read_bytes(text.encode(), name=name, media_type="text/plain", charset="utf-8")
    with Recorder() as recorder:
        from_gold(document, gold)
    for number, phrase, ranked in recorder.seen:
        people = gold[number]["speakers"]
        if not people or any(person["name"] is None for person in people) or not ranked:
            continue
        names = [text[slice(*person["name"])] for person in people]
        said = [[entity.name for entity in each.entities] for each in ranked]
        right = [bool(each) and same_names(names, each) for each in said]
        itself = phrase.pronoun or same_names(names, [phrase.words])
        if not any(right):
            right = [not each.entities for each in ranked]
        yield Case(name, sort_of(phrase) or "", [each.observed for each in ranked], right, itself=itself)


def gap_cases(path: Path) -> Iterator[Case]:
    """Pronouns of GAP whose antecedent is one of its two names."""
    for number, passage in enumerate(passages(path)):
        if not any(passage.right):
            continue
        found = Antecedents.of_page(passage.page)
        ranked = found.rank(passage.pronoun, 0)
        meant = passage.spans[passage.right.index(True)]
        right = [any(found.names(entity, meant) for entity in each.entities) for each in ranked]
        if any(right):
            yield Case(f"gap {number}", "he", [each.observed for each in ranked], right, weight=GAP_WEIGHT)


def matrix(cases: Sequence[Case], names: Sequence[str]) -> list[Any]:
    at = {name: number for number, name in enumerate(names)}
    rows = []
    for case in cases:
        values = np.zeros((len(case.observed), len(names)))
        for row, observed in enumerate(case.observed):
            for name, value in observed.items():
                for key in (name, f"{case.sort}: {name}"):
                    if key in at:
                        values[row, at[key]] = value
        rows.append(values)
    return rows


def fit(cases: Sequence[Case]) -> Weights:
    """Weights that make the labelled candidates likeliest, small ones before large."""
    counted: defaultdict[str, int] = defaultdict(int)
    for case in cases:
        for name in {name for observed in case.observed for name, value in observed.items() if value}:
            counted[name] += 1
            counted[f"{case.sort}: {name}"] += 1
    names = sorted(name for name, count in counted.items() if count >= SUPPORT)
    rows = matrix(cases, names)
    stacked, sizes = np.concatenate(rows), np.array([len(row) for row in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.concatenate([case.right for case in cases]).astype(float)
    counts = np.repeat([case.weight for case in cases], sizes)
    counted_cases = sum(case.weight for case in cases)
    weights, moment, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        chances = np.exp(np.clip(stacked @ weights, -30, 30))
        free = chances / np.repeat(np.add.reduceat(chances, starts), sizes)
        held = chances * right
        held = held / np.repeat(np.add.reduceat(held, starts), sizes)
        gradient = stacked.T @ (counts * (free - held)) / counted_cases + PENALTY * weights
        moment = 0.9 * moment + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= 0.1 * RATE * (moment / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, weights.tolist(), strict=True))


def answers(cases: Sequence[Case]) -> Iterator[tuple[str, float, bool, bool]]:
    """For each case its sort, the chance of the best candidate, whether that is right, and whether it is nobody."""
    articles = sorted({case.article for case in cases if case.weight == 1.0})
    for fold in range(FOLDS):
        held = set(articles[fold::FOLDS])
        use(fit([case for case in cases if case.article not in held]))
        for case in cases:
            if case.article in held:
                ranked = [Candidate((), None, observed=observed) for observed in case.observed]
                best = antecedents.weigh(list(ranked), case.sort)[0]
                at = next(number for number, each in enumerate(ranked) if each is best)
                nobody = antecedents.NOBODY in best.observed
                yield case.sort, best.chance, case.right[at] and (case.itself or not nobody), nobody


def report(cases: Sequence[Case]) -> None:
    found = list(answers(cases))
    for sort in sorted({sort for sort, *_ in found}):
        for nobody in (False, True):
            mine = [(chance, right) for other, chance, right, none in found if other == sort and none == nobody]
            total = sum(other == sort for other, *_ in found)
            shares = []
            for least in (0.4, 0.5, 0.6, 0.7, 0.8):
                kept = [right for chance, right in mine if chance >= least]
                shares.append(f"{least}: {sum(kept)}/{len(kept)}")
            print(f"{sort:9} {'nobody' if nobody else 'somebody':8} of {total}: {', '.join(shares)}")


if __name__ == "__main__":
    main()
