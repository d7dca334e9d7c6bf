"""Asking maps, and the check that catches a wrong one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from onrecord.read import read_bytes, to_source, unfaithful
from onrecord.records import OffsetMap, Span

PAGE = (
    b"<html><body><h1>Harbour wall will stay</h1>"
    + b"<p>The harbour &amp; the wall stay,\n   said Ada Quill, the <b>port</b>\xe2\x80\x99s head, on Monday.</p>" * 6
    + b"</body></html>"
)


@given(
    text=st.text(st.sampled_from("ab é“你😀\n"), min_size=1, max_size=40), ends=st.tuples(st.integers(), st.integers())
)
def test_spans_of_text_lead_to_their_bytes(text: str, ends: tuple[int, int]) -> None:
    text = f"x{text}"
    raw = text.encode()
    low, high = sorted(end % len(text) for end in ends)
    document = read_bytes(raw, name="x", media_type="text/plain", charset="utf-8")
    assert to_source(document.offset_map, Span(low, high + 1)) == [
        (len(text[:low].encode()), len(text[: high + 1].encode()))
    ]


def test_span_over_markup_gives_the_pieces() -> None:
    document = read_bytes(PAGE, name="page")
    start = document.text.index("port’s")
    pieces = to_source(document.offset_map, Span(start, start + len("port’s")))
    assert [PAGE[low:high].decode() for low, high in pieces] == ["port", "’s"]


def test_entity_is_taken_whole() -> None:
    document = read_bytes(PAGE, name="page")
    at = document.text.index("&")
    ((low, high),) = to_source(document.offset_map, Span(at, at + 1))
    assert PAGE[low:high] == b"&amp;"


def test_break_between_blocks_has_no_place() -> None:
    document = read_bytes(PAGE, name="page")
    at = document.text.index("\n\n")
    assert to_source(document.offset_map, Span(at, at + 2)) == []


def test_a_wrong_map_is_caught() -> None:
    document = read_bytes(PAGE, name="page")
    good = document.offset_map
    assert unfaithful(document, PAGE) == []
    source = good.source[:]
    source[0] += 1
    shifted = OffsetMap(good.text, source, good.source_end, good.width, good.size)
    assert unfaithful(replace(document, offset_map=shifted), PAGE)
