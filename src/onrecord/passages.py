"""Where paragraphs and sentences of a text begin and end: what every stage that reads prose asks."""

import re
from collections.abc import Iterator

PARAGRAPH = re.compile(r"[^\n\r\u2029]+")
TITLES = ("Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Gen", "Col", "Lt", "Capt", "Sgt", "Sen", "Rep", "Gov", "Rev", "Hon")
SENTENCE_END = re.compile(
    "".join(rf"(?<!\b{title})" for title in (*TITLES, "[A-Z]")) + r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z])|\n"
)


def paragraphs(text: str, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of `text`, from `low` to `high`, that hold more than white space."""
    for match in PARAGRAPH.finditer(text, low, len(text) if high is None else high):
        if match.group().strip():
            yield match.span()


def sentences(text: str, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of `text`, from `low` to `high`, white space at their edges left out."""
    for begin, end in paragraphs(text, low, high):
        for cut in (*(match.end() for match in SENTENCE_END.finditer(text, begin, end)), end):
            line = text[begin:cut]
            if line.strip():
                yield begin + len(line) - len(line.lstrip()), begin + len(line.rstrip())
            begin = cut
