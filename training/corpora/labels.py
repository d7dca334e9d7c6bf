"""Labels kept as offsets and hashes, one article a line, without its text."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.corpora.polnear import Article, GoldAttribution, Offsets


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_labelled(labels: Path, texts: Path) -> list[Article]:
    """The labelled articles. Those without a text of their own are read from the folder `texts`.

    Raises ValueError when a text is not the one that was labelled.
    """
    rows = read_rows(labels)
    return [Article(row["doc"], _text(row, texts), [_gold(one) for one in row["statements"]]) for row in rows]


def _text(row: dict[str, Any], texts: Path) -> str:
    if "text" in row:
        return str(row["text"])
    raw = (texts / f"{row['doc']}.txt").read_bytes()
    if hashlib.sha256(raw).hexdigest() != row["sha256"]:
        raise ValueError(f"{row['doc']} is not the text that was labelled")
    return raw.decode("utf-8")


def with_nested(articles: Sequence[Article], labels: Path) -> list[Article]:
    """Articles with the nested attributions of `labels`.

    PolNeAR annotates none, so inside the contents of an article that is not in `labels` every word is doubtful.
    """
    rows = {row["doc"]: [replace(_gold(one), nested=True) for one in row["statements"]] for row in read_rows(labels)}
    return [
        replace(article, attributions=[*article.attributions, *rows[article.name]])
        if article.name in rows
        else replace(article, doubtful=[span for gold in article.attributions for span in gold.content])
        for article in articles
    ]


def _gold(row: dict[str, Any]) -> GoldAttribution:
    source, cue, content = (_offsets(row[role]) for role in ("source", "cue", "content"))
    return GoldAttribution(source, cue, content, nested=row.get("parent") is not None)


def _offsets(spans: Sequence[Sequence[int]]) -> Offsets:
    return sorted((low, high) for low, high in spans)
