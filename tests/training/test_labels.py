"""Our own labels, read for training."""

import hashlib
import json
from pathlib import Path

import pytest

from training.corpora.labels import read_labelled, with_nested
from training.corpora.polnear import Article, GoldAttribution

ROOT = Path(__file__).parents[2]
TEXT = "The mayor said the council wants to sell."
OUTER = GoldAttribution([(0, 9)], [(10, 14)], [(15, 40)])
INNER = {"source": [[15, 26]], "cue": [[27, 32]], "content": [[33, 40]]}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_nested_ones_are_added_and_the_rest_is_doubtful(tmp_path: Path) -> None:
    labels = write(tmp_path / "nested.jsonl", {"doc": "one", "statements": [INNER]})
    one, two = with_nested([Article("one", TEXT, [OUTER]), Article("two", TEXT, [OUTER])], labels)
    assert [gold.nested for gold in one.attributions] == [False, True]
    assert one.doubtful == []
    assert two.attributions == [OUTER]
    assert two.doubtful == [(15, 40)]


def test_a_text_that_changed_is_refused(tmp_path: Path) -> None:
    rows = [{"source": [], "cue": [[10, 14]], "content": [[15, 40]], "parent": None}, INNER | {"parent": 0}]
    row = {"doc": "one", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "statements": rows}
    labels = write(tmp_path / "labels.jsonl", row)
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (article,) = read_labelled(labels, tmp_path)
    assert [gold.nested for gold in article.attributions] == [False, True]
    (tmp_path / "one.txt").write_text(TEXT + " ", encoding="utf-8")
    with pytest.raises(ValueError, match="one is not the text"):
        read_labelled(labels, tmp_path)


def test_what_is_trained_on_is_not_in_the_gate() -> None:
    def names(path: Path) -> set[str]:
        return {json.loads(line)["doc"] for line in path.read_text(encoding="utf-8").splitlines()}

    gate = names(ROOT / "benchmarks" / "quality" / "newswire.jsonl")
    tuned = names(ROOT / "benchmarks" / "quality" / "newswire-dev.jsonl")
    trained = names(ROOT / "training" / "labels" / "newswire.jsonl")
    assert (len(gate), len(tuned), len(trained)) == (30, 20, 100)
    assert not gate & tuned
    assert not (gate | tuned) & trained


def test_invented_pages_are_labelled_on_their_own_text() -> None:
    pages = read_labelled(ROOT / "training" / "labels" / "relay.jsonl", ROOT)
    assert len(pages) == 50
    for page in pages:
        for gold in page.attributions:
            spans = [*gold.source, *gold.cue, *gold.content]
            assert all(0 <= start < end <= len(page.text) for start, end in spans)
            assert all(page.text[start:end].strip() == page.text[start:end] for start, end in gold.cue)
