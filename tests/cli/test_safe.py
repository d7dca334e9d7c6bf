import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.readable import highlighted
from onrecord.cli.safe import safe, safe_passage
from onrecord.records import Span


@given(st.text())
def test_what_is_safe_moves_no_cursor(text: str) -> None:
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in safe(text))
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs") for character in safe_passage(text) if character != "\n"
    )
    assert not set(safe(text) + safe_passage(text)) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f")


def test_plain_text_is_left_alone() -> None:
    assert safe("Zoë said:\n “naïve … 日本”") == "Zoë said: “naïve … 日本”"


@given(st.text(min_size=1, alphabet="ab\n"), st.data())
def test_highlighting_without_statements_changes_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    where = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert "".join(words for words, _ in highlighted([], text, where, coloured=False)) == text[where.start : where.end]
