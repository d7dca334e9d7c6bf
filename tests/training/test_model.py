"""The model in PyTorch against brute force; and a small one trained, exported and held against its export."""

import json
import random
from itertools import product
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is for training only: pip install torch==2.13.0")
pytest.importorskip("safetensors", reason="for training only")

from training.corpora.polnear import Article, GoldAttribution  # noqa: E402
from training.examples import batches, prepare, role_labels, vary  # noqa: E402
from training.model import DISTANCES, Shape, Tagger, distance_bucket  # noqa: E402
from training.train import loss_of  # noqa: E402

SMALL = Shape(width=24, layers=1, heads=2, inner=48, pair=16)
TEXT = "“We go,” the mayor said.\n\nThe office denied that it was late.\n" * 3
MODEL = Path(__file__).parents[2] / "src" / "onrecord" / "tag" / "model"


def article() -> Article:
    found = []
    for start in range(0, len(TEXT), len(TEXT) // 3):
        at = lambda words, start=start: (TEXT.index(words, start), TEXT.index(words, start) + len(words))  # noqa: E731
        found.append(GoldAttribution([at("the mayor")], [at("said")], [at("“We go,”")]))
        found.append(GoldAttribution([at("The office")], [at("denied")], [at("that it was late")]))
    return Article("one", TEXT, found)


def tokenizer() -> object:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(MODEL / "tokenizer.json"))


def test_path_loss_is_the_likelihood_of_the_path() -> None:
    torch.manual_seed(0)
    model = Tagger(SMALL)
    torch.nn.init.normal_(model.transitions)
    scores, gold = torch.randn(1, 4, 5), torch.tensor([[0, 3, 4, 0]])
    table = model.transition_scores()

    def worth(path: tuple[int, ...], places: int) -> torch.Tensor:
        before = (5, *path[:-1])
        return sum(table[a, b] + scores[0, i, b] for i, (a, b) in enumerate(zip(before, path, strict=True)))

    for places in (3, 4):
        total = torch.logsumexp(torch.stack([worth(p, places) for p in product(range(5), repeat=places)]), 0)
        expected = total - worth(tuple(gold[0, :places].tolist()), places)
        assert model.path_loss(scores, gold, torch.tensor([places])).item() == pytest.approx(expected.item(), abs=1e-3)


def test_distances_are_exact_near_and_coarse_far() -> None:
    buckets = distance_bucket(torch.arange(-400, 401)).tolist()
    assert buckets == sorted(buckets)
    assert (min(buckets), max(buckets)) == (0, DISTANCES - 1)
    assert len(set(buckets[396:405])) == 9


def test_role_labels_begin_every_run() -> None:
    source = np.array([1, 1, 0, 0, 0, 0], dtype=bool)
    content = np.array([0, 0, 0, 1, 1, 0], dtype=bool)
    assert role_labels(source, content).tolist() == [1, 2, 0, 3, 4, 0]


def test_other_marks_move_nothing() -> None:
    prepared = prepare(article(), tokenizer())
    other = vary(prepared, tokenizer(), random.Random(1), share=1.0)
    assert len(other.article.text) == len(TEXT)
    assert [[mask.sum() for mask in role] for role in other.roles] == [[m.sum() for m in r] for r in prepared.roles]


@pytest.mark.filterwarnings("ignore")  # of the exporter, about itself
def test_training_lowers_the_loss_and_the_export_agrees(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="for training only")
    from training.check_parity import TOLERANCE, differences
    from training.export_onnx import export, write_card

    torch.manual_seed(0)
    model, prepared = Tagger(SMALL), prepare(article(), tokenizer())
    (batch,) = batches([prepared], 8, random.Random(0))
    adam, losses = torch.optim.Adam(model.parameters(), lr=1e-2), []
    for _ in range(12):
        loss = loss_of(model, batch, torch.device("cpu"))
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]
    (tmp_path / "tokenizer.json").write_bytes((MODEL / "tokenizer.json").read_bytes())
    with torch.no_grad():
        export(model, tmp_path)
        write_card(tmp_path, "small", model.transition_scores())
    cue, pair = differences(model.eval(), tmp_path, tokenizer())
    assert max(cue, pair) < TOLERANCE
    assert set(json.loads((tmp_path / "model.json").read_text())["sha256"]) == {
        "encoder.onnx", "pairs.onnx", "tokenizer.json"}  # fmt: skip
