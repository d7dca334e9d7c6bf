"""Work that needs no weights, for processes that are started anew: they import it by name."""

import os
import signal
import sys
import time
from pathlib import Path

from onrecord.bulk.local_runner import Reading
from onrecord.bulk.outcome import Done
from onrecord.errors import DocumentFailed, ModelFailed
from onrecord.ids import document_id
from onrecord.read import Input
from onrecord.records import Document, OffsetMap, Record


def obey(input: Input, *, reading: Reading, threads: int) -> Done:
    """Does as the name of the input says. The record's tagger is the process that made it."""
    order, _, number = input.name.partition(" ")
    if order == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == "exit":
        sys.exit(7)
    if order == "refuse":
        raise DocumentFailed("other name", "is not wanted")
    if order == "stumble":
        raise KeyError("two\nlines")
    if order == "abort":
        raise ModelFailed("no weights")
    if order == "late":
        time.sleep(0.3)
    if order == "large":
        return _done(input, "x" * 3_000_000, threads)
    if order == "count":
        with (input.path or Path()).open("a") as log:
            log.write("x")
    return _done(input, number, threads)


def _done(input: Input, text: str, threads: int) -> Done:
    document = Document(document_id(None, text), text, "0" * 64, OffsetMap(), input.name, "text/plain", "utf-8")
    return Done(input, text.encode(), Record(document, (), (), (), (), (), True, f"{os.getpid()} {threads}"))
