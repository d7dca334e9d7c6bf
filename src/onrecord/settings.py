"""What a user can set, read once and passed in."""

import os
from dataclasses import dataclass, field
from pathlib import Path

THRESHOLD = (
    0.3  # lowest score of an attribution that is kept: highest all overlap on PolNeAR dev, and the most nested ones
)
LEDGER_VARIABLE = "ONRECORD_LEDGER"


def default_ledger() -> Path:
    """`$ONRECORD_LEDGER`, or `onrecord/ledger.db` in the user's data directory."""
    named = os.environ.get(LEDGER_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("onrecord") / "ledger.db"


def usable_cores() -> int:
    """The cores that this process may use, which a container can make fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    ledger: Path = field(default_factory=default_ledger)
    workers: int = field(default_factory=usable_cores)
    threshold: float = THRESHOLD
    largest: int = 20_000_000  # bytes of one document; more is no article and is refused
