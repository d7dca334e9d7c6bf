import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tag.wrapping import unwrap

FIRST = (
    'The owner of the ferry line told a meeting on Monday that "we will not sell, not this year and not next year, '
    'because the island needs the boats," and that the winter timetable would stay as it was.'
)
SECOND = "The mayor said that he had been told nothing of it and that he would ask the ministry for a word in writing."


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [50, 72, 100])
def test_broken_lines_are_joined_and_paragraphs_stay(width: int, end: str) -> None:
    broken = [end.join(textwrap.wrap(paragraph, width)) for paragraph in (FIRST, SECOND) * 2]
    text = (end + end).join(broken) + end
    unwrapped = unwrap(text)
    assert len(unwrapped) == len(text)
    assert [" ".join(line.split()) for line in unwrapped.split(end + end)] == [FIRST, SECOND] * 2


@pytest.mark.parametrize("text", [f"{FIRST}\n{SECOND}\n", f"{FIRST}\n\n{SECOND}", "One.\nTwo.\nThree.\n", "", "a\nb"])
def test_other_text_stays(text: str) -> None:
    assert unwrap(text) == text


@given(st.text(alphabet="ab A.\n\r ", max_size=200))
def test_only_line_ends_change(text: str) -> None:
    unwrapped = unwrap(text)
    assert len(unwrapped) == len(text)
    assert all(old == new or (old in "\r\n" and new == " ") for old, new in zip(text, unwrapped, strict=True))
