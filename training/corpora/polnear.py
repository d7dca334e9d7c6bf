"""PolNeAR 1.0: news articles with attributions in brat standoff (Newell, Margolin and Ruths, LREC 2018)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Offsets = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    source: Offsets
    cue: Offsets
    content: Offsets
    nested: bool = False  # its cue stands inside the content of another


@dataclass(frozen=True, slots=True)
class Article:
    name: str
    text: str
    attributions: list[GoldAttribution]
    doubtful: Offsets = field(default_factory=list)  # what may be a cue or not: nothing is learnt from it


def read_attributions(path: Path) -> list[GoldAttribution]:
    """The attributions of one .ann file. A `T` line may break over several lines, so only tabs count."""
    spans: dict[str, Offsets] = {}
    events: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("T") and line.count("\t") >= 2:
            ident, where, _ = line.split("\t", 2)
            pairs = where.split(" ", 1)[1].split(";")
            spans[ident] = [(int(a), int(b)) for a, b in (pair.split() for pair in pairs)]
        elif re.match(r"E\d+\t", line):
            events.append(line.split("\t", 1)[1].split())
    return [_attribution(event, spans) for event in events]


def _attribution(event: list[str], spans: dict[str, Offsets]) -> GoldAttribution:
    roles: dict[str, Offsets] = defaultdict(list)
    for argument in event:
        name, ident = argument.split(":")
        roles[name.rstrip("0123456789").lower()] += spans.get(ident, [])
    return GoldAttribution(*(sorted(roles[role]) for role in ("source", "cue", "content")))


def read_split(folder: Path) -> Iterator[Article]:
    """The articles of one split (a folder with `text` and `attributions`), by name.

    Where several people annotated an article, the first file in name order is its gold.
    """
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in first.items():
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")  # line ends as they are
        yield Article(name, text, read_attributions(path))
