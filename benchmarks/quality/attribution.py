"""Score the tagger on PolNeAR dev and hold it against pinned floors: python benchmarks/quality/attribution.py

Prints the table of the scorer. Exit status 1 when a figure falls below its floor in floors.json, or when the data
are not those that the floors were measured on. `--pin` writes new floors and refuses a lower one; `--allow-lower`
permits it. `--won-lost OLD.jsonl` names the articles that changed most against earlier predictions.
"""

import argparse
import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.export.to_dict import to_dict
from onrecord.pipeline import extract
from onrecord.read import read_bytes
from onrecord.settings import THRESHOLD
from onrecord.tag.onnx_tagger import MODEL, OnnxTagger

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared"
GATED = ("cue_overlap", "source_tokens", "content_tokens", "all_overlap", "all_exact")
PINNED_ON = ("gold", "model", "threshold")
SLACK = 0.05  # points by which a figure may fall: other processors round int8 sums in another order


def load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attribution", SHARED / "score" / "score_attribution.py")
    if spec is None or spec.loader is None or not Path(str(spec.origin)).exists():
        sys.exit(f"no scorer at {SHARED / 'score'}: this gate needs the shared data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def data_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file of the gold."""
    hasher = hashlib.sha256()
    for path in sorted(folder.rglob("*.*")):
        hasher.update(path.name.encode() + b"\0" + path.read_bytes())
    return hasher.hexdigest()


def predictions(folder: Path, tagger: OnnxTagger, threshold: float) -> Iterator[dict[str, Any]]:
    for path in sorted((folder / "text").glob("*.txt")):
        document = read_bytes(path.read_bytes(), name=path.stem, media_type="text/plain", charset="utf-8")
        yield to_dict(extract(document, tagger=tagger, threshold=threshold))


def figures(result: dict[str, Any]) -> dict[str, float]:
    """The gated figures in percent."""
    found = {name: result["metrics"][name]["f1"] for name in GATED}
    direct = result["kinds"]["direct"]
    found |= {"direct_found": direct["found"], "direct_source": direct["source_overlap"]}
    return {name: round(100 * value, 2) for name, value in found.items()}


def won_and_lost(scorer: ModuleType, folder: Path, old: Path, new: Path, most: int = 8) -> list[str]:
    """The articles whose all-overlap matches changed most, won first."""
    counts = [scorer.score(str(folder), str(path)) for path in (old, new)]
    names = list(scorer.gold_files(str(folder)))
    change = [(b["all_overlap", "tp"] - a["all_overlap", "tp"], n) for n, a, b in zip(names, *counts, strict=True)]
    ordered = sorted(change, reverse=True)
    return [f"{gain:+d} {name}" for gain, name in [*ordered[:most], *ordered[-most:]] if gain]


def by_outlet(scorer: ModuleType, folder: Path, counts: list[Any]) -> list[str]:
    """A line for each outlet of the corpus: articles, and F1 of the gated figures."""
    outlets: dict[str, list[Any]] = {}
    for name, count in zip(scorer.gold_files(str(folder)), counts, strict=True):
        outlets.setdefault(name.split("_")[0], []).append(count)
    lines = [f"{'outlet':20}{'articles':>9}" + "".join(f"{metric:>16}" for metric in GATED)]
    for outlet, chosen in sorted(outlets.items()):
        metrics = scorer.summarise(chosen)["metrics"]
        lines.append(f"{outlet:20}{len(chosen):9}" + "".join(f"{100 * metrics[m]['f1']:16.1f}" for m in GATED))
    return lines


def check(found: dict[str, float], digest: str, pinned: dict[str, Any], slack: float) -> list[str]:
    """What is wrong against the floors."""
    wrong = [] if digest == pinned["data_sha256"] else ["the gold is not the data that the floors were measured on"]
    floors: dict[str, float] = pinned["floors"]
    return wrong + [f"{n} {found[n]} is below its floor {low}" for n, low in floors.items() if found[n] < low - slack]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED / "data" / "polnear" / "dev")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--out", type=Path, default=Path("build/dev.jsonl"))
    parser.add_argument("--won-lost", type=Path)
    parser.add_argument("--by-outlet", action="store_true")
    parser.add_argument("--bootstrap", type=int, default=0)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    args = parser.parse_args()
    if args.pin and (args.gold, args.model, args.threshold) != tuple(map(parser.get_default, PINNED_ON)):
        parser.error("floors are pinned on the shipped weights, the dev data and the default threshold")
    scorer = load_scorer()
    tagger = OnnxTagger(args.model)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as handle:
        for row in predictions(args.gold, tagger, args.threshold):
            handle.write(json.dumps(row) + "\n")
    counts = scorer.score(str(args.gold), str(args.out))
    result = scorer.summarise(counts, args.bootstrap)
    print(scorer.table(result))
    if args.by_outlet:
        print("\n" + "\n".join(by_outlet(scorer, args.gold, counts)))
    found, digest = figures(result), data_hash(args.gold)
    print(f"\n{tagger.name}, threshold {args.threshold}: " + ", ".join(f"{n} {v}" for n, v in found.items()))
    if args.won_lost:
        print("\n".join(won_and_lost(scorer, args.gold, args.won_lost, args.out)))
    sys.exit(gate(found, digest, HERE / "floors.json", pin=args.pin, lower=args.allow_lower))


def gate(found: dict[str, float], digest: str, path: Path, *, pin: bool, lower: bool) -> int:
    """Check against the floors of `path`, or write them. Returns the exit status."""
    slack = 0.0 if pin else SLACK  # or the floors would sink a little at every pinning
    wrong = check(found, digest, json.loads(path.read_text()), slack) if path.exists() else []
    if wrong and not (pin and lower):
        print("\n".join(f"FAILED: {line}" for line in wrong))
        return 1
    if pin:
        path.write_text(json.dumps({"data_sha256": digest, "floors": found}, indent=1) + "\n")
    elif not path.exists():
        print("no floors are pinned yet: run with --pin")
        return 1
    return 0


if __name__ == "__main__":
    main()
