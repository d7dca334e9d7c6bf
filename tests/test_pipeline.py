"""A document in, its record out, with a tagger that says what the case says."""

import datetime
from array import array
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.pipeline import blank, extract
from onrecord.records import Caption, Document, Kind, OffsetMap, Reference, Span
from onrecord.tag.quotes import Quote
from onrecord.tag.tagger import Tagged

TEXT = (
    'The ferry line "will not be sold", Mira Tolland said.[1]\n'
    "Passengers on the quay (Photo: Oskar Lind, 2 May 2026)\n"
    'In May it wrote: "Not this year. [sic] And ...'
    '"\n'
)


class Scripted:
    """Finds the words it is told to find, wherever they stand."""

    name = "scripted"

    def __init__(self, cue: str, source: str, content: str) -> None:
        self.words = cue, source, content
        self.seen = ""

    def tag(self, text: str, quotes: Sequence[Quote], *, threshold: float) -> list[Tagged]:
        self.seen = text
        cue, source, content = (Span(text.index(w), text.index(w) + len(w)) for w in self.words)
        return [Tagged(cue, (source,), (content,), 0.8)]


def document(text: str = TEXT, **fields: object) -> Document:
    empty = OffsetMap(array("q"), array("q"), array("q"), array("q"), 0)
    return Document("d1", text, "0" * 64, empty, "ferry", "text/plain", "utf-8", language="en", **fields)  # type: ignore[arg-type]


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_a_record_stands_on_exact_characters() -> None:
    tagger = Scripted("said", "Mira Tolland", '"will not be sold"')
    record = extract(document(references=(Reference("[1]", at("[1]")),)), tagger=tagger)
    (attribution,), (statement,) = record.attributions, record.statements
    assert [TEXT[s.start : s.end] for s in attribution.quotes] == ["will not be sold"]
    assert attribution.kind is Kind.DIRECT
    assert statement.attribution == attribution
    assert statement.document_id == "d1"
    assert record.reference_statements == (0,)
    assert record.extracted
    assert record.tagger == "scripted"
    assert [TEXT[s.start : s.end] for s in record.insertions] == ["[sic]"]
    assert [TEXT[s.start : s.end] for s in record.omissions] == ["..."]


def test_every_decided_field_has_evidence() -> None:
    record = extract(document(), tagger=Scripted("said", "Mira Tolland", '"will not be sold"'))
    fields = {evidence.field: evidence for evidence in record.statements[0].evidence}
    found = {"cue", "source", "content", "quotes", "kind"}
    assert set(fields) == found | {"speakers", "said_at", "act", "polarity", "certainty"}
    assert fields["cue"].decided_by == "model:scripted"
    assert fields["cue"].score == 0.8
    assert fields["quotes"].decided_by == "rule:quotes"


def test_what_a_rule_joined_is_said_to_be_joined_by_a_rule() -> None:
    record = extract(document('He said: "We go.\n"And we stay."\n'), tagger=Scripted("said", "He", '"We go.'))
    fields = [(e.decided_by, e.span) for e in record.statements[0].evidence if e.field == "content"]
    assert fields == [("model:scripted", Span(9, 16)), ("rule:quotes", Span(17, 31))]


def test_captions_and_marks_are_not_tagged() -> None:
    tagger = Scripted("said", "Mira Tolland", '"will not be sold"')
    caption = at("Passengers on the quay (Photo: Oskar Lind, 2 May 2026)")
    fields = {
        "captions": (Caption(caption, "Oskar Lind", datetime.date(2026, 5, 2)),),
        "references": (Reference("[1]", at("[1]")),),
    }
    extract(document(**fields), tagger=tagger)
    assert len(tagger.seen) == len(TEXT)
    assert "Passengers" not in tagger.seen
    assert "[1]" not in tagger.seen
    assert "Not this year" in tagger.seen


def test_a_mark_without_a_statement_before_it_has_none() -> None:
    mark = Reference("[1]", at("In May"))
    record = extract(document(references=(mark,)), tagger=Scripted("said", "Mira Tolland", '"will not be sold"'))
    assert record.reference_statements == (None,)


def test_a_mark_proves_the_outermost_statement_before_it() -> None:
    text = "The paper said that Jo West denies the sale.[1] But it said no more."

    class Nested(Scripted):
        def tag(self, text: str, quotes: Sequence[Quote], *, threshold: float) -> list[Tagged]:
            outer = Scripted("said", "The paper", "that Jo West denies the sale").tag(text, quotes, threshold=threshold)
            return [*outer, *super().tag(text, quotes, threshold=threshold)]

    mark = Reference("[1]", Span(text.index("["), text.index("]") + 1))
    record = extract(document(text, references=(mark,)), tagger=Nested("denies", "Jo West", "the sale"))
    assert [one.parent for one in record.attributions] == [None, 0]
    assert record.reference_statements == (0,)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_other_languages_are_not_extracted(language: str) -> None:
    text = document()
    foreign = Document(**{n: getattr(text, n) for n in Document.__slots__} | {"language": language})
    record = extract(foreign, tagger=Scripted("said", "Mira Tolland", "sold"))
    assert not record.extracted
    assert record.attributions == ()


def test_the_same_document_gives_the_same_ids() -> None:
    tagger = Scripted("said", "Mira Tolland", '"will not be sold"')
    assert extract(document(), tagger=tagger) == extract(document(), tagger=tagger)


@pytest.mark.parametrize("threshold", [0.0, 1.0, -1, 2])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        extract(document(), tagger=Scripted("said", "Mira", "sold"), threshold=threshold)


@given(st.text(alphabet="ab\n\r", min_size=2, max_size=60), st.data())
def test_blank_moves_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    blanked = blank(text, [Span(start, end)])
    assert len(blanked) == len(text)
    assert [i for i, c in enumerate(blanked) if c in "\r\n"] == [i for i, c in enumerate(text) if c in "\r\n"]
    assert blanked[:start] == text[:start]
    assert blanked[end:] == text[end:]
    assert not blanked[start:end].strip()
