"""Processes that read and extract, one document in hand each: one that dies takes only that document with it.

`concurrent.futures` fails everything that is pending when a process dies and does not say which document killed
it; so here each process has its own pipe.
"""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from onrecord.bulk.outcome import Done, Failed, Work, attempt
from onrecord.errors import RunAborted
from onrecord.read import Input

AHEAD = 4  # documents begun and not yet handed over, for each process: what keeps the memory flat
FALSE_STARTS = 3  # deaths in a row before a first document, after which no process is expected to live
LAST_WORDS = 5.0  # seconds a process has to end
SPAWN = get_context("spawn")

Task = tuple[int, Input]


class Member:
    """One process, its pipe, and the document in its hands with its number."""

    def __init__(self, work: Work) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=serve, args=(theirs, work), daemon=True)
        with _interrupts_ignored():
            self._process.start()
        theirs.close()
        self.ready = False
        self.held: Task | None = None

    def give(self, task: Task) -> None:
        self.held = task
        with suppress(OSError):  # a dead process is found out when its answer is awaited
            self.pipe.send(task[1])

    def alive(self) -> bool:
        return self._process.is_alive()

    def end(self, *, patience: float = 0.1) -> int:
        """Ends the process, after waiting `patience` seconds for it to do so by itself, as an idle one does.

        Returns its exit code, which is negative for the signal that ended it.
        """
        self.pipe.close()
        self._process.join(patience)
        for stop in (self._process.terminate, self._process.kill):
            if self._process.is_alive():
                stop()
                self._process.join(LAST_WORDS)
        return self._process.exitcode or 0


class Pool:
    """`size` processes at `work`. Leaving the context ends them, whatever they are doing."""

    def __init__(self, work: Work, *, size: int) -> None:
        self._work = work
        self._members = [Member(work) for _ in range(size)]
        self._finished: dict[int, Done | Failed] = {}
        self._false_starts = 0

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        for member in self._members:
            member.end()

    def outcomes(self, inputs: Iterable[Input]) -> Iterator[Done | Failed]:
        """One outcome for each input, in their order. Raises RunAborted."""
        tasks, due, more = enumerate(inputs), 0, True
        while more or self._busy():
            more = more and self._hand_out(tasks)
            self._collect()
            while due in self._finished:
                yield self._finished.pop(due)
                due += 1

    def _busy(self) -> list[Member]:
        return [member for member in self._members if member.held]

    def _hand_out(self, tasks: Iterator[Task]) -> bool:
        """Gives documents to the idle processes, as far ahead as is allowed. False when there are no more."""
        for member in self._members:
            while member.held is None and len(self._finished) + len(self._busy()) < AHEAD * len(self._members):
                task = next(tasks, None)
                if task is None:
                    return False
                if task[1].path is None:  # standard input belongs to this process
                    self._finished[task[0]] = attempt(self._work, task[1])
                elif member.alive():
                    member.give(task)
                else:
                    self._succeed(member).give(task)
                    break
        return True

    def _collect(self) -> None:
        """Waits until some processes answer and takes what they say."""
        busy = self._busy()
        answered = wait([member.pipe for member in busy]) if busy else []
        for member in busy:
            if member.pipe in answered:
                self._take(member)

    def _take(self, member: Member) -> None:
        task = member.held
        assert task is not None
        try:
            answer = member.pipe.recv()
        except (EOFError, OSError):
            self._bury(member, task)
            return
        if isinstance(answer, RunAborted):
            raise answer
        if answer is None:
            member.ready, self._false_starts = True, 0
        else:
            self._finished[task[0]], member.held = answer, None

    def _bury(self, member: Member, task: Task) -> None:
        """A process died. If it had been ready it died of its document; else its successor gets the document."""
        cause, successor = _cause(member.end(patience=LAST_WORDS)), self._succeed(member)
        if member.ready:
            self._finished[task[0]] = Failed(task[1].label, f"the process that read it died ({cause})")
            return
        self._false_starts += 1
        if self._false_starts >= FALSE_STARTS:
            raise RunAborted(f"no process can be started for reading ({cause}); try with --workers 1")
        successor.give(task)

    def _succeed(self, member: Member) -> Member:
        successor = Member(self._work)
        self._members[self._members.index(member)] = successor
        member.end()
        return successor


def serve(pipe: "Connection[Any, Any]", work: Work) -> None:
    """The life of a process of the pool: inputs come in, outcomes go out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which then ends this one
    with suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            given = pipe.recv()
            try:
                answer: Done | Failed | RunAborted = attempt(work, given)
            except RunAborted as error:
                answer = error
            pipe.send(answer)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """What starts in here ignores Ctrl-C from birth, before it could say so itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _cause(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name
    return f"{name}: perhaps out of memory" if name == "SIGKILL" else name
