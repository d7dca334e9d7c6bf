"""What a user can set, read once and passed in."""

import os
from dataclasses import dataclass, field
from pathlib import Path

LEDGER_VARIABLE = "ONRECORD_LEDGER"


def default_ledger() -> Path:
    """`$ONRECORD_LEDGER`, or `onrecord/ledger.db` in the user's data directory."""
    named = os.environ.get(LEDGER_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("onrecord") / "ledger.db"


@dataclass(frozen=True, slots=True)
class Settings:
    ledger: Path = field(default_factory=default_ledger)
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    threshold: float = 0.5  # score from which an attribution is kept
    largest: int = 100_000_000  # bytes of one document; more is refused
