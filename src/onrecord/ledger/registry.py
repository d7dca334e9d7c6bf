"""A registry of speakers from a file: CSV or JSON Lines with name, aliases, role, affiliation, kind, identifiers."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import DocumentFailed
from onrecord.ledger.identity import folded
from onrecord.records import SpeakerKind

FIELDS = frozenset(("name", "aliases", "role", "affiliation", "kind", "identifiers"))
LARGEST = 50_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One speaker of a registry."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    kind: SpeakerKind = SpeakerKind.PERSON
    identifiers: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: its line, from 1, and what is wrong."""

    line: int
    reason: str


def read_registry(path: Path) -> Iterator[Entry | BadRow]:
    """The entries of a file, and its broken rows by line. DocumentFailed when it cannot be read at all."""
    text = _text(path)
    if path.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        yield from _json_lines(text)
    else:
        yield from _csv(path, text)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise DocumentFailed(str(path), f"is larger than {LARGEST // 1_000_000} MB: split the registry")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DocumentFailed(str(path), f"cannot be read ({error.strerror}); check the name and the rights") from error
    except UnicodeDecodeError as error:
        raise DocumentFailed(str(path), "is not UTF-8 text; save it as UTF-8") from error


def _json_lines(text: str) -> Iterator[Entry | BadRow]:
    for number, line in enumerate(io.StringIO(text), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield BadRow(number, f"is no JSON ({error})")
            continue
        yield _entry(number, row) if isinstance(row, dict) else BadRow(number, "is not an object")


def _csv(path: Path, text: str) -> Iterator[Entry | BadRow]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "name" not in (reader.fieldnames or ()):
        raise DocumentFailed(str(path), "has no column 'name': its first line must name the columns")
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(reader.line_num, f"cannot be read as CSV ({error})")
            continue
        aliases = [alias.strip() for alias in (row.get("aliases") or "").split(";")]
        yield _entry(reader.line_num, row | {"aliases": aliases})


def _entry(line: int, row: dict[Any, Any]) -> Entry | BadRow:
    name, aliases = row.get("name"), row.get("aliases") or []
    if not isinstance(name, str) or not folded(name):
        return BadRow(line, "has no name")
    if None in row:
        return BadRow(line, "has more cells than the first line has columns")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        return BadRow(line, "aliases must be a list of names")
    for field in ("role", "affiliation"):
        if not isinstance(row.get(field) or "", str):
            return BadRow(line, f"{field} must be text")
    try:
        kind = SpeakerKind(row.get("kind") or SpeakerKind.PERSON)
    except ValueError:
        return BadRow(line, f"kind {row['kind']!r} is none of {', '.join(SpeakerKind)}")
    identifiers = row.get("identifiers")
    kept = identifiers if isinstance(identifiers, str) or not identifiers else json.dumps(identifiers, sort_keys=True)
    return Entry(name.strip(), tuple(a for a in aliases if folded(a)), row.get("role") or None,
                 row.get("affiliation") or None, kind, kept or None)  # fmt: skip
