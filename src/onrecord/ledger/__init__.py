"""The record on the disk. `Ledger` loads SQLAlchemy only when it is asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.ledger.ledger import Ledger

__all__ = ["Ledger"]


def __getattr__(name: str) -> object:
    if name != "Ledger":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.ledger.ledger import Ledger

    return Ledger
