"""Score the tagger on our own labels of newswire, nesting included: python benchmarks/quality/newswire.py

The gold (newswire.jsonl) holds offsets and hashes; its articles lie in ../shared. It was labelled by language models,
twice independently, and no weights are trained on it. Attributions without a parent are scored as PolNeAR's are. A
nested one is found when its cue and its parent's are matched to those of a nested gold attribution and its parent.
Exit status 1 when a figure falls below its floor in floors-newswire.json; `--pin` and `--allow-lower` as for PolNeAR.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from attribution import SHARED, gate, load_scorer

from onrecord.export.to_dict import to_dict
from onrecord.pipeline import extract
from onrecord.read import read_bytes
from onrecord.settings import THRESHOLD
from onrecord.tag.onnx_tagger import MODEL, OnnxTagger

HERE = Path(__file__).parent
METRICS = ("cue_overlap", "source_tokens", "content_tokens", "all_overlap", "all_exact")
Row = dict[str, Any]


def gold_articles(gold: Path, texts: Path) -> Iterator[tuple[str, str, list[Row]]]:
    """Name, text and gold of each article. Exits when a text is not the one that was labelled."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        raw = (texts / f"{row['doc']}.txt").read_bytes()
        if hashlib.sha256(raw).hexdigest() != row["sha256"]:
            sys.exit(f"{row['doc']} is not the text that was labelled")
        yield row["doc"], raw.decode("utf-8"), row["statements"]


def predicted(name: str, text: str, tagger: OnnxTagger, threshold: float) -> list[Row]:
    document = read_bytes(text.encode(), name=name, media_type="text/plain", charset="utf-8")
    if document.text != text:
        sys.exit(f"{name}: the text that was read is not the text that was labelled")
    rows: list[Row] = to_dict(extract(document, tagger=tagger, threshold=threshold))["attributions"]
    return rows


def outermost(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["parent"] is None]


def overlap(left: Row, right: Row) -> int:
    """Characters that two cues share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left["cue"] for c, d in right["cue"])


def matched(gold: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    """Gold by found: cues one to one, those that share most first."""
    pairs = sorted(
        ((-overlap(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found) if overlap(a, b)),
    )
    chosen: dict[int, int] = {}
    for _, i, j in pairs:
        if j not in chosen and i not in chosen.values():
            chosen[j] = i
    return chosen


def count_nested(gold: Sequence[Row], found: Sequence[Row]) -> Counter[str]:
    """Nested attributions: in the gold, found, and found under the right parent."""
    of = matched(gold, found)
    right = 0
    for j, row in enumerate(found):
        i = of.get(j)
        if row["parent"] is not None and i is not None and gold[i]["parent"] is not None:
            right += of.get(row["parent"]) == gold[i]["parent"]
    inside = [sum(row["parent"] is not None for row in rows) for rows in (gold, found)]
    return Counter(gold=inside[0], found=inside[1], right=right)


def f1(count: Counter[str]) -> float:
    both = count["gold"] + count["found"]
    return 100 * 2 * count["right"] / both if both else 0.0


def evaluate(
    scorer: ModuleType, gold: Path, texts: Path, tagger: OnnxTagger, threshold: float
) -> tuple[dict[str, Any], Counter[str], list[Row]]:
    """The scorer's summary of the outermost rows, the counts of the nested ones, and the predictions."""
    counts, nested, made = [], Counter[str](), []
    for name, text, rows in gold_articles(gold, texts):
        found = predicted(name, text, tagger, threshold)
        counts.append(scorer.count_document(text, outermost(rows), outermost(found)))
        nested += count_nested(rows, found)
        made.append({"doc": name, "attributions": found})
    return scorer.summarise(counts), nested, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=HERE / "newswire.jsonl")
    parser.add_argument("--texts", type=Path, default=SHARED / "data" / "newswire" / "articles")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--out", type=Path, default=Path("build/newswire.jsonl"))
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    args = parser.parse_args()
    scorer, tagger = load_scorer(), OnnxTagger(args.model)
    result, nested, made = evaluate(scorer, args.gold, args.texts, tagger, args.threshold)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text("".join(json.dumps(row) + "\n" for row in made), encoding="utf-8")
    print(scorer.table(result))
    print(f"\nnested: {nested['gold']} gold, {nested['found']} found, {nested['right']} right, F1 {f1(nested):.1f}")
    found = {name: round(100 * result["metrics"][name]["f1"], 2) for name in METRICS} | {"nested": round(f1(nested), 2)}
    digest = hashlib.sha256(args.gold.read_bytes()).hexdigest()
    print(f"{tagger.name}, threshold {args.threshold}: " + ", ".join(f"{n} {v}" for n, v in found.items()))
    if args.gold == parser.get_default("gold"):
        sys.exit(gate(found, digest, HERE / "floors-newswire.json", pin=args.pin, lower=args.allow_lower))


if __name__ == "__main__":
    main()
