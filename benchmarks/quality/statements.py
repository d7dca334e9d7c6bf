"""Score who, through whom, when and what is done in saying it: python benchmarks/quality/statements.py

The gold (newswire.jsonl) holds offsets and hashes; its articles lie in ../shared. It was labelled by language models,
twice independently, and nothing is trained or tuned on it. Fields are scored on the attributions that the tagger found
(their cues overlap); `end to end` counts those it missed as wrong. With `--attributions gold` the gold attributions
themselves are resolved: quick, for work on the rules. `--misses FIELD` prints each wrong row of a field.
Exit status 1 when a figure falls below its floor in floors-statements.json; `--pin` and `--allow-lower` as for the
tagger.
"""

import argparse
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attribution import SHARED, gate
from newswire import gold_articles, matched

from onrecord.export.to_dict import to_dict
from onrecord.ids import statement_id
from onrecord.pipeline import blank, extract, resolve
from onrecord.read import read_bytes
from onrecord.records import Attribution, Document, Kind, Record, Span, Statement
from onrecord.resolve.page import make_page
from onrecord.settings import THRESHOLD
from onrecord.tag.onnx_tagger import MODEL, OnnxTagger

HERE = Path(__file__).parent
LEAST_CASES = 10  # of an act, to count in the macro F1
PRONOUNS = frozenset(["he", "she", "it", "they", "him", "her", "them", "i", "we", "who"])
Row = dict[str, Any]
Checks = Iterator[tuple[str, bool]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=HERE / "newswire.jsonl")
    parser.add_argument("--texts", type=Path, default=SHARED / "data" / "newswire" / "articles")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--attributions", choices=("found", "gold"), default="found")
    parser.add_argument("--misses", metavar="FIELD", help="print the wrong rows of a field")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    args = parser.parse_args()
    tagger = OnnxTagger(args.model) if args.attributions == "found" else None
    tally = Tally(args.misses)
    for name, text, gold in gold_articles(args.gold, args.texts):
        document = read_bytes(text.encode(), name=name, media_type="text/plain", charset="utf-8")
        record = extract(document, tagger=tagger, threshold=args.threshold) if tagger else from_gold(document, gold)
        tally.add(name, text, gold, record)
    figures = tally.figures()
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:{width}} {value:6.1f}  {tally.sizes.get(name, '')}")
    print("acts, F1 (cases):", ", ".join(f"{a} {f:.0f} ({n})" for a, (f, n) in tally.acts().items()))
    print("acts confused:", ", ".join(f"{a}→{b} {n}" for (a, b), n in tally.confused.most_common(12)))
    if args.gold == parser.get_default("gold") and tagger:
        digest = hashlib.sha256(args.gold.read_bytes()).hexdigest()
        rounded = {name: round(value, 2) for name, value in figures.items() if not name.endswith("(lower is better)")}
        sys.exit(gate(rounded, digest, HERE / "floors-statements.json", pin=args.pin, lower=args.allow_lower))


def from_gold(document: Document, gold: Sequence[Row]) -> Record:
    """The record that the resolvers make of the gold attributions."""

    def spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
        return tuple(Span(*pair) for pair in pairs)

    rows = tuple(
        Attribution(
            cue=spans(row["cue"]),
            sources=spans(row["source"]),
            contents=spans(row["content"]),
            quotes=(),
            kind=Kind(row["kind"]),
            score=1.0,
            parent=row["parent"],
        )
        for row in gold
    )
    bare = [Statement(statement_id(document.id, row.cue, row.contents), document.id, row, ()) for row in rows]
    aside = [*(caption.span for caption in document.captions), *document.notes]
    statements = resolve(make_page(document, blank(document.text, aside), rows), bare)
    return Record(document, rows, tuple(statements), (), (), (None,) * len(document.references), True, "gold")


def plain(name: str) -> str:
    return re.sub(r"\W+", " ", name.lower().replace("’s", "").replace("'s", "")).removeprefix("the ").strip()


def same_name(left: str, right: str) -> bool:
    """Whether two names can be one entity's: equal, or one holds the other word by word."""
    a, b = plain(left).split(), plain(right).split()
    short, long = sorted((a, b), key=len)
    return bool(short) and any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def same_names(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two lists name the same entities, in any order."""
    return len(left) == len(right) and all(any(same_name(a, b) for b in right) for a in left)


class Tally:
    """Counts over articles. Every check of a field is a pair of its name and whether it was right."""

    def __init__(self, misses: str | None = None) -> None:
        self.checks: defaultdict[str, list[bool]] = defaultdict(list)
        self.count: Counter[str] = Counter()
        self.pairs: list[tuple[str, str]] = []  # acts: gold, found
        self.sizes: dict[str, int] = {}
        self.misses = misses

    def add(self, name: str, text: str, gold: Sequence[Row], record: Record) -> None:
        found = to_dict(record)
        rows = found["attributions"]
        of = matched(gold, rows) if record.tagger != "gold" else {i: i for i in range(len(gold))}
        self.count.update(gold=len(gold), found=len(of))
        for j, i in sorted(of.items()):
            statement = found["statements"][j]
            right = True
            for field, ok in self._check(text, gold, i, statement, found, j):
                self.checks[field].append(ok)
                right &= ok or field not in ("speaker", "act", "polarity", "certainty", "date")
                if not ok and field == self.misses:
                    self._print(name, text, gold[i], statement)
            self.count.update(whole=right)
            self.pairs.append((gold[i]["act"], statement["act"]))
            negative = [row["polarity"] == "negative" for row in (gold[i], statement)]
            self.count.update(negative_gold=negative[0], negative_found=negative[1], negative_right=all(negative))
        self._count_links(name, text, gold, found, of)

    def _check(self, text: str, gold: Sequence[Row], i: int, row: Row, found: Row, j: int) -> Checks:
        wanted = gold[i]
        yield from self._check_speaker(text, wanted, row)
        yield "kind", wanted["kind"] == found["attributions"][j]["kind"]
        for field in ("act", "polarity", "certainty"):
            yield field, wanted[field] == row[field]
        for field in ("hedge", "condition"):
            if wanted[field] or row[field]:
                yield field, bool(wanted[field]) and bool(row[field]) and _touch(wanted[field], row[field]["span"])
        yield from _check_date(wanted["said_at"], row["said_at"])
        if wanted["addressee"] or row["addressee"]:
            both = wanted["addressee"] and row["addressee"]
            yield "addressee", bool(both) and _touch(wanted["addressee"], row["addressee"]["span"])
        hops = _hops(text, gold, i)
        if hops is not None:
            got = [hop["name"] or "" for hop in row["chain"][:-1]]
            ok = len(hops) == len(got) and all(same_name(a, b) for a, b in zip(hops, got, strict=True))
            yield "chain", ok
            if hops or got:
                yield "chain, where it has hops", ok

    def _check_speaker(self, text: str, wanted: Row, row: Row) -> Checks:
        people = wanted["speakers"]
        if any(person["name"] is None for person in people):
            return
        names = [text[slice(*person["name"])] for person in people]
        known = all(person["resolved"] for person in row["speakers"]) and bool(row["speakers"])
        ok = same_names(names, [person["name"] for person in row["speakers"]]) and (known or not names)
        yield "speaker", ok
        self.count.update(speakers=1, speaker_wrong=known and not ok)
        if ok and names:
            yield "speaker's kind", [p["kind"] for p in people] == [p["kind"] for p in row["speakers"]]
        source = " ".join(text[a:b] for a, b in wanted["source"]).lower()
        if source in PRONOUNS and names:
            yield "speaker, pronouns", ok
            self.count.update(pronouns=1, pronoun_wrong=known and not ok)

    def _count_links(self, name: str, text: str, gold: Sequence[Row], found: Row, of: dict[int, int]) -> None:
        reachable = set(of.values())
        wanted = {
            (i, link["relation"], link["to"])
            for i, row in enumerate(gold)
            if i in reachable
            for link in row["links"]
            if link["to"] is None or link["to"] in reachable
        }
        got = {
            (of[j], link["relation"], of.get(link["to"], -1) if link["to"] is not None else None)
            for j, row in enumerate(found["statements"])
            if j in of
            for link in row["links"]
            if link["to"] is None or link["to"] in of
        }
        self.count.update(links=len(wanted), links_found=len(got), links_right=len(wanted & got))
        if self.misses == "links":
            for sign, rows in (("missed", wanted - got), ("wrong", got - wanted)):
                for i, relation, to in sorted(rows, key=str):
                    target = "a claim" if to is None else f"{to}: {_shown(text, gold[to])}"
                    print(f"{name} {sign} {relation}\n  {i}: {_shown(text, gold[i])}\n  {target}")

    def _print(self, name: str, text: str, wanted: Row, row: Row) -> None:
        people = [text[slice(*p["name"])] if p["name"] else None for p in wanted["speakers"]]
        kinds = [p["kind"] for p in wanted["speakers"]]
        gold = {key: wanted[key] for key in ("act", "polarity", "certainty")}
        gold |= {"speakers": people, "kinds": kinds, "said_at": wanted["said_at"]}
        for key in ("hedge", "condition", "addressee"):
            gold[key] = text[slice(*wanted[key])] if wanted[key] else None
        gold["relayed_by"] = [text[slice(*pair)] for pair in wanted["relayed_by"] if pair]
        print(
            f"{name}: {_shown(text, wanted)}\n  gold  {gold}\n  found { ({k: v for k, v in row.items() if k != 'id'}) }"
        )

    def acts(self) -> dict[str, tuple[float, int]]:
        """F1 and gold cases of each act."""
        gold, found, right = Counter(g for g, _ in self.pairs), Counter(f for _, f in self.pairs), Counter[str]()
        right.update(g for g, f in self.pairs if g == f)
        return {act: (200 * right[act] / (n + found[act]), n) for act, n in gold.most_common()}

    @property
    def confused(self) -> Counter[tuple[str, str]]:
        return Counter((g, f) for g, f in self.pairs if g != f)

    def figures(self) -> dict[str, float]:
        """Percent, by name; `sizes` then says of how many rows."""
        shares = {field: _percent(sum(values), len(values)) for field, values in self.checks.items()}
        self.sizes = {field: len(values) for field, values in self.checks.items()}
        n = self.count
        macro = [f for f, cases in self.acts().values() if cases >= LEAST_CASES]
        negative = self._negative()
        shares |= {
            "speaker, wrong (lower is better)": _percent(n["speaker_wrong"], n["speakers"]),
            "speaker, pronouns, wrong (lower is better)": _percent(n["pronoun_wrong"], n["pronouns"]),
            "act, macro F1": sum(macro) / max(1, len(macro)),
            "polarity, F1 of negative": negative,
            "links, precision": _percent(n["links_right"], n["links_found"]),
            "links, recall": _percent(n["links_right"], n["links"]),
            "attributions found": _percent(n["found"], n["gold"]),
            "end to end: speaker, act, commitment and date right": _percent(n["whole"], n["gold"]),
        }
        for field in ("speaker", "act", "polarity", "certainty", "basis", "chain"):
            shares[f"end to end: {field}"] = _percent(sum(self.checks[field]), n["gold"])
        self.sizes |= {
            "links, recall": n["links"],
            "links, precision": n["links_found"],
            "attributions found": n["gold"],
        }
        return dict(sorted(shares.items()))

    def _negative(self) -> float:
        return _percent(2 * self.count["negative_right"], self.count["negative_gold"] + self.count["negative_found"])


def _check_date(wanted: Row, got: Row) -> Checks:
    yield "basis", wanted["basis"] == got["basis"]
    yield "date", wanted["value"] == got["value"]
    if wanted["basis"] in ("explicit", "relative"):
        same = wanted["value"] == got["value"] and (got["basis"] in ("explicit", "relative"))
        yield f"date, {wanted['basis']}", same


def _hops(text: str, gold: Sequence[Row], i: int) -> list[str] | None:
    """The names between the speaker and the publisher: own relays, then each parent's speaker and relays."""
    names: list[str] = []
    row = gold[i]
    while True:
        if any(pair is None for pair in row["relayed_by"]):
            return None  # the label is not a stretch of the text
        names += [text[slice(*pair)] for pair in row["relayed_by"]]
        if row["parent"] is None:
            return _once(names)
        row = gold[row["parent"]]
        if any(person["name"] is None for person in row["speakers"]):
            return None
        names += [text[slice(*person["name"])] for person in row["speakers"]]


def _once(names: Sequence[str]) -> list[str]:
    """Names without those that one before them says already: a parent's hop may be labelled at the child as well."""
    kept: list[str] = []
    for name in names:
        if not any(same_name(name, other) for other in kept):
            kept.append(name)
    return kept


def _touch(left: Sequence[int], right: Sequence[int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _shown(text: str, row: Row) -> str:
    parts = (" ".join(text[a:b] for a, b in row[role]) for role in ("source", "cue", "content"))
    return " | ".join(" ".join(part.split())[:160] for part in parts)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


if __name__ == "__main__":
    main()
