"""Text whose lines were broken at a fixed width, as in mail: its line ends are no ends of paragraphs."""

import re
from itertools import pairwise

LEAST_LOWER = 3  # lines that begin in lower case, below which nothing can be told
LOWER_SHARE = 0.4  # of lines that begin in lower case; prose broken at a width has 0.7 and more, other text near 0
WIDEST = 120  # characters of a broken line
FULL = 0.75  # of the widest line: a shorter one ends its paragraph, unless the next begins in lower case

_LINE = re.compile(r"[^\r\n]*(\r\n|[\r\n]|$)")


def unwrap(text: str) -> str:
    """`text` with the line ends inside paragraphs made spaces where it is broken at a width, else as it is.

    No offset moves.
    """
    lines = [match.span() + match.span(1) for match in _LINE.finditer(text) if match.end() > match.start()]
    inner = [
        (line, following)
        for line, following in pairwise(lines)
        if text[line[0] : line[2]].strip() and text[following[0] : following[2]].strip()
    ]
    widest = max((line[2] - line[0] for line, _ in inner), default=0)
    lower = [pair for pair in inner if _begins_lower(text, pair[1])]
    if len(lower) < LEAST_LOWER or len(lower) < LOWER_SHARE * len(inner) or widest > WIDEST:
        return text
    parts, at = [], 0
    for line, following in inner:
        if line[2] - line[0] >= FULL * widest or _begins_lower(text, following):
            parts += [text[at : line[2]], " " * (line[3] - line[2])]
            at = line[3]
    return "".join([*parts, text[at:]])


def _begins_lower(text: str, line: tuple[int, int, int, int]) -> bool:
    return text[line[0] : line[2]].lstrip()[:1].islower()
