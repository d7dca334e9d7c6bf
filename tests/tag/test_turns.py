"""Turns of transcripts and interviews."""

import pytest

from onrecord import extract
from onrecord.records import Kind
from onrecord.tag.turns import turns

INTERVIEW = """Harbour chief sees no delay

The new quay opens in May, Ines Calder told this paper.

Q: Will the quay be ready?

A: It will. The pumps arrived last week.

And the second crane is on its way from Lund.

Q: Who pays for it?

A: The city does, and I said so in March.

The quay was first planned in 1998."""

TRANSCRIPT = """JO WEST: Why did you leave the talks?
HARLAN: Because the minister told us they were over.
(CROSSTALK.)
WEST: He denies that.
HARLAN: He can deny what he likes."""


def said(text: str) -> list[tuple[str, list[str]]]:
    found = turns(text)
    return [
        (text[turn.label.start : turn.label.end], [text[span.start : span.end] for span in turn.contents])
        for turn in found
    ]


def test_interview_with_letters() -> None:
    assert said(INTERVIEW) == [
        ("Q", ["Will the quay be ready?"]),
        ("A", ["It will. The pumps arrived last week.", "And the second crane is on its way from Lund."]),
        ("Q", ["Who pays for it?"]),
        ("A", ["The city does, and I said so in March."]),
    ]


def test_transcript_with_names_leaves_asides_out() -> None:
    assert [label for label, _ in said(TRANSCRIPT)] == ["JO WEST", "HARLAN", "WEST", "HARLAN"]
    assert said(TRANSCRIPT)[1] == ("HARLAN", ["Because the minister told us they were over."])


def test_marks_of_an_excerpt_are_no_part_of_a_turn() -> None:
    text = "\n".join(f"“{line}”" for line in TRANSCRIPT.splitlines())
    assert said(text)[0] == ("JO WEST", ["Why did you leave the talks?"])


def test_a_headline_with_a_colon_is_no_turn() -> None:
    text = "Harlan: Talks are over\n\nThe talks ended on Monday.\n\n" + TRANSCRIPT
    assert said(text)[0][0] == "JO WEST"
    assert len(said(text)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Harlan: The talks are over, and nobody will say why.",
        "Clinton: 1,769.\nSanders: 1,501.\nClinton: 547.\nSanders: 46.",
        "GOALKEEPERS: Ruiz, Ode.\nDEFENDERS: Katz.\nFORWARDS: Mora.",
        "Breakfast: Eggs and beans with tea\nLunch: Soup with bread and cheese\nDinner: Rice with fish and leaves",
    ],
)
def test_lists_and_headlines_make_no_talk(text: str) -> None:
    assert turns(text) == []


def test_turns_become_direct_statements_with_their_rule_as_evidence() -> None:
    record = extract(INTERVIEW)
    text = record.document.text
    answers = [
        (attribution, statement)
        for attribution, statement in zip(record.attributions, record.statements, strict=True)
        if attribution.cue and text[attribution.cue[0].start : attribution.cue[0].end] == ":"
    ]
    assert [text[one.sources[0].start : one.sources[0].end] for one, _ in answers] == ["Q", "A", "Q", "A"]
    for attribution, statement in answers:
        assert attribution.kind is Kind.DIRECT
        assert attribution.quotes == attribution.contents
        found = [row for row in statement.evidence if row.field in ("cue", "source", "content", "kind")]
        assert {row.decided_by for row in found} == {"rule:turns"}
