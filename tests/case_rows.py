"""A page with the rows that a careful editor finds in it, held against what extraction finds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from onrecord import extract
from onrecord.records import Attribution, Record, SaidAt, Span, Speaker, Statement

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
    """A line for each field of a "must" row that did not come out, and for each "must_not" that did.

    A line begins with the row's id and the field: "minister-denial act: state". The field of a row that was not found
    at all is "row".
    """
    record = record or extract(page.text, url=page.expected.get("url"))
    rows = {row["id"]: row for row in page.expected["statements"]}
    found = {name: find(page.text, row, record.attributions) for name, row in rows.items()}
    places = {name: index for name, (index, _) in found.items() if index is not None}
    lines = []
    for name, row in rows.items():
        index, why = found[name]
        if row["level"] == "must":
            wrong = [("row", why)] if index is None else [*field_faults(page.text, row, record, index, places)]
            lines += [f"{name} {field}: {why}" for field, why in wrong]
    cues = [joined(page.text, one.cue) for one in record.attributions]
    for row in page.expected.get("must_not") or []:
        if "cue" in row and any(row["cue"] in cue for cue in cues):
            lines.append(f"{row['cue']!r} must_not: it is no cue")
    return [*lines, *page_faults(page, record)]


def field_faults(
    text: str, row: dict[str, Any], record: Record, index: int, places: dict[str, int]
) -> Iterator[tuple[str, str]]:
    """The fields of a row that came out otherwise, and what they hold."""
    statement = record.statements[index]
    if row.get("parent") and statement.attribution.parent != places.get(row["parent"]):
        yield "parent", f"{statement.attribution.parent}"
    yield from speaker_faults(row, statement.speakers)
    held = {
        "act": statement.act.value,
        "polarity": statement.commitment.polarity.value,
        "certainty": statement.commitment.certainty.value,
    }
    for field, value in held.items():
        if field in row and value not in listed(row[field]):
            yield field, value
    for field, span in (("hedge", statement.commitment.hedge), ("condition", statement.commitment.condition)):
        if field in row and (row[field] or "") not in (words := text[span.start : span.end] if span else ""):
            yield field, words
    if row.get("addressee") and row["addressee"] not in (statement.addressee.name if statement.addressee else ""):
        yield "addressee", f"{statement.addressee}"
    for hop in row.get("relayed_by") or []:
        if not any(hop in (one.name or "") for one in statement.chain):
            yield "chain", f"lacks {hop}: {[one.name for one in statement.chain]}"
    yield from date_faults(row.get("said_at"), statement.said_at)
    yield from link_faults(text, row, statement, places)
    if row.get("reference") and not any(
        mark.mark == row["reference"] and place == index
        for mark, place in zip(record.document.references, record.reference_statements, strict=True)
    ):
        yield "reference", f"{row['reference']} is not tied to it"


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def speaker_faults(row: dict[str, Any], speakers: Sequence[Speaker]) -> Iterator[tuple[str, str]]:
    """Each expected speaker has its place; names are compared without case, one may be longer."""
    if row.get("speaker_unresolved"):
        if any(speaker.resolved for speaker in speakers):
            yield "speaker", f"{[speaker.name for speaker in speakers]} instead of nobody known"
        return
    expected = row.get("speakers") or ([row["speaker"]] if row.get("speaker") else [])
    if not expected:
        return
    if len(expected) != len(speakers):
        yield "speaker", f"{[speaker.name for speaker in speakers]}"
        return
    for one in expected:
        same = [speaker for speaker in speakers if plain(one["name"]).lower() in plain(speaker.name).lower()]
        if not same or not same[0].resolved:
            yield "speaker", f"{[(speaker.name, speaker.resolved) for speaker in speakers]}"
            return
        for field in ("kind", "role", "affiliation"):
            value = getattr(same[0], field)
            if one.get(field) and not any(str(want).lower() in str(value).lower() for want in listed(one[field])):
                yield field, f"{value}"


def date_faults(wanted: dict[str, Any] | None, got: SaidAt) -> Iterator[tuple[str, str]]:
    if wanted and "basis" in wanted and got.basis.value not in listed(wanted["basis"]):
        yield "said_at", f"{got.basis.value} {got.value}"
    elif wanted and "value" in wanted and (str(wanted["value"]) if wanted["value"] else None) != got.value:
        yield "said_at", f"{got.value}"


def link_faults(
    text: str, row: dict[str, Any], statement: Statement, places: dict[str, int]
) -> Iterator[tuple[str, str]]:
    for link in row.get("links") or []:
        if link.get("level") == "may":
            continue
        found = any(
            one.relation == link["relation"]
            and (
                one.to == places.get(link["to"], -1)
                if link.get("to")
                else one.claim is not None and plain(link["claim"]) in plain(text[one.claim.start : one.claim.end])
            )
            for one in statement.links
        )
        if not found:
            yield f"links {link['relation']}", f"none to {link.get('to') or link.get('claim')}"


def page_faults(page: Page, record: Record) -> list[str]:
    """What the page's captions, insertions and marks lack."""
    inside = [page.text[span.start : span.end] for span in record.insertions]
    captions = joined(page.text, (caption.span for caption in record.document.captions))
    marks = [reference.mark for reference in record.document.references]
    return [
        *(f"{form} insertion: not found" for form in page.expected.get("insertions") or [] if form not in inside),
        *(f"{one['text']} caption" for one in page.expected.get("captions") or [] if one["text"] not in captions),
        *(f"{mark} mark: not found" for mark in page.expected.get("reference_marks") or [] if mark not in marks),
    ]
