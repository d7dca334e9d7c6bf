"""Whom pronouns and descriptions go back to, and when nobody is said."""

import pytest
from invented_pages import page_of

from onrecord.records import Span, SpeakerKind
from onrecord.resolve.antecedents import Antecedents
from onrecord.resolve.noun_phrases import read_phrase
from onrecord.resolve.pronouns import referent
from onrecord.resolve.speakers import find_speakers

Row = tuple[str, str, str]
SPOKEN = [
    (
        "the report is that of the daily",
        "Mr Oskar Lind spoke to the daily Hlas Hory. The report said the pier was sound.",
        ("The report", "said", "the pier was sound"),
        "Hlas Hory",
    ),
    (
        "the ministry by its noun",
        "The Ministry of Harbours opened the pier. The ministry said it was sound.",
        ("The ministry", "said", "it was sound"),
        "Ministry of Harbours",
    ),
    (
        "a post whose holder is named further below",
        "The Chilean attaché in Skerrin said the pier was sound.\n\nThe Chilean attaché in Skerrin, Jo West, left.",
        ("The Chilean attaché in Skerrin", "said", "the pier was sound"),
        "Jo West",
    ),
    (
        "whose letter it is",
        "The Skerrin Ferry Company’s letter said the pier was sound.",
        ("The Skerrin Ferry Company’s letter", "said", "the pier was sound"),
        "Skerrin Ferry Company",
    ),
    (
        "who issued a statement",
        "A statement by Jo West said the pier was sound.",
        ("A statement by Jo West", "said", "the pier was sound"),
        "Jo West",
    ),
    (
        "a name after a title with of",
        "The President of the Republic Oskar Lind said the pier was sound.",
        ("The President of the Republic Oskar Lind", "said", "the pier was sound"),
        "Oskar Lind",
    ),
    (
        "a name after a title with and",
        "Harbours and Fisheries Minister Oskar Lind said the pier was sound.",
        ("Harbours and Fisheries Minister Oskar Lind", "said", "the pier was sound"),
        "Oskar Lind",
    ),
    (
        "a body whose chair is named beside it",
        "The Harbour Council, chaired by Jo West, said the pier was sound.",
        ("The Harbour Council, chaired by Jo West,", "said", "the pier was sound"),
        "Harbour Council",
    ),
]


@pytest.mark.parametrize(("text", "row", "name"), [case[1:] for case in SPOKEN], ids=[case[0] for case in SPOKEN])
def test_speaker(text: str, row: Row, name: str) -> None:
    (found,) = find_speakers(page_of(text, [row]))
    assert [(speaker.name, speaker.resolved) for speaker in found.value] == [(name, True)]


ABSTAINED = [
    (
        "two sides",
        "Jo West met Oskar Lind. The two sides said the pier was sound.",
        ("The two sides", "said", "the pier"),
    ),
    ("whose group", "Her group said the pier was sound.", ("Her group", "said", "the pier")),
    ("a body of a body", "The HX agency said the pier was sound.", ("The HX agency", "said", "the pier")),
]


@pytest.mark.parametrize(("text", "row"), [case[1:] for case in ABSTAINED], ids=[case[0] for case in ABSTAINED])
def test_points_back_at_nobody(text: str, row: Row) -> None:
    (found,) = find_speakers(page_of(text, [row]))
    assert [speaker.resolved for speaker in found.value] == [False]


KINDS = [
    ("the Skerrin News Agency", SpeakerKind.PUBLICATION),
    ("the International Pier Agency", SpeakerKind.ORGANISATION),
    ("26 ferrymen", SpeakerKind.GROUP),
    ("a 1966 study into piers", SpeakerKind.DOCUMENT),
]


@pytest.mark.parametrize(("source", "kind"), KINDS)
def test_kind(source: str, kind: SpeakerKind) -> None:
    (found,) = find_speakers(page_of(f"On Monday {source} said it was sound.", [(source, "said", "it was sound")]))
    assert [speaker.kind for speaker in found.value] == [kind]


def test_any_pronoun_can_be_asked_for() -> None:
    page = page_of("Mr Oskar Lind opened the pier. It was late when he left.", [])
    at = page.text.index("he left")
    entities, note, chance = referent(read_phrase(page.text, Span(at, at + 2)), 0, Antecedents.of_page(page))
    assert [entity.name for entity in entities] == ["Oskar Lind"]
    assert "Oskar Lind" in note
    assert chance is not None
    assert 0.5 < chance <= 1


def test_a_name_that_is_a_common_word_is_no_antecedent() -> None:
    page = page_of("Searches went on. More searches were made. It said no more.", [("It", "said", "no more")])
    (found,) = find_speakers(page)
    assert [(speaker.name, speaker.resolved) for speaker in found.value] == [("It", False)]
