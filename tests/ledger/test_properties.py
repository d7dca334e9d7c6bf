import contextlib
import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import record_of

from onrecord import ids
from onrecord.errors import DocumentFailed
from onrecord.ledger import Ledger
from onrecord.records import (
    Act,
    Addressee,
    Attribution,
    Basis,
    Caption,
    Certainty,
    Commitment,
    Document,
    Evidence,
    Hop,
    HopRelation,
    Kind,
    LocalLink,
    OffsetMap,
    Polarity,
    Precision,
    Record,
    Reference,
    Relation,
    SaidAt,
    Span,
    Speaker,
    SpeakerKind,
)

any_text = st.text(st.characters(), max_size=60)  # lone surrogates and NUL included
lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
spans = st.tuples(st.integers(0, 70), st.integers(1, 20)).map(lambda pair: Span(pair[0], sum(pair)))
several_spans = st.lists(spans, max_size=3).map(tuple)
numbers = st.integers(-(2**63), 2**63 - 1)
maps = st.builds(
    lambda rows, size: OffsetMap(*(array("q", column) for column in zip(*rows, strict=True)), size=size),
    st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=1, max_size=5),
    numbers,
)
attributions = st.builds(
    Attribution,
    cue=several_spans,
    sources=several_spans,
    contents=several_spans,
    quotes=several_spans,
    kind=st.sampled_from(Kind),
    score=st.floats(0, 1),
    parent=st.none(),
)
searches = st.one_of(
    any_text,
    st.text("\"'*^+-:(){}|&~.,\\ \0", max_size=20),
    st.lists(
        st.sampled_from(['"', "AND", "OR", "NOT", "NEAR(", ")", "ferry", "content:", "船", "^", "*"]), max_size=8
    ).map(" ".join),
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, bytes]:
    text, url, raw = draw(any_text), draw(st.none() | lines), draw(st.binary(max_size=50))
    fields = {name: draw(st.none() | lines) for name in ("publisher", "title", "byline", "language")}
    document = Document(
        id=ids.document_id(url, text),
        text=text,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        offset_map=draw(maps | st.just(OffsetMap())),
        name=draw(lines),
        media_type=draw(lines),
        encoding=draw(lines),
        url=url,
        published_at=draw(st.none() | lines | st.dates().map(date.isoformat)),
        modified_at=draw(st.none() | lines),
        retrieved_at=draw(st.none() | st.datetimes(timezones=st.just(UTC)) | st.datetimes()),
        title_span=draw(st.none() | spans),
        captions=tuple(
            draw(st.lists(st.builds(Caption, spans, st.none() | any_text, st.none() | st.dates()), max_size=2))
        ),
        references=tuple(draw(st.lists(st.builds(Reference, any_text, spans, st.none() | spans), max_size=2))),
        notes=draw(several_spans),
        unlocated=tuple(draw(st.lists(any_text, max_size=2))),
        **fields,
    )
    return document, raw


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger(tmp_path_factory.mktemp("properties") / "ledger.db") as ledger:
        yield ledger


maybe = st.none() | any_text
speakers = st.builds(
    Speaker, any_text, st.sampled_from(SpeakerKind), maybe, maybe, maybe, st.none() | spans, st.booleans()
)
hops = st.builds(Hop, maybe, st.sampled_from(HopRelation), st.none() | spans)
dates = st.builds(SaidAt, st.sampled_from(Basis), span=st.none() | spans) | st.builds(
    SaidAt, st.sampled_from(Basis), st.dates(), st.dates(), st.sampled_from(Precision), st.none() | spans
)
commitments = st.builds(
    Commitment, st.sampled_from(Polarity), st.sampled_from(Certainty), st.none() | spans, st.none() | spans
)
proofs = st.builds(Evidence, any_text, any_text, st.none() | spans, st.none() | st.floats(0, 1), any_text)


@st.composite
def resolved(draw: st.DrawFn, record: Record) -> Record:
    """The record with everything in its statements that a resolver can put there."""
    to = st.integers(0, max(0, len(record.statements) - 1))
    relations = st.sampled_from(Relation)
    links = st.builds(LocalLink, relations, to) | st.builds(LocalLink, relations, st.none(), spans)
    fields = {
        "speakers": st.lists(speakers, max_size=2).map(tuple),
        "addressee": st.none() | st.builds(Addressee, any_text, spans),
        "chain": st.lists(hops, max_size=3).map(tuple),
        "act": st.sampled_from(Act),
        "commitment": commitments,
        "said_at": dates,
        "links": st.lists(links, max_size=2).map(tuple),
        "evidence": st.lists(proofs, max_size=3).map(tuple),
    }
    statements = tuple(
        replace(row, **{name: draw(values) for name, values in fields.items()}) for row in record.statements
    )
    return replace(record, statements=statements, resolver=draw(lines))


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(read=documents(), found=st.lists(attributions, max_size=3), data=st.data())
def test_records_come_back_and_adding_is_idempotent(
    shared: Ledger, read: tuple[Document, bytes], found: list[Attribution], data: st.DataObject
) -> None:
    document, raw = read
    record = data.draw(resolved(record_of(document, tuple(found))))
    first = shared.add(record, raw)
    if first.status == "known":  # the same address and text with other fields: the first stays
        return
    assert shared.stored_document(document.id) == document
    assert [row.kind for row in shared.statements(document.id)] == [it.kind for it in found]
    stored, rows = shared.stored_record(document.id), list(shared.statements())
    assert stored.attributions == tuple(found)
    assert [replace(row, id="") for row in stored.statements] == [replace(row, id="") for row in record.statements]
    assert (stored.resolver, stored.reference_statements) == (record.resolver, record.reference_statements)
    assert shared.add(record, raw).status == "known"
    assert isinstance(shared.speakers(), list)
    assert shared.stored_record(document.id) == stored
    assert list(shared.statements()) == rows


@settings(max_examples=300, deadline=None)
@given(words=searches, speaker=st.none() | searches, outlet=st.none() | searches, key=searches)
def test_any_search_has_an_answer(
    shared: Ledger, words: str, speaker: str | None, outlet: str | None, key: str
) -> None:
    assert isinstance(shared.search(words, speaker=speaker, outlet=outlet), list)
    assert isinstance(list(shared.documents(outlet=outlet)), list)
    for find in (shared.document, shared.statement):
        with contextlib.suppress(DocumentFailed):  # anything else is a failure
            assert find(key).id
