"""How well and how fast pages are read: python benchmarks/quality/pages.py [FOLDER]

FOLDER holds expected.json (address → file, with, without) and html/, as shared/data/pages does. Prints, for plain
trafilatura and for onrecord in the same run: how many fragments that must be in the text are, how many that must not
are not, white space normalised; the share of characters with an exact place in the source; the time of both.
Exit status 1 when onrecord is behind trafilatura (in all text for what must be there, in the running text for what must
not) or slower than it may be.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from onrecord.errors import DocumentFailed
from onrecord.read import read_bytes, unfaithful
from onrecord.read.offset_map import mapped
from onrecord.records import Document, Span

PAGES = Path(__file__).parents[2].parent / "shared" / "data" / "pages"
ROUNDS = 3  # the fastest of which counts
MOST_TIMES = 1.5  # of trafilatura's time
LEAST_MAPPED = 0.99


@dataclass
class Tally:
    """Fragments that came out as they must, of `total`, with those that did not."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, fragments: Iterable[str], text: str, file: str, *, present: bool) -> None:
        for fragment in map(normal, fragments):
            self.total += 1
            if (fragment in text) == present:
                self.right += 1
            else:
                self.wrong.append(f"{file}: {fragment}")

    def __str__(self) -> str:
        return f"{self.right:4d} of {self.total}  {100 * self.right / max(self.total, 1):5.1f} %"


def normal(text: str) -> str:
    return " ".join(text.split())


def plain(raw: bytes) -> str:
    """The text of plain trafilatura, with the options that onrecord uses."""
    found: Any = bare_extraction(raw, include_comments=False, with_metadata=True)
    return found.text if found is not None else ""


def read(raw: bytes) -> Document | None:
    try:
        return read_bytes(raw, name="page", media_type="text/html")
    except DocumentFailed:
        return None


def blank(text: str, spans: Iterable[Span]) -> str:
    """`text` with a sign that is in no fragment in place of `spans`."""
    for span in spans:
        text = text[: span.start] + "\0" * (span.end - span.start) + text[span.end :]
    return text


def views(document: Document | None) -> Iterator[tuple[str, str]]:
    """The text whole, without captions, and without captions, title and notes."""
    text = document.text if document else ""
    captions = [caption.span for caption in document.captions] if document else []
    head = [*([document.title_span] if document.title_span else []), *document.notes] if document else []
    yield "onrecord, all text", normal(text)
    yield "onrecord, captions left out", normal(blank(text, captions))
    yield "onrecord, running text only", normal(blank(text, [*captions, *head]))


def fastest(job: Callable[[bytes], object], raw: bytes) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        job(raw)
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def measure(folder: Path) -> tuple[dict[str, tuple[Tally, Tally]], float]:
    """Tallies of with and without for each reader, and the share of characters whose place is exact."""
    tallies: dict[str, tuple[Tally, Tally]] = {}
    exact = kept = 0
    for expected in json.loads((folder / "expected.json").read_text("utf-8")).values():
        raw = (folder / "html" / expected["file"]).read_bytes()
        document = read(raw)
        for reader, text in [("trafilatura", normal(plain(raw))), *views(document)]:
            inside, outside = tallies.setdefault(reader, (Tally(), Tally()))
            inside.add(expected["with"], text, expected["file"], present=True)
            outside.add(expected["without"], text, expected["file"], present=False)
        if document:
            kept += len(document.text) - document.text.count("\n")
            exact += mapped(document.offset_map) - sum(span.end - span.start for span in unfaithful(document, raw))
    return tallies, exact / max(kept, 1)


def time_both(folder: Path) -> tuple[list[float], list[float]]:
    """Seconds for each page: trafilatura, onrecord."""
    raws = [path.read_bytes() for path in sorted((folder / "html").iterdir())]
    read(raws[0])  # models and tables are loaded once
    pairs = [(fastest(plain, raw), fastest(read, raw)) for raw in raws]
    return [first for first, _ in pairs], [second for _, second in pairs]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path, default=PAGES)
    options.add_argument("--wrong", action="store_true", help="name the fragments that came out wrong")
    chosen = options.parse_args()
    if not (chosen.folder / "expected.json").exists():
        sys.exit(f"no expected.json in {chosen.folder}: name a folder with pages")
    tallies, share = measure(chosen.folder)
    for reader, (inside, outside) in tallies.items():
        print(f"{reader:28s} with {inside}   without {outside}")
    if chosen.wrong:
        for reader, both in tallies.items():
            print(*(f"  {reader}: {line}" for tally in both for line in tally.wrong), sep="\n")
    alone, ours = time_both(chosen.folder)
    times = sum(ours) / sum(alone)
    median = statistics.median(second / first for first, second in zip(alone, ours, strict=True))
    print(f"characters with an exact place {100 * share:.2f} %")
    print(
        f"seconds: trafilatura {sum(alone):.2f}, onrecord {sum(ours):.2f}, {times:.2f} times; median page {median:.2f}"
    )
    base, body = tallies["trafilatura"], tallies["onrecord, running text only"]
    behind = tallies["onrecord, all text"][0].right < base[0].right or body[1].right < base[1].right
    return int(behind or share < LEAST_MAPPED or times > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main())
