"""The library's own entry points."""

import hashlib

import pytest

import onrecord
from onrecord.errors import DocumentFailed


@pytest.mark.parametrize("before", ["", "\ufeff", "\ufeff\ufeff", "\r\n"])
def test_offsets_count_the_callers_text(before: str) -> None:
    text = before + "The mayor said that the bridge would be closed on Monday, and the ferry too."
    record = onrecord.extract(text)
    assert record.document.text == text
    (found,) = record.attributions
    assert [text[span.start : span.end] for span in found.cue] == ["said"]


def test_a_lone_surrogate_moves_nothing() -> None:
    record = onrecord.extract("\ud800 The mayor said that the bridge would be closed on Monday.")
    assert record.document.text[2:] == "The mayor said that the bridge would be closed on Monday."


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(DocumentFailed, match="white space"):
        onrecord.extract("  ")


def test_a_wrapped_text_is_read_as_paragraphs() -> None:
    text = (
        'The owner of the ferry line told a meeting on Monday that "we will not\n'
        "sell, not this year and not next year, because the island needs the\n"
        'boats," and that the winter timetable would stay as it was. The mayor\n'
        "said that he had been told nothing of it and that he would ask the\n"
        "ministry.\n\nIt was late when the meeting closed.\n"
    )
    told = onrecord.extract(text).attributions[0]
    assert [text[span.start : span.end].count("\n") for span in told.quotes] == [2]


def test_a_page_keeps_the_hash_of_its_bytes() -> None:
    raw = b"The mayor said that the bridge would be closed on Monday."
    assert onrecord.extract_page(raw).document.raw_sha256 == hashlib.sha256(raw).hexdigest()


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError):
        onrecord.nothing  # noqa: B018
