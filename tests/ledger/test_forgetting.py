import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from invented import LINES, read

from onrecord.errors import DocumentFailed, LedgerFailed
from onrecord.ledger import Ledger, database

URL = "https://www.tolvik-courier.example/ferry"
SECRET = (("Zebedina Quarrelworth", "whispered", "the xylographer hid 木版画の秘密 beneath the quadrangle"),)
NAMES = (b"Zebedina", b"Quarrelworth", b"xylographer", b"quadrangle", "木版画の秘密".encode())


def remains(path: Path) -> list[bytes]:
    """The secret words that any file of the ledger still holds."""
    files = [path, path.with_name(path.name + "-wal"), *path.with_name(path.name + ".archive").rglob("*")]
    held = b"".join(file.read_bytes() for file in files if file.is_file())
    return [name for name in NAMES if name in held]


def indexed(path: Path) -> set[str]:
    """Every word of the search indexes, read from the indexes themselves."""
    with closing(sqlite3.connect(path)) as connection:
        for index in ("words", "trigrams"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.{index}_vocabulary USING fts5vocab(main, {index}, row)")
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        lists = "SELECT term FROM words_vocabulary UNION SELECT term FROM trigrams_vocabulary"
        return {term for (term,) in connection.execute(lists)}


def test_the_words_are_gone_from_every_file(ledger: Ledger, path: Path) -> None:
    for number in range(60):  # neighbours, so that pages split and rows move
        ledger.add(*read(LINES, url=f"https://other.example/{number}"))
        if number == 30:
            record, raw = read(SECRET, url=URL)
            ledger.add(record, raw)
    assert set(remains(path)) >= set(NAMES[:3])
    ledger.forget(URL, reason="asked by the person named")
    assert remains(path) == []
    assert not {"zebedina", "xylographer", "版画の"} & indexed(path)
    assert len(ledger.search("ferry", limit=None)) == 60
    assert not ledger.archive.path(record.document.raw_sha256).exists()


def test_words_left_by_moved_rows_are_gone_too(path: Path) -> None:
    with Ledger(path) as ledger:
        for number in range(40):
            ledger.add(*read(LINES, url=f"https://other.example/{number}"))
            ledger.add(*read(SECRET, url=f"{URL}/{number}"))
        for number in range(40):
            ledger.forget(f"{URL}/{number}")
        assert remains(path) == []
    assert remains(path) == []


def test_what_is_left_is_a_tombstone(ledger: Ledger) -> None:
    versions = [read(LINES[:count], url=URL) for count in (2, 3)]
    for record, raw in versions:
        ledger.add(record, raw)
    graves = ledger.forget(URL, reason="court order")
    assert [grave.document_id for grave in graves] == [record.document.id for record, _ in versions]
    assert [grave.raw_sha256 for grave in graves] == [record.document.raw_sha256 for record, _ in versions]
    assert {(grave.url, grave.reason) for grave in graves} == {(URL, "court order")}
    assert ledger.forgotten() == list(graves)
    assert list(ledger.documents()) == list(ledger.statements()) == ledger.search() == []


def test_a_forgotten_address_is_refused_whatever_it_says(ledger: Ledger) -> None:
    ledger.add(*read(LINES, url=URL))
    (grave,) = ledger.forget(URL)
    for lines in (LINES, LINES[:1]):
        with pytest.raises(DocumentFailed, match=f"address was forgotten on {grave.forgotten_at.date()}"):
            ledger.add(*read(lines, url=URL))
    assert ledger.add(*read(LINES, url=URL), again=True).status == "new"
    assert ledger.add(*read(LINES, url=URL)).status == "known"


def test_a_forgotten_document_is_refused_and_its_revisions_are_not(ledger: Ledger) -> None:
    versions = [read(LINES[:count], url=URL) for count in (1, 2, 3)]
    for record, raw in versions:
        ledger.add(record, raw)
    first, second, third = (record.document.id for record, _ in versions)
    (grave,) = ledger.forget(second)
    assert (grave.document_id, grave.url) == (second, None)
    assert ledger.document(third).revises == first
    with pytest.raises(DocumentFailed, match="it was forgotten"):
        ledger.add(*versions[1])
    assert ledger.add(*versions[0]).status == "known"


def test_the_same_bytes_read_differently_are_refused(ledger: Ledger) -> None:
    record, raw = read(LINES)
    ledger.add(record, raw)
    ledger.forget(record.document.id)
    with pytest.raises(DocumentFailed, match="the same bytes were forgotten"):
        ledger.add(*read(LINES[:2], raw=raw))


def test_the_bytes_of_a_forgotten_address_are_refused_without_it(ledger: Ledger) -> None:
    record, raw = read(LINES, url=URL)
    ledger.add(record, raw)
    ledger.forget(URL)
    for url in (None, URL + "/copy"):
        with pytest.raises(DocumentFailed, match="the same bytes were forgotten"):
            ledger.add(*read(LINES, url=url, raw=raw))


def test_the_beginning_of_an_id_is_not_enough(ledger: Ledger) -> None:
    record, raw = read(LINES)
    ledger.add(record, raw)
    for length in (1, 4, len(record.document.id) - 1):
        with pytest.raises(DocumentFailed, match="give the whole id or the address"):
            ledger.forget(record.document.id[:length])
    assert ledger.document(record.document.id)


def test_bytes_that_another_document_uses_stay(ledger: Ledger) -> None:
    for url in (URL, URL + "/copy"):
        record, raw = read(LINES, url=url)
        ledger.add(record, raw)
    ledger.forget(URL)
    assert ledger.raw(record.document.id) == raw
    ledger.forget(URL + "/copy")
    assert not ledger.archive.path(record.document.raw_sha256).exists()


def test_forgetting_what_is_not_there(ledger: Ledger) -> None:
    with pytest.raises(DocumentFailed, match="no such document or address"):
        ledger.forget(URL)
    assert ledger.forgotten() == []


def test_forgetting_again_finishes_what_was_interrupted(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, raw = read(SECRET, url=URL)
    ledger.add(record, raw)
    with monkeypatch.context() as patch:
        patch.setattr(ledger.archive, "remove", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ledger.forget(URL)
    assert ledger.search() == []
    assert remains(path)
    assert len(ledger.forget(URL)) == 1
    assert remains(path) == []


def interrupted(sha256: str) -> bool:
    raise KeyboardInterrupt


def test_a_reader_in_the_way_is_named(ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    with Ledger(path) as impatient:
        impatient.add(*read(SECRET, url=URL))
        rows = ledger.statements()
        next(rows)
        with pytest.raises(LedgerFailed, match="still reads the ledger"):
            impatient.forget(URL)
        rows.close()
        impatient.forget(URL)
    assert remains(path) == []


def test_words_replaced_by_other_weights_are_not_searched(ledger: Ledger, path: Path) -> None:
    ledger.add(*read(LINES))
    ledger.add(*read(LINES, tagger="tagger-2"))
    assert "ferry" in indexed(path)
    assert len(ledger.search("ferry")) == 1
