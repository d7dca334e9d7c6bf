"""Maps from characters to bytes: building, asking, proving."""

import re
from array import array
from bisect import bisect_left, bisect_right
from html import unescape

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Document, OffsetMap, Span

Numbers = NDArray[np.int64]


def _array(values: Numbers) -> "array[int]":
    return array("q", values.astype(np.int64).tobytes())


def from_widths(widths: NDArray[np.generic], *, size: int | None = None, start: int = 0) -> OffsetMap:
    """The map of a text whose characters follow each other from byte `start` on.

    `widths`: bytes of each character; with `size`, one width for that many characters.
    """
    if size is not None:
        widths = widths[: min(size, 1)]
    size = len(widths) if size is None else size
    first = np.flatnonzero(np.diff(widths, prepend=0) != 0)
    counts = np.diff(first, append=size)
    run_widths = widths[first].astype(np.int64)
    return _following(first, counts, run_widths, size=size, start=start)


def from_exceptions(characters: Numbers, widths: Numbers, *, size: int, start: int) -> OffsetMap:
    """As `from_widths`, for a text of `size` characters of one byte but for some `characters` of `widths` bytes."""
    edges = np.stack([characters, characters + 1], axis=1).ravel()
    run_widths = np.stack([widths, np.ones_like(widths)], axis=1).ravel()
    last = np.append(edges[1:] != edges[:-1], edges[-1:] < size)  # of two at the same place the second counts
    edges, run_widths = edges[last], run_widths[last]
    if size and (not len(edges) or edges[0]):
        edges, run_widths = np.append(0, edges), np.append(1, run_widths)
    kept = np.diff(run_widths, prepend=0) != 0
    first, run_widths = edges[kept], run_widths[kept]
    return _following(first, np.diff(first, append=size), run_widths, size=size, start=start)


def _following(first: Numbers, counts: Numbers, widths: Numbers, *, size: int, start: int) -> OffsetMap:
    """Runs of `counts` characters of `widths` bytes, one after the other without gap from byte `start` on."""
    ends = start + np.cumsum(counts * widths)
    return OffsetMap(_array(first), _array(ends - counts * widths), _array(ends), _array(widths), size)


def from_places(starts: Numbers, ends: Numbers, literal: NDArray[np.bool_]) -> OffsetMap:
    """The map of a text of which each character has its own place.

    Arrays have one entry for each character. Where `literal` is false the character is taken whole with all
    others of the same place. A character with `starts` -1 has no place.
    """
    placed = starts >= 0
    reached = np.maximum.accumulate(np.where(placed, ends, 0))
    starts, ends = np.where(placed, starts, reached), np.where(placed, ends, reached)
    widths = np.where(literal & placed, ends - starts, 0)
    same_place = (starts[1:] == starts[:-1]) & (ends[1:] == ends[:-1])
    follows = (starts[1:] == ends[:-1]) & (widths[1:] > 0)
    joined = (widths[1:] == widths[:-1]) & np.where(widths[1:] > 0, follows, same_place)
    first = np.flatnonzero(np.concatenate([[True], ~joined])[: len(starts)])
    last = np.append(first[1:], len(starts)) - 1
    return OffsetMap(_array(first), _array(starts[first]), _array(ends[last]), _array(widths[first]), len(starts))


def byte_starts(offsets: OffsetMap, characters: Numbers) -> Numbers:
    """The byte at which each of `characters` (offsets into the text) begins."""
    run, inside = _runs(offsets, characters)
    return _numbers(offsets.source)[run] + inside * _numbers(offsets.width)[run]


def byte_ends(offsets: OffsetMap, characters: Numbers) -> Numbers:
    """The byte after each of `characters`."""
    run, inside = _runs(offsets, characters)
    widths = _numbers(offsets.width)[run]
    exact = _numbers(offsets.source)[run] + (inside + 1) * widths
    return np.where(widths > 0, exact, _numbers(offsets.source_end)[run])


def _numbers(values: "array[int]") -> Numbers:
    return np.frombuffer(values, dtype=np.int64)


def _runs(offsets: OffsetMap, characters: Numbers) -> tuple[Numbers, Numbers]:
    first = _numbers(offsets.text)
    run = np.searchsorted(first, characters, side="right") - 1
    return run, characters - first[run]


def to_source(offsets: OffsetMap, span: Span) -> list[tuple[int, int]]:
    """The stretches of bytes (start, end) that `span` stands for, in the order of the text, touching ones joined.

    A run that is taken whole is given whole. Characters without a place give nothing.
    """
    found: list[tuple[int, int]] = []
    low = bisect_right(offsets.text, span.start) - 1
    high = bisect_left(offsets.text, span.end)
    for run in range(low, high):
        start, end = _stretch(offsets, run, span)
        if start == end:
            continue
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _stretch(offsets: OffsetMap, run: int, span: Span) -> tuple[int, int]:
    width, source, first = offsets.width[run], offsets.source[run], offsets.text[run]
    if not width:
        return source, offsets.source_end[run]
    start = source + max(span.start - first, 0) * width
    return start, min(source + (span.end - first) * width, offsets.source_end[run])


def mapped(offsets: OffsetMap) -> int:
    """How many characters have a place in the source."""
    return sum(
        end - start
        for run, (start, end) in enumerate(_extents(offsets))
        if offsets.source[run] != offsets.source_end[run]
    )


def _extents(offsets: OffsetMap) -> list[tuple[int, int]]:
    ends = [*offsets.text[1:], offsets.size] if offsets.size else []
    return list(zip(offsets.text, ends, strict=True))


_SPACE = re.compile(r"\s+")


def unfaithful(document: Document, raw: bytes) -> list[Span]:
    """Every run whose characters are not what its bytes of `raw` decode to. Empty when the map is exact.

    Entities are decoded; white space that the page folds may stand as one space.
    """
    offsets = document.offset_map
    wrong = []
    for run, (start, end) in enumerate(_extents(offsets)):
        source = raw[offsets.source[run] : offsets.source_end[run]]
        if source and not _same(document.text[start:end], source, document.encoding, whole=not offsets.width[run]):
            wrong.append(Span(start, end))
    return wrong


def _same(characters: str, source: bytes, encoding: str, *, whole: bool) -> bool:
    decoded = source.decode(encoding, "replace")
    if characters == decoded:
        return True
    shown = unescape(decoded)
    return whole and characters in (shown, _SPACE.sub(" ", shown))
