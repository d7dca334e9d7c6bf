"""Who is who across documents: what the rules join, what they only offer, and what people decide over them."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented import record_of

from onrecord import ids
from onrecord.errors import DocumentFailed
from onrecord.ledger import Ledger
from onrecord.ledger.registry import Entry
from onrecord.records import (
    Act,
    Addressee,
    Attribution,
    Basis,
    Commitment,
    Document,
    Hop,
    HopRelation,
    Kind,
    OffsetMap,
    Polarity,
    Precision,
    Record,
    SaidAt,
    Span,
    Speaker,
    SpeakerKind,
)

TEXT = "Jo West told Radio Skerrin on Monday that the pier, in a way, was sound."


def person(name: str, **fields: object) -> Speaker:
    return Speaker(name, SpeakerKind.PERSON, span=Span(0, 4), **fields)  # type: ignore[arg-type]


def add(ledger: Ledger, *speakers: Speaker, day: str = "2026-05-04", resolver: str = "resolve-1") -> Record:
    """One document of its own in which these speakers say one thing together."""
    url = f"https://tolvik.example/{day}/{'-'.join(one.name.replace(' ', '') + str(one.country) for one in speakers)}"
    raw = (TEXT + url).encode()
    document = Document(ids.document_id(url, TEXT), TEXT, hashlib.sha256(raw).hexdigest(), OffsetMap(), "pier",
                        "text/plain", "utf-8", url=url, published_at=day)  # fmt: skip
    row = Attribution((Span(8, 12),), (Span(0, 7),), (Span(37, 71),), (), Kind.INDIRECT, 0.9)
    record = record_of(document, (row,))
    statement = replace(
        record.statements[0],
        speakers=speakers,
        addressee=Addressee("Radio Skerrin", Span(13, 26)),
        chain=(Hop("Radio Skerrin", HopRelation.TOLD, Span(13, 26)), Hop("Tidewater", HopRelation.PUBLISHED)),
        act=Act.DENY,
        commitment=Commitment(Polarity.NEGATIVE, hedge=Span(52, 60)),
        said_at=SaidAt(Basis.RELATIVE, date(2026, 5, 4), date(2026, 5, 4), Precision.DAY, Span(27, 36)),
    )
    record = replace(record, statements=(statement,), resolver=resolver)
    ledger.add(record, raw)
    return record


def names(ledger: Ledger, words: str = "") -> list[tuple[str, int]]:
    return [(row.name, row.statements) for row in ledger.speakers(words)]


def test_a_record_comes_back_whole(ledger: Ledger) -> None:
    record = add(ledger, person("Jo West", role="director", affiliation="Harbour Office", country="NO"))
    assert ledger.stored_record(record.document.id) == record
    (row,) = ledger.search()
    assert (row.hedge, row.act, row.chain[0].name) == ("in a way", Act.DENY, "Radio Skerrin")


def test_a_full_name_is_one_speaker_in_all_documents(ledger: Ledger) -> None:
    add(ledger, person("Jo West"), day="2026-05-01")
    add(ledger, person("Jo West"), day="2026-05-02")
    (row,) = ledger.speakers()
    assert (row.statements, row.documents, row.first_on, row.last_on) == (2, 2, "2026-05-01", "2026-05-02")


def test_one_without_a_country_joins_the_only_country_there_is(ledger: Ledger) -> None:
    add(ledger, person("Jo West", country="NO"))
    add(ledger, person("Jo West"))
    assert names(ledger) == [("Jo West", 2)]
    add(ledger, person("Jo West", country="CL"), day="2026-05-06")
    assert sorted(names(ledger)) == [("Jo West", 1)] * 3  # a namesake came: now nobody can tell
    assert {offer.reason for offer in ledger.speaker_offers()} == {
        "the same name, but not the same country, post or document"
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("West"), person("West")),
        (Speaker("Interior Ministry", SpeakerKind.GOVERNMENT), Speaker("Interior Ministry", SpeakerKind.GOVERNMENT)),
    ],
)
def test_names_that_are_not_enough_stay_apart_and_are_offered(ledger: Ledger, one: Speaker, other: Speaker) -> None:
    add(ledger, one, day="2026-05-01")
    add(ledger, other, day="2026-05-02")
    assert len(ledger.speakers()) == 2
    assert len(ledger.speaker_offers()) == 1


def test_short_names_are_offered(ledger: Ledger) -> None:
    add(ledger, person("Jo West"))
    add(ledger, person("J West"))
    (offer,) = ledger.speaker_offers()
    assert "short for" in offer.reason


@pytest.mark.parametrize("kind", [SpeakerKind.UNNAMED, SpeakerKind.GROUP, SpeakerKind.DOCUMENT])
def test_the_unnamed_are_nobody_across_documents(ledger: Ledger, kind: SpeakerKind) -> None:
    add(ledger, Speaker("a senior official", kind))
    add(ledger, person("he", resolved=False))
    assert ledger.speakers() == []


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("a mainland newspaper", SpeakerKind.PUBLICATION, 0),
        ("A Harbour Bank", SpeakerKind.ORGANISATION, 1),
        ("regional ferry company", SpeakerKind.ORGANISATION, 2),
        ("Regional Ferry Company", SpeakerKind.ORGANISATION, 1),
        ("港务局", SpeakerKind.ORGANISATION, 1),
    ],
)
def test_descriptions_of_bodies_are_not_names(ledger: Ledger, name: str, kind: SpeakerKind, count: int) -> None:
    add(ledger, Speaker(name, kind), day="2026-05-01")
    add(ledger, Speaker(name, kind), day="2026-05-02")
    assert len(ledger.speakers()) == count


def test_merge_split_and_undo(ledger: Ledger) -> None:
    add(ledger, person("Jo West"))
    record = add(ledger, person("Johanna West"))
    merged = ledger.merge_speakers("Jo West", "Johanna West", by="editor")
    assert [row.statements for row in ledger.speakers()] == [2]
    split = ledger.split_speaker("Jo West", "Johanna West", by="editor")
    assert len(ledger.speakers()) == 2
    ledger.undo_decision(split.number, by="editor")
    assert len(ledger.speakers()) == 1
    ledger.undo_decision(merged.number, by="editor")
    assert len(ledger.speakers()) == 2
    ledger.split_speaker("Johanna West", ledger.search(speaker="Johanna")[0].id, by="editor")
    assert len(ledger.decisions()) == 5
    assert record.statements[0].speakers[0].name == "Johanna West"


def test_a_decision_outlives_a_second_reading_by_other_rules(ledger: Ledger) -> None:
    add(ledger, person("Jo West"))
    add(ledger, person("Johanna West"))
    ledger.merge_speakers("Jo West", "Johanna West", by="editor")
    add(ledger, person("Jo West", role="director"), resolver="resolve-2")
    (row,) = ledger.speakers()
    assert (row.statements, row.roles) == (2, ("director",))


WRONG = [
    (lambda book: book.merge_speakers("Jo West", "Jo West", by="x"), "already one"),
    (lambda book: book.merge_speakers("Jo West", "Nobody", by="x"), "no such speaker"),
    (lambda book: book.split_speaker("Jo West", "Oskar Lind", by="x"), "no name of"),
    (lambda book: book.split_speaker("Jo West", "Jo West", by="x"), "only name"),
    (lambda book: book.undo_decision(by="x"), "nothing to undo"),
    (lambda book: book.undo_decision(7, by="x"), "is no decision"),
    (lambda book: book.speaker("p"), "no such speaker"),
]


@pytest.mark.parametrize(("act", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_what_cannot_be_decided_says_why_and_changes_nothing(ledger: Ledger, act: object, reason: str) -> None:
    add(ledger, person("Jo West"))
    with pytest.raises(DocumentFailed, match=reason):
        act(ledger)  # type: ignore[operator]
    assert ledger.decisions() == []


def test_undoing_twice_says_so(ledger: Ledger) -> None:
    add(ledger, person("Jo West"))
    add(ledger, person("Oskar Lind"))
    made = ledger.merge_speakers("Jo West", "Oskar Lind", by="x")
    ledger.undo_decision(made.number, by="x")
    with pytest.raises(DocumentFailed, match="undone already"):
        ledger.undo_decision(made.number, by="x")


FILTERS = [
    ({"act": Act.DENY}, 1),
    ({"act": Act.STATE}, 0),
    ({"polarity": Polarity.NEGATIVE}, 1),
    ({"via": "radio skerrin"}, 1),
    ({"via": "skerrin"}, 1),
    ({"via": "kerrin"}, 0),
    ({"said_since": date(2026, 5, 4)}, 1),
    ({"said_since": date(2026, 5, 5)}, 0),
    ({"said_until": date(2026, 5, 3)}, 0),
    ({"speaker": "Jóhanna"}, 1),
    ({"speaker": "west"}, 1),
]


@pytest.mark.parametrize(("asked", "count"), FILTERS)
def test_search_by_what_was_resolved(ledger: Ledger, asked: dict[str, object], count: int) -> None:
    add(ledger, person("Johanna Ostwald"))
    assert len(ledger.search(**asked)) == count  # type: ignore[arg-type]


def test_forgetting_leaves_no_speaker(ledger: Ledger, path: Path) -> None:
    record = add(ledger, person("Jo West"))
    ledger.forget(record.document.id)
    assert ledger.speakers() == []
    assert b"Jo West" not in path.read_bytes()


def test_forgetting_takes_the_name_out_of_decisions_and_leaves_them(ledger: Ledger, path: Path) -> None:
    add(ledger, person("Jo West"))
    record = add(ledger, person("Johanna Ost"))
    ledger.merge_speakers("Jo West", "Johanna Ost", by="editor")
    ledger.split_speaker("Jo West", "Johanna Ost", by="editor")
    ledger.forget(record.document.id)
    assert [(made.verb, made.who) for made in ledger.decisions()] == [("merge", "editor"), ("split", "editor")]
    assert b"Johanna Ost" not in path.read_bytes()
    assert names(ledger) == [("Jo West", 1)]


POSTS = [
    ("police chief", "Tolvik Police", "goalkeeper", "Skerrin Rovers", 2),
    ("police chief", "Tolvik Police", "chief of police", None, 1),
    ("director", "Harbour Office", "director", "Ferry Line", 1),
    ("engineer", "Harbour Office", "director", "Tolvik Harbour Office", 1),
    ("prime minister", "Norway", "leader", "Labour Party", 1),
    ("chief", "AP", "head", "AP", 1),
]


@pytest.mark.parametrize(("role", "house", "other_role", "other_house", "count"), POSTS)
def test_posts_without_anything_in_common_tell_namesakes_apart(
    ledger: Ledger, role: str, house: str, other_role: str, other_house: str | None, count: int
) -> None:
    add(ledger, person("Jo West", role=role, affiliation=house), day="2026-05-01")
    add(ledger, person("Jo West", role=other_role, affiliation=other_house), day="2026-05-02")
    assert len(ledger.speakers()) == count
    assert len(ledger.speaker_offers()) == count - 1


def test_a_namesake_who_comes_later_undoes_no_decision(ledger: Ledger) -> None:
    add(ledger, person("Jo West", role="police chief", affiliation="Tolvik Police"))
    add(ledger, person("Johanna Ost"))
    ledger.merge_speakers("Jo West", "Johanna Ost", by="editor")
    add(ledger, person("Jo West", role="goalkeeper", affiliation="Skerrin Rovers"), day="2026-05-07")
    add(ledger, person("Jo West"), day="2026-05-08")  # nobody can tell which
    assert sorted(row.statements for row in ledger.speakers()) == [1, 1, 2]
    assert {row.roles for row in ledger.speakers("johanna ost")} == {("police chief",)}


def test_a_registry_joins_the_names_of_one_speaker(ledger: Ledger) -> None:
    add(ledger, person("Johanna West", country="NO"))
    add(ledger, person("Jo West"))
    ledger.register_speakers([Entry("Jo West", ("Johanna West", "Jo Berg"), "director")])
    (row,) = ledger.speakers()
    assert (row.statements, set(row.names)) == (2, {"Jo West", "Johanna West", "Jo Berg"})
    assert len(ledger.search(speaker="berg")) == 2
    ledger.split_speaker("Jo West", "Johanna West", by="editor")
    assert sorted(row.statements for row in ledger.speakers()) == [1, 1]
    assert len(ledger.search(speaker="berg")) == 1


def test_what_is_split_is_found_by_its_speaker_and_not_offered_again(ledger: Ledger) -> None:
    first = add(ledger, person("Jo West"), day="2026-05-01")
    second = add(ledger, person("Jo West"), day="2026-05-02")
    (row,) = ledger.speakers()
    ledger.split_speaker(row.id, second.statements[0].id, by="editor")
    assert [it.id for it in ledger.statements_of_speaker(row.id)] == [first.statements[0].id]
    assert ledger.speaker_offers() == []
    with pytest.raises(DocumentFailed, match="no statement of theirs"):
        ledger.split_speaker(row.id, second.statements[0].id, by="editor")


def test_a_merged_speaker_is_searched_by_either_name(ledger: Ledger) -> None:
    add(ledger, person("Johanna Ost"))
    add(ledger, person("Berit Lind"))
    assert len(ledger.search(speaker="berit")) == 1
    ledger.merge_speakers("Johanna Ost", "Berit Lind", by="editor")
    assert len(ledger.search(speaker="berit")) == 2


def test_only_their_own_statements_are_split_off(ledger: Ledger) -> None:
    add(ledger, person("Jo West"))
    other = add(ledger, person("Oskar Lind"))
    with pytest.raises(DocumentFailed, match="no statement of theirs"):
        ledger.split_speaker("Jo West", other.statements[0].id, by="editor")
