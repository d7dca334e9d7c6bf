"""Who speaks: names and not pronouns, and nobody where two could be meant."""

import time

import pytest
from invented_pages import page_of, resolved

from onrecord.records import SpeakerKind
from onrecord.resolve.speakers import find_speakers

CASES = [
    (
        "a short form is the full name",
        "Mira Tolland said the line was safe.\n\nTolland said nothing would be sold.",
        [("Mira Tolland", "said", "the line was safe"), ("Tolland", "said", "nothing would be sold")],
        [["Mira Tolland"], ["Mira Tolland"]],
    ),
    (
        "a full form that comes later",
        "Tolland said the line was safe.\n\nMira Tolland, the owner, said nothing would be sold.",
        [("Tolland", "said", "the line"), ("Mira Tolland, the owner,", "said", "nothing")],
        [["Mira Tolland"], ["Mira Tolland"]],
    ),
    (
        "a pronoun is the last who spoke",
        "Mr Oskar Lind said the pier was sound. He said it had been tested.",
        [("Mr Oskar Lind", "said", "the pier"), ("He", "said", "it had been tested")],
        [["Oskar Lind"], ["Oskar Lind"]],
    ),
    (
        "a pronoun of the other gender is not",
        "Mr Oskar Lind met Ms Jo West. She said it had been tested.",
        [("She", "said", "it had been tested")],
        [["Jo West"]],
    ),
    (
        "a role stands for the one who has it",
        "The harbour director, Jo West, opened the pier. The director said it was sound.",
        [("The director", "said", "it was sound")],
        [["Jo West"]],
    ),
    (
        "a title in brackets, the name after it",
        "[The deputy minister], Jo West, said the route would stay.",
        [("[The deputy minister], Jo West", "said", "the route would stay")],
        [["Jo West"]],
    ),
    (
        "a name after title and place",
        "Norway’s Ambassador to Chile Jo West said the route would stay.",
        [("Norway’s Ambassador to Chile Jo West", "said", "the route would stay")],
        [["Jo West"]],
    ),
    (
        "two people speak together",
        "Jo West and Oskar Lind said the route would stay.",
        [("Jo West and Oskar Lind", "said", "the route would stay")],
        [["Jo West", "Oskar Lind"]],
    ),
    (
        "a ministry of two things is one",
        "The Ministry of Trade and Fisheries said the route would stay.",
        [("The Ministry of Trade and Fisheries", "said", "the route would stay")],
        [["Ministry of Trade and Fisheries"]],
    ),
    (
        "an acronym is written out",
        "The Skerrin Harbour Office (SHO) opened the pier. SHO said it was sound.",
        [("SHO", "said", "it was sound")],
        [["Skerrin Harbour Office"]],
    ),
    (
        "the ministry is the one named before",
        "The Ministry of Fisheries opened the pier. The ministry said it was sound.",
        [("The ministry", "said", "it was sound")],
        [["Ministry of Fisheries"]],
    ),
    (
        "I is the one whose words these are",
        "Jo West said: “I warned the board in May.”",
        [("Jo West", "said:", "“I warned the board in May.”"), ("I", "warned", "the board")],
        [["Jo West"], ["Jo West"]],
    ),
    (
        "an elided subject goes on speaking",
        "Jo West said the pier was sound, adding that it had been tested.",
        [("Jo West", "said", "the pier was sound"), ("", "adding", "that it had been tested")],
        [["Jo West"], ["Jo West"]],
    ),
    (
        "a passive has no speaker",
        "It is believed that the pier is sound.",
        [("", "is believed", "that the pier")],
        [[]],
    ),
    (
        "an answer is the one's who is introduced",
        "The harbour’s director, Jo West, spoke to us.\n\nQ: Is the pier sound?\n\nA: It has been tested twice.",
        [("Q", ":", "Is the pier sound?"), ("A", ":", "It has been tested twice.")],
        [["Q"], ["Jo West"]],
    ),
    (
        "Liu He is a name, not a pronoun",
        "Vice Premier Liu He said the talks went on.",
        [("Vice Premier Liu He", "said", "the talks went on")],
        [["Liu He"]],
    ),
]


@pytest.mark.parametrize(("text", "rows", "names"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_names(text: str, rows: list[tuple[str, str, str]], names: list[list[str]]) -> None:
    parents = [None, 0] if rows[-1][0] == "I" else []
    found = find_speakers(page_of(text, rows, parents=parents))
    assert [[speaker.name for speaker in one.value] for one in found] == names


ABSTAINS = [
    (
        "two men, one he",
        "Mr Oskar Lind and Mr Tom Reyle talked. He said it was sound.",
        ("He", "said", "it was sound"),
    ),
    ("nobody before it", "He said it was sound.", ("He", "said", "it was sound")),
    ("the other gender", "Ms Jo West opened the pier. He said it was sound.", ("He", "said", "it was sound")),
    ("no company before it", "The company said it was sound.", ("The company", "said", "it was sound")),
]


@pytest.mark.parametrize(("text", "row"), [case[1:] for case in ABSTAINS], ids=[case[0] for case in ABSTAINS])
def test_abstains_rather_than_guesses(text: str, row: tuple[str, str, str]) -> None:
    (found,) = find_speakers(page_of(text, [row]))
    assert [speaker.resolved for speaker in found.value] == [False]
    assert found.evidence[0].field == "speakers"
    assert found.evidence[0].note


KINDS = [
    ("Jo West, the deputy mayor,", SpeakerKind.PERSON),
    ("the Harbour Police", SpeakerKind.GOVERNMENT),
    ("a senior official", SpeakerKind.UNNAMED),
    ("officials in Skerrin", SpeakerKind.GROUP),
    ("the daily Hlas Hory", SpeakerKind.PUBLICATION),
    ("a report by the harbour office", SpeakerKind.DOCUMENT),
    ("the Skerrin Ferry Company", SpeakerKind.ORGANISATION),
]


@pytest.mark.parametrize(("source", "kind"), KINDS)
def test_kinds(source: str, kind: SpeakerKind) -> None:
    text = f"On Monday {source} said the pier was sound."
    (found,) = find_speakers(page_of(text, [(source, "said", "the pier was sound")]))
    assert found.value[0].kind is kind


def test_role_affiliation_and_country_are_as_the_text_states_them() -> None:
    source = "the Chilean Ambassador to Norway, Jo West"
    text = f"On Monday {source} said the route would stay."
    (speaker,) = find_speakers(page_of(text, [(source, "said", "the route would stay")]))[0].value
    assert (speaker.role, speaker.affiliation, speaker.country) == ("Ambassador to Norway", "Chile", "CL")


def test_two_unnamed_sources_are_never_one() -> None:
    text = "An official said the pier was sound. An official said it was not."
    rows = [("An official", "said", "the pier was sound"), ("An official", "said", "it was not")]
    one, other = (found.value[0] for found in find_speakers(page_of(text, rows)))
    assert one.span != other.span


def test_a_thousand_speakers_take_seconds_not_minutes() -> None:
    lines = [f"Jo{n} West{n} said pier {n} was sound. He said no more." for n in range(1000)]
    rows = [row for n in range(1000) for row in ((f"Jo{n} West{n}", "said", f"pier {n}"), ("He", "said", "no more"))]
    page = page_of("\n\n".join(lines), rows)
    began = time.process_time()
    statements = resolved(page)
    assert len(statements) == 2000
    assert time.process_time() - began < 20  # a quadratic step takes minutes


@pytest.mark.parametrize("text", ["’s ’s", "[[[,", "((((", "A " * 3000, ". . . .", "The The The said", "–—"])
def test_hostile_sources_do_not_stop_it(text: str) -> None:
    page = page_of(f"{text} said it was so.", [(text, "said", "it was so")])
    assert len(resolved(page)) == 1
