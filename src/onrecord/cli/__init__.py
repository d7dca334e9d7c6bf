"""The command line. `main` is the entry; nothing heavy is imported before a command needs it."""

import os
import sys


def main() -> None:
    """Runs the command line of this process and exits: 0, 1 a document failed, 2 usage, 3 the run was aborted."""
    from onrecord.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a character is no error
    try:
        app()
    finally:
        _flush()


def _flush() -> None:
    """What is still unwritten goes out, or nowhere when the reader has left: Python would complain at exit."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
