"""Plain text: the file's own characters, and what its head says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import DocumentFailed
from onrecord.read import read_bytes, unfaithful

BODY = "The council of Velmora voted on Tuesday to keep the old harbour, its clerk Ada Quill told reporters.\n" * 3


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), min_size=1, max_size=200))
def test_text_is_the_file(text: str) -> None:
    raw = text.encode()
    try:
        document = read_bytes(raw, name="x", media_type="text/plain", charset="utf-8")
    except DocumentFailed:
        return
    assert document.text == text
    assert unfaithful(document, raw) == []


def test_line_ends_stay_and_the_mark_goes() -> None:
    assert read_bytes(b"\xef\xbb\xbfOne\r\ntwo\rthree\n", name="x").text == "One\r\ntwo\rthree\n"


def test_address_in_the_first_line() -> None:
    address = "https://www.velmorapost.example/world/2018/08/01/harbour"
    document = read_bytes(f"{address}\n\n{BODY}".encode(), name="x")
    assert document.url == address
    assert document.publisher == "velmorapost.example"
    assert document.published_at == "2018-08-01"
    assert [document.text[span.start : span.end] for span in document.notes] == [address]


def test_address_given_goes_first() -> None:
    document = read_bytes(f"https://b.example/x\n{BODY}".encode(), name="x", url="https://a.example/2020/1/2/y")
    assert (document.url, document.published_at) == ("https://a.example/2020/1/2/y", "2020-01-02")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Council keeps the old harbour", True),
        ("Will the harbour stay?", True),
        ("The council kept the harbour.", False),
        ("Harbour", False),
        ("By Ada Quill", False),
        ("He asked: “Will the harbour stay?”", False),
        ("Ships in the harbour on Monday. Photo: Lars Oake", False),
        ("x " * 150, False),
    ],
)
def test_title(head: str, title: bool) -> None:
    document = read_bytes(f"{head}\n\n{BODY}".encode(), name="x")
    assert document.title == (head if title else None)
    if document.title_span:
        assert document.text[document.title_span.start : document.title_span.end] == head


def test_wrapped_lines_are_no_title() -> None:
    assert read_bytes(f"The council of Velmora said that\nthe harbour stays. {BODY}".encode(), name="x").title is None


def test_title_below_the_address_and_byline_below_the_title() -> None:
    raw = f"https://a.example/x\n\nCouncil keeps the harbour\nBy Ada Quill and Lars van Oake\n\n{BODY}".encode()
    document = read_bytes(raw, name="x")
    assert (document.title, document.byline) == ("Council keeps the harbour", "Ada Quill and Lars van Oake")


@pytest.mark.parametrize(
    "line", ["By the end of May, the harbour was shut", "By Monday", "By law, ships must stop here"]
)
def test_prose_is_no_byline(line: str) -> None:
    assert read_bytes(f"{line}\n{BODY}".encode(), name="x").byline is None


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("VELMORA, 5 March 2019 (Agency) — ", "2019-03-05"),
        ("VELMORA (March 5, 2019) - ", "2019-03-05"),
        ("VELMORA, Orlsund, Mar 5 2019 (HN) - ", "2019-03-05"),
        ("VELMORA – 5 March 2019: ", "2019-03-05"),
        ("VELMORA, 5 March — ", None),
        ("VELMORA on 5 March 2019 – a Tuesday – ", None),
        ("On March 5, 2019 - ", None),
    ],
)
def test_dateline(head: str, day: str | None) -> None:
    assert read_bytes(f"{head}{BODY}".encode(), name="x").published_at == day


def test_same_file_same_document() -> None:
    first, second = (read_bytes(BODY.encode(), name=name) for name in "ab")
    assert first.id == second.id
    assert first.raw_sha256 == second.raw_sha256 != read_bytes(BODY.encode() + b" ", name="a").raw_sha256


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Der Stadtrat hat am Dienstag beschlossen, den alten Hafen zu erhalten, sagte die Sprecherin.", "de"),
        ("Yes, he said.", None),
        ("12 345 678 910 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert read_bytes(text.encode(), name="x").language == language


def test_text_that_speaks_of_tags_is_text() -> None:
    assert read_bytes(f"She wrote <p> and <b>, then <i>.\n{BODY}".encode(), name="x").media_type == "text/plain"
