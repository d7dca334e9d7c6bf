"""Every kind of bad input ends in a document or in one line that says what to do, and soon."""

import time

import pytest

from onrecord.errors import DocumentFailed
from onrecord.read import read_bytes, unfaithful
from onrecord.read.offset_map import mapped

BODY = "".join(
    f"<p>The bridge at Orlsund will open in May, the builder Tamsin Vale said on Friday. It took {n} years.</p>"
    for n in range(10, 22)
)
DEEP = 100_000


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n ", "nothing but white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF, which this version does not read"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a WARC web archive"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"\x1f\x8b\x08\x00", "compressed with gzip"),
        (b"{\\rtf1\\ansi text}", "an RTF file"),
        (b"\x00\x00\x00\x18ftypmp42", "a film"),
        (bytes(range(256)) * 64, "binary data"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel></channel></rss>', "a feed"),
        (b"<html><body></body></html><p>", "no article found"),
        (
            b"<html><head><title>x</title></head><body><script>var text = 1</script><div></div></body></html>",
            "no article",
        ),
    ],
)
def test_refused_in_one_line(raw: bytes, reason: str) -> None:
    with pytest.raises(DocumentFailed, match=reason) as failure:
        read_bytes(raw, name="evil")
    assert failure.value.name == "evil"
    assert "\n" not in str(failure.value)


HOSTILE = {
    "nested": "<div>" * DEEP + BODY + "</div>" * DEEP,
    "unclosed": BODY + "<b><i>" * DEEP,
    "quotes": BODY + '<blockquote class="' * DEEP,
    "brackets": BODY + "<" * DEEP,
    "tags never closed": BODY + "<a href=" * DEEP,
    "comments never closed": BODY + "<!--" * DEEP,
    "scripts never closed": BODY + "<script></" * DEEP,
    "equal signs": BODY + "<p " + "=" * DEEP + ">",
    "ampersands": BODY + "<p>" + "&amp" * DEEP + "</p>",
    "marks": BODY + "<p>One word" + "<sup>1</sup> and another" * 5000 + "</p>",
    "captions": BODY + "<figcaption>" * DEEP + BODY,
    "headings": "<h1>Bridge</h1>" * 5000 + BODY,
    "links": BODY + "<a " * DEEP + "<a href" * DEEP,
    "linked data": '<script type="application/ld+json">' + "[" * DEEP + "</script>" + BODY,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_end_soon(markup: str) -> None:
    raw = f"<html><body>{markup}</body></html>".encode()
    began = time.process_time()
    if markup.startswith("<div>"):  # the parser gives up on what lies that deep
        with pytest.raises(DocumentFailed, match="no article found"):
            read_bytes(raw, name="hostile")
    else:
        document = read_bytes(raw, name="hostile")
        assert unfaithful(document, raw) == []
        assert "Tamsin Vale" in document.text
    assert time.process_time() - began < 30


def test_scripts_and_styles_are_no_text() -> None:
    page = f"<html><body><script>alert('<p>Evil said</p>')</script><style>p{{}}</style>{BODY}<p onclick='x>y'>End.</p>"
    document = read_bytes(page.encode(), name="x")
    assert "Evil" not in document.text
    assert "onclick" not in document.text


def test_nothing_unprintable_from_a_page() -> None:
    page = "<html><body>" + BODY.replace("bridge", "br&#xD800;i&#0;d\0ge&shy;") + "</body></html>"
    document = read_bytes(page.encode(), name="x")
    document.text.encode("utf-8")
    assert "\0" not in document.text
    assert unfaithful(document, page.encode()) == []


def test_parser_that_breaks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    with pytest.raises(DocumentFailed, match="nested too deeply"):
        read_bytes(f"<html><body>{BODY}</body></html>".encode(), name="x")


def test_page_too_large_for_an_article() -> None:
    with pytest.raises(DocumentFailed, match="more than 10,000,000 characters"):
        read_bytes(f"<html><body>{BODY * 10_000}</body></html>".encode(), name="x")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_fifty_megabytes(codec: str) -> None:
    paragraph = (
        "“No road will close,” the mayor, Zoë Quill, told the council of Velmora on Tuesday evening. " * 4 + "\n"
    )
    raw = (paragraph * (50_000_000 // len(paragraph.encode(codec)))).encode(codec)
    began = time.process_time()
    document = read_bytes(raw, name="large")
    assert time.process_time() - began < 20
    assert mapped(document.offset_map) == len(document.text)
    assert document.text.startswith(paragraph)
