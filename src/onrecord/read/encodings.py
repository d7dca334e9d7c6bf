"""From bytes to characters, and the exact way back.

Byte order mark, valid UTF-8, given charset, HTML meta, detection, in this order. Broken bytes become U+FFFD, and
the map still says which bytes these were.
"""

import codecs
import contextlib
import re
import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from onrecord.read.offset_map import from_exceptions, from_places, from_widths
from onrecord.records import OffsetMap

REPLACEMENT = "\ufffd"
DETECT_BYTES = 1 << 17
META_BYTES = 4096
CHUNK = 1 << 20  # characters whose widths are computed at once

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file. `offsets` maps them to bytes; a byte order mark is not part of `text`."""

    text: str
    encoding: str
    offsets: OffsetMap


def decode(raw: bytes, *, charset: str | None = None) -> Decoded:
    """Decode all of `raw`. Never fails: what cannot be decoded is replaced."""
    encoding, skipped = _choose(raw, charset)
    text, broken = _decode(raw[skipped:], encoding)
    offsets = _map(raw, text, broken, encoding=encoding, skipped=skipped)
    if offsets is None:
        text, offsets = _by_line(raw, encoding)
    return Decoded(text, encoding, offsets)


# --- which encoding


def _choose(raw: bytes, charset: str | None) -> tuple[str, int]:
    """The encoding and the number of bytes of its mark."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, len(mark)
    named = [_known(label) for label in (charset, _meta(raw))]
    wide = _wide(raw)
    # A text with sequences of UTF-8 and no error in them is UTF-8 whatever its label says.
    if wide is None and not raw.isascii() and _fits(raw, "utf-8"):
        return "utf-8", 0
    labelled = [name for name in (*named, wide) if name]
    fitting = [name for name in labelled if _fits(raw, name)]
    trusted = [name for name in labelled if name != "utf-8"]  # what is not UTF-8 may be anything
    return (*fitting, *trusted, _detect(raw))[0], 0


def _known(label: str | None) -> str | None:
    """The codec of a label of the web or of Python; None for codecs that are no encoding of text."""
    if not label:
        return None
    found = map_encoding_to_html5(label, fallback_utf8=False)
    if found is None:
        with contextlib.suppress(LookupError, ValueError):
            found = map_encoding_to_html5(codecs.lookup(label).name, fallback_utf8=False)
    return str(found) if found else None


def _meta(raw: bytes) -> str | None:
    match = _META.search(raw[:META_BYTES])
    label = match.group(1).decode("ascii", "replace") if match else None
    return None if label and label.lower().startswith("utf-16") else label  # it could not be read if it were


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark shows as a zero in every other byte of Latin letters."""
    sample = raw[:META_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.4 * len(sample) / 2 or min(even, odd) > 0.05 * len(sample) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _detect(raw: bytes) -> str:
    if raw.isascii():
        return "utf-8"
    sample = raw[:DETECT_BYTES].decode("utf-8", "replace")
    broken = sample.count(REPLACEMENT)
    beyond_ascii = len(sample) - len(sample.encode("ascii", "ignore"))
    if beyond_ascii > 2 * broken:  # UTF-8 with a few broken places
        return "utf-8"
    return detect_encoding(raw, max_len=DETECT_BYTES, from_html_meta=False) or "utf-8"


# --- decoding with a record of what was broken

_record = threading.local()


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _record.broken.append((error.start, error.end))
    return REPLACEMENT, error.end


codecs.register_error("onrecord.replace", _replace)

Broken = list[tuple[int, int]]  # stretches of bytes, each of which became one U+FFFD


def _decode(raw: bytes, encoding: str) -> tuple[str, Broken]:
    _record.broken = []
    text = raw.decode(encoding, "onrecord.replace")
    return text, _record.broken


# --- widths


def _map(raw: bytes, text: str, broken: Broken, *, encoding: str, skipped: int) -> OffsetMap | None:
    """The map, or None where characters do not have a number of bytes of their own."""
    if len(text) == len(raw) - skipped:  # ASCII, or an encoding of one byte for each character
        return from_widths(np.ones(1, dtype=np.uint8), size=len(text), start=skipped)
    if encoding == "utf-8" and not broken:
        return _utf8(raw, skipped)
    if not encoding.startswith("utf-") and (broken or not _round_trips(text, raw, encoding)):
        return None
    widths = _widths(text, encoding)
    if broken:
        _widen_broken(widths, text, broken, encoding)
    return from_widths(widths, start=skipped)


def _round_trips(text: str, raw: bytes, encoding: str) -> bool:
    """Whether each character has bytes of its own: not in encodings with shifts, not where two codes mean one."""
    return not encoding.startswith("iso2022") and text.encode(encoding, "replace") == raw


def _utf8(raw: bytes, skipped: int) -> OffsetMap:
    """Valid UTF-8, where most is ASCII: only the characters beyond it are looked at."""
    units = np.frombuffer(raw, dtype=np.uint8)[skipped:]
    high = np.flatnonzero(units >= 0x80)
    lead = high[units[high] >= 0xC0]
    widths = 2 + (units[lead] >= 0xE0).astype(np.int64) + (units[lead] >= 0xF0)
    extra = np.cumsum(widths - 1)
    characters = lead - (extra - (widths - 1))
    size = len(units) - (int(extra[-1]) if len(extra) else 0)
    return from_exceptions(characters, widths, size=size, start=skipped)


def _widths(text: str, encoding: str) -> NDArray[np.uint8]:
    """Bytes of each character, if each was encoded by itself."""
    parts = [_chunk_widths(text[low : low + CHUNK], encoding) for low in range(0, len(text), CHUNK)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint8)


def _chunk_widths(text: str, encoding: str) -> NDArray[np.uint8]:
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    if encoding == "utf-8":
        wide = (points >= 0x80).view(np.uint8) + (points >= 0x800).view(np.uint8)
        return 1 + wide + (points >= 0x10000).view(np.uint8)
    if encoding.startswith("utf-16"):
        return 2 + 2 * (points >= 0x10000).view(np.uint8)
    found, places = np.unique(points, return_inverse=True)
    each = [len(chr(point).encode(encoding, "ignore")) or 1 for point in found]
    return np.array(each, dtype=np.uint8)[places]


def _widen_broken(widths: NDArray[np.uint8], text: str, broken: Broken, encoding: str) -> None:
    """Give each U+FFFD that stands for broken bytes their number. Broken places are found by their byte."""
    marks = np.flatnonzero(np.frombuffer(text.encode("utf-32-le"), dtype="<u4") == 0xFFFD)
    lengths = [high - low for low, high in broken]
    if len(marks) == len(lengths):
        widths[marks] = lengths
        return
    # U+FFFD also stands in the file itself: walk, and take the broken ones where their byte comes up.
    own = len(REPLACEMENT.encode(encoding))
    shift = 0
    before = np.concatenate([[0], np.cumsum(widths, dtype=np.int64)])[marks]
    waiting = iter(broken)
    low, high = next(waiting)
    for index, place in zip(marks.tolist(), before.tolist(), strict=True):
        if place + shift == low:
            widths[index] = high - low
            shift += high - low - own
            low, high = next(waiting, (-1, -1))


def _by_line(raw: bytes, encoding: str) -> tuple[str, OffsetMap]:
    """For encodings with shifts (ISO-2022), whose characters have no bytes of their own: a run for each line."""
    lines = raw.splitlines(keepends=True)
    decoded = [line.decode(encoding, "replace") for line in lines]
    ends = np.cumsum([len(line) for line in lines], dtype=np.int64)
    sizes = np.array([len(line) for line in decoded], dtype=np.int64)
    place = np.repeat(np.arange(len(lines)), sizes)
    starts = np.concatenate([[0], ends[:-1]])
    return "".join(decoded), from_places(starts[place], ends[place], np.zeros(len(place), dtype=np.bool_))
