from datetime import date
from pathlib import Path

import pytest
from invented import LINES, read, record_of

from onrecord.errors import DocumentFailed
from onrecord.ledger import Ledger
from onrecord.records import Attribution, Kind, Span

FERRY, PIER, BOOKS = (line[2] for line in LINES)
COURIER = {"url": "https://www.tolvik-courier.example/a", "publisher": "The Tolvik Courier"}


def contents(ledger: Ledger, words: str = "", **options: object) -> list[str]:
    return [row.content for row in ledger.search(words, **options)]  # type: ignore[arg-type]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    ledger.add(*read(published_at="2021-03-04T23:30:00+01:00", **COURIER))
    return ledger


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ferry", [FERRY]),
        ("FERRY Lind", [FERRY]),
        ("spring ostrander", [FERRY]),
        ('"lind island"', [FERRY]),
        ('"island lind"', []),
        ("ferry pier", []),
        ("ferry OR pier", []),
        ("warn*", []),
        ("NOT ferry", [FERRY]),  # which will not sail
        ("content:ferry", []),
        ("pier)", [PIER]),
        ('"never shown', [BOOKS]),
        ("--", []),
        ("\0", []),
        ("ferry\0", [FERRY]),
    ],
)
def test_words_and_phrases(filled: Ledger, words: str, expected: list[str]) -> None:
    assert contents(filled, words) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"speaker": "Ostrander"}, [FERRY]),
        ({"speaker": "ferry"}, []),
        ({"speaker": "harbour", "words": "pier"}, [PIER]),
        ({"speaker": "harbour", "words": "ferry"}, []),
        ({"speaker": "..."}, []),
        ({"outlet": "tolvik courier"}, [FERRY, PIER, BOOKS]),
        ({"outlet": "TOLVIK-COURIER.example"}, [FERRY, PIER, BOOKS]),
        ({"outlet": "courier", "words": "books"}, [BOOKS]),
        ({"outlet": "cour"}, []),
        ({"outlet": "!"}, []),
        ({"kind": Kind.INDIRECT, "words": "pier"}, [PIER]),
        ({"kind": Kind.DIRECT}, []),
        ({"since": date(2021, 3, 4), "until": date(2021, 3, 4), "words": "pier"}, [PIER]),
        ({"since": date(2021, 3, 5)}, []),
        ({"until": date(2021, 3, 3)}, []),
        ({"limit": 2}, [FERRY, PIER]),
    ],
)
def test_filters(filled: Ledger, options: dict[str, object], expected: list[str]) -> None:
    assert contents(filled, **options) == expected


def test_the_best_match_comes_first(ledger: Ledger) -> None:
    lines = (
        ("A guard", "said", "the gate was open, then shut, then open, and that nobody asked why it was like that"),
        ("A clerk", "said", "a gate is a gate"),
    )
    ledger.add(*read(lines))
    assert contents(ledger, "gate") == ["a gate is a gate", lines[0][2]]
    assert contents(ledger, "gate", limit=1) == ["a gate is a gate"]


def test_without_words_the_newest_comes_first(ledger: Ledger) -> None:
    for number, day in enumerate(("2020-05-01", None, "2021-01-01", "2019-12-31")):
        ledger.add(*read((("Someone", "said", f"thing {number}"),), published_at=day))
    assert contents(ledger) == ["thing 2", "thing 0", "thing 3", "thing 1"]
    assert contents(ledger, since=date(2000, 1, 1)) == ["thing 2", "thing 0", "thing 3"]


def test_only_the_newest_revision_is_searched(ledger: Ledger) -> None:
    for count in (3, 2):
        ledger.add(*read(LINES[:count], **COURIER))
    assert contents(ledger, "books") == []
    assert contents(ledger, "books", revisions=True) == [BOOKS]
    assert len(contents(ledger, "ferry")) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("وقالت إن الوزير رفض المقترح", "وزير"),
        ("המשרד הודיע שהשר לא יגיע", "שר לא"),
        ("部長は島への船を出さないと述べた", "船を"),
        ("发言人称渡轮春天之前不会开航", "渡轮"),
        ("发言人称渡轮春天之前不会开航", '"不会开航"'),
        ("รัฐมนตรีกล่าวว่าเรือจะไม่ออก", "เรือ"),
        ("섬으로 가는 배는 봄까지 없다", "배는"),
    ],
)
def test_scripts_without_spaces_and_from_right_to_left(ledger: Ledger, content: str, words: str) -> None:
    ledger.add(*read((("Lin Anh", "said", content), *LINES)))
    assert contents(ledger, words) == [content]
    assert contents(ledger, f"{words} Lin") == [content]
    assert contents(ledger, words, speaker="Mara") == []


def test_a_speaker_in_another_script(ledger: Ledger) -> None:
    ledger.add(*read((("林安", "说", "没有船"), ("王", "说", "林安没有船"))))
    assert contents(ledger, speaker="林安") == ["没有船"]
    assert contents(ledger, "没有", speaker="王") == ["林安没有船"]


def test_accents_do_not_matter(ledger: Ledger) -> None:
    ledger.add(*read((("José Brändle", "said", "the café stays"),)))
    assert contents(ledger, "cafe", speaker="jose brandle") == ["the café stays"]


def test_words_that_are_only_in_a_quote_span_are_found(ledger: Ledger) -> None:
    record, raw = read(LINES[:2])
    first, second = record.attributions
    odd = Attribution(first.cue, first.sources, first.contents, second.contents, Kind.MIXED, 1.0)
    ledger.add(record_of(record.document, (odd,)), raw)
    assert contents(ledger, "warned") == [FERRY]


def test_thousands_of_words_are_a_search_too(filled: Ledger) -> None:
    assert contents(filled, " ".join(f"w{number}" for number in range(5000))) == []
    assert contents(filled, '"' + "ferry " * 5000 + '"') == []
    assert contents(filled, "渡 " * 3000 + "轮船之 " * 3000) == []


def test_ids_by_their_beginning(filled: Ledger) -> None:
    (document,) = filled.documents()
    row = next(filled.statements())
    assert filled.statement(row.id) == filled.statement(row.id[:8]) == row
    assert filled.document(document.id) == filled.document(document.id[:8]) == document


@pytest.mark.parametrize("key", ["", "s", "d", "s" + "0" * 20, "%", "https://nowhere.example/", "\0", "\ud800"])
def test_what_is_not_there(filled: Ledger, key: str) -> None:
    for find in (filled.statement, filled.document, filled.text, filled.stored_document, filled.stored_record):
        with pytest.raises(DocumentFailed, match="onrecord list"):
            find(key)
    assert filled.evidence(key) == ()
    assert list(filled.statements(key)) == []


def test_an_ambiguous_beginning(ledger: Ledger) -> None:
    seen: dict[str, str] = {}
    for number in range(2000):
        record, raw = read((("X", "said", f"number {number}"),))
        start = record.document.id[:4]
        if start in seen and seen[start] != record.document.id:
            ledger.add(record, raw)
            ledger.add(*read((("X", "said", seen[start]),)))
            break
        seen[start] = f"number {number}"
    with pytest.raises(DocumentFailed, match="several documents"):
        ledger.document(start)


def test_documents_the_last_recorded_first_and_filtered(ledger: Ledger) -> None:
    for number, day in enumerate(("2021-03-01", "2021-03-02", None)):
        ledger.add(*read(name=f"n{number}", url=f"https://n{number}.example/", published_at=day))
    names = [row.name for row in ledger.documents()]
    assert names == ["n2", "n1", "n0"]
    assert [row.name for row in ledger.documents(limit=1)] == ["n2"]
    assert [row.name for row in ledger.documents(outlet="n1.example")] == ["n1"]
    assert [row.name for row in ledger.documents(since=date(2021, 3, 2))] == ["n1"]
    assert [row.name for row in ledger.documents(until=date(2021, 3, 1))] == ["n0"]


@pytest.mark.parametrize("stated", ["", "2021", "2021-03", "4 March 2021", "2021-13-01"])
def test_a_date_that_names_no_day_is_kept_but_not_bounded(ledger: Ledger, stated: str) -> None:
    ledger.add(*read(published_at=stated))
    (row,) = ledger.documents()
    assert row.published_at == stated
    assert contents(ledger, since=date(1900, 1, 1)) == []


def test_an_unread_file_name_is_kept_readable(ledger: Ledger) -> None:
    ledger.add(*read(name="caf\udce9"))
    assert [row.name for row in ledger.documents()] == ["caf\ufffd"]


def test_a_reader_sees_what_a_writer_has_recorded(filled: Ledger, path: Path) -> None:
    with Ledger(path, read_only=True) as reader:
        assert contents(reader, "ferry") == [FERRY]
        filled.add(*read((("Mara", "said", "a second ferry"),)))
        assert len(contents(reader, "ferry")) == 2


def test_spans_point_into_the_text(filled: Ledger) -> None:
    for row in filled.statements():
        text = filled.text(row.document.id)
        (content,), (cue,) = row.content_spans, row.cue_spans
        assert text[content.start : content.end] == row.content
        assert text[cue.start : cue.end] == row.cue
        assert isinstance(content, Span)
