import hashlib
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.to_dict import to_dict, to_line
from onrecord.ids import document_id, statement_id
from onrecord.records import Attribution, Caption, Document, Kind, OffsetMap, Record, Reference, Span, Statement

TEXT = "Mara Ostrander said that Jon Lind denied “[all] of it…”.¹\nThe pier in winter. Photo: A. Lind\n¹ Gazette, p. 2"


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


OUTER = Attribution(
    (at("said"),), (at("Mara Ostrander"),), (at("that Jon Lind denied “[all] of it…”"),), (), Kind.INDIRECT, 0.9
)
INNER = Attribution(
    (at("denied"),), (at("Jon Lind"),), (at("“[all] of it…”"),), (at("[all] of it…"),), Kind.DIRECT, 0.8, 0
)
DOCUMENT = Document(
    id=document_id(None, TEXT),
    text=TEXT,
    raw_sha256="cd" * 32,
    offset_map=OffsetMap(),
    name="pier",
    media_type="text/plain",
    encoding="utf-8",
    title="The pier",
    language="en",
    captions=(Caption(at("The pier in winter. Photo: A. Lind"), "A. Lind", date(2024, 1, 9)), Caption(at("winter"))),
    references=(Reference("¹", at("¹"), at("Gazette, p. 2")), Reference("*", at("it"))),
)
RECORD = Record(
    document=DOCUMENT,
    attributions=(OUTER, INNER),
    statements=tuple(
        Statement(statement_id(DOCUMENT.id, each.cue, each.contents), DOCUMENT.id, each, ()) for each in (OUTER, INNER)
    ),
    insertions=(at("[all]"),),
    omissions=(at("…"),),
    reference_statements=(0, None),
    extracted=True,
    tagger="invented-1",
)


def pair(words: str) -> list[int]:
    return [at(words).start, at(words).end]


def test_every_field_of_the_contract() -> None:
    found = to_dict(RECORD)
    assert found["doc"] == "pier"
    assert found["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (found["title"], found["url"], found["language"], found["extracted"]) == ("The pier", None, "en", True)
    assert found["attributions"] == [
        {
            "source": [pair("Mara Ostrander")],
            "cue": [pair("said")],
            "content": [pair("that Jon Lind denied “[all] of it…”")],
            "quotes": [],
            "kind": "indirect",
            "parent": None,
            "score": 0.9,
        },
        {
            "source": [pair("Jon Lind")],
            "cue": [pair("denied")],
            "content": [pair("“[all] of it…”")],
            "quotes": [pair("[all] of it…")],
            "kind": "direct",
            "parent": 0,
            "score": 0.8,
        },
    ]
    assert [row["attribution"] for row in found["statements"]] == [0, 1]
    assert found["captions"] == [
        {"span": pair("The pier in winter. Photo: A. Lind"), "credit": "A. Lind", "date": "2024-01-09"},
        {"span": pair("winter"), "credit": None, "date": None},
    ]
    assert found["references"] == [
        {"mark": "¹", "span": pair("¹"), "note": pair("Gazette, p. 2"), "statement": 0},
        {"mark": "*", "span": pair("it"), "note": None, "statement": None},
    ]
    assert (found["insertions"], found["omissions"]) == ([pair("[all]")], [pair("…")])


def test_the_text_comes_only_when_asked_for() -> None:
    assert "text" not in to_dict(RECORD)
    assert to_dict(RECORD, text=True) == to_dict(RECORD) | {"text": TEXT}


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_a_line_is_one_line_safe_for_terminals_and_exact(data: object) -> None:
    line = to_line(data)
    assert len(line.splitlines()) == 1
    assert all(character.isprintable() or character.isspace() or ord(character) > 0x9F for character in line)
    assert "\x1b" not in line
    line.encode("utf-8")
    assert json.loads(line) == data
