"""A page with the rows that a careful editor finds in it, held against what extraction finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from onrecord import extract
from onrecord.records import Attribution, Record, Span

EDGE = " \"'“”‘’«».,;"


@dataclass(frozen=True)
class Page:
    text: str
    expected: dict[str, Any]


def read_page(path: Path) -> Page:
    """The page of an expectation: its text lies beside it."""
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Page((path.parent / expected["document"]).read_bytes().decode("utf-8"), expected)


def plain(words: str) -> str:
    return " ".join(words.replace("’", "'").split()).strip(EDGE).removeprefix("that ")


def joined(text: str, spans: Iterable[Span]) -> str:
    return " ".join(text[span.start : span.end] for span in spans)


def wanted(row: dict[str, Any]) -> list[str]:
    return [row[key] for key in ("content_includes", "content_reaches") if row.get(key)] + list(
        row.get("content") or []
    )


def fault(text: str, row: dict[str, Any], found: Attribution) -> str | None:
    """What is wrong with an attribution that has the cue of `row`; None when nothing is."""
    content = plain(joined(text, found.contents))
    missing = [words for words in wanted(row) if plain(words) not in content]
    if missing:
        return f"content lacks {missing[0]!r}: {content!r}"
    if row.get("source") and plain(row["source"][0]) != plain(joined(text, found.sources)):
        return f"source {joined(text, found.sources)!r}"
    if row.get("kind") and row["kind"] != found.kind.value:
        return f"kind {found.kind.value}"
    return None


def find(text: str, row: dict[str, Any], attributions: Sequence[Attribution]) -> tuple[int | None, str]:
    """The index of the attribution that is `row`, or why none is."""
    why = "cue not found"
    for index, found in enumerate(attributions):
        if (row.get("cue") or row.get("cue_includes") or "") not in joined(text, found.cue):
            continue
        wrong = fault(text, row, found)
        if wrong is None:
            return index, ""
        why = wrong
    return None, why


def faults(page: Page, record: Record | None = None) -> list[str]:
    """One line for each "must" row that did not come out, or did under another parent, and each "must_not" that did."""
    record = record or extract(page.text)
    rows = {row["id"]: row for row in page.expected["statements"]}
    found = {name: find(page.text, row, record.attributions) for name, row in rows.items()}
    lines = []
    for name, row in rows.items():
        index, why = found[name]
        parent = found[row["parent"]][0] if row.get("parent") else None
        if row["level"] != "must":
            continue
        if index is None:
            lines.append(f"{name}: {why}")
        elif parent is not None and record.attributions[index].parent != parent:
            lines.append(f"{name}: its parent is {record.attributions[index].parent}, not {parent}")
    cues = [joined(page.text, one.cue) for one in record.attributions]
    for row in page.expected.get("must_not") or []:
        if "cue" in row and any(row["cue"] in cue for cue in cues):
            lines.append(f"{row['cue']!r} is no cue")
    return lines
