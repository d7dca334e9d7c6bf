"""Loose spans -> attributions: kinds, quotes, edges, continued quotes, parents. The text marks the spans.

In a case [s: …] is a source, [c: …] a cue, [o: …] a content as a tagger gives it; the marks of the case are taken
out before grouping. A number ties the roles of one attribution: [c1: said].
"""

import re

import pytest

from onrecord.records import Attribution, Kind, Span
from onrecord.tag.editorial import insertions, omissions
from onrecord.tag.group import group
from onrecord.tag.quotes import quotes
from onrecord.tag.tagger import Tagged

TAG = re.compile(r"<(/?)([sco])(\d?)>")


def parse(case: str) -> tuple[str, list[Tagged]]:
    """The text of a case and what its marks say a tagger found."""
    text, spans, opened, at = "", {}, {}, 0
    for match in TAG.finditer(case):
        text += case[at : match.start()]
        at = match.end()
        closing, role, number = match.groups()
        if closing:
            spans.setdefault(number, {}).setdefault(role, []).append(Span(opened.pop((role, number)), len(text)))
        else:
            opened[role, number] = len(text)
    text += case[at:]
    found = [Tagged(r["c"][0], tuple(r.get("s", ())), tuple(r.get("o", ())), 0.9) for _, r in sorted(spans.items())]
    return text, sorted(found, key=lambda tagged: tagged.cue)


def grouped(case: str) -> tuple[str, list[Attribution]]:
    text, tagged = parse(case)
    return text, group(text, tagged, quotes(text))


KINDS = [
    ('<s>She</s> <c>said</c>, <o>"We go."</o>', Kind.DIRECT, ["We go."]),
    ('<s>She</s> <c>said</c> <o>that "we go"</o>', Kind.DIRECT, ["we go"]),
    ('<s>She</s> <c>said</c> <o>that they "go" soon</o>', Kind.MIXED, ["go"]),
    ("<s>She</s> <c>said</c> <o>that they go</o>", Kind.INDIRECT, []),
    ('<o>"We go,"</o> <s>she</s> <c>said</c>. <o>"We stay."</o>', Kind.DIRECT, ["We go,", "We stay."]),
    ('"The envoy <c>said</c> <o>that they go</o>," it wrote.', Kind.INDIRECT, []),
    ("\"<s>He</s> <c>said</c>: <o>'We go.'</o>\"", Kind.DIRECT, ["We go."]),
    ("<s>He</s> <c>called</c> <o>it «late» and “poor”</o>", Kind.MIXED, ["late", "poor"]),
]


@pytest.mark.parametrize(("case", "kind", "words"), KINDS, ids=[case for case, _, _ in KINDS])
def test_kind_and_quotes(case: str, kind: Kind, words: list[str]) -> None:
    text, (found,) = grouped(case)
    assert found.kind == kind
    assert [text[q.start : q.end] for q in found.quotes] == words


EDGES = [
    ('<s>She</s> <c>said</c>, "<o>We go and we stay</o>."', ['"We go and we stay."']),
    ('<s>She</s> <c>said</c>, <o>"We go. We stay</o>. No."', ['"We go. We stay. No."']),
    ('"So <o>it goes</o>," <s>she</s> <c>said</c>.', ['"So it goes,"']),
    ('<s>She</s> <c>said</c> <o>the "deal" is</o> off.', ['the "deal" is']),
    ('<o>"It is late</o>, <s>he</s> <c>said</c> at noon."', ["It is late"]),
    ('"At noon <s>he</s> <c>denied</c> <o>that it was late."</o>', ["that it was late."]),
    ("<s>She</s> <c>said</c>: <o>“One.\n\n“Two.”</o>", ["“One.", "“Two.”"]),
    ("<s>She</s> <c>said</c>: <o>“One.</o>\n\n“Two.\n\n“Three.”\n\n“Four.”", ["“One.", "“Two.", "“Three.”", "“Four.”"]),
]


@pytest.mark.parametrize(("case", "expected"), EDGES, ids=[case for case, _ in EDGES])
def test_edges_follow_the_marks(case: str, expected: list[str]) -> None:
    text, (found,) = grouped(case)
    assert [text[s.start : s.end] for s in found.contents] == expected


def test_a_mark_around_the_speaker_moves_no_edge() -> None:
    text, (found,) = grouped('"<s>The envoy</s> <c>said</c> <o>they would go there soon after all</o>."')
    assert text[found.contents[0].start : found.contents[0].end] == "they would go there soon after all"


def test_a_quote_after_a_comma_is_no_part_of_the_source() -> None:
    case = "<o>“We go,”</o> <c>said</c> <s>Ann Reed, the mayor of “Ferry City”, “and we stay.”</s>"
    text, (found,) = grouped(case)
    assert [text[s.start : s.end] for s in found.sources] == ["Ann Reed, the mayor of “Ferry City”"]
    assert [text[s.start : s.end] for s in found.contents] == ["“We go,”", "“and we stay.”"]


UNCUED = [
    (
        "<o>“We go,”</o> <s>she</s> <c>said</c>.\n\n“We stay. It is late.”\n\nThe end.",
        [["“We go,”", "“We stay. It is late.”"]],
    ),
    ("She was there.\n\n“We stay.”\n\n<o>“We go,”</o> <s>she</s> <c>said</c>.", [["“We stay.”", "“We go,”"]]),
    ("“We stay.\n\n<o>“We go,”</o> <s>she</s> <c>said</c>.", [["“We stay.", "“We go,”"]]),
    ("She was there.\n\n“We stay.”\n\nIt was late.", [["“We stay.”"]]),
    ("She was “there” again.\n\nIt was late.", []),
    ("<s>She</s> <c>said</c> <o>it was “late”</o>.\n\n“We stay.”", [["it was “late”", "“We stay.”"]]),
]


@pytest.mark.parametrize(("case", "expected"), UNCUED, ids=[case for case, _ in UNCUED])
def test_a_quoted_paragraph_without_a_cue(case: str, expected: list[list[str]]) -> None:
    text, found = grouped(case)
    assert [[text[s.start : s.end] for s in one.contents] for one in found] == expected


def test_a_paragraph_of_quote_with_no_speaker_near_has_an_empty_cue() -> None:
    (found,) = group("It was late.\n\n“We stay.”", [], quotes("It was late.\n\n“We stay.”"))
    assert (found.cue, found.sources, found.kind, found.parent) == ((), (), Kind.DIRECT, None)


def test_nested_attributions_point_at_the_smallest_around_them() -> None:
    case = (
        "<s1>The paper</s1> <c1>quoted</c1> <o1><s2>the attaché</s2> as <c2>saying</c2> "
        "<o2>that <s3>Ankara</s3> <c3>denies</c3> <o3>it</o3></o2></o1>."
    )
    _, found = grouped(case)
    assert [attribution.parent for attribution in found] == [None, 0, 1]


def test_two_that_hold_each_other_have_one_parent() -> None:
    _, found = grouped("<s1>A</s1> <c1>said</c1> <o1>that B <c2>said</c2></o1>")
    assert [attribution.parent for attribution in found] == [None]
    text = "A said that B said so."
    both = [
        Tagged(Span(2, 6), (), (Span(7, 21),), 0.9),
        Tagged(Span(14, 18), (), (Span(0, 13), Span(19, 21)), 0.9),
    ]
    parents = [attribution.parent for attribution in group(text, both, [])]
    assert parents.count(None) == 1


def test_a_quote_claimed_twice_goes_to_the_cue_of_its_paragraph() -> None:
    text = '"We stay," the mayor said.\n\nAccording to the paper, the line was sold.'
    quote, told, said, according = (Span(text.index(w), text.index(w) + len(w)) for w in (
        '"We stay,"', "the line was sold", "said", "According to"))  # fmt: skip
    found = group(text, [Tagged(said, (), (quote,), 0.9), Tagged(according, (), (quote, told), 0.9)], quotes(text))
    assert [attribution.contents for attribution in found] == [(quote,), (told,)]


def test_an_attribution_with_nothing_else_keeps_what_two_claim() -> None:
    text = 'She said "no" and "never", he wrote.'
    said, wrote, no, never = (Span(text.index(w), text.index(w) + len(w)) for w in ("said", "wrote", '"no"', '"never"'))
    found = group(text, [Tagged(said, (), (no, never), 0.9), Tagged(wrote, (), (no,), 0.9)], quotes(text))
    assert [attribution.contents for attribution in found] == [(never,), (no,)]


def test_a_cue_without_content_is_no_attribution() -> None:
    assert grouped("<s>She</s> <c>said</c> nothing.")[1] == []


def test_insertions_and_omissions_only_inside_quotes() -> None:
    text = 'He [the mayor] said: "We [all] go [...] home… now. [1]" And so on...'
    found = quotes(text)
    assert [text[s.start : s.end] for s in insertions(text, found)] == ["[all]"]
    assert [text[s.start : s.end] for s in omissions(text, found)] == ["[...]", "…"]


def test_marks_inside_a_nested_content_are_its_own() -> None:
    text, (outer, inner) = grouped(
        "<s1>The paper</s1> <c1>quoted</c1> <o1><s2>the envoy</s2> <c2>as saying</c2> <o2>“We go”</o2></o1>."
    )
    assert (inner.parent, inner.kind, outer.kind) == (0, Kind.DIRECT, Kind.INDIRECT)
    assert [text[quote.start : quote.end] for quote in inner.quotes] == ["We go"]
    assert outer.quotes == ()


SOURCES = [
    ("On Monday, [the deputy minister], <s>Jo West</s>, <c>said</c>: <o>“No.”</o>", ["[the deputy minister], Jo West"]),
    ("“[The mayor] <s>Jo West</s> <c>said</c> <o>no</o>.”", ["[The mayor] Jo West"]),
    ("Given the crews [there], <s>West</s> <c>said</c> <o>no</o>.", ["West"]),
    ("It was late [...] <s>West</s> <c>said</c> <o>no</o>.", ["West"]),
    ("<s>She</s> left. <s>A guard</s> <c>said</c> <o>no</o>.", ["A guard"]),
    ("<s>She</s> and, later, <s>a guard</s> <c>said</c> <o>no</o>.", ["She", "a guard"]),
    ("<s>Mr. West</s> and <s>Mrs. Ode</s> <c>said</c> <o>no</o>.", ["Mr. West", "Mrs. Ode"]),
]


@pytest.mark.parametrize(("case", "sources"), SOURCES, ids=[case for case, _ in SOURCES])
def test_sources(case: str, sources: list[str]) -> None:
    text, (found,) = grouped(case)
    assert [text[span.start : span.end] for span in found.sources] == sources


def test_below_the_threshold_nothing_stands_alone() -> None:
    text = "“We go.”"
    assert len(group(text, [], quotes(text), threshold=0.5)) == 1
    assert group(text, [], quotes(text), threshold=0.6) == []
