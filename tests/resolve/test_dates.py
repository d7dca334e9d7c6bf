"""When it was said: words, the days that they mean, and never a bound shown as a date."""

from datetime import date

import pytest
from invented_pages import page_of

from onrecord.records import Basis
from onrecord.resolve.date_words import find_date_words
from onrecord.resolve.speakers import find_speakers
from onrecord.resolve.times import find_dates

PUBLISHED = date(2019, 5, 9)  # a Thursday

WORDS = [
    ("on 1 August 2018", "explicit", "2018-08-01"),
    ("on August 1st, 2018", "explicit", "2018-08-01"),
    ("In November 28, 2017", "explicit", "2017-11-28"),
    ("in March 2019", "explicit", "2019-03"),
    ("in 2018", "explicit", "2018"),
    ("2019-05-03", "explicit", "2019-05-03"),
    ("on 3 May", "explicit", "2019-05-03"),
    ("on 30 December", "explicit", "2018-12-30"),
    ("between 3 and 5 May", "explicit", "2019-05-03/2019-05-05"),
    ("from 22nd July 2018 to 24th July 2018", "explicit", "2018-07-22/2018-07-24"),
    ("on Monday", "relative", "2019-05-06"),
    ("on Thursday", "relative", "2019-05-09"),
    ("last Thursday", "relative", "2019-05-02"),
    ("next Monday", "relative", "2019-05-13"),
    ("yesterday", "relative", "2019-05-08"),
    ("today", "relative", "2019-05-09"),
    ("this morning", "relative", "2019-05-09"),
    ("last week", "relative", "2019-04-29/2019-05-05"),
    ("earlier this week", "relative", "2019-05-06/2019-05-09"),
    ("last month", "relative", "2019-04"),
    ("last year", "relative", "2018"),
    ("two days ago", "relative", "2019-05-07"),
    ("last August", "relative", "2018-08"),
    ("in April", "relative", "2019-04"),
    ("in June", "relative", "2018-06"),
    ("Monday (May 6)", "explicit", "2019-05-06"),
    ("two days earlier", "relative", None),
]


@pytest.mark.parametrize(("words", "basis", "value"), WORDS)
def test_words(words: str, basis: str, value: str | None) -> None:
    text = f"She said so {words}."
    (found,) = find_date_words(text, 0, len(text), PUBLISHED)
    assert (found.said_at.basis.value, found.said_at.value) == (basis, value)
    assert words.rstrip(")").endswith(text[found.span.start : found.span.end].split()[-1])


@pytest.mark.parametrize(
    "text",
    ["It may 2 fail.", "He sat on it.", "The march went on.", "30 February 2019 is none.", "Room 2019 is closed.", ""],
)
def test_what_is_no_date(text: str) -> None:
    assert not [one for one in find_date_words(text, 0, len(text), PUBLISHED) if one.said_at.value]


@pytest.mark.parametrize("words", ["on Monday", "yesterday", "last month"])
def test_relative_words_without_a_day_of_publication_keep_their_words(words: str) -> None:
    (found,) = find_date_words(words, 0, len(words), None)
    assert found.said_at.basis is Basis.RELATIVE
    assert found.said_at.value is None


STATEMENTS = [
    (
        "after the cue",
        "Jo West said on Monday that the pier was sound.",
        [("Jo West", "said", "that the pier was sound")],
        ["2019-05-06"],
    ),
    (
        "at the beginning",
        "On Monday, Jo West said that the pier was sound.",
        [("Jo West", "said", "that the pier was sound")],
        ["2019-05-06"],
    ),
    (
        "a date of what is told is not one of the telling",
        "Jo West said that the pier was tested on Monday.",
        [("Jo West", "said", "that the pier was tested on Monday")],
        [None],
    ),
    (
        "a date of who speaks is none either",
        "Jo West, who in 2005 became director, said that the pier was sound.",
        [("Jo West, who in 2005 became director,", "said", "that the pier was sound")],
        [None],
    ),
    (
        "of what is announced it is one of the announcing",
        "Jo West announced a new pier on Monday.",
        [("Jo West", "announced", "a new pier on Monday")],
        ["2019-05-06"],
    ),
    (
        "before what is told of somebody",
        "In 2015, the owner was fined by the court.",
        [("the court", "was fined by", "In 2015, the owner")],
        ["2015"],
    ),
    (
        "statements of one speaker share it",
        "Jo West said on Monday that the pier was sound.\n\nWest said it had been tested.",
        [("Jo West", "said", "that the pier was sound"), ("West", "said", "it had been tested")],
        ["2019-05-06", "2019-05-06"],
    ),
    (
        "those of another do not",
        "Jo West said on Monday that the pier was sound.\n\nOskar Lind said it had not been tested.",
        [("Jo West", "said", "that the pier was sound"), ("Oskar Lind", "said", "it had not been tested")],
        ["2019-05-06", None],
    ),
]


@pytest.mark.parametrize(("text", "rows", "values"), [case[1:] for case in STATEMENTS], ids=[c[0] for c in STATEMENTS])
def test_statements(text: str, rows: list[tuple[str, str, str]], values: list[str | None]) -> None:
    page = page_of(text, rows, published_at="2019-05-09")
    found = find_dates(page, [one.value for one in find_speakers(page)])
    assert [one.value.value for one in found] == values


def test_a_bound_has_no_value() -> None:
    text = "Jo West said that the pier was sound."
    rows = [("Jo West", "said", "that the pier was sound")]
    for published, basis in (("2019-05-09", Basis.BOUND), (None, Basis.UNKNOWN), ("soon", Basis.UNKNOWN)):
        page = page_of(text, rows, published_at=published)
        (found,) = find_dates(page, [one.value for one in find_speakers(page)])
        assert (found.value.basis, found.value.value) == (basis, None)


def test_two_datelines_that_contradict_each_other_date_nothing() -> None:
    text = "SKERRIN, March 4 (Norpress) - Jo West said that the pier was sound.\nSKERRIN, March 6 - It rained."
    page = page_of(text, [("Jo West", "said", "that the pier was sound")])
    (found,) = find_dates(page, [one.value for one in find_speakers(page)])
    assert found.value.value is None
