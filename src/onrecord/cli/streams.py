"""The standard streams, whatever state the caller left them in."""

import os
import sys
from contextlib import suppress
from pathlib import Path


def prepare() -> None:
    """Streams that were closed lead nowhere; one that cannot show a character shows its number instead."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def discard_output() -> None:
    """Standard output has failed: what is still unwritten goes nowhere, else Python would complain at exit."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
