"""Whether what was found in a page can be an article: error pages, forms and lists of links hold text too."""

import re

import numpy as np
from numpy.typing import NDArray

from onrecord.read.html_scan import Scan
from onrecord.read.locate import Stretch

LEAST_LETTERS = 100  # of running text; a brief of three sentences has 150, "page not found" has 40
IDEOGRAPH = 3  # letters that a Chinese, Japanese or Korean character is worth: they write shorter
MOST_LINKED = 0.9  # share of the letters that may be the words of links

_LINK = re.compile(r"<(?:(/)a\s*>|a\s[^<>]*\bhref\s*=)", re.IGNORECASE)


def holds_article(page: str, found: Scan, running: list[Stretch]) -> bool:
    """Whether the stretches `running` of the visible text have enough letters, and enough of them outside links."""
    places = [at for low, high in running for at in range(low, high) if found.text[at].isalpha()]
    if sum(IDEOGRAPH if found.text[at] >= "\u2e80" else 1 for at in places) < LEAST_LETTERS:
        return False
    return bool(_linked(page, found.starts[places]).mean() <= MOST_LINKED)


def _linked(page: str, places: NDArray[np.int32]) -> NDArray[np.bool_]:
    """For each place in the page whether it lies in a link: the last tag of a link before it opens one."""
    tags = [(match.start(), match[1] is None) for match in _LINK.finditer(page)]
    starts, opens = np.array([-1, *(at for at, _ in tags)]), np.array([False, *(opening for _, opening in tags)])
    return opens[np.searchsorted(starts, places) - 1]
