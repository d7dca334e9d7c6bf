import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from invented import LINES, read, record_of

from onrecord.errors import DocumentFailed
from onrecord.ledger import Ledger
from onrecord.records import Attribution, Caption, Kind, Reference, Span

URL = "https://www.tolvik-courier.example/2021/03/ferry"


def test_a_record_comes_back_as_it_was(ledger: Ledger) -> None:
    record, raw = read(
        url=URL,
        publisher="The Tolvik Courier",
        title="No ferry before spring",
        byline="Ylva Brandt",
        published_at="2021-03-04T10:00:00+01:00",
        modified_at="2021-03-05",
        retrieved_at=datetime(2021, 3, 6, 7, 8, 9, 10, tzinfo=UTC),
        language="en",
        title_span=Span(0, 4),
        captions=(Caption(Span(3, 9), "I. Holm", date(2021, 3, 1)), Caption(Span(10, 12))),
        references=(Reference("[1]", Span(5, 8), Span(20, 30)), Reference("*", Span(9, 10))),
        notes=(Span(20, 30),),
        unlocated=("lost \udcff words", "too"),
    )
    record = replace(record, insertions=(Span(1, 2),), omissions=(Span(3, 4),), reference_statements=(1, None))
    added = ledger.add(record, raw)
    assert (added.status, added.document_id) == ("new", record.document.id)
    assert ledger.stored_record(record.document.id) == record
    assert ledger.stored_document(record.document.id) == record.document
    assert ledger.text(record.document.id) == record.document.text
    assert ledger.raw(record.document.id) == raw


def test_rows_carry_the_words(ledger: Ledger) -> None:
    record, raw = read()
    ledger.add(record, raw)
    rows = list(ledger.statements(record.document.id))
    assert [(row.source, row.cue, row.content) for row in rows] == list(LINES)
    assert [row.parent_id for row in rows] == [None, None, rows[0].id]
    assert [row.position for row in rows] == [0, 1, 2]
    assert {row.document for row in rows} == {ledger.document(record.document.id)}
    assert rows[0].document.statements == 3
    assert ledger.evidence(rows[1].id) == record.statements[1].evidence


def test_a_statement_without_source_or_cue_and_with_two_quotes(ledger: Ledger) -> None:
    document, raw = read((("The pier", "is", "“safe” and “sound”"),))
    at = document.document.text.index
    quotes = tuple(Span(at(word), at(word) + len(word)) for word in ("safe", "sound"))
    bare = Attribution((), (), (Span(at("“"), at("”.") + 1),), quotes, Kind.MIXED, 1.0)
    ledger.add(record_of(document.document, (bare,)), raw)
    (row,) = ledger.statements()
    assert (row.source, row.cue, row.content, row.quotes) == (None, "", "“safe” and “sound”", ("safe", "sound"))
    assert (row.quote_spans, row.kind) == (quotes, Kind.MIXED)


def test_reading_again_adds_nothing(ledger: Ledger) -> None:
    record, raw = read(url=URL)
    ledger.add(record, raw)
    before = list(ledger.statements())
    again = ledger.add(record, raw)
    assert (again.status, again.updated) == ("known", False)
    assert list(ledger.statements()) == before
    assert len(list(ledger.documents())) == 1


def test_changed_text_under_the_same_address_is_a_revision(ledger: Ledger) -> None:
    versions = [read(LINES[:count], url=URL) for count in (1, 2, 3)]
    statuses = [ledger.add(record, raw).status for record, raw in versions]
    first, second, third = (record.document.id for record, _ in versions)
    assert statuses == ["new", "revision", "revision"]
    assert [ledger.document(it).revises for it in (first, second, third)] == [None, first, second]
    assert ledger.document(URL).id == third


def test_text_without_an_address_revises_nothing(ledger: Ledger) -> None:
    assert [ledger.add(*read(LINES[:count])).status for count in (1, 2)] == ["new", "new"]


def test_other_weights_replace_and_keep_the_ids_of_matching_rows(ledger: Ledger) -> None:
    record, raw = read()
    ledger.add(record, raw)
    before = [row.id for row in ledger.statements()]
    first, second, _ = record.attributions
    content = first.contents[0]
    moved = replace(first, contents=(Span(content.start + 4, content.end),), score=0.5)
    other = record_of(record.document, (second, moved), tagger="tagger-2")
    added = ledger.add(other, raw)
    assert (added.status, added.updated) == ("known", True)
    rows = list(ledger.statements())
    assert [row.id for row in rows] == [before[1], before[0]]
    assert rows[1].content == LINES[0][2].removeprefix("the ")
    assert [len(ledger.evidence(row.id)) for row in rows] == [2, 2]
    assert ledger.document(record.document.id).statements == 2
    assert ledger.search("books") == []
    assert ledger.knows(record.document.id, tagger="tagger-2", resolver="")
    assert not ledger.knows(record.document.id, tagger="tagger-1", resolver="")
    assert not ledger.knows(record.document.id, tagger="tagger-2", resolver="resolve-1")


def test_weights_that_go_back_and_forth_never_duplicate(ledger: Ledger) -> None:
    one, raw = read(tagger="tagger-1")
    for tagger in ("tagger-1", "tagger-2", "tagger-1", "tagger-3"):
        ledger.add(replace(one, tagger=tagger), raw)
    assert [row.id for row in ledger.statements()] == [it.id for it in one.statements]


def test_a_record_without_statements(ledger: Ledger) -> None:
    record, raw = read()
    silent = record_of(record.document)
    ledger.add(silent, raw)
    assert ledger.stored_record(record.document.id) == silent


def test_other_bytes_are_refused(ledger: Ledger) -> None:
    record, raw = read()
    with pytest.raises(DocumentFailed, match="not the bytes"):
        ledger.add(record, raw + b" ")
    assert list(ledger.documents()) == []


def test_the_same_text_in_another_page_keeps_the_first(ledger: Ledger) -> None:
    record, raw = read()
    ledger.add(record, raw)
    other, other_raw = read(raw=raw + b"\n")
    assert ledger.add(other, other_raw).status == "known"
    assert ledger.stored_record(record.document.id) == record
    assert ledger.raw(record.document.id) == raw


def test_lost_bytes_come_back_with_the_next_reading(ledger: Ledger) -> None:
    record, raw = read()
    ledger.add(record, raw)
    ledger.archive.remove(record.document.raw_sha256)
    ledger.add(record, raw)
    assert ledger.raw(record.document.id) == raw


def test_two_rows_with_the_same_spans_are_two_statements(ledger: Ledger) -> None:
    record, raw = read(LINES[:1])
    twin = replace(record.attributions[0], sources=())
    ledger.add(record_of(record.document, (record.attributions[0], twin)), raw)
    rows = list(ledger.statements())
    assert len({row.id for row in rows}) == 2
    assert [row.source for row in rows] == ["Mara Ostrander", None]


def test_a_reader_goes_on_while_another_writes(ledger: Ledger) -> None:
    ledger.add(*read(LINES))
    rows = ledger.statements()
    assert next(rows).position == 0
    ledger.add(*read(LINES[:2]))
    assert len(list(rows)) == 2
    assert len(list(ledger.statements())) == 5


def test_one_ledger_serves_several_threads(ledger: Ledger) -> None:
    def work(number: int) -> str:
        added = ledger.add(*read(LINES, url=f"https://other.example/{number % 20}"))
        assert len(list(ledger.statements(added.document_id))) == 3
        return added.status

    with ThreadPoolExecutor(4) as threads:
        statuses = Counter(threads.map(work, range(40)))
    assert statuses == {"new": 20, "known": 20}


WRITE = """
import sys
from pathlib import Path
from invented import LINES, read
from onrecord.ledger import Ledger
with Ledger(Path(sys.argv[1])) as ledger:
    for number in range(25):
        for who in ("both", sys.argv[2]):
            ledger.add(*read(LINES, url=f"https://{who}.example/{number}"))
"""


def test_two_programs_make_and_fill_one_ledger_at_once(path: Path, environment: dict[str, str]) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(path), name], env=environment, stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for writer in writers:
        _, complaint = writer.communicate(timeout=120)
        assert writer.returncode == 0, complaint.decode()
    with Ledger(path) as ledger:
        assert len(list(ledger.documents())) == 75
        assert len(list(ledger.statements())) == 225
