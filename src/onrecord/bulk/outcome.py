"""What became of one document, and how an attempt at it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.errors import DocumentFailed, RunAborted
from onrecord.read import Input
from onrecord.records import Record


@dataclass(frozen=True, slots=True)
class Done:
    """`record` was made from the bytes `raw`."""

    input: Input
    raw: bytes
    record: Record


@dataclass(frozen=True, slots=True)
class Failed:
    """There is no record, and `reason` says why in one line. `name` is what the user calls the document."""

    name: str
    reason: str


Work = Callable[[Input], Done]  # picklable; may raise anything


def attempt(work: Work, input: Input) -> Done | Failed:
    """`work(input)`. Any error is the failure of this document, except one that ends the run: RunAborted."""
    try:
        return work(input)
    except DocumentFailed as error:
        return Failed(input.label, error.reason)
    except RunAborted:
        raise
    except Exception as error:
        return Failed(
            input.label, f"{type(error).__name__}: {one_line(str(error))}; please report it with the document"
        )


def one_line(text: str) -> str:
    return " ".join(text.split()) or "no message"
