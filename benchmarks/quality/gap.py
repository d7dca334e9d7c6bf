"""How well pronouns are resolved on GAP: python benchmarks/quality/gap.py

GAP (Webster et al. 2018, Apache-2.0) holds 2,000 passages of Wikipedia with a pronoun and two names of one gender in
its development part. Two decisions are scored for each: whether the pronoun stands for A, and whether for B. An answer
is A or B when the entity found has its name; no answer counts as neither, so that abstaining costs recall and not
precision. F1 is given overall, for masculine and for feminine pronouns, and bias as feminine over masculine. The
passages are no news and have no attributions: this shows what names and sentences alone tell. No floor hangs on it.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from attribution import SHARED

from onrecord.read import read_bytes
from onrecord.records import Span
from onrecord.resolve.antecedents import Antecedents
from onrecord.resolve.noun_phrases import NounPhrase, read_phrase
from onrecord.resolve.page import Page, make_page
from onrecord.resolve.pronouns import referent

GENDERS = {"overall": ("masculine", "feminine"), "masculine": ("masculine",), "feminine": ("feminine",)}


@dataclass(frozen=True)
class Passage:
    """`right` says of A and of B whether the pronoun stands for it."""

    page: Page
    pronoun: NounPhrase
    spans: tuple[Span, Span]
    right: tuple[bool, bool]

    @property
    def gender(self) -> str:
        return "feminine" if self.pronoun.words.lower() in ("she", "her", "hers") else "masculine"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gap", type=Path, default=SHARED / "data" / "gap" / "gap-development.tsv")
    args = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for passage in passages(args.gap):
        entities, _, _ = referent(passage.pronoun, 0, antecedents := Antecedents.of_page(passage.page))
        said = tuple(any(antecedents.names(entity, span) for entity in entities) for span in passage.spans)
        counts[passage.gender, "passages"] += 1
        counts[passage.gender, "answered"] += bool(entities)
        for found, right in zip(said, passage.right, strict=True):
            outcome = ("right" if right else "wrong") if found else ("missed" if right else "left")
            counts[passage.gender, outcome] += 1
    for name, figure in figures(counts).items():
        print(f"{name:24} {figure:6.2f}")


def figures(counts: Counter[tuple[str, str]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, genders in (
        ("overall", ("masculine", "feminine")),
        ("masculine", ("masculine",)),
        ("feminine", ("feminine",)),
    ):
        right, wrong, missed, passages, answered = (
            sum(counts[gender, key] for gender in genders)
            for key in ("right", "wrong", "missed", "passages", "answered")
        )
        found[f"{name}, F1"] = 200 * right / max(1, 2 * right + wrong + missed)
        found[f"{name}, precision"] = 100 * right / max(1, right + wrong)
        found[f"{name}, recall"] = 100 * right / max(1, right + missed)
        found[f"{name}, answered"] = 100 * answered / max(1, passages)
    return found | {"bias (feminine/masculine)": found["feminine, F1"] / max(0.01, found["masculine, F1"])}


def passages(path: Path) -> Iterator[Passage]:
    """The rows of a file of GAP; its offsets count characters of the text."""
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            document = read_bytes(row["Text"].encode(), name=row["ID"], media_type="text/plain", charset="utf-8")
            page = make_page(document, document.text, ())
            at = int(row["Pronoun-offset"])
            spans = tuple(
                Span(int(row[f"{which}-offset"]), int(row[f"{which}-offset"]) + len(row[which])) for which in "AB"
            )
            right = tuple(row[f"{which}-coref"] == "TRUE" for which in "AB")
            pronoun = read_phrase(page.text, Span(at, at + len(row["Pronoun"])))
            yield Passage(page, pronoun, (spans[0], spans[1]), (right[0], right[1]))


if __name__ == "__main__":
    main()
