"""Text from documents, made safe to write to a terminal."""

import re

# Controls and escape sequences, halves of surrogate pairs, and marks that reverse the direction of what follows.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
SHOWN = "\N{REPLACEMENT CHARACTER}"


def safe(text: str) -> str:
    """`text` on one line, with `SHOWN` for every character that could move the cursor or mislead the eye."""
    return UNSAFE.sub(SHOWN, " ".join(text.split()))


def safe_passage(text: str) -> str:
    """The same for text of several lines: each character stays one character, line ends stay."""
    return UNSAFE.sub(SHOWN, text.replace("\r\n", " \n").replace("\r", "\n").replace("\t", " "))
