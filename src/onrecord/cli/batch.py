"""What `read` and `extract` have in common: many documents, some of which fail."""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
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
    """The run of one command over its inputs. Failures are gathered, and named at the end."""

    inputs: "Sequence[Input]"
    terminal: "Terminal"
    failures: "list[Failed]" = field(default_factory=list)
    counted: bool = False  # whether the summary counts also when all went well
    counts: "Counter[str]" = field(default_factory=Counter)
    _running: "Generator[Done] | None" = None

    def run(self, reading: "Reading", *, workers: int | None) -> "Iterator[Done]":
        """The documents that could be read, in the order of the inputs."""
        self._running = self._run(reading, workers)
        return self._running

    def _run(self, reading: "Reading", workers: int | None) -> "Generator[Done]":
        from onrecord.bulk.local_runner import run
        from onrecord.bulk.outcome import Failed

        with closing(run(self.inputs, workers=workers, reading=reading)) as outcomes, self.terminal.watching():
            for outcome in outcomes:
                if isinstance(outcome, Failed):
                    self.failures.append(outcome)
                else:
                    yield outcome
                self.terminal.advance()

    def __enter__(self) -> "Batch":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Says what failed, also when the run was cut short, but not to one who no longer listens."""
        if self._running is not None:
            self._running.close()
        if kind is not BrokenPipeError:
            self._conclude()

    def _conclude(self) -> None:
        if len(self.inputs) > 1 and (self.counted or self.failures):
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
