"""The parts of a page that are not running text: headline, captions, footnote marks and notes."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from onrecord.read.captions import is_credit
from onrecord.read.html_scan import BLOCK, LINE, Scan, Tag, element_end
from onrecord.read.locate import Page, Stretch, squeeze

CAPTION_WITHIN = 4000  # characters of the page that one caption takes at most
NOTE_WITHIN = 8000
MARK_WITHIN = 300
LONGEST_CAPTION = 700  # visible characters; a longer one is a text
LONGEST_TITLE = 500  # visible characters
LEAST_TITLE = 10  # printing characters of a title that is looked for without a heading
MOST_PARTS = 2000  # captions, or marks, looked at on one page

# A class that names a caption together with its picture, or as nothing else; "fs-caption" is a size of type.
_PICTURE = r"wp|image|img|photo|picture|pic|figure|fig|media|slide|gallery|story|lead|hero|element|featured"
_CAPTION = re.compile(
    rf"(?:[\w-]*[-_])?(?:{_PICTURE})[-_\w]*?[-_]*captions?(?:[-_]*text)?|caption"
    r"|(?:[\w-]*[-_])?(?:photo|image|picture)[-_]?credits?|caption description",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"""\b(?:class|itemprop)\s*=\s*["']?[^"'>]*?(?:credit|copyright)""", re.IGNORECASE)
_IMAGES = ("<img", "<picture", "<video", "<amp-img", "<iframe")
IMAGE_WITHIN = 3000  # characters of the page between a picture and its caption
_MARK = re.compile(
    r"[\[(]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3}|note \d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*[\])]?", re.IGNORECASE
)
_SURE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§]{1,3})\s*[\])]?")


class Mark(NamedTuple):
    """A footnote mark and its note, in the visible text."""

    place: Stretch
    note: Stretch | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A caption in the visible text, and the words of its credit where the page marks them."""

    place: Stretch
    credit: str | None


class Parts:
    """Asks a scanned page for its parts."""

    def __init__(self, page: str, found: Scan) -> None:
        self.page = page
        self.scan = found
        self._at = [tag.at for tag in found.tags]

    def tags(self, low: int, high: int) -> tuple[Tag, ...]:
        """The tags between two places of the visible text."""
        return self.scan.tags[bisect_left(self._at, low) : bisect_left(self._at, high)]

    def inside(self, tag: Tag, *, within: int) -> Stretch:
        """The visible text of an element, trimmed; empty when it has none."""
        end = element_end(self.page, tag, within=within)
        return self.scan.trim(tag.at, int(np.searchsorted(self.scan.starts, end)))

    def words(self, stretch: Stretch) -> str:
        return " ".join(self.scan.text[slice(*stretch)].split())

    # --- headline

    def title(self, titles: Iterable[str], located: Page, before: int) -> Stretch | None:
        """The heading that says one of `titles`, else such a line above `before`, else the only h1."""
        wanted = [squeeze(title)[0] for title in titles]
        headings = [self.inside(tag, within=CAPTION_WITHIN) for tag in self.scan.tags if tag.name in ("h1", "h2")]
        for place in [(low, high) for low, high in headings[:50] if high - low <= LONGEST_TITLE]:
            words, places = squeeze(self.scan.text[slice(*place)])
            if len(words) >= LEAST_TITLE and any(words.casefold() in title.casefold() for title in wanted):
                return place
            said = next((title for title in wanted if len(title) >= LEAST_TITLE and title in words), None)
            if said:  # a kicker stands beside it
                low = words.index(said)
                return place[0] + int(places[low]), place[0] + int(places[low + len(said) - 1]) + 1
        for title in titles:
            line = self._line(squeeze(title)[0], located, before)
            if line:
                return line
        return None

    def _line(self, words: str, located: Page, before: int) -> Stretch | None:
        """The last place above `before` where `words` are a whole block."""
        at = located.text.rfind(words, 0, int(np.searchsorted(located.places, before)) + len(words))
        if at < 0 or len(words) < LEAST_TITLE:
            return None
        low, high = located.stretch(at, at + len(words))
        above = self.scan.text[max(0, low - MARK_WITHIN) : low]
        below = self.scan.text[high : high + MARK_WITHIN]
        alone = BLOCK in above[len(above.rstrip()) :] and BLOCK in below[: len(below) - len(below.lstrip())]
        return (low, high) if alone else None

    # --- captions

    def pictures(self, low: int, high: int) -> list[Picture]:
        """Captions between two places of the visible text, in order, without overlaps."""
        found: list[Picture] = []
        for tag in [tag for tag in self.tags(low, high) if _names_caption(tag)][:MOST_PARTS]:
            place = self.inside(tag, within=CAPTION_WITHIN)
            after = found[-1].place[1] if found else 0
            fits = after <= place[0] < place[1] <= place[0] + LONGEST_CAPTION
            if fits and len(self.words(place).split()) > 1 and self._has_picture(tag):
                found.append(Picture(place, self._credit(place)))
        return found

    def _has_picture(self, tag: Tag) -> bool:
        """Whether a picture stands near: a button's label may be a <figcaption> too."""
        low, high = max(0, tag.start - IMAGE_WITHIN), tag.start + IMAGE_WITHIN // 2
        return any(self.page.find(image, low, high) >= 0 for image in _IMAGES)

    def _credit(self, place: Stretch) -> str | None:
        """The words inside `place` that are marked as the credit, or a last line that can be nothing else."""
        marked = (tag for tag in self.tags(*place) if tag.name != "figcaption" and _CREDIT.search(tag.attributes))
        found = next((self.words(self.inside(tag, within=CAPTION_WITHIN)) for tag in marked), "")
        if found:
            return found
        above, _, last = self.scan.text[slice(*place)].rstrip().replace(LINE, BLOCK).rpartition(BLOCK)
        return last.strip() if above.strip() and is_credit(last.strip()) else None

    # --- footnotes

    def marks(self, low: int, high: int) -> list[Mark]:
        """Footnote marks between two places of the visible text."""
        found: list[Mark] = []
        for tag in [tag for tag in self.tags(low, high) if tag.name in ("sup", "a")][:MOST_PARTS]:
            mark = self._mark(tag)
            if mark and not (found and mark.place[0] < found[-1].place[1]):
                found.append(mark)
        return found

    def _mark(self, tag: Tag) -> Mark | None:
        place = self.inside(tag, within=MARK_WITHIN)
        words = self.scan.text[slice(*place)]
        if not words or not _MARK.fullmatch(words) or not self._follows_words(place[0]):
            return None
        links = [each for each in self.tags(place[0], place[0] + 1) if each.name == "a" and each.start >= tag.start]
        note = next((note for link in links if (note := self._note(link, place))), None)
        raised = tag.name == "sup" and _SURE.fullmatch(words)
        touching = words[0] in "[(" or not self.scan.text[place[0] - 1].isspace()
        return Mark(place, note) if raised or (note and (touching or tag.name == "sup")) else None

    def _follows_words(self, at: int) -> bool:
        """A mark stands after words of its own block; a count of comments stands alone."""
        before = self.scan.text[max(0, at - MARK_WITHIN) : at]
        return bool(before.rpartition(BLOCK)[2].strip())

    def _note(self, link: Tag, mark: Stretch) -> Stretch | None:
        """The visible text of the element that a mark links to; it stands below the mark."""
        tag = self._named.get((link.get("href") or "").partition("#")[2])
        place = self.inside(tag, within=NOTE_WITHIN) if tag else (0, 0)
        return place if mark[1] <= place[0] < place[1] else None

    @cached_property
    def _named(self) -> dict[str, Tag]:
        """Elements by the name that a link can give them."""
        found: dict[str, Tag] = {}
        for tag in self.scan.tags:
            name = tag.get("id") if tag.name != "meta" else None
            if name:
                found.setdefault(name, tag)
        return found


def _names_caption(tag: Tag) -> bool:
    if tag.name == "figcaption":
        return True
    if "aption" not in tag.attributes and "redit" not in tag.attributes:
        return False
    names = [*(tag.get("class") or "").split(), tag.get("itemprop") or ""]
    return any(_CAPTION.fullmatch(name) for name in names)
