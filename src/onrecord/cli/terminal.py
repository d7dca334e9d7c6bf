"""What people see: styled lines on standard output, notes and a progress bar on standard error.

The only import site of rich. Everything that comes here has been made safe.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

Line = Iterable[tuple[str, str]]  # words with their style; see STYLES
STYLES = {
    "": "",
    "title": "bold",
    "dim": "dim",
    "source": "cyan",
    "cue": "bold yellow",
    "content": "green",
    "quotes": "bold green",
    "warning": "yellow",
}
FEW = 2  # documents that need no progress bar


class Terminal:
    """Both streams. `total` documents are to come; more than a few have a progress bar if somebody watches."""

    def __init__(self, *, total: int = 0, bar_beside_output: bool = True) -> None:
        self._errors = Console(stderr=True, highlight=False, markup=False, emoji=False)
        shared = sys.stdout.isatty()
        shown = total > FEW and self._errors.is_terminal and (bar_beside_output or not shared)
        self._bar = _progress(self._errors) if shown else None
        self._task = self._bar.add_task("reading", total=total) if self._bar else None
        # Lines for a terminal that also has the bar go through the bar's console, which keeps them above it.
        self._out = self._errors if shown and shared else Console(highlight=False, markup=False, emoji=False)

    @property
    def coloured(self) -> bool:
        return self._out.color_system is not None

    def print(self, lines: Iterable[Line]) -> None:
        """Lines to standard output; only a terminal gets them folded to its width."""
        for line in lines:
            text = Text.assemble(*((words, STYLES[style]) for words, style in line))
            self._out.print(text, soft_wrap=not self._out.is_terminal)

    def note(self, words: str) -> None:
        """One line to standard error."""
        self._errors.print(Text(words), soft_wrap=True)

    def advance(self) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """The time during which the bar is shown."""
        if self._bar is None:
            yield
            return
        with self._bar:
            yield


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
