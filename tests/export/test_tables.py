"""CSV, XLSX and JSON Lines of invented statements, hostile ones included."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.columns import BETWEEN_QUOTES, COLUMNS
from onrecord.export.to_csv import to_csv
from onrecord.export.to_jsonl import to_jsonl
from onrecord.export.to_xlsx import LONGEST_CELL, to_xlsx
from onrecord.ledger.rows import DocumentRow, StatementRow
from onrecord.records import (
    Act,
    Addressee,
    Basis,
    Commitment,
    Hop,
    HopRelation,
    Kind,
    Polarity,
    Precision,
    SaidAt,
    Span,
    Speaker,
    SpeakerKind,
)

DOCUMENT = DocumentRow(
    id="d0123456789abcdef0123",
    name="bridge",
    url="https://tolvik.example/bridge",
    publisher="The Tolvik Gazette",
    title="The bridge",
    byline=None,
    published_at="2024-05-17",
    modified_at=None,
    retrieved_at=None,
    recorded_at=datetime(2024, 5, 18, tzinfo=UTC),
    language="en",
    media_type="text/plain",
    raw_sha256="ab" * 32,
    extracted=True,
    statements=1,
    revises=None,
)
ROW = StatementRow(
    id="s0123456789abcdef0123",
    document=DOCUMENT,
    position=0,
    parent_id=None,
    source="Mara Ostrander",
    cue="said",
    content="“it opens, ”“in May”",
    quotes=("it opens,", "in May"),
    kind=Kind.MIXED,
    score=0.87654321,
    source_spans=(Span(0, 14),),
    cue_spans=(Span(15, 19),),
    content_spans=(Span(20, 30), Span(31, 39)),
    quote_spans=(Span(21, 30), Span(32, 38)),
    speakers=(Speaker("Mara Ostrander", SpeakerKind.PERSON, "mayor", None, "NO"),),
    addressee=Addressee("reporters", Span(40, 49)),
    chain=(Hop("Radio Tolvik", HopRelation.TOLD), Hop(None, HopRelation.PUBLISHED)),
    act=Act.DENY,
    commitment=Commitment(Polarity.NEGATIVE),
    said_at=SaidAt(Basis.RELATIVE, date(2024, 5, 17), date(2024, 5, 17), Precision.DAY),
    condition="if it snows",
    links=(("denies", None),),
)


def as_csv(*rows: StatementRow) -> list[dict[str, str]]:
    out = io.BytesIO()
    assert to_csv(rows, out) == len(rows)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))


def as_xlsx(*rows: StatementRow, most_rows: int = 1000) -> list[list[tuple[object, ...]]]:
    out = io.BytesIO()
    assert to_xlsx(rows, out, most_rows=most_rows) == len(rows)
    return [list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(out)]


def as_jsonl(*rows: StatementRow) -> list[dict[str, object]]:
    out = io.BytesIO()
    assert to_jsonl(rows, out) == len(rows)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_columns_are_these() -> None:
    """Whoever reads an export relies on them: new ones go to the end."""
    assert " ".join(COLUMNS) == (
        "statement_id document_id url outlet title published_at source cue content quotes kind score parent_id "
        "source_offsets cue_offsets content_offsets quote_offsets "
        "speaker speaker_kind role affiliation country resolved "
        "addressee chain act polarity certainty hedge condition said_at said_at_basis links raw_sha256"
    )


def test_a_row_in_each_format() -> None:
    [line] = as_jsonl(ROW)
    assert line == {
        "statement_id": ROW.id,
        "document_id": DOCUMENT.id,
        "url": DOCUMENT.url,
        "outlet": "The Tolvik Gazette",
        "title": "The bridge",
        "published_at": "2024-05-17",
        "source": "Mara Ostrander",
        "cue": "said",
        "content": "“it opens, ”“in May”",
        "quotes": ["it opens,", "in May"],
        "kind": "mixed",
        "score": 0.8765,
        "parent_id": None,
        "source_offsets": [[0, 14]],
        "cue_offsets": [[15, 19]],
        "content_offsets": [[20, 30], [31, 39]],
        "quote_offsets": [[21, 30], [32, 38]],
        "speaker": ["Mara Ostrander"],
        "speaker_kind": ["person"],
        "role": ["mayor"],
        "affiliation": [""],
        "country": ["NO"],
        "resolved": "yes",
        "addressee": "reporters",
        "chain": ["told: Radio Tolvik", "published: (publisher)"],
        "act": "deny",
        "polarity": "negative",
        "certainty": "certain",
        "hedge": None,
        "condition": "if it snows",
        "said_at": "2024-05-17",
        "said_at_basis": "relative",
        "links": ["denies: (a claim)"],
        "raw_sha256": "ab" * 32,
    }
    flat = {"quotes": "it opens, | in May", "parent_id": "", "score": "0.8765"}
    flat |= {"source_offsets": "0-14", "cue_offsets": "15-19", "content_offsets": "20-30;31-39"}
    flat |= {"quote_offsets": "21-30;32-38", "speaker": "Mara Ostrander", "speaker_kind": "person", "role": "mayor"}
    flat |= {"affiliation": "", "country": "NO", "chain": "told: Radio Tolvik | published: (publisher)", "hedge": ""}
    flat |= {"links": "denies: (a claim)"}
    [cells] = as_csv(ROW)
    assert cells == line | flat
    [[names, values]] = as_xlsx(ROW)
    assert dict(zip(names, values, strict=True)) == line | flat | {
        "parent_id": None,
        "score": 0.8765,
        "hedge": None,
        "affiliation": None,
    }


def test_nothing_is_an_empty_table() -> None:
    assert as_jsonl() == as_csv() == []
    assert as_xlsx() == [[tuple(COLUMNS)]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_cell_is_a_formula(start: str) -> None:
    text = start + "HYPERLINK(1)"
    row = replace(ROW, content=text, source=text)
    [cells] = as_csv(row)
    assert cells["content"] == cells["source"] == "'" + text
    out = io.BytesIO()
    to_xlsx([row], out)
    cell = openpyxl.load_workbook(out).active["I2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert as_jsonl(row)[0]["content"] == text


def test_control_characters_stay_out_of_sheets() -> None:
    row = replace(ROW, content="a\x00b\x1b[31mc\x0bd\x9be\ud800f\ufffeg\nh")
    assert as_csv(row)[0]["content"] == as_xlsx(row)[0][1][8] == "ab[31mcdefg\nh"


@pytest.mark.parametrize("character", ["x", "😀"])
def test_a_text_too_long_for_a_cell_is_cut(character: str) -> None:
    text = as_xlsx(replace(ROW, content=character * LONGEST_CELL + "x"))[0][1][8]
    assert isinstance(text, str)
    assert text.endswith(f"{character}…")
    assert LONGEST_CELL - 1 <= len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert len(as_csv(replace(ROW, content="x" * 100_000))[0]["content"]) == 100_000


def test_more_rows_than_a_sheet_holds_go_on_in_the_next() -> None:
    rows = [replace(ROW, id=f"s{number}") for number in range(5)]
    sheets = as_xlsx(*rows, most_rows=3)
    assert [[row[0] for row in sheet] for sheet in sheets] == [
        ["statement_id", "s0", "s1"],
        ["statement_id", "s2", "s3"],
        ["statement_id", "s4"],
    ]


def test_rows_are_taken_one_at_a_time() -> None:
    taken, out = [], io.BytesIO()

    def rows() -> "object":
        for number in range(3):
            taken.append(out.tell())
            yield replace(ROW, id=f"s{number}")

    for write in (to_csv, to_jsonl):
        taken.clear()
        write(rows(), out)  # type: ignore[arg-type]
        assert taken[0] < taken[1] < taken[2]


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_json_lines_are_exact_and_one_line_each(content: str, quotes: list[str]) -> None:
    [line] = as_jsonl(replace(ROW, content=content, quotes=tuple(quotes)))
    assert (line["content"], line["quotes"]) == (content, quotes)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=200))
def test_csv_keeps_every_printable_text(content: str) -> None:
    [cells] = as_csv(replace(ROW, content=content, quotes=(content, "and more")))
    assert cells["content"].removeprefix("'" if content[:1] in tuple("=+-@") else "") == content
    assert cells["quotes"].endswith(f"{content}{BETWEEN_QUOTES}and more")


@given(st.text(max_size=50))
def test_any_text_makes_a_workbook_that_opens(content: str) -> None:
    out = io.BytesIO()
    to_xlsx([replace(ROW, content=content)], out)
    openpyxl.load_workbook(out)


def test_what_excel_would_take_for_an_escape_is_escaped() -> None:
    out = io.BytesIO()
    to_xlsx([replace(ROW, content="_x0041_ and _x_")], out)
    with zipfile.ZipFile(out) as book:
        assert b">_x005F_x0041_ and _x_<" in book.read("xl/worksheets/sheet1.xml")
