"""Identifiers derived from content: the same input always has the same name."""

import hashlib
from collections.abc import Iterable

from onrecord.records import Span

DIGEST_BYTES = 10  # 80 bits: one chance in a million of any collision among 1.5 billion rows


def _digest(prefix: str, parts: Iterable[str]) -> str:
    hasher = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        hasher.update(len(encoded).to_bytes(8, "big"))
        hasher.update(encoded)
    return prefix + hasher.hexdigest()


def document_id(url: str | None, text: str) -> str:
    """`d` and 20 hexadecimal digits, from the address and the text."""
    return _digest("d", (url or "", text))


def statement_id(document: str, cue: Iterable[Span], contents: Iterable[Span]) -> str:
    """`s` and 20 hexadecimal digits, from the document and the spans of cue and content."""
    spans = (";".join(f"{span.start}-{span.end}" for span in role) for role in (cue, contents))
    return _digest("s", (document, *spans))


def entity_id(*parts: str) -> str:
    """`p` and 20 hexadecimal digits, from what tells one speaker from another."""
    return _digest("p", parts)
