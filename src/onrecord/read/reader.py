"""The one way in: raw bytes → `Document`, whatever they hold."""

import re
from datetime import datetime

from onrecord.errors import DocumentFailed
from onrecord.read.encodings import decode
from onrecord.records import Document

HEAD = 8192  # bytes looked at to tell what a file is

_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (Word, EPUB and Excel files are such too)"),
    (b"WARC/", "a WARC web archive"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound (Ogg)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"bplist", "a web archive of Safari or a property list"),
)
_FILM = re.compile(rb"....ftyp", re.DOTALL)
_CONTROLS = bytes({*range(9), 11, *range(14, 27), *range(28, 32), 127})
MOST_CONTROLS = 0.01  # share of control bytes from which a file counts as binary

_DOCUMENT = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rb"</?(?:html|head|body|div|p|a|span|meta|link|script|style|br|h[1-6]|li|ul|ol|table|tr|td|title|article|section"
    rb"|header|main|nav|figure|img|b|i|em|strong|blockquote)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.DOTALL
)


def read_bytes(
    raw: bytes,
    *,
    name: str,
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
    retrieved_at: datetime | None = None,
) -> Document:
    """Read one document. `media_type` and `charset` are what a server or a user said; without them it is found out.

    Raises DocumentFailed when the bytes hold no article that this version can read.
    """
    _refuse(raw, name)
    decoded = decode(raw, charset=charset)
    if _is_html(raw, media_type):
        from onrecord.read.from_html import from_html

        return from_html(raw, decoded, name=name, url=url, retrieved_at=retrieved_at)
    from onrecord.read.from_text import from_text

    return from_text(raw, decoded, name=name, url=url, retrieved_at=retrieved_at)


def _refuse(raw: bytes, name: str) -> None:
    """Raise for what is neither text nor HTML."""
    if not raw:
        raise DocumentFailed(name, "is empty; check that it was saved or fetched completely")
    what = next((what for magic, what in _FORMATS if raw.startswith(magic)), None)
    if what is None and _FILM.match(raw):
        what = "a film or an image (MP4, HEIC)"
    if what:
        raise DocumentFailed(name, f"this is {what}, which this version does not read; save it as text or HTML first")
    if _FEED.match(raw, 0, HEAD):
        raise DocumentFailed(name, "this is a feed, which this version does not read; fetch its articles first")
    if _is_binary(raw):
        raise DocumentFailed(name, "this is binary data and not text; save the article as text or HTML")


def _is_binary(raw: bytes) -> bool:
    head = raw[:HEAD]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or _is_wide(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > MOST_CONTROLS * len(head)


def _is_wide(head: bytes) -> bool:
    """UTF-16 without a mark: every other byte is zero and little else is a control."""
    pairs = len(head) // 2
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    others = len(head) - len(head.translate(None, _CONTROLS)) - head.count(0)
    return pairs > 0 and head.count(0) - zeros < 0.05 * pairs and zeros > 0.4 * pairs and others <= 0.01 * len(head)


def _is_html(raw: bytes, media_type: str | None) -> bool:
    if media_type:
        return "html" in media_type.lower()
    head = raw[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    tags = len(_TAG.findall(head))
    return tags >= 3 and (head.startswith(b"<") or bool(_DOCUMENT.search(head)))
