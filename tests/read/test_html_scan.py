"""The scanner: what is visible, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.html_scan import BLOCK, LINE, scan

PIECES = [
    "word",
    " ",
    "\n  ",
    "&amp;",
    "&nbsp;",
    "&#8217;",
    "&nosuch;",
    "&",
    "é😀",
    "<p>",
    "</p>",
    "<b class='a>b'>",
    "</b>",
]
PIECES += [
    "<br/>",
    "<!-- a > b -->",
    "<script>if (a<b) '</p>'</script>",
    "<style>p{}</style>",
    "<",
    ">",
    "<a href=x",
    '"',
]
PIECES += [
    "<!DOCTYPE html>",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "<pre>a\nb</pre>",
    "<TITLE>t</TITLE>",
    "<!-->",
    '<p title="x',
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_every_visible_character_has_its_place(pieces: list[str]) -> None:
    page = "".join(pieces)
    found = scan(page)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert (found.starts < found.ends).all()
    assert (found.starts[1:] >= found.starts[:-1]).all()
    for character, start, end in zip(found.text, found.starts, found.ends, strict=True):
        source = page[start:end]
        if character not in (BLOCK, LINE):
            assert source == character or source.startswith("&")
        else:
            assert source.startswith("<") or source == "\n"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a<b>b</b>c", "abc"),
        ("<p>a</p><p>b</p>", f"a{BLOCK}b{BLOCK}"),
        ("a<br>b", f"a{LINE}b"),
        ("a<!-- x -->b<!-->c", "abc"),
        ("a<script>x</scr</script >b", "ab"),
        ("a<SCRIPT>x</Script>b", "ab"),
        ("a &lt;b&gt; &copy c &eacute;", "a <b> © c é"),
        ("<p title='a>b'>c", "c"),
        ("<p title=it's>c", "c"),
        ("a < b and c > d", "a < b and c > d"),
        ("a<p", "a" + BLOCK),
        ("<pre>a\nb</pre>", f"a{LINE}b{BLOCK}"),
        ("", ""),
    ],
)
def test_visible_text(page: str, text: str) -> None:
    assert scan(page).text == text


def test_attributes() -> None:
    (tag,) = scan("<meta name=author content='A &amp; B' CONTENT2=\"x\" bare>").tags
    assert (tag.get("name"), tag.get("content"), tag.get("content2")) == ("author", "A & B", "x")
    assert (tag.get("bare"), tag.get("none")) == ("", None)
