"""What each speaker does in saying it."""

from collections.abc import Sequence

from onrecord.records import Act, Decided
from onrecord.resolve.page import Page
from onrecord.resolve.speakers import Speakers


def find_acts(page: Page, speakers: Sequence[Speakers]) -> list[Decided[Act]]:
    """The act of each attribution."""
    return [Decided(Act.STATE) for _ in speakers]
