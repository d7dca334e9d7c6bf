"""Pages: what is article, where it stands, and what the page says about itself."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import DocumentFailed
from onrecord.read import read_bytes, to_source, unfaithful
from onrecord.read.offset_map import mapped
from onrecord.records import Document, Span

LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Not this"},
{"@type": ["NewsArticle"], "headline": "Ferry line to Orlsund &amp; Brae stays",
"datePublished": "2023-03-04T05:06:07+0100", "dateModified": "2023-03-05", "inLanguage": "en-GB",
"author": [{"@type": "Person", "name": "Tamsin Vale"}, {"name": "Ivo Marsh"}],
"publisher": {"@type": "Organization", "name": "The Orlsund Courier"}}]}</script>"""

ARTICLE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ferry line to Orlsund &amp; Brae stays - Courier</title>{LINKED}
<link rel="canonical" href="https://courier.example/2023/03/04/ferry"></head>
<body><nav><ul><li><a href="/">Home</a></li><li>World</li></ul></nav><article>
<span class="kicker">Transport</span><h1>Ferry line to Orlsund &amp;&nbsp;Brae stays</h1>
<figure><img src="a.jpg"><figcaption>The ferry at Brae pier. <span class="credit">Lars Oake, 2 May 2021</span>
</figcaption></figure>
<p>The ferry between Orlsund and Brae will run for ten more years, the <em>county</em> council said on Friday.</p>
<p>“We heard the islanders,” said Ingrid Pell, who chairs the council.<br>“They were loud &amp; they were right.”</p>
<blockquote><p>Nobody on Brae will have to leave because of a timetable, and nobody should have feared it.</p>
</blockquote>
<p>The line lost money for years<sup><a href="#fn1" id="r1">1</a></sup>, a report found.<a href="#fn2">[2]</a> It
did not name anyone, but <q>three managers</q> were moved to other posts in the spring.</p>
<div class="wp-caption"><img src="b.jpg"><p class="wp-caption-text">Islanders wait. (Photo: Mara Lind)</p></div>
<p>The county will pay for two new ships, the first of which is to sail in the summer of the coming year.</p>
<p>A spokeswoman for the shipping line, Runa Dahl, declined to say what the ships would cost the county.</p>
<ol><li id="fn1"><p>Annual report of the line. <a href="#r1">↩</a></p></li>
<li id="fn2">The auditors, May 2022.</li></ol>
</article><aside>More stories: storms, sheep, a wedding.</aside><footer>All rights reserved.</footer></body></html>"""


@pytest.fixture(scope="module")
def document() -> Document:
    return read_bytes(ARTICLE.encode(), name="ferry")


def words(document: Document, span: Span | None) -> str:
    assert span is not None
    return document.text[span.start : span.end]


def test_title_comes_first(document: Document) -> None:
    assert document.title == words(document, document.title_span) == document.text.splitlines()[0]
    assert document.title.replace("\u00a0", " ") == "Ferry line to Orlsund & Brae stays"


def test_page_says_who_and_when(document: Document) -> None:
    assert document.byline == "Tamsin Vale and Ivo Marsh"
    assert document.publisher == "The Orlsund Courier"
    assert (document.published_at, document.modified_at) == ("2023-03-04T05:06:07+01:00", "2023-03-05")
    assert document.url == "https://courier.example/2023/03/04/ferry"
    assert (document.language, document.media_type, document.encoding) == ("en", "text/html", "utf-8")


def test_text_is_article_and_nothing_else(document: Document) -> None:
    for part in ("the county council said on Friday.", "Nobody on Brae will have to", "but three managers were moved"):
        assert part in document.text.replace("\n", " ")
    for part in ("Home", "World", "More stories", "All rights", "schema.org"):
        assert part not in document.text
    assert document.unlocated == ()


def test_blocks_and_breaks(document: Document) -> None:
    assert "the council.\n“They were loud & they were right.”\n\nNobody on Brae" in document.text
    assert "  " not in document.text


def test_captions_stand_apart(document: Document) -> None:
    lead, second = document.captions
    assert words(document, lead.span) == "The ferry at Brae pier. Lars Oake, 2 May 2021"
    assert (lead.credit, lead.date) == ("Lars Oake", date(2021, 5, 2))
    assert words(document, second.span) == "Islanders wait. (Photo: Mara Lind)"
    assert second.credit == "Mara Lind"
    for caption in document.captions:
        assert document.text[caption.span.start - 2 : caption.span.start] == "\n\n"
        assert document.text[caption.span.end : caption.span.end + 2] == "\n\n"
    assert document.text.index("other posts in the spring") < second.span.start < document.text.index("two new ships")


def test_footnotes_are_tied(document: Document) -> None:
    first, second = document.references
    assert [words(document, each.span) for each in (first, second)] == [first.mark, second.mark] == ["1", "[2]"]
    assert "lost money for years1, a report found.[2] It did not name anyone" in document.text.replace("\n", " ")
    assert words(document, first.note).startswith("Annual report of the line.")
    assert words(document, second.note) == "The auditors, May 2022."
    assert set(document.notes) == {first.note, second.note}


def test_every_character_has_its_place(document: Document) -> None:
    raw = ARTICLE.encode()
    assert unfaithful(document, raw) == []
    assert mapped(document.offset_map) == len(document.text) - document.text.count("\n")
    start = document.text.index("Ingrid Pell")
    assert [raw[low:high] for low, high in to_source(document.offset_map, Span(start, start + 11))] == [b"Ingrid Pell"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_same_text_in_every_encoding(document: Document, codec: str) -> None:
    page = ARTICLE.replace('<meta charset="utf-8">', "").replace("↩", "")
    raw = page.encode(codec)
    other = read_bytes(raw, name="ferry", charset="cp1252" if codec == "cp1252" else None)
    assert other.text == document.text.replace(" ↩", "")
    assert unfaithful(other, raw) == []


PIECES = [
    "The mayor said the road would open. ",
    "“Never,” she said, &amp; left",
    "<b>bold words</b>",
    "<!-- <p>no</p> -->",
]
PIECES += [
    "\n\t ",
    "&nbsp;",
    " &mdash; ",
    "&#x27;s",
    "</p><p>",
    "<br>",
    "<i>é😀ß</i>",
    "<script>x<y</script>",
    "&shy;",
    "&bogus;",
]
PIECES += ["<sup>1</sup>", "[2]", "<a href='#n'>3</a>", "</p><figcaption>A pier (Photo: X. Oake)</figcaption><p>"]


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=3, max_size=40), codec=st.sampled_from(["utf-8", "utf-16"]))
def test_any_page_is_mapped(pieces: list[str], codec: str) -> None:
    body = "<p>The harbour of Velmora will stay where it is, the town council said on Monday evening.</p>" * 4
    raw = f"<html><body><h1>The harbour stays</h1>{body}<p>{''.join(pieces)}</p></body></html>".encode(codec)
    document = read_bytes(raw, name="x")
    assert unfaithful(document, raw) == []
    assert mapped(document.offset_map) >= len(document.text) - document.text.count("\n")
    for span in (*(each.span for each in document.captions), *(each.span for each in document.references)):
        assert 0 <= span.start < span.end <= len(document.text)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><title>Page</title>{head}</head><body><article>{body}</article></body></html>".encode()


def test_live_blog() -> None:
    entries = "".join(
        f'<div class="entry"><time datetime="2024-02-03T1{n}:00:00Z">1{n}:00</time>'
        f"<h2>Entry number {n} from the square</h2>"
        f"<p>The crowd in square {n} had grown since noon, the warden of district {n} told the radio.</p></div>"
        for n in range(8)
    )
    linked = (
        '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Storm over Brae: live"}</script>'
    )
    document = read_bytes(page(f"<h1>Storm over Brae: live</h1>{entries}", linked), name="live")
    assert document.title == "Storm over Brae: live"
    for n in range(8):
        assert f"the warden of district {n} told the radio." in document.text


def test_interview() -> None:
    pairs = "".join(
        f"<p><strong>Why did pier {n} have to close so early in the year?</strong></p>"
        f"<p>Because pier {n} was not safe, and I told the owners of pier {n} so more than once.</p>"
        for n in range(6)
    )
    lines = read_bytes(page(f"<h1>Six questions to the harbour master</h1>{pairs}"), name="interview").text.split(
        "\n\n"
    )
    assert lines[1:3] == [
        "Why did pier 0 have to close so early in the year?",
        "Because pier 0 was not safe, and I told the owners of pier 0 so more than once.",
    ]


PROSE, MORE = (
    "".join(
        f"<p>The county will pay for {n} new {what}, the first of which is to sail in year {n}.</p>" for n in range(5)
    )
    for what in ("ships", "boats")
)


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="og:site_name" content="Brae Weekly">', "publisher", "Brae Weekly"),
        ('<meta name="author" content="By Runa Dahl">', "byline", "Runa Dahl"),
        ('<meta name="author" content="https://x.example/runa">', "byline", None),
        ('<meta property="article:published_time" content="2022-01-02T03:04Z">', "published_at", "2022-01-02T03:04Z"),
        ('<meta property="article:published_time" content="2022-01-02T03:04:05">', "published_at", "2022-01-02"),
        ('<meta property="article:modified_time" content="2022-13-45">', "modified_at", None),
        ('<meta property="og:updated_time" content="2 May 2022">', "modified_at", "2022-05-02"),
        ('<meta property="og:url" content="https://w.example/2021/06/07/ships">', "published_at", "2021-06-07"),
        ('<link rel="canonical" href="/ships">', "url", "https://base.example/ships"),
        ('<meta property="og:title" content="New ships for the county">', "title", "New ships for the county"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>', "byline", None),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","author":"Runa Dahl"}</script>',
            "byline",
            "Runa Dahl",
        ),
        ("", "publisher", "base.example"),
    ],
)
def test_metadata(head: str, field: str, value: str | None) -> None:
    document = read_bytes(page(PROSE, head), name="x", url="https://base.example/a/b")
    assert getattr(document, field) == value


def test_kicker_in_the_heading_is_no_title() -> None:
    head = '<meta property="og:title" content="New ships for the county">'
    document = read_bytes(page(f"<h1><span>Sea |</span>\nNew ships for the county</h1>{PROSE}", head), name="x")
    assert document.title == words(document, document.title_span) == "New ships for the county"


@pytest.mark.parametrize(
    ("markup", "captions"),
    [
        ('<img src="a.jpg"><figcaption>A pier at dawn<div>Harbour Agency via Getty Images</div></figcaption>', 1),
        ('<img src="a.jpg"><p class="image-caption">A pier at dawn</p>', 1),
        ('<img src="a.jpg"><p class="fs-caption">A pier at dawn</p>', 0),
        ('<a href="/"><figcaption>Share this</figcaption></a>', 0),
        ('<img src="a.jpg"><figcaption>Share</figcaption>', 0),
    ],
)
def test_what_is_a_caption(markup: str, captions: int) -> None:
    document = read_bytes(page(f"<h1>New ships for the county</h1>{PROSE}{markup}{MORE}"), name="x")
    assert len(document.captions) == captions
    assert "\n" not in "".join(words(document, each.span) for each in document.captions)


def test_count_of_comments_is_no_footnote() -> None:
    counts = '<div><a href="#all">15</a></div><p>Comments <a href="#all">15</a></p>'
    body = f'{PROSE}<p>He left.<a href="#c">*</a></p>{counts}{MORE}<div id="all">15 comments</div>'
    assert read_bytes(page(body), name="x").references == ()


def test_initial_set_apart() -> None:
    body = f'<p><span class="big">“T</span>he county will pay for two ships, said the chair of the council.”</p>{PROSE}'
    assert read_bytes(page(body), name="x").text.startswith("“The county will pay")


def test_old_page_with_line_breaks() -> None:
    body = "<br><br>".join(
        f"Ship {n} will sail to the island of Brae in the spring, the council said." for n in range(9)
    )
    raw = f"<HTML><BODY BGCOLOR=white><H1>Ships for Brae again</H1><DIV>{body}</DIV></BODY></HTML>".encode()
    document = read_bytes(raw, name="old")
    assert "the council said.\n\nShip 1 will sail" in document.text


def test_preformatted_lines_stay() -> None:
    body = "".join(
        f"Ship {n} will sail to the island of Brae,\nthe council said on day {n} of May.\n" for n in range(9)
    )
    document = read_bytes(f"<html><body><div><pre>{body}</pre></div></body></html>".encode(), name="pre")
    assert "of Brae,\nthe council said on day 3" in document.text


def test_other_language_is_read_and_named() -> None:
    said = "beschlossen, die Fähre zu erhalten, sagte die Landrätin Ingrid Pell."
    body = "".join(f"<p>Der Kreistag hat am {day}. Mai {said}</p>" for day in range(5))
    assert read_bytes(page(body), name="x").language == "de"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<nav><a href=a>a</a></nav>",
        "<form><input name=user><input type=password></form><footer>© 2024 The Orlsund Courier. All rights reserved.",
        "<ul>" + "".join(f"<li><a class=x href='/{n}'>News from district {n} of Brae</a></li>" for n in range(40)),
    ],
    ids=["not found", "noscript", "one link", "login", "links"],
)
def test_a_page_without_an_article_fails(body: str) -> None:
    with pytest.raises(DocumentFailed, match="no article found in this page"):
        read_bytes(
            f"<!DOCTYPE html><html><head><title>Page</title></head><body>{body}</body></html>".encode(), name="x"
        )


@pytest.mark.parametrize("mark", ["", '<a name="top">', "<script>var a = '<a href=';</script>"])
def test_a_brief_of_three_sentences_is_an_article(mark: str) -> None:
    brief = (
        "The ferry to Brae will not sail on Friday, the shipping line said. “The storm leaves us no choice,” said its "
        "spokeswoman, <a href='/dahl'>Runa Dahl</a>. Passengers get their money back at the pier in Orlsund."
    )
    document = read_bytes(page(f"{mark}<h1>No ferry on Friday</h1><p>{brief}</p>"), name="brief")
    assert document.text.endswith("at the pier in Orlsund.")


def test_a_brief_in_chinese_is_an_article() -> None:
    brief = "海港公司周三宣布，开往布雷岛的渡轮将于星期五停航。发言人说，风暴使公司别无选择，乘客可在码头退票。"
    document = read_bytes(page(f"<h1>渡轮停航</h1><p>{brief}</p>"), name="brief")
    assert brief in document.text
    assert document.language == "zh"
