"""onrecord reads news and keeps the record of who said what.

    import onrecord

    record = onrecord.extract("“We will not sell,” said Mira Tolland, the ferry line's owner.")
    record.attributions[0].sources

`extract` reads a text, `extract_page` the bytes of a page or file; `Ledger` keeps what was found.
"""

from typing import TYPE_CHECKING

from onrecord.settings import THRESHOLD

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.records import Record

__version__ = "0.1.0"
__all__ = ["Ledger", "extract", "extract_page"]


def extract(text: str, *, name: str = "text", url: str | None = None, threshold: float = THRESHOLD) -> "Record":
    """Who said what in `text`, an English news article as plain text.

    Every offset of the record counts code points of `text`. `threshold`, 0 to 1: the lowest score of a row.
    Raises DocumentFailed for a text that cannot be read, an empty one say, and ModelFailed.
    """
    # The mark in front is taken off in reading; without it, one that `text` begins with would be.
    raw = b"\xef\xbb\xbf" + text.encode("utf-8", "replace")
    return extract_page(raw, name=name, url=url, media_type="text/plain", charset="utf-8", threshold=threshold)


def extract_page(
    raw: bytes,
    *,
    name: str = "page",
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    threshold: float = THRESHOLD,
) -> "Record":
    """Who said what in the bytes of a page or a text file. `media_type` and `charset` are found out when not given.

    Offsets count code points of `record.document.text`; its `offset_map` leads back to `raw`. Raises DocumentFailed
    and ModelFailed.
    """
    from onrecord.pipeline import extract as extract_document
    from onrecord.read import read_bytes

    document = read_bytes(raw, name=name, url=url, media_type=media_type, charset=charset)
    return extract_document(document, threshold=threshold)


def __getattr__(name: str) -> object:
    # The ledger brings a database toolkit along: it is imported when it is asked for.
    if name == "Ledger":
        from onrecord.ledger import Ledger

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
