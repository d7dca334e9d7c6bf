"""Are scores what they say? python benchmarks/quality/calibration.py [--plot docs/reliability.svg]

For PolNeAR dev and for the newswire gate: the expected calibration error of the scores (ten bins of equal width), what
a perfect score would show on so few rows, a table of said against seen, and the curve of precision and recall over
thresholds. A row is right when its cue overlaps the gold's and source and content share half of their words with it.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from attribution import SHARED, load_scorer
from newswire import HERE, gold_articles, outermost

from onrecord.export.to_dict import to_dict
from onrecord.pipeline import extract
from onrecord.read import read_bytes
from onrecord.settings import THRESHOLD
from onrecord.tag.onnx_tagger import MODEL, OnnxTagger
from onrecord.tag.quotes import Quote
from onrecord.tag.tagger import Tagged

BINS = 10
THRESHOLDS = sorted({0.1, 0.2, THRESHOLD, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9})
CURVE = ("cue_overlap", "all_overlap", "all_exact")
Row = dict[str, Any]
Scored = list[tuple[float, bool]]  # score of a row, and whether it is right
Gold = list[tuple[str, str, list[Row]]]  # name, text, rows


class Once(OnnxTagger):
    """Runs the model once on each text, however many thresholds are asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.kept: dict[str, list[Tagged]] = {}

    def tag(self, text: str, quotes: Sequence[Quote], *, threshold: float) -> list[Tagged]:
        if text not in self.kept:
            self.kept[text] = super().tag(text, quotes, threshold=0.0)
        return [one for one in self.kept[text] if one.score >= threshold]


def dev_articles(scorer: ModuleType) -> Iterator[tuple[str, str, list[Row]]]:
    folder = SHARED / "data" / "polnear" / "dev"
    for name, files in scorer.gold_files(str(folder)).items():
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        yield name, text, [row | {"parent": None} for row in scorer.read_ann(files[0])]


def rows_of(tagger: Once, name: str, text: str, threshold: float) -> list[Row]:
    document = read_bytes(text.encode(), name=name, media_type="text/plain", charset="utf-8")
    rows: list[Row] = to_dict(extract(document, tagger=tagger, threshold=threshold))["attributions"]
    return rows


def scored(scorer: ModuleType, tagger: Once, gold: Gold, *, nested: bool) -> Scored:
    """Score and rightness of each row that is shown. PolNeAR has no gold for the nested ones."""
    found: Scored = []
    for name, text, rows in gold:
        mine = rows_of(tagger, name, text, THRESHOLD)
        mine = mine if nested else outermost(mine)
        units = scorer.Units(text, False)
        left, right = scorer.as_token_sets(rows, units), scorer.as_token_sets(mine, units)
        of = {j: i for i, j in scorer.match(left, right)}
        found += [(row["score"], j in of and is_right(scorer, left[of[j]], right[j])) for j, row in enumerate(mine)]
    return found


def is_right(scorer: ModuleType, gold: Row, found: Row) -> bool:
    near = all(scorer.jaccard(gold[role], found[role]) >= scorer.OVERLAP for role in ("source", "content"))
    return near and bool(gold["cue"] & found["cue"] or not gold["cue"])


def bins_of(rows: Scored) -> list[Scored]:
    return [[row for row in rows if min(int(row[0] * BINS), BINS - 1) == number] for number in range(BINS)]


def error(rows: Scored) -> float:
    """Expected calibration error in percent."""
    gaps = [abs(sum(score for score, _ in chosen) - sum(right for _, right in chosen)) for chosen in bins_of(rows)]
    return 100 * sum(gaps) / len(rows)


def noise(rows: Scored, rounds: int = 300) -> float:
    """The error that scores which are exactly right would show on as many rows, on average."""
    rng = random.Random(0)
    return sum(error([(score, rng.random() < score) for score, _ in rows]) for _ in range(rounds)) / rounds


def table(rows: Scored) -> str:
    lines = [f"{'score':>9}{'rows':>7}{'said':>8}{'seen':>8}"]
    for number, chosen in enumerate(bins_of(rows)):
        if chosen:
            said, seen = (100 * sum(row[k] for row in chosen) / len(chosen) for k in (0, 1))
            lines.append(f"{number / BINS:4.1f}-{(number + 1) / BINS:3.1f} {len(chosen):7}{said:8.1f}{seen:8.1f}")
    return "\n".join(lines)


def curve(scorer: ModuleType, tagger: Once, gold: Gold) -> str:
    lines = [f"{'threshold':>9}{'rows':>7}" + "".join(f"{metric + '  P / R / F1':>32}" for metric in CURVE)]
    for threshold in THRESHOLDS:
        counts = [
            scorer.count_document(text, outermost(rows), outermost(rows_of(tagger, name, text, threshold)))
            for name, text, rows in gold
        ]
        result = scorer.summarise(counts)
        parts = [result["metrics"][metric] for metric in CURVE]
        figures = (" / ".join(f"{100 * part[k]:.1f}" for k in ("precision", "recall", "f1")) for part in parts)
        lines.append(f"{threshold:9}{result['predicted']:7}" + "".join(f"{part:>32}" for part in figures))
    return "\n".join(lines)


def plot(sets: dict[str, Scored]) -> str:
    """A reliability plot as SVG: each dot a bin, as large as its share of the rows."""
    side, edge, colours = 360, 44, ("#1b6ca8", "#b3541e")
    place = lambda value: edge + value * side  # noqa: E731
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" '
        'font-family="sans-serif" font-size="12" role="img" aria-label="Reliability of the scores">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#888"/>',
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#888" stroke-dasharray="4"/>',
    ]
    for tick in (0, 0.5, 1):
        parts.append(f'<text x="{place(tick)}" y="{edge + side + 16}" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="{edge - 6}" y="{place(1 - tick) + 4}" text-anchor="end">{tick}</text>')
    parts.append(f'<text x="{place(0.5)}" y="{edge + side + 34}" text-anchor="middle">score</text>')
    parts.append(f'<text x="{edge}" y="{edge - 10}">share of rows that are right</text>')
    for number, ((name, rows), colour) in enumerate(zip(sets.items(), colours, strict=True)):
        for chosen in bins_of(rows):
            if chosen:
                said, seen = (sum(row[k] for row in chosen) / len(chosen) for k in (0, 1))
                size = 3 + 22 * (len(chosen) / len(rows)) ** 0.5
                parts.append(
                    f'<circle cx="{place(said):.1f}" cy="{place(1 - seen):.1f}" r="{size:.1f}" fill="{colour}" '
                    'fill-opacity="0.55"/>'
                )
        label = f"{name}: error {error(rows):.1f} %"
        parts.append(f'<text x="{edge + 10}" y="{edge + 20 + 16 * number}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--gold", type=Path, default=HERE / "newswire.jsonl")
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    scorer, tagger = load_scorer(), Once(args.model)
    golds: dict[str, Gold] = {
        "PolNeAR dev": list(dev_articles(scorer)),
        "newswire": list(gold_articles(args.gold, SHARED / "data" / "newswire" / "articles")),
    }
    sets = {}
    for name, gold in golds.items():
        sets[name] = rows = scored(scorer, tagger, gold, nested=name == "newswire")
        print(
            f"{name}: {len(rows)} rows, calibration error {error(rows):.1f} %, of a perfect score {noise(rows):.1f} %"
        )
        print(table(rows) + "\n\n" + curve(scorer, tagger, gold) + "\n")
    if args.plot:
        args.plot.write_text(plot(sets), encoding="utf-8")


if __name__ == "__main__":
    main()
