"""All errors that onrecord raises on purpose.

    OnrecordError
    ├── DocumentFailed      one document cannot be read: it is named in the summary and the batch goes on
    └── RunAborted          nothing further can be done: the run stops
        ├── LedgerFailed    the ledger cannot be opened, read or written
        └── ModelFailed     the weights are missing or damaged

A message is one line and says what to do next.
"""


class OnrecordError(Exception):
    """Base of all errors of onrecord."""


class DocumentFailed(OnrecordError):
    """One document cannot be read. `name` says which, `reason` why and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


class RunAborted(OnrecordError):
    """The run cannot go on."""


class LedgerFailed(RunAborted):
    """The ledger cannot be opened, read or written."""


class ModelFailed(RunAborted):
    """The weights are missing or damaged."""
