from onrecord.ids import document_id, statement_id
from onrecord.records import Span


def test_the_same_content_has_the_same_id() -> None:
    assert document_id("https://a.example/x", "text") == document_id("https://a.example/x", "text")
    assert len(document_id(None, "")) == 21


def test_parts_do_not_run_together() -> None:
    assert document_id("ab", "c") != document_id("a", "bc")
    assert statement_id("d1", [Span(1, 2)], [Span(3, 4)]) != statement_id("d1", [], [Span(1, 2), Span(3, 4)])
    assert statement_id("d1", [Span(1, 2)], [Span(3, 4)]) != statement_id("d2", [Span(1, 2)], [Span(3, 4)])
