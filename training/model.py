"""The tagger in PyTorch: a BERT encoder with word features, a cue head, and a scorer of (cue, word) pairs."""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.tag.decode import CUE_LABELS, FORBIDDEN, ROLE_LABELS, allowed
from onrecord.tag.words import FEATURES

DISTANCES = 25  # log-bucketed signed distance from cue to word, see distance_bucket


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    pair: int = 256


class Layer(nn.Module):
    """One encoder layer of BERT, post-norm."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (batch, pieces, width), mask (batch, 1, 1, pieces) added to the attention scores."""
        batch, pieces, width = x.shape
        split = self.qkv(x).reshape(batch, pieces, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, pieces, width)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces in, a vector and cue scores for each word out."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.features = nn.Embedding(FEATURES + 1, shape.width, padding_idx=FEATURES)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)
        self.cue = nn.Linear(shape.width, len(CUE_LABELS))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """pieces, features, mask (batch, pieces), words (batch, words): index of each word's first piece.

        Returns word vectors (batch, words, width) and cue scores (batch, words, 3).
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(places) + self.features(features)
        x = self.dropout(self.norm(x))
        bias = ((1.0 - mask.to(x.dtype)) * FORBIDDEN)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        vectors = x.gather(1, words[:, :, None].expand(-1, -1, x.shape[2]))
        return vectors, self.cue(vectors)


def distance_bucket(distance: Tensor) -> Tensor:
    """Bucket 0 … 24 of a signed distance in words: exact up to 4, then by powers of the square root of 2."""
    size = distance.abs().clamp(min=1).float()
    far = 4 + torch.floor(2 * torch.log2(size / 4)).clamp(min=0, max=8).long()
    near = distance.abs()
    bucket = torch.where(near <= 4, near, far)
    return torch.where(distance < 0, 12 - bucket, 12 + bucket).clamp(0, DISTANCES - 1)


class Pairs(nn.Module):
    """For each cue and each word of its window, a score for each role label."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        labels = len(ROLE_LABELS)
        self.word = nn.Linear(shape.width, shape.pair)
        self.cue = nn.Linear(shape.width, shape.pair, bias=False)
        self.distance = nn.Embedding(DISTANCES, shape.pair)
        self.out = nn.Linear(shape.pair, labels)
        self.bilinear = nn.Linear(shape.width, labels * shape.width)
        self.dropout = nn.Dropout(dropout)
        self.labels = labels

    def forward(self, vectors: Tensor, cues: Tensor, rows: Tensor) -> Tensor:
        """vectors (batch, words, width), cues (cues, 2): first word and end, rows (cues): the window of each.

        Returns (cues, words, 5).
        """
        places = torch.arange(vectors.shape[1], device=vectors.device)[None]
        inside = ((places >= cues[:, :1]) & (places < cues[:, 1:])).to(vectors.dtype)
        own = vectors[rows]
        cue = (inside[:, None, :] @ own).squeeze(1) / inside.sum(1, keepdim=True)
        before = (places - cues[:, :1]).clamp(max=0)
        after = (places - cues[:, 1:] + 1).clamp(min=0)
        near = self.distance(distance_bucket(before + after))
        hidden = functional.gelu(self.word(vectors)[rows] + self.cue(cue)[:, None] + near)
        scores = self.out(self.dropout(hidden))
        weights = self.bilinear(cue).reshape(-1, self.labels, vectors.shape[2])
        return scores + own @ weights.transpose(1, 2) / vectors.shape[2] ** 0.5


class Tagger(nn.Module):
    def __init__(self, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape or Shape()
        self.encoder = Encoder(self.shape, dropout)
        self.pairs = Pairs(self.shape, dropout)
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_LABELS) + 1, len(ROLE_LABELS)))
        self.register_buffer("forbidden", torch.tensor(~allowed(ROLE_LABELS)), persistent=False)
        for module in (self.encoder.features, self.pairs.distance):
            nn.init.normal_(module.weight, std=0.02)
        nn.init.normal_(self.pairs.bilinear.weight, std=0.01)
        nn.init.zeros_(self.pairs.bilinear.bias)

    def transition_scores(self) -> Tensor:
        """(labels + 1, labels), with FORBIDDEN where a label may not follow."""
        return self.transitions.masked_fill(self.forbidden, FORBIDDEN)

    def path_loss(self, scores: Tensor, gold: Tensor, lengths: Tensor) -> Tensor:
        """Negative log-likelihood of each gold path under the linear-chain CRF.

        scores (cues, words, labels), gold (cues, words), lengths (cues). Returns (cues).
        """
        scores = scores.float()
        table = self.transition_scores()
        places = torch.arange(gold.shape[1], device=gold.device)[None]
        inside = places < lengths[:, None]
        emitted = scores.gather(2, gold[:, :, None]).squeeze(2)
        before = torch.cat([torch.full_like(gold[:, :1], table.shape[0] - 1), gold[:, :-1]], dim=1)
        path = ((emitted + table[before, gold]) * inside).sum(1)
        total = scores[:, 0] + table[-1]
        step = table[:-1][None]
        for place in range(1, scores.shape[1]):
            grown = torch.logsumexp(total[:, :, None] + step, dim=1) + scores[:, place]
            total = torch.where(inside[:, place : place + 1], grown, total)
        return torch.logsumexp(total, dim=1) - path


def load_minilm(model: Tagger, weights: Path) -> None:
    """Fill the encoder from all-MiniLM-L6-v2's `model.safetensors`. Features and heads stay fresh."""
    found = load_file(weights)
    encoder = model.encoder
    renamed = {
        "pieces.weight": found["embeddings.word_embeddings.weight"],
        "positions.weight": found["embeddings.position_embeddings.weight"],
        "norm.weight": found["embeddings.LayerNorm.weight"],
        "norm.bias": found["embeddings.LayerNorm.bias"],
    }
    # every piece has token type 0, so its vector can be a part of the position's
    renamed["positions.weight"] = renamed["positions.weight"] + found["embeddings.token_type_embeddings.weight"][0]
    for number in range(model.shape.layers):
        old, new = f"encoder.layer.{number}.", f"layers.{number}."
        for part in ("weight", "bias"):
            sides = [found[f"{old}attention.self.{side}.{part}"] for side in ("query", "key", "value")]
            renamed[f"{new}qkv.{part}"] = torch.cat(sides)
            for ours, theirs in (
                ("out", "attention.output.dense"),
                ("attention_norm", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm", "output.LayerNorm"),
            ):
                renamed[f"{new}{ours}.{part}"] = found[f"{old}{theirs}.{part}"]
    missing = encoder.load_state_dict(renamed, strict=False)
    if missing.unexpected_keys or any(not key.startswith(("features", "cue")) for key in missing.missing_keys):
        raise ValueError(f"{weights} is not all-MiniLM-L6-v2: {missing}")
