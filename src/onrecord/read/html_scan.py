"""A scanner of HTML that keeps the place of every visible character.

It builds no tree: tags become breaks or nothing, scripts and comments vanish, entities are decoded. One pass,
linear on any input, nested or broken, because no pattern can fail after it has begun to consume.
"""

import re
from dataclasses import dataclass
from html import unescape

import numpy as np
from numpy.typing import NDArray

BLOCK = "\x1e"  # stands in the visible text where a block begins or ends
LINE = "\x1d"  # and where a line is broken inside a block

Places = NDArray[np.int32]

_ATTRIBUTES = r"""(?:[^=>]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+"""
_MARKUP = re.compile(
    rf"<(?:(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})(?:>|\Z)|!--(?:-?>|.*?(?:--!?>|\Z))|[!?/][^>]*+(?:>|\Z))", re.DOTALL
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)\s*+(?:=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>"']++)))?""")

_RAW = frozenset({"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"})
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html img legend li main menu nav ol optgroup option p pre "
    "search section select summary table tbody td tfoot th thead tr ul video"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_KEPT = frozenset({"meta", "link", "html", "title", "script", "time", "h1", "h2", "figcaption", "sup"})
_HINTED_NAMES = "a div p span small em li td dd dt ol ul section aside cite"
_HINTED = frozenset(_HINTED_NAMES.split())
_HINTS = ("aption", "redit", "id=", "ID=", "#")  # one of these in the attributes makes such a tag worth keeping
_KNOWN = _BLOCKS | _KEPT | _HINTED | _RAW | {"br"}


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag worth remembering. `at` is its place in the visible text, `start` and `end` in the page."""

    name: str
    attributes: str
    at: int
    start: int
    end: int

    def get(self, attribute: str) -> str | None:
        """The decoded value of an attribute, "" where it has none."""
        for name, double, single, bare in _ATTRIBUTE.findall(self.attributes):
            if name.lower() == attribute:
                return unescape(double or single or bare)
        return None


@dataclass(frozen=True, slots=True)
class Scan:
    """What a reader sees, white space as it stands in the page, with BLOCK and LINE for breaks.

    `starts`, `ends`: for each visible character where it begins and ends in the page; for a break, the tag.
    """

    text: str
    starts: Places
    ends: Places
    tags: tuple[Tag, ...]

    def trim(self, low: int, high: int) -> tuple[int, int]:
        """Characters low … high - 1 of the text without white space and breaks around them."""
        words = self.text[low:high]
        high = low + len(words.rstrip())
        return min(high, low + len(words) - len(words.lstrip())), high


def scan(page: str) -> Scan:
    """Scan a whole page."""
    return _Scanner(page).run()


class _Scanner:
    def __init__(self, page: str) -> None:
        # The two signs mean breaks from here on. They have no place in a page.
        self.page = page.replace(BLOCK, " ").replace(LINE, " ") if BLOCK in page or LINE in page else page
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.tags: list[Tag] = []
        self.size = 0
        self.broken = True  # nothing visible since the last block break
        self.preformatted = False

    def run(self) -> Scan:
        page, position, search = self.page, 0, _MARKUP.search
        while match := search(page, position):
            start, end = match.span()
            if start > position:
                self.words(position, start)
            position = end
            name = match[2]
            if name in _KNOWN or (name and (name := name.lower()) in _KNOWN):
                position = self.tag(name, match, start, end)
        if position < len(page):
            self.words(position, len(page))
        return self.finish()

    def words(self, start: int, end: int) -> None:
        text = self.page[start:end]
        if self.broken and text.isspace():
            return
        self.broken = False
        if self.preformatted:
            text = text.replace("\n", LINE)
        if "&" in text:
            self.entities(text, start, end)
        else:
            self.add(text, start, end)

    def entities(self, text: str, start: int, end: int) -> None:
        last = 0
        for match in _ENTITY.finditer(text):
            decoded = unescape(match[0])
            if decoded != match[0]:
                low, high = match.span()
                self.add(text[last:low], start + last, start + low)
                self.add(decoded, start + low, start + high)
                last = high
        self.add(text[last:], start + last, end)

    def add(self, text: str, start: int, end: int) -> None:
        if text:
            self.pieces.append(text)
            self.starts.append(start)
            self.ends.append(end)
            self.size += len(text)

    def tag(self, name: str, match: "re.Match[str]", start: int, end: int) -> int:
        """Take in one tag, and return where to go on."""
        closing = match[1]
        if name in _BLOCKS:
            if not self.broken:
                self.add(BLOCK, start, end)
                self.broken = True
            if name == "pre":
                self.preformatted = not closing
        elif name == "br" and not self.broken:
            self.add(LINE, start, end)
        if closing:
            return end
        attributes = match[3]
        if name in _KEPT or (attributes and name in _HINTED and any(hint in attributes for hint in _HINTS)):
            self.tags.append(Tag(name, attributes, self.size, start, end))
        return self.raw_end(name, end) if name in _RAW else end

    def raw_end(self, name: str, position: int) -> int:
        """Where the content of a raw element ends: its closing tag, or the end of the page."""
        find, page, size = self.page.find, self.page, len(name)
        while (position := find("</", position)) >= 0:
            if page[position + 2 : position + 2 + size].lower() == name:
                return position
            position += 2
        return len(page)

    def finish(self) -> Scan:
        sizes = np.fromiter(map(len, self.pieces), dtype=np.int32, count=len(self.pieces))
        starts = np.array(self.starts, dtype=np.int32)
        ends = np.array(self.ends, dtype=np.int32)
        literal = (ends - starts) == sizes
        first = np.cumsum(sizes, dtype=np.int32) - sizes
        inside = np.arange(self.size, dtype=np.int32) - np.repeat(first, sizes)
        inside *= np.repeat(literal, sizes)
        at = np.repeat(starts, sizes) + inside
        until = np.where(np.repeat(literal, sizes), at + 1, np.repeat(ends, sizes))
        return Scan("".join(self.pieces), at, until, tuple(self.tags))


_SAME: dict[str, "re.Pattern[str]"] = {}


def element_end(page: str, tag: Tag, *, within: int) -> int:
    """Where in the page the element ends that `tag` opens, at most `within` characters on."""
    pattern = _SAME.setdefault(tag.name, re.compile(rf"<(/?){re.escape(tag.name)}(?=[\s/>])", re.IGNORECASE))
    depth = 1
    for match in pattern.finditer(page, tag.end, min(len(page), tag.end + within)):
        depth += -1 if match[1] else 1
        if not depth:
            return match.start()
    return min(len(page), tag.end + within)
