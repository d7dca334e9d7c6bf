"""Plain text → `Document`. The text is the file's, character for character."""

import re
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from onrecord.errors import DocumentFailed
from onrecord.ids import document_id
from onrecord.read.captions import credit_of, find_captions
from onrecord.read.dates import find_date, iso_date, url_date
from onrecord.read.encodings import Decoded
from onrecord.read.language import detect_language
from onrecord.read.references import find_references
from onrecord.records import Document, Span

LONGEST_TITLE = 200  # characters
LONGEST_BYLINE = 100
LONGEST_DATELINE = 90

_URL = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_PLACE = re.compile(r"[A-Z]{3}[A-Z .'’-]*(?:,\s*[A-Z][\w.'’-]*)*[\s,(–—-]*")
_AFTER_DATELINE = re.compile(r"\)?\s*(?:[(/][A-Z][\w /]*[)/])?\s*[-–—:]")
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|al|bin|bint|da|de|del|der|di|la|le|van|von)){1,4}"
_BYLINE = re.compile(rf"(?:By|BY)\s+({_NAME}(?:(?:,\s*|\s+and\s+){_NAME})*)(?:,\s*[\w .&'’-]+)?")


def from_text(
    raw: bytes,
    decoded: Decoded,
    *,
    name: str,
    url: str | None = None,
    retrieved_at: datetime | None = None,
) -> Document:
    """The document. Fails when there is no text but white space."""
    text = decoded.text
    if not text.strip():
        raise DocumentFailed(name, "holds nothing but white space; check that it was saved completely")
    address = _address(text)
    url = url or (text[address.start : address.end] if address else None)
    title = _title(text, address)
    references, notes = find_references(text)
    return Document(
        id=document_id(url, text),
        text=text,
        raw_sha256=sha256(raw).hexdigest(),
        offset_map=decoded.offsets,
        name=name,
        media_type="text/plain",
        encoding=decoded.encoding,
        url=url,
        publisher=outlet(url),
        title=text[title.start : title.end] if title else None,
        byline=_byline(text, title or address),
        published_at=published_at(url) or _dateline(text, title or address),
        retrieved_at=retrieved_at,
        language=detect_language(text),
        title_span=title,
        captions=tuple(find_captions(text)),
        references=tuple(references),
        notes=(*([address] if address else ()), *notes),
    )


def outlet(url: str | None) -> str | None:
    """The host of an address, which names the outlet when nothing else does."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def published_at(url: str | None) -> str | None:
    """The date that the address gives."""
    found = url_date(url) if url else None
    return iso_date(found)


def _address(text: str) -> Span | None:
    """The first line, when it is an address and nothing else."""
    first = _line_after(text, 0)
    if first and _URL.fullmatch(text, first.start, first.end):
        return first
    return None


def _line_after(text: str, position: int) -> Span | None:
    """The next line that is not blank, trimmed."""
    match = _LINE.search(text, position)
    if not match:
        return None
    words = match[0].strip()
    start = match.start() + match[0].index(words)
    return Span(start, start + len(words))


def _title(text: str, address: Span | None) -> Span | None:
    """A short first line without a full stop, followed by longer lines."""
    line = _line_after(text, address.end if address else 0)
    if line is None or line.end - line.start > LONGEST_TITLE:
        return None
    words = text[line.start : line.end]
    body = _line_after(text, line.end)
    if body is None or text[body.start].islower() or len(text) - line.end < 2 * len(words):
        return None
    return line if _is_headline(words) else None


def _is_headline(words: str) -> bool:
    """Three words or more, no full stop, no address, name or caption, and no quote that only begins or ends here."""
    if len(words.split()) < 3 or words[-1] in ".:;,…\"'”’" or words.count('"') % 2:
        return False
    return not (_URL.match(words) or _BYLINE.fullmatch(words) or credit_of(words))


def _dateline(text: str, before: Span | None) -> str | None:
    """The date of a dateline with a year, as in "VELMORA, 5 March 2019 (Agency) —" or "VELMORA (March 5, 2019):"."""
    line = _line_after(text, before.end if before else 0)
    head = text[line.start : min(line.end, line.start + LONGEST_DATELINE)] if line else ""
    match = _PLACE.match(head)
    dated = find_date(head) if match else None
    if match is None or dated is None or dated[1] > match.end() + 1 or not _AFTER_DATELINE.match(head, dated[2]):
        return None
    return dated[0].isoformat()


def _byline(text: str, before: Span | None) -> str | None:
    """The names of a line "By …" at the head of the text."""
    position = before.end if before else 0
    for _ in range(3):
        line = _line_after(text, position)
        if line is None or line.end - line.start > LONGEST_BYLINE:
            return None
        match = _BYLINE.fullmatch(text[line.start : line.end].rstrip("."))
        if match:
            return match[1]
        position = line.end
    return None
