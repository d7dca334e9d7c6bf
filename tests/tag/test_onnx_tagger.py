"""The weights that ship, on sentences of our own, and what happens when they are damaged."""

import json
import shutil
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import ModelFailed
from onrecord.records import Kind
from onrecord.tag.onnx_tagger import BLOCK, MODEL, OnnxTagger
from onrecord.tag.quotes import quotes
from onrecord.tag.windows import split_windows
from onrecord.tag.words import quote_states, split_words


@pytest.fixture(scope="module")
def tagger() -> OnnxTagger:
    return OnnxTagger(threads=1)


PLAIN = [
    ("“We will not sell,” Mira Tolland said on Monday.", "Mira Tolland", "said", "“We will not sell,”", Kind.DIRECT),
    ("The ministry said that the route would stay open.", "The ministry", "said",
     "that the route would stay open", Kind.INDIRECT),
    ("According to the harbour office, two ships were late.", "the harbour office", "According to",
     "two ships were late", Kind.INDIRECT),
    ("The mayor told reporters the plan was “a disgrace”.", "The mayor", "told",
     "the plan was “a disgrace”", Kind.MIXED),
    ("It is believed that the ferry left at nine.", "", "believed", "that the ferry left at nine", Kind.INDIRECT),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content", "kind"), PLAIN, ids=[row[0][:25] for row in PLAIN])
def test_plain_sentences(text: str, source: str, cue: str, content: str, kind: Kind) -> None:
    record = onrecord.extract(text)
    (found,) = record.attributions
    assert " ".join(text[s.start : s.end] for s in found.sources) == source
    assert cue in " ".join(text[s.start : s.end] for s in found.cue)
    assert text[found.contents[0].start : found.contents[-1].end] == content
    assert found.kind is kind


def test_content_on_both_sides_of_the_cue() -> None:
    text = "“The boats are old,” said Tomas Reyle, the mayor, “and the winter is long.”"
    (found,) = onrecord.extract(text).attributions
    assert [text[s.start : s.end] for s in found.contents] == ["“The boats are old,”", "“and the winter is long.”"]


def test_a_lower_threshold_finds_more() -> None:
    text = Path(__file__).parents[2].joinpath("examples", "ferry.html").read_bytes()
    few, many = (len(onrecord.extract_page(text, threshold=t).attributions) for t in (0.9, 0.1))
    assert few <= many


def test_the_rest_of_a_page_changes_nothing(tagger: OnnxTagger) -> None:
    """What is found in a window does not depend on the other windows: ids of statements stay."""
    first = "The mayor said the boat was late, and “nobody” knew. It was a long day on the quay.\n" * 10
    more = "“We go,” the captain said. According to the office, it was noon.\n" * 10
    text = first + more
    words = split_words(text, tagger.tokenizer, quote_states(len(text), quotes(text)))
    cut = split_windows(text, words)[0]
    low = int(words.ends[cut.last - 1])
    alone = tagger.tag(text[:low], quotes(text[:low]), threshold=0.5)
    whole = [found for found in tagger.tag(text, quotes(text), threshold=0.5) if found.cue.end <= low]
    assert alone == whole


def test_a_text_longer_than_a_block_is_tagged_whole(tagger: OnnxTagger) -> None:
    line = "The mayor said the boat was late.\n"
    text = "Nothing was heard on the quay that day.\n" * (BLOCK // 40 + 50) + line
    found = tagger.tag(text, [], threshold=0.5)
    assert text[found[-1].cue.start : found[-1].cue.end] == "said"


def test_nothing_to_tag(tagger: OnnxTagger) -> None:
    assert tagger.tag(" \n\n ", [], threshold=0.5) == []
    assert tagger.tag("\u200b\n\u0301", [], threshold=0.5) == []


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(MODEL, folder / "model"))


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "encoder.onnx").open("r+b") as handle:
        handle.seek(1000)
        handle.write(b"damage")
    with pytest.raises(ModelFailed, match=r"encoder\.onnx is damaged"):
        OnnxTagger(folder)


@pytest.mark.parametrize("content", [None, "{", json.dumps({"name": "x"})])
def test_a_missing_or_broken_card_is_named(tmp_path: Path, content: str | None) -> None:
    folder = copied(tmp_path)
    (folder / "model.json").unlink()
    if content is not None:
        (folder / "model.json").write_text(content)
    with pytest.raises(ModelFailed, match="install onrecord again"):
        OnnxTagger(folder)
