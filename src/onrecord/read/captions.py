"""Lines of words under pictures, told by the credit they carry."""

import re
from collections.abc import Iterable

from onrecord.read.dates import find_date
from onrecord.records import Caption, Span

LONGEST = 600  # characters; a longer line is a paragraph
LONGEST_CREDIT_LINE = 160  # of a line that begins with its credit

_KIND = (
    r"(?:file\s+|stock\s+)?(?:photo(?:graph)?|image|picture|pic|illustration|screenshot|screengrab|video still)s?"
    r"(?:\s+(?:credit|courtesy)s?)?"
)
_AGENCY = (
    r"(?:AP|AFP|EPA|EPA-EFE|Reuters|REUTERS|Getty(?: Images)?|Xinhua|Bloomberg|Shutterstock|TASS|UPI|EFE|ANSA|dpa)"
)
_WORK = r"(?:\s+(?:File\s+)?(?:Photo|PHOTO|photo|Image|image)s?)"
_IN_BRACKETS = r"[^()\[\]]"
_END = r"[)\]]\W*$"

# The credit in brackets that end the line, or at the beginning or end of the line.
_FORMS = (
    re.compile(rf"[(\[]\s*{_KIND}\s*(?:[:/|–—-]|by\b|from\b)\s*(?P<credit>{_IN_BRACKETS}+){_END}", re.IGNORECASE),
    re.compile(rf"[(\[]\s*credits?\s*[:/]\s*(?P<credit>{_IN_BRACKETS}+){_END}", re.IGNORECASE),
    re.compile(rf"[(\[]\s*(?P<credit>{_AGENCY}{_WORK}?\s*(?:/|via\b){_IN_BRACKETS}*){_END}"),
    re.compile(rf"[(\[]\s*(?P<credit>{_AGENCY}){_WORK}\s*{_END}"),
    re.compile(
        rf"(?:^|(?<=[.!?”\"]\s)){_KIND}\s*(?::|by\s|courtesy of\s)"
        r"\s*(?P<credit>\S(?:[^.]|(?<=\b[A-Z])\.|\.(?=\w))*)\.?$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?:photo\s+|image\s+|picture\s+)credits?\s*[:–—-]?\s*(?P<credit>\S.*)$", re.IGNORECASE),
)
_CREDIT_LINE = re.compile(rf"(?:©|\(c\)|\(?{_AGENCY}\b|[^.]*\bGetty\b|[^.]+/[^.]+$|[^.]+\bvia\b [A-Z])")
_LABEL = re.compile(r"^[(\[]?\s*(?:(?:photo|image|picture|illustration|credit|by)s?\b[\s:]*)+", re.IGNORECASE)
_LOOSE = re.compile(r"(?:©|\(c\)|\|)\s*([^|©]{2,80})$|[.!?]\s+([A-Z][^.!?]{2,60}/\s?[A-Z][^.!?]{1,40})$")
# One of these words is in every line that has one of the forms.
_HINTS = ("photo", "image", "pic", "credit", "illustration", "screen", "still")
_AGENCIES = re.compile(rf"[(\[]\s*{_AGENCY}")
_TRIM = " \t,;.|/–—-"


def find_captions(text: str) -> list[Caption]:
    """Every line of `text` that credits a picture, in order."""
    found = []
    for match in re.finditer(r"[^\r\n]+", text):
        low, high = match.span()
        if high - low > LONGEST:
            continue
        line = match[0].rstrip()
        start = low + len(line) - len(line.lstrip())
        credit = credit_of(line.strip()) if line.strip() else None
        if credit:
            found.append(caption(text, Span(start, low + len(line)), credit))
    return found


def credit_of(line: str) -> str | None:
    """The words that credit the picture, with their date, or None when `line` is no caption."""
    lower = line.lower()
    if not any(hint in lower for hint in _HINTS) and not _AGENCIES.search(line):
        return None
    for form in _FORMS:
        match = form.search(line)
        if match and not _is_prose(line, match):
            return match["credit"].strip(_TRIM) or None
    return None


def credit_below_picture(words: str, marked: str | None) -> str | None:
    """The credit of what the page itself calls a caption: freer forms count than in a line of text.

    `marked`: the words that the page marks as the credit.
    """
    if marked:
        return credit_of(marked) or _LABEL.sub("", marked).strip(_TRIM + "()[]") or None
    match = _LOOSE.search(words)
    return credit_of(words) or ((match[1] or match[2]).strip(_TRIM) if match else None)


def is_credit(line: str) -> bool:
    """Whether a line under a picture is nothing but its credit."""
    return len(line) <= LONGEST_CREDIT_LINE // 2 and bool(_CREDIT_LINE.match(line))


def _is_prose(line: str, match: "re.Match[str]") -> bool:
    """A line that begins with its credit must be short, or "Photos by the river show …" would count."""
    return not match[0].startswith(("(", "[")) and match.start() == 0 and len(line) > LONGEST_CREDIT_LINE


def caption(text: str, span: Span, credit: str | None) -> Caption:
    """The caption at `span`; a date in the credit, or else in the caption, is its date."""
    dated = find_date(credit) if credit else None
    if credit and dated:
        credit = (credit[: dated[1]].rstrip(_TRIM) + credit[dated[2] :]).strip(_TRIM) or None
    dated = dated or find_date(text[span.start : span.end])
    return Caption(span, credit, dated[0] if dated else None)


def without(captions: Iterable[Caption], spans: Iterable[Span]) -> list[Caption]:
    """The captions that touch none of `spans`."""
    taken = list(spans)
    return [each for each in captions if not any(each.span.start < s.end and s.start < each.span.end for s in taken)]
