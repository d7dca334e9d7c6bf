"""Reads and extracts many documents on this machine, with all its cores."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from onrecord.bulk.outcome import Done, Failed, Work, attempt
from onrecord.bulk.pool import Pool
from onrecord.pipeline import extract, load_tagger
from onrecord.read import Input, load, read_bytes
from onrecord.records import Record
from onrecord.resolve import VERSION as RESOLVER
from onrecord.settings import Settings

FEW = 2  # documents for which starting processes takes longer than it saves


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read. `name` and `url` say of a document what it does not say itself.

    What `ledger` already holds from the same weights and rules is taken from there instead of being extracted again.
    """

    threshold: float = field(default_factory=lambda: Settings().threshold)
    largest: int = field(default_factory=lambda: Settings().largest)  # bytes
    name: str | None = None
    url: str | None = None
    ledger: Path | None = None


def read_and_extract(input: Input, *, reading: Reading, threads: int) -> Done:
    """`threads` for one document; 0 takes all. Raises DocumentFailed, ModelFailed."""
    raw = load(input, largest=reading.largest)
    document = read_bytes(raw, name=reading.name or input.name, url=reading.url)
    tagger = load_tagger(threads)
    record = _recorded(document.id, tagger.name, reading.ledger)
    return Done(input, raw, record or extract(document, tagger=tagger, threshold=reading.threshold))


def _recorded(document_id: str, tagger: str, ledger: Path | None) -> Record | None:
    if ledger is None:
        return None
    from onrecord.ledger import Ledger  # a third of a second, which `onrecord extract` does without

    with Ledger(ledger, read_only=True) as book:
        known = book.knows(document_id, tagger=tagger, resolver=RESOLVER)
        return book.stored_record(document_id) if known else None


def run(
    inputs: Sequence[Input],
    *,
    workers: int | None = None,
    reading: Reading | None = None,
    work: Callable[..., Done] = read_and_extract,
) -> Generator[Done | Failed]:
    """One outcome for each input, in their order, as they come. Raises RunAborted.

    One or two documents are read in this process, more in `workers` others, by default one for each core; a
    script that calls this with many must then keep its own doings under `if __name__ == "__main__"`. Close the
    iterator to stop early.
    """
    cores = Settings().workers
    size = min(workers or cores, len(inputs))
    small = len(inputs) <= FEW
    job: Work = partial(work, reading=reading or Reading(), threads=0 if small else max(1, cores // size))
    if small:
        for input in inputs:
            yield attempt(job, input)
        return
    with Pool(job, size=size) as pool:
        yield from pool.outcomes(inputs)
