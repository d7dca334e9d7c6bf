"""What an editor changed inside a quote: insertions in square brackets, and omissions."""

import re
from collections.abc import Sequence

from onrecord.records import Span
from onrecord.tag.quotes import Quote

ELLIPSIS = re.compile(r"\[\s*(?:\.{2,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|…|(?:\. ?){2,}\.")
BRACKETS = re.compile(r"\[[^\[\]\n]{1,300}\]")


def _in_quotes(pattern: re.Pattern[str], text: str, quotes: Sequence[Quote]) -> list[Span]:
    outermost = [quote for quote in quotes if quote.depth == 1]
    found = {Span(*match.span()) for quote in outermost for match in pattern.finditer(text, quote.start, quote.end)}
    return sorted(found)


def omissions(text: str, quotes: Sequence[Quote]) -> list[Span]:
    """Ellipses inside quotes, brackets around them included."""
    return _in_quotes(ELLIPSIS, text, quotes)


def insertions(text: str, quotes: Sequence[Quote]) -> list[Span]:
    """Words in square brackets inside quotes, brackets included. Bracketed ellipses and footnote marks are none."""
    found = _in_quotes(BRACKETS, text, quotes)
    return [span for span in found if re.search(r"[^\W\d_]", text[span.start : span.end])]
