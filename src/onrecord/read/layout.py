"""From stretches of the visible text to the text of the document, with the place of every character."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.read.encodings import Decoded
from onrecord.read.html_scan import BLOCK, LINE, Scan
from onrecord.read.locate import Stretch
from onrecord.read.offset_map import byte_ends, byte_starts, from_places
from onrecord.records import OffsetMap, Span

# White space that is not one space, breaks, and signs that nobody sees (soft hyphens, NUL, marks of byte order).
_FOLDED = re.compile("\\s{2,}|[^\\S \u00a0]|[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u2060\ufeff]+")
_SPACE = re.compile(r"\s")
_NO_PLACE = -1


@dataclass
class Layout:
    """A text that grows stretch by stretch. `place` is, for each character, its index in the visible text."""

    page: Scan
    pieces: list[str] = field(default_factory=list)
    place: list[NDArray[np.int64]] = field(default_factory=list)
    size: int = 0

    def put(self, words: str, place: NDArray[np.int64]) -> None:
        self.pieces.append(words)
        self.place.append(place)
        self.size += len(words)

    def break_off(self, mark: str) -> None:
        """Put in characters that have no place."""
        if self.size:
            self.put(mark, np.full(len(mark), _NO_PLACE))

    def add(self, stretch: Stretch, *, one_line: bool = False) -> Span | None:
        """Add one stretch, white space folded, breaks too with `one_line`. None when it is nothing but white space."""
        low, high = self.page.trim(*stretch)
        visible = self.page.text
        start = self.size
        for match in _FOLDED.finditer(visible, low, high):
            self._literal(low, match.start())
            self._fold(*match.span(), one_line=one_line)
            low = match.end()
        self._literal(low, high)
        return Span(start, self.size) if self.size > start else None

    def _literal(self, low: int, high: int) -> None:
        if low < high:
            self.put(self.page.text[low:high], np.arange(low, high))

    def _fold(self, low: int, high: int, *, one_line: bool) -> None:
        """One break or space for a stretch of white space, nothing for what nobody sees."""
        white = self.page.text[low:high]
        if not white[0].isspace():
            return
        space = white.find(" ")
        if BLOCK not in white and LINE not in white:
            self.put(" ", np.array([low + max(space, 0)]))
        elif one_line:
            self.put(" ", np.array([low + space if space >= 0 else _NO_PLACE]))
        else:
            self.break_off("\n\n" if BLOCK in white or white.count(LINE) > 1 else "\n")

    def join(self, before: Stretch, after: Stretch) -> None:
        """Put between two stretches what separates them in the page: a blank line, a line end, a space or nothing."""
        low, high = before[1], after[0]
        between = self.page.text[low:high]
        if high < low or BLOCK in between or between.count(LINE) > 1:
            self.break_off("\n\n")
        elif LINE in between:
            self.break_off("\n")
        elif space := _SPACE.search(self.page.text, low, high):
            self.put(" ", np.array([space.start()]))

    def text(self) -> str:
        return "".join(self.pieces)

    def offsets(self, decoded: Decoded) -> OffsetMap:
        """The map from this text to bytes."""
        place = np.concatenate(self.place) if self.place else np.zeros(0, dtype=np.int64)
        placed = place >= 0
        points = np.frombuffer(self.text().encode("utf-32-le"), dtype="<u4")
        visible = np.where(placed, place, 0)
        first, last = self.page.starts[visible].astype(np.int64), self.page.ends[visible].astype(np.int64) - 1
        starts = np.where(placed, byte_starts(decoded.offsets, first), _NO_PLACE)
        ends = np.where(placed, byte_ends(decoded.offsets, last), _NO_PLACE)
        source = np.frombuffer(decoded.text.encode("utf-32-le"), dtype="<u4")
        literal = (first == last) & (source[first] == points)
        return from_places(starts, ends, literal)


def cut(stretches: list[Stretch], holes: list[Stretch]) -> list[Stretch]:
    """`stretches` without what lies in `holes`. Both in order and free of overlaps."""
    remaining: list[Stretch] = []
    bounds = [(0, 0), *holes, (1 << 62, 1 << 62)]
    gaps = [(left[1], right[0]) for left, right in pairwise(bounds)]
    index = 0
    for low, high in stretches:
        while gaps[index][1] <= low:
            index += 1
        at = index
        while at < len(gaps) and gaps[at][0] < high:
            piece = max(low, gaps[at][0]), min(high, gaps[at][1])
            if piece[0] < piece[1]:
                remaining.append(piece)
            at += 1
    return remaining
