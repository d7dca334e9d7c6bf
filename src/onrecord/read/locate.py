"""Where the extractor's blocks stand in the visible text of the page.

Compared without white space and signs that do not print, because an extractor rewrites those. Blocks are looked
for one after the other; a short block only near its neighbours, since short words stand in menus too.
"""

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

SHORT = 25  # printing characters; a shorter block is looked for only between its neighbours
NEAR = 3000  # how far, in printing characters, a short block may be from the block before
PART = 12  # a part of a block is not halved further below twice this

Stretch = tuple[int, int]
_INITIAL = re.compile(r"(?:^|\s)([\"'“‘]?[A-Z])$")


@cache
def _printing() -> NDArray[np.bool_]:
    """For each code point of the basic plane, whether it prints and is no space."""
    return np.array([chr(point).isprintable() and point != 0x20 for point in range(0x10000)], dtype=np.bool_)


def squeeze(text: str) -> tuple[str, NDArray[np.int64]]:
    """`text` without what does not print, and for each kept character its offset in `text`."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kept = np.flatnonzero(_printing()[np.minimum(points, 0xFFFF)] | ((points > 0xFFFF) & (points < 0xE0000)))
    return points[kept].tobytes().decode("utf-32-le"), kept


class Page:
    """The visible text of one page, ready to be searched."""

    def __init__(self, visible: str) -> None:
        self.visible = visible
        self.text, self.places = squeeze(visible)
        self.budget = 50 * len(self.text) + 10_000_000  # characters that searches in vain may cost, in all

    def find(self, needle: str, low: int, high: int) -> int:
        if self.budget <= 0:
            high = min(high, low + NEAR)
        found = self.text.find(needle, low, high)
        self.budget -= (found if found >= 0 else min(high, len(self.text))) - low
        return found

    def stretch(self, low: int, high: int) -> Stretch:
        """The visible stretch of the printing characters low … high - 1."""
        return int(self.places[low]), int(self.places[high - 1]) + 1

    def whole(self, low: int, high: int) -> Stretch:
        """With the initial that a page sets apart and an extractor loses: T|he, “T|he."""
        initial = _INITIAL.search(self.visible, max(0, low - 3), low)
        return (initial.start(1) if initial and self.visible[low].islower() else low), high


def locate(blocks: Iterable[str], page: Page) -> tuple[list[Stretch], list[str]]:
    """Stretches of the visible text that hold `blocks`, and the blocks or parts that it does not hold."""
    wanted = [(block, squeeze(block)[0]) for block in blocks]
    wanted = [pair for pair in wanted if pair[1]]
    needles = [needle for _, needle in wanted]
    found = _tighten(_forward(needles, page), needles, page)
    stretches: list[Stretch] = []
    missing: list[str] = []
    low = 0
    for (block, needle), place, high in zip(wanted, found, _following(found, len(page.text)), strict=True):
        if place >= 0:
            low = place + len(needle)
            stretches.append((place, low))
        else:
            parts, lost = _parts(block, low, max(low, high), page)
            stretches += parts
            missing += lost
    return _merge([page.whole(*page.stretch(*each)) for each in stretches]), missing


def _following(found: list[int], end: int) -> list[int]:
    """For each block the place of the next one that was found, or `end`."""
    places, place = [], end
    for each in reversed(found):
        places.append(place)
        place = each if each >= 0 else place
    return places[::-1]


def _forward(needles: list[str], page: Page) -> list[int]:
    """The place of each block or -1, each after the one before where that is possible."""
    found, low = [], 0
    for needle in needles:
        short = len(needle) < SHORT
        place = page.find(needle, low, low + NEAR if short else len(page.text))
        if place < 0 and not short:
            found.append(page.find(needle, 0, low))  # out of order: the others still follow the last one
            continue
        found.append(place)
        if place >= 0:
            low = place + len(needle)
    return found


def _tighten(found: list[int], needles: list[str], page: Page) -> list[int]:
    """Move blocks that stand twice to the place next to what follows them: the first may be a teaser.

    Where the next block was not found nothing moves, since it lies in between.
    """
    following = -1
    for index in range(len(found) - 1, -1, -1):
        place, needle = found[index], needles[index]
        if place >= 0 and place + len(needle) < following:
            later = page.text.rfind(needle, place, min(following, place + 20 * NEAR))
            found[index] = place = max(place, later)
        following = place
    return found


_SENTENCE_END = re.compile(r"(?<=[.!?:;…”\"])\s+")


def _parts(block: str, low: int, high: int, page: Page) -> tuple[list[Stretch], list[str]]:
    """A block that does not stand in one piece: its sentences, and halves of those, between `low` and `high`."""
    found: list[Stretch] = []
    missing: list[str] = []
    lost = False  # whether the part before was missing too: neighbours are told as one
    waiting = [part for part in reversed(_SENTENCE_END.split(block)) if part.strip()]
    while waiting:
        part = waiting.pop()
        needle = squeeze(part)[0]
        place = page.find(needle, low, high if len(needle) >= 2 * SHORT else min(high, low + NEAR // 10))
        if place >= 0 and needle:
            low = place + len(needle)
            found.append((place, low))
            lost = False
        elif len(needle) >= 2 * PART and " " in part.strip():
            waiting += _halves(part.strip())
        elif needle:
            missing = [*missing[:-1], f"{missing[-1]} {part}"] if lost else [*missing, part]
            lost = True
    return found, missing


def _halves(part: str) -> list[str]:
    """Second half, first half, cut at a space near the middle."""
    middle = part.find(" ", len(part) // 2)
    cut = middle if middle >= 0 else part.rfind(" ")
    return [part[cut:].strip(), part[:cut].strip()]


def _merge(stretches: list[Stretch]) -> list[Stretch]:
    """In the order of the page, overlapping ones joined."""
    merged: list[Stretch] = []
    for low, high in sorted(stretches):
        if merged and low < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged
