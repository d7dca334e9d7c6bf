"""The grammar of quotation marks: which characters of a text stand inside which marks.

Marks are read paragraph by paragraph with a stack. A mark that could be an apostrophe opens a quote only
where a closing mark follows in the same paragraph. A quote left open ends with its paragraph; when the
next paragraph begins with a mark of the same sort, that one continues the quote.
"""

import re
from dataclasses import dataclass

from onrecord.passages import paragraphs

PAIRS = {
    "“": "”\"“", "„": "“”\"", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』",
    '"': '"”', "'": "'", "‘": "’", "”": "”",
}  # fmt: skip
# Double marks made of two single ones. They close each other in any combination.
DOUBLED = frozenset(("``", "''", "‘‘", "‘’", "’’"))
OPENERS = frozenset("“„«‹「『") | {"``", "‘‘"}
SINGLE = frozenset("'’")
MARK = re.compile(r"``|''|‘‘|‘’|’’|[\"'“”„«»‹›‘’「」『』]")
# Elisions that begin with an apostrophe and so look like an opening single quote.
ELISION = re.compile(r"(?:em|tis|twas|til|till|cause|round|n|bout|cept|\d0s)\b", re.IGNORECASE)
GOES_ON = re.compile(r"[ \t]+[a-z]")
LEFT = re.compile(r"[\s(\[{—–/=:-]")
DEEPEST = 8  # quotes inside quotes; more is noise, and bounds the work for each mark


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch of quoted characters inside one paragraph.

    `start` and `end` are the offsets of the outer characters, marks included where they stand; `inner_start`
    and `inner_end` leave the marks out. `depth` is 1 for an outermost quote. `closed` says that its closing
    mark was found, `continues` that it goes on from the paragraph before.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    closed: bool
    continues: bool


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    continues: bool


def _family(mark: str) -> str:
    return '"' if mark in DOUBLED or mark in '"“”„' else "'" if mark in ("'", "‘") else mark


def _opens_here(text: str, at: int, end: int, low: int, high: int) -> bool:
    """Whether a mark at [at, end) has the white space of an opening mark around it."""
    before = text[at - 1] if at > low else " "
    after = text[end] if end < high else " "
    return not after.isspace() and after not in ",;)]}" and bool(LEFT.match(before) or MARK.match(before))


def _closes_here(text: str, at: int, end: int, low: int, high: int) -> bool:
    """Whether a mark at [at, end) has the surroundings of a closing mark."""
    before = text[at - 1] if at > low else " "
    after = text[end] if end < high else " "
    return not before.isspace() and not after.isalnum()


def _likely_possessive(text: str, at: int, high: int) -> bool:
    """Whether a single mark after an s may be a possessive: "the officers' union"."""
    return text[at - 1 : at] in "sz" and GOES_ON.match(text, at + 1, high) is not None


def _last_single_closer(text: str, low: int, high: int) -> int:
    """Where the last single mark of a paragraph stands that could close a quote; -1 for none."""
    closers = (m.start() for m in MARK.finditer(text, low, high) if m.group() in SINGLE)
    return max((at for at in closers if _closes_here(text, at, at + 1, low, high)), default=-1)


def _closes(open_mark: str, mark: str) -> bool:
    if mark in DOUBLED:
        return mark not in OPENERS and (open_mark in DOUBLED or (open_mark == '"' and mark == "''"))
    if mark in SINGLE:
        return open_mark in ("'", "‘")
    return mark in PAIRS.get(open_mark, "")


class _Paragraph:
    """The marks of one paragraph, read from left to right."""

    def __init__(self, text: str, low: int, high: int, carried: list[str]) -> None:
        self.text, self.low, self.high = text, low, high
        self.stack: list[_Open] = []
        self.found: list[Quote] = []
        self.pending = list(carried)  # marks left open by the paragraph before, outermost first
        self.unmatched: int | None = None  # last closing mark that closed nothing
        self.last_single = _last_single_closer(text, low, high)

    def read(self) -> None:
        for match in MARK.finditer(self.text, self.low, self.high):
            self._take(match.group(), match.start(), match.end())
        self._finish()

    def _take(self, mark: str, at: int, end: int) -> None:
        if self.pending:
            expected = self.pending[0]
            at_edge = self.text[self.low : at].strip() == "" or (self.stack and self.stack[-1].start + 1 >= at)
            if at_edge and _family(mark) == _family(expected):
                self.stack.append(_Open(mark, at, True))
                self.pending.pop(0)
                return
            self.pending = []
        if mark in SINGLE or mark == "‘":
            self._take_single(mark, at)
        elif self._is_closing(mark, at, end):
            self._close(at, end)
        elif self._is_opening(mark, at, end):
            self._open(mark, at)
        else:
            self.unmatched = at

    def _open(self, mark: str, at: int) -> None:
        if len(self.stack) < DEEPEST:
            self.stack.append(_Open(mark, at, False))

    def _opens_single(self, at: int) -> bool:
        if not _opens_here(self.text, at, at + 1, self.low, self.high) or ELISION.match(self.text, at + 1):
            return False
        return self._may_open_single(at)

    def _may_open_single(self, at: int) -> bool:
        """Whether a closing mark follows, or a colon announced the quote: careless copy leaves it open."""
        return self.last_single >= at + 2 or self.text[self.low : at].rstrip().endswith(":")

    def _is_opening(self, mark: str, at: int, end: int) -> bool:
        if mark in OPENERS or _opens_here(self.text, at, end, self.low, self.high):
            return mark in PAIRS or mark in DOUBLED
        return mark == '"' and not self.stack and not _closes_here(self.text, at, end, self.low, self.high)

    def _is_closing(self, mark: str, at: int, end: int) -> bool:
        if not any(_closes(entry.mark, mark) for entry in self.stack):
            return False
        if mark not in '"“':
            return True
        # A straight mark both opens and closes, and careless copy closes with an opening one. White space decides;
        # where it does not, an open quote is closed.
        opens = _opens_here(self.text, at, end, self.low, self.high)
        closes = _closes_here(self.text, at, end, self.low, self.high)
        return (closes and not opens) if mark == "“" else (closes or not opens)

    def _take_single(self, mark: str, at: int) -> None:
        is_open = any(entry.mark in ("'", "‘") for entry in self.stack)
        if mark == "‘":
            if not ELISION.match(self.text, at + 1) and self._may_open_single(at):
                self._open(mark, at)
        elif is_open and _closes_here(self.text, at, at + 1, self.low, self.high):
            if _likely_possessive(self.text, at, self.high) and self.last_single > at:
                return
            self._close(at, at + 1)
        elif mark == "'" and self._opens_single(at):
            self._open(mark, at)
        elif _closes_here(self.text, at, at + 1, self.low, self.high) and self.text[at - 1] in ".,!?…;":
            self.unmatched = at

    def _close(self, at: int, end: int) -> None:
        mark = self.text[at:end]
        while self.stack:
            entry = self.stack.pop()
            if _closes(entry.mark, mark):
                self._add(entry, end, at, closed=True)
                return
            self._add(entry, at, at, closed=False)

    def _add(self, entry: _Open, end: int, inner_end: int, *, closed: bool) -> None:
        inner = entry.start + len(entry.mark)
        if inner < inner_end:
            quote = Quote(entry.start, end, inner, inner_end, len(self.stack) + 1, closed, entry.continues)
            self.found.append(quote)

    def _finish(self) -> None:
        high = self.low + len(self.text[self.low : self.high].rstrip())
        # A closing mark of another sort at the end of the paragraph closes the innermost nested quote: careless
        # copy opens with one sort of mark and closes with the other.
        if self.unmatched is not None and self.unmatched >= high - 1 and len(self.stack) > 1:
            self._add(self.stack.pop(), high, self.unmatched, closed=True)
        self.left_open = [entry.mark for entry in self.stack]
        while self.stack:
            self._add(self.stack.pop(), high, high, closed=False)


def quotes(text: str) -> list[Quote]:
    """All quotes of `text`, nested ones included, in the order of their opening marks."""
    found: list[Quote] = []
    carried: list[str] = []
    for low, high in paragraphs(text):
        paragraph = _Paragraph(text, low, high, carried)
        paragraph.read()
        found += paragraph.found
        carried = paragraph.left_open
    return sorted(found, key=lambda quote: (quote.start, quote.depth))
