"""Through whom each statement came: the hops between its speaker and the reader, and whom it was said to."""

from collections.abc import Sequence

from onrecord.records import Addressee, Decided, Hop, HopRelation
from onrecord.resolve.page import Page
from onrecord.resolve.speakers import Speakers


def find_chains(page: Page, speakers: Sequence[Speakers]) -> list[Decided[tuple[Hop, ...]]]:
    """The hops of each attribution, the one nearest to the speaker first, the publisher last.

    `speakers`: those of each attribution. The speakers of its parents are hops of a nested one.
    """
    return [Decided((Hop(page.document.publisher, HopRelation.PUBLISHED),)) for _ in speakers]


def find_addressees(page: Page, speakers: Sequence[Speakers]) -> list[Decided[Addressee | None]]:
    """Whom each attribution was said to."""
    return [Decided(None) for _ in speakers]
