"""What `read` and `extract` have in common: many documents, some of which fail."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from onrecord.cli.safe import safe

if TYPE_CHECKING:
    from onrecord.bulk.local_runner import Reading
    from onrecord.bulk.outcome import Done, Failed
    from onrecord.cli.terminal import Terminal
    from onrecord.read import Input


@dataclass
class Batch:
    """The run of one command over its inputs. Failures are gathered, and named by `conclude`."""

    inputs: "Sequence[Input]"
    terminal: "Terminal"
    failures: "list[Failed]" = field(default_factory=list)
    counts: "Counter[str]" = field(default_factory=Counter)

    def run(self, reading: "Reading", *, workers: int | None) -> "Iterator[Done]":
        """The documents that could be read, in the order of the inputs."""
        from onrecord.bulk.local_runner import run
        from onrecord.bulk.outcome import Failed

        with closing(run(self.inputs, workers=workers, reading=reading)) as outcomes, self.terminal.watching():
            for outcome in outcomes:
                if isinstance(outcome, Failed):
                    self.failures.append(outcome)
                else:
                    yield outcome
                self.terminal.advance()

    def conclude(self) -> None:
        """The summary: what came of several documents, and each that failed. Also when the run was cut short."""
        if len(self.inputs) > 1:
            parts = [f"{number} {what}" for what, number in sorted(self.counts.items())]
            parts += [f"{len(self.failures)} failed"] if self.failures else []
            self.terminal.note(f"onrecord: {len(self.inputs)} documents: {', '.join(parts) or 'none read'}")
        for failure in self.failures:
            self.terminal.note(f"onrecord: {safe(failure.name)}: {safe(failure.reason)}")

    def exit(self) -> None:
        """Ends the command with 1 when a document failed."""
        if self.failures:
            raise typer.Exit(1)


def find(sources: Sequence[str], *, name: str | None, url: str | None) -> "list[Input]":
    """All inputs. A name or an address is for one document only."""
    from onrecord.read import find_inputs

    inputs = list(find_inputs(sources))
    if len(inputs) > 1 and (name or url):
        raise typer.BadParameter(f"--name and --url are for one document, and there are {len(inputs)}")
    return inputs


def language_note(done: "Done", *, archived: bool) -> str | None:
    """That a document is not in a language that is extracted, if so."""
    if done.record.extracted:
        return None
    kept = "archived, not extracted" if archived else "not extracted"
    return f"onrecord: {safe(done.input.label)}: language is {safe(done.record.document.language or 'unknown')}: {kept}"
