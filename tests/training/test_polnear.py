"""The corpus reader, on a folder of our own in the corpus's form."""

from pathlib import Path

import pytest

from training.corpora.polnear import read_split

TEXT = "The mayor said on Monday:\r\n“We go.” It was late.\n"
ANN = """T1	Source 0 9	The mayor
T2	Cue 10 14	said
T3	Content 27 33;35 36	“We go
.
T4	Attribution 10 14	said
E1	Attribution:T4 Content:T3 Cue:T2 Source:T1 Content2:T5
T5	Content 37 48	It was late
"""


@pytest.fixture
def split(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "one.txt").write_bytes(TEXT.encode())
    (tmp_path / "attributions" / "one_a.ann").write_text(ANN, encoding="utf-8")
    (tmp_path / "attributions" / "one_b.ann").write_text("", encoding="utf-8")
    return tmp_path


def test_offsets_hold_in_spite_of_line_ends(split: Path) -> None:
    (article,) = read_split(split)
    assert article.text == TEXT
    (found,) = article.attributions
    assert [article.text[a:b] for a, b in found.source] == ["The mayor"]
    assert [article.text[a:b] for a, b in found.cue] == ["said"]


def test_discontinuous_and_numbered_contents_are_one_role(split: Path) -> None:
    (article,) = read_split(split)
    assert sorted(article.attributions[0].content) == [(27, 33), (35, 36), (37, 48)]


def test_the_first_annotator_is_the_gold(split: Path) -> None:
    (article,) = read_split(split)
    assert len(article.attributions) == 1
