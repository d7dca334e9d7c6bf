"""What of a page is article. The only place that imports trafilatura."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.errors import DocumentFailed
from onrecord.read.metadata import Guess

NO_ARTICLE = "no article found in this page; save the article as text if there is one"


@dataclass(frozen=True, slots=True)
class Article:
    """The words of the article in blocks, white space and markup lost, and what was found about it."""

    blocks: tuple[str, ...]
    guess: Guess


def extract(page: str, *, name: str, url: str | None) -> Article:
    """Find the article. DocumentFailed when there is none, or when the page breaks the extractor."""
    from trafilatura import bare_extraction

    with _quiet():
        try:
            found: Any = bare_extraction(page, url=url, include_comments=False, with_metadata=True)
        except RecursionError as error:
            raise DocumentFailed(name, "its tags are nested too deeply to be read; save the article as text") from error
        except Exception as error:  # whatever a hostile page makes a parser raise must not stop the batch
            reason = f"the page cannot be parsed ({type(error).__name__}); save the article as text"
            raise DocumentFailed(name, reason) from error
    if found is None or not "".join(found.body.itertext()).strip():
        raise DocumentFailed(name, NO_ARTICLE)
    blocks = tuple(str(text) for text in found.body.itertext())
    return Article(blocks, Guess(found.title, found.author, found.date, found.sitename, found.url))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What the extractor logs about a bad page is said in DocumentFailed instead."""
    logger = logging.getLogger("trafilatura")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
