import pytest

from onrecord import ids
from onrecord.ledger.matching import keep_ids
from onrecord.records import Attribution, Kind, Span, Statement

Pair = tuple[int, int] | None


def attribution(cue: Pair, content: Pair) -> Attribution:
    cues, contents = (() if pair is None else (Span(*pair),) for pair in (cue, content))
    return Attribution(cues, (), contents, (), Kind.INDIRECT, 1.0)


def statement(cue: Pair, content: Pair) -> Statement:
    found = attribution(cue, content)
    return Statement(ids.statement_id("d", found.cue, found.contents), "d", found, ())


@pytest.mark.parametrize(
    ("cue", "content", "kept"),
    [
        ((10, 14), (20, 60), True),  # the same
        ((12, 20), (20, 60), True),  # the cue overlaps
        ((14, 20), (20, 60), False),  # the cue only touches
        ((10, 14), (20, 40), True),  # half of the content
        ((10, 14), (20, 39), False),  # less than half
        ((10, 14), (40, 100), False),
        (None, (20, 60), False),  # one has a cue, the other not
        ((10, 14), None, False),
    ],
)
def test_who_is_who(cue: Pair, content: Pair, kept: bool) -> None:
    old = [("s-before", attribution((10, 14), (20, 60)))]
    assert (keep_ids(old, [statement(cue, content)]) == ["s-before"]) is kept


def test_without_cues_the_contents_decide() -> None:
    old = [("s-before", attribution(None, (20, 60)))]
    assert keep_ids(old, [statement(None, (22, 60))]) == ["s-before"]


def test_the_most_alike_wins_whatever_the_order() -> None:
    old = [("s-near", attribution((10, 14), (20, 50))), ("s-same", attribution((10, 14), (20, 60)))]
    new = [statement((10, 14), (20, 60)), statement((10, 14), (20, 52))]
    assert keep_ids(old, new) == ["s-same", "s-near"]
    assert keep_ids(old[::-1], new[::-1]) == ["s-near", "s-same"]


def test_far_apart_rows_of_a_long_text_are_found() -> None:
    places = range(0, 1_000_000, 100)
    old = [(f"s{at}", attribution((at, at + 4), (at + 5, at + 90))) for at in places]
    new = [statement((at, at + 4), (at + 6, at + 90)) for at in places]
    assert keep_ids(old, new) == [identity for identity, _ in old]


def test_a_kept_id_is_never_given_twice() -> None:
    moved, fresh = statement((10, 14), (20, 58)), statement((100, 104), (110, 150))
    old = [(fresh.id, attribution((10, 14), (20, 60)))]  # an id that was kept for other spans before
    kept = keep_ids(old, [moved, fresh])
    assert kept[0] == fresh.id
    assert len(set(kept)) == 2
