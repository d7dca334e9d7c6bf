"""The grammar of marks: text -> the quotes in it, as (words with marks, depth, closed, continues)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages import paragraphs
from onrecord.tag.quotes import quotes

CASES = [
    ('She said "we go" twice.', [('"we go"', 1, True, False)]),
    ("“We go,” she said. “We stay.”", [("“We go,”", 1, True, False), ("“We stay.”", 1, True, False)]),
    ("«On part», a-t-il dit", [("«On part»", 1, True, False)]),
    ("»Ja«, he said.", [("»Ja«", 1, True, False)]),
    ("He called it „so“ and so.", [("„so“", 1, True, False)]),
    ("他说「好」。", [("「好」", 1, True, False)]),
    ("''Go now,'' he said.", [("''Go now,''", 1, True, False)]),
    ("‘’Go now, it’s late,’’ he said.", [("‘’Go now, it’s late,’’", 1, True, False)]),
    ("‘‘Go now,’’ he said.", [("‘‘Go now,’’", 1, True, False)]),
    ("``Go now,'' he said.", [("``Go now,''", 1, True, False)]),
    ("'We will go,' the pilots' union said.", [("'We will go,'", 1, True, False)]),
    ("It's the officers' own view; they don't say.", []),
    ("'Tis the season, and rock 'n' roll isn't dead.", []),
    ("She said, \"I'm not sure 'maybe' is a word.\"", [
        ("\"I'm not sure 'maybe' is a word.\"", 1, True, False), ("'maybe'", 2, True, False)]),
    ("“The ‘plan’ isn’t ours,” he said.", [("“The ‘plan’ isn’t ours,”", 1, True, False), ("‘plan’", 2, True, False)]),
    ('He said “there is no evidence" of it.', [('“there is no evidence"', 1, True, False)]),
    ("They rated it “Mostly False.“", [("“Mostly False.“", 1, True, False)]),
    ('A 6" pipe and a 4" pipe.', []),
    ("“He said: ‘I saw.", [("“He said: ‘I saw.", 1, False, False), ("‘I saw.", 2, False, False)]),
    ("The crews of ‘87 met again.", []),
    ("“No end here\nNext line.", [("“No end here", 1, False, False)]),
    ("“First part.\n\n“Second part,” she said.", [
        ("“First part.", 1, False, False), ("“Second part,”", 1, True, True)]),
    ("“First part.\n\nNo mark here.\n\n“A new one.”", [
        ("“First part.", 1, False, False), ("“A new one.”", 1, True, False)]),
    # copy that opens the inner quote with one sort of mark and closes it with the other
    ('"The mayor said: "It will go on...\'\n"He left."', [
        ('"The mayor said: "It will go on...\'', 1, False, False), ('"It will go on...\'', 2, True, False),
        ('"He left."', 1, True, True)]),
    ("\"He said: 'The army's men are here.' Then he left.\"", [
        ("\"He said: 'The army's men are here.' Then he left.\"", 1, True, False),
        ("'The army's men are here.'", 2, True, False)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:30] for text, _ in CASES])
def test_quotes(text: str, expected: list[tuple[str, int, bool, bool]]) -> None:
    found = [(text[q.start : q.end], q.depth, q.closed, q.continues) for q in quotes(text)]
    assert found == expected


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„“「」`[]s", max_size=200))
def test_any_text_gives_quotes_inside_one_paragraph(text: str) -> None:
    lines = list(paragraphs(text))
    for quote in quotes(text):
        assert quote.start <= quote.inner_start < quote.inner_end <= quote.end <= len(text)
        assert any(low <= quote.start and quote.end <= high for low, high in lines)


@given(st.text(alphabet="ab \n\"'“”‘’", max_size=120))
def test_quotes_nest(text: str) -> None:
    found = quotes(text)
    for outer in found:
        for inner in found:
            if outer.start < inner.start < outer.end:
                assert inner.end <= outer.end
                assert inner.depth > outer.depth


def test_time_is_linear_in_marks() -> None:
    # every mark could open or close: quadratic look-ahead would take minutes
    assert quotes("'a " * 100_000) is not None
    assert quotes('"' * 100_000) is not None
    assert quotes("'the boys' own " * 30_000) is not None
