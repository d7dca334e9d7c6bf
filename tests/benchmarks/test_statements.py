"""The scorer of resolved fields counts what a person would count."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from benchmark_scripts import FOLDER, load

from onrecord import extract

TEXT = "Mira Tolland denied on 3 May 2026 that the line was for sale. Tolland told reporters that it would stay open."


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    yield load("statements")
    for name in ("attribution", "newswire"):
        sys.modules.pop(name, None)


def row(source: str, cue: str, content: str, **fields: object) -> dict[str, object]:
    def at(words: str) -> list[int]:
        start = TEXT.index(words)
        return [start, start + len(words)]

    speaker = {"name": at("Mira Tolland"), "kind": "person", "role": None, "affiliation": None}
    said_at = {"value": "2026-05-03", "basis": "explicit", "span": None}
    gold = {"source": [at(source)], "cue": [at(cue)], "content": [at(content)], "kind": "indirect", "parent": None}
    gold |= {"act": "deny", "polarity": "negative", "certainty": "certain", "speakers": [speaker], "addressee": None}
    return gold | {"relayed_by": [], "hedge": None, "condition": None, "said_at": said_at, "links": []} | fields


def test_a_right_row_and_a_wrong_one(scorer: ModuleType) -> None:
    right = row("Mira Tolland", "denied", "that the line was for sale")
    wrong = row("Tolland", "told", "that it would stay open", act="threaten", addressee=[0, 4], relayed_by=[[0, 4]])
    tally = scorer.Tally()
    tally.add("page", TEXT, [right, wrong], extract(TEXT))
    figures = tally.figures()
    assert figures["attributions found"] == 100
    assert figures["speaker"] == 100
    assert figures["act"] == 50
    assert figures["addressee"] == 0
    assert figures["chain"] == 50
    assert figures["date, explicit"] == 100
    assert figures["end to end: speaker, act, commitment and date right"] == 50


def test_a_missed_attribution_is_an_error_end_to_end(scorer: ModuleType) -> None:
    missed = row("Mira Tolland", "sale", "that the line was for sale")
    tally = scorer.Tally()
    tally.add("page", TEXT, [row("Mira Tolland", "denied", "that the line was for sale"), missed], extract(TEXT))
    figures = tally.figures()
    assert figures["act"] == 100
    assert figures["end to end: act"] == 50


NAMES = [
    ("Mira Tolland", "Tolland", True),
    ("The Harbour Office", "Harbour Office", True),
    ("Mira Tolland", "Oskar Lind", False),
    ("Interior Ministry", "Ministry", True),
    ("West", "Westfield", False),
    ("", "West", False),
]


@pytest.mark.parametrize(("left", "right", "same"), NAMES)
def test_names(scorer: ModuleType, left: str, right: str, same: bool) -> None:
    assert scorer.same_name(left, right) is same
    assert scorer.same_names([left], [right, right]) is False
