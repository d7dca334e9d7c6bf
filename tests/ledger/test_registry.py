"""A registry seeds the ledger with names; broken rows are named by line and stop nothing."""

from pathlib import Path

import pytest

from onrecord.errors import DocumentFailed
from onrecord.ledger import Ledger
from onrecord.ledger.registry import BadRow, Entry, read_registry

CSV = """name,aliases,role,affiliation,identifiers
Jo West,Johanna West; J. West,director,Harbour Office,Q1
,nobody,,,
Oskar Lind,,mayor,Skerrin,
"""
JSONL = (
    '{"name": "Jo West", "aliases": ["Johanna West"], "kind": "person", "identifiers": {"a": 1}}\n'
    "no json\n"
    '{"name": "", "aliases": []}\n'
    '{"name": "Ferry Line", "kind": "boat"}\n'
    '["a list"]\n'
    '{"name": "Lind", "aliases": "not a list"}\n'
    '{"name": "Lind", "role": 7}\n'
)


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_csv(tmp_path: Path) -> None:
    rows = list(read_registry(written(tmp_path, "who.csv", CSV)))
    assert rows == [
        Entry("Jo West", ("Johanna West", "J. West"), "director", "Harbour Office", identifiers="Q1"),
        BadRow(3, "has no name"),
        Entry("Oskar Lind", (), "mayor", "Skerrin"),
    ]


def test_json_lines(tmp_path: Path) -> None:
    rows = list(read_registry(written(tmp_path, "who.jsonl", JSONL)))
    assert isinstance(rows[0], Entry)
    assert [row.line for row in rows if isinstance(row, BadRow)] == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("who.csv", "", "no column 'name'"),
        ("who.csv", "person,role\nJo,x\n", "no column 'name'"),
        ("who.csv", b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_registry(tmp_path: Path, name: str, text: str | bytes, reason: str) -> None:
    with pytest.raises(DocumentFailed, match=reason):
        list(read_registry(written(tmp_path, name, text)))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentFailed, match="cannot be read"):
        list(read_registry(tmp_path / "none.csv"))


def test_loading_twice_changes_nothing(ledger: Ledger) -> None:
    entries = [Entry("Jo West", ("Johanna West",), "director")]
    assert ledger.register_speakers(entries) == 2
    assert ledger.register_speakers(entries) == 0
    (row,) = ledger.speakers("johanna")
    assert row.names == ("Johanna West", "Jo West")
