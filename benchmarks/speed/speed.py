"""How fast, in one run: python benchmarks/speed/speed.py [FOLDER]

Prints words per second of the bare encoder, of each stage and end to end, the ratios between them, start-up, and
peak memory on a folder and on one five times as large. FOLDER holds articles as text or HTML; without it the
shared newswire articles are taken where they are, else the bundled examples, repeated. Ratios hold; seconds are
those of this machine at this moment.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import psutil

from onrecord.pipeline import extract, resolve
from onrecord.read import read_bytes
from onrecord.records import Document
from onrecord.resolve.page import make_page
from onrecord.tag.group import group
from onrecord.tag.onnx_tagger import OnnxTagger
from onrecord.tag.quotes import quotes
from onrecord.tag.windows import split_windows
from onrecord.tag.words import quote_states, split_words

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
NEWSWIRE = ROOT.parent / "shared" / "data" / "newswire" / "articles"


def articles(folder: Path | None, most: int) -> list[tuple[str, bytes]]:
    chosen = folder or (NEWSWIRE if NEWSWIRE.exists() else ROOT / "examples")
    found = [(path.stem, path.read_bytes()) for path in sorted((*chosen.glob("*.txt"), *chosen.glob("*.html")))]
    found = [(name, raw) for name, raw in found if not raw.startswith(b"{\\rtf")]  # one is no text
    if not found:
        sys.exit(f"no articles in {chosen}")
    return [found[n % len(found)] for n in range(most)]


def timed(job: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = job()
    return time.perf_counter() - began, result


def stages(raws: Sequence[tuple[str, bytes]], tagger: OnnxTagger) -> dict[str, float]:
    """Seconds of each stage over all articles, on the threads that `tagger` has."""
    seconds = dict.fromkeys(("read", "bare encoder", "tag", "group", "resolve", "extract"), 0.0)
    for name, raw in raws:
        spent, document = timed(lambda: read_bytes(raw, name=name))  # noqa: B023
        seconds["read"] += spent
        seconds["bare encoder"] += bare(document, tagger)
        found = quotes(document.text)
        spent, tagged = timed(lambda: tagger.tag(document.text, found, threshold=0.5))  # noqa: B023
        seconds["tag"] += spent
        seconds["group"] += timed(lambda: group(document.text, tagged, found))[0]  # noqa: B023
        seconds["resolve"] += resolving(document, tagger)
        seconds["extract"] += timed(lambda: extract(document, tagger=tagger))[0]  # noqa: B023
    return seconds


def resolving(document: Document, tagger: OnnxTagger) -> float:
    """Seconds of who, through whom, when and what, on what is found in a document."""
    record = extract(document, tagger=tagger)
    return timed(lambda: resolve(make_page(document, document.text, record.attributions), record.statements))[0]


def bare(document: Document, tagger: OnnxTagger) -> float:
    """Seconds of the encoder alone, on the same windows."""
    states = quote_states(len(document.text), quotes(document.text))
    words = split_words(document.text, tagger.tokenizer, states)
    windows = split_windows(document.text, words)
    return timed(lambda: [tagger.encode(words, window) for window in windows])[0]


def peak(raws: Sequence[tuple[str, bytes]]) -> tuple[float, float]:
    """(seconds, MB at the peak) of `onrecord read` on a folder, all its processes counted together."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, raw) in enumerate(raws):
            Path(folder, f"{number:05}-{name}.txt").write_bytes(raw + f"\n\n{number}\n".encode())
        command = [sys.executable, "-m", "onrecord", "read", folder, "--ledger", f"{folder}/ledger.db"]
        began, most = time.perf_counter(), 0.0
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                most = max(most, _memory(process.pid))
                time.sleep(0.05)
        return time.perf_counter() - began, most


def _memory(pid: int) -> float:
    """MB of a process and its children that they do not share."""
    total = 0.0
    try:
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            total += process.memory_full_info().pss / 1e6
    except psutil.Error:
        pass  # it ended while it was looked at
    return total


def startup(arguments: Sequence[str], runs: int = 5) -> float:
    """Seconds of a cold start, the best of `runs`."""
    command = [sys.executable, *arguments]
    return min(timed(lambda: subprocess.run(command, capture_output=True, check=True))[0] for _ in range(runs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--memory", type=int, default=200, help="articles of the smaller folder; 0 skips it")
    args = parser.parse_args()
    tagger = OnnxTagger(args.model, threads=args.threads) if args.model else OnnxTagger(threads=args.threads)
    raws = articles(args.folder, args.articles)
    count = sum(len(raw.split()) for _, raw in raws)
    stages(raws[:3], tagger)  # warm
    seconds = stages(raws, tagger)
    for name, spent in seconds.items():
        print(f"{name:14}{count / max(spent, 1e-9):12.0f} words/s")
    print(f"resolving takes {100 * seconds['resolve'] / seconds['bare encoder']:.1f} % of the bare encoder's time")
    total = seconds["read"] + seconds["extract"]
    print(f"end to end{'':4}{count / total:12.0f} words/s, {total / seconds['bare encoder']:.3f} x the bare encoder")
    bare_python, shown = startup(["-c", "pass"]), startup(["-m", "onrecord", "--help"])
    print(f"--help         {shown - bare_python:8.2f} s over bare Python ({bare_python:.2f} s)")
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder, "one.txt")
        first.write_bytes(raws[0][1])
        print(f"first record   {startup(['-m', 'onrecord', 'extract', str(first)], 3):8.2f} s from a cold start")
    for size in (args.memory, 5 * args.memory) if args.memory else ():
        spent, most = peak(articles(args.folder, size))
        print(f"read {size:5} files {spent:6.1f} s, {most:6.0f} MB at the peak")


if __name__ == "__main__":
    main()
