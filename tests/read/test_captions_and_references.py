"""Captions and footnotes in running text."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.read import read_bytes
from onrecord.read.captions import credit_below_picture, credit_of, find_captions
from onrecord.read.references import find_references

DISPATCH = Path(__file__).parents[2].parent / "shared" / "cases" / "dispatch.txt"

CAPTIONS = [
    ("Fishing boats at dawn (image: Velmora.example, March 5, 2019)", "Velmora.example", date(2019, 3, 5)),
    ("Fishing boats at dawn (Photo: Lars Oake, 5 March 2019)", "Lars Oake", date(2019, 3, 5)),
    ("The harbour on 5 March 2019. (Photo by Lars Oake/Harbour News)", "Lars Oake/Harbour News", date(2019, 3, 5)),
    ("The harbour wall after the storm. (AP Photo/Lars Oake, File)", "AP Photo/Lars Oake, File", None),
    ("The harbour wall after the storm. (AFP photo)", "AFP", None),
    ("The harbour wall [Photo: Harbour Agency]", "Harbour Agency", None),
    ("Photo by Lars Oake / Harbour News", "Lars Oake / Harbour News", None),
    ("The wall, as it stood in May. Photo: Harbour News", "Harbour News", None),
    ("Photo credit: Lars Oake", "Lars Oake", None),
    ("Photo: L. M. Oake", "L. M. Oake", None),
]
NO_CAPTIONS = [
    "The photo shows the harbour, she said.",
    "He said the image (taken in May) was false.",
    "Photos by the river show that the wall, which the council of the town had wanted to pull down for years "
    "and which nobody had looked at since, still stood in May when the clerk came back to see it again",
    "“The picture is grim,” said Ada Quill.",
    "Photo: she said it was hers. He said it was not.",
    "Reuters reported the storm first (and AP later).",
]


@pytest.mark.parametrize(("line", "credit", "day"), CAPTIONS)
def test_caption(line: str, credit: str, day: date | None) -> None:
    text = f"The harbour stays, she said.\n{line}\r\nThe clerk agreed.\n"
    (found,) = find_captions(text)
    assert text[found.span.start : found.span.end] == line
    assert (found.credit, found.date) == (credit, day)


@pytest.mark.parametrize("line", NO_CAPTIONS)
def test_no_caption(line: str) -> None:
    assert credit_of(line) is None


@pytest.mark.parametrize(
    ("words", "marked", "credit"),
    [
        ("The wall in May.", "(Image: @harbour)", "@harbour"),
        ("The wall in May.", "Credit: Photo: HN", "HN"),
        ("The wall in May.", "Lars Oake", "Lars Oake"),
        ("The wall in May | Lars Oake/Harbour Photo", None, "Lars Oake/Harbour Photo"),
        ("The wall in May © Harbour Agency", None, "Harbour Agency"),
        ("The wall in May. Lars Oake/Harbour Agency", None, "Lars Oake/Harbour Agency"),
        ("The wall in May.", None, None),
    ],
)
def test_credit_of_a_marked_caption(words: str, marked: str | None, credit: str | None) -> None:
    assert credit_below_picture(words, marked) == credit


def marks(text: str) -> list[tuple[str, str | None]]:
    found, _ = find_references(text)
    return [(each.mark, text[each.note.start : each.note.end] if each.note else None) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She denied it.[1] He did not.[2]\n", [("[1]", None), ("[2]", None)]),
        ("She denied it.[1]\nEnd.\n\n[1] The Post, May 5.\n", [("[1]", "[1] The Post, May 5.")]),
        ("She denied it [12] on Monday.\n", [("[12]", None)]),
        ("She denied it.¹ He agreed²\n\n¹ In May.\n² In June.", [("¹", "¹ In May."), ("²", "² In June.")]),
        ("The plot has 40 km² and 30 m³, or 10² fields.", []),
        ("She denied it.* He agreed.\n\n* She spoke in May.", [("*", "* She spoke in May.")]),
        ("She said *no* and† left.\n* one\n* two", []),
        ("“They fight the men [who came to Velmora] and [all] others [there],” he said.", []),
        ("In [2018] it rained.", []),
        ("[1] One\n[2] Two", []),
    ],
)
def test_references(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert marks(text) == expected


def test_notes_are_a_stretch_with_their_heading() -> None:
    text = "She denied it.[1] He agreed.[2]\n\nNotes:\n[1] The Post.\n[2] The Times.\n"
    _, (notes,) = find_references(text)
    assert text[notes.start : notes.end] == "Notes:\n[1] The Post.\n[2] The Times."


def test_dispatch() -> None:
    if not DISPATCH.exists():
        pytest.skip("the shared case dispatch.txt is not there")
    document = read_bytes(DISPATCH.read_bytes(), name="dispatch")
    (found,) = document.captions
    assert (found.credit, found.date) == ("Youm7.com", date(2017, 12, 15))
    assert document.text[found.span.start : found.span.end].endswith("2017)")
    assert [each.mark for each in document.references] == ["[1]", "[2]", "[3]"]
    assert document.title is None
