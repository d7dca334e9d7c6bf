"""What the user named: files, folders, patterns and standard input."""

import glob
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import DocumentFailed

STANDARD_INPUT = "-"
ENDINGS = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ""})  # those taken from a folder

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read. `path` is None for standard input; `label` is what the user sees."""

    name: str
    path: Path | None
    label: str


def find_inputs(sources: Sequence[str]) -> Iterator[Input]:
    """The inputs that `sources` name, in that order, folders and patterns sorted.

    What a folder or pattern leads to again, by a link or otherwise, comes once. A source that names nothing still
    yields an input: its `load` fails and says why.
    """
    seen: set[str] = set()
    for source in sources:
        for found in _find(source):
            place = os.path.realpath(found.path) if found.path and found.path.exists() else found.label
            if place not in seen or found.label == source:
                seen.add(place)
                yield found


def _find(source: str) -> Iterator[Input]:
    path = Path(source)
    if _ADDRESS.match(source):
        yield Input(name=source, path=path, label=source)
    elif source == STANDARD_INPUT:
        yield Input(name="stdin", path=None, label="standard input")
    elif path.is_dir():
        yield from _folder(path)
    elif glob.has_magic(source) and not path.exists():
        yield from _pattern(source)
    else:
        yield _file(path)


def _file(path: Path) -> Input:
    return Input(name=path.stem or str(path), path=path, label=str(path))


def _folder(folder: Path) -> Iterator[Input]:
    """Readable kinds of files below `folder`, hidden ones skipped; the folder itself when it has none."""
    empty = True
    refused: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS:
                empty = False
                yield _file(Path(here) / name)
    yield from (_file(Path(error.filename)) for error in refused)
    if empty and not refused:
        yield _file(folder)


def _pattern(pattern: str) -> Iterator[Input]:
    """What matches; a matched folder is entered. The pattern itself when nothing does."""
    matches = _shortest(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    folders = {Path(match) for match in matches if Path(match).is_dir()}
    if not matches:
        yield _file(Path(pattern))
    for match in map(Path, matches):
        inside = any(parent in folders for parent in match.parents)  # comes with its folder
        if not inside:
            yield from _folder(match) if match in folders else [_file(match)]


def _shortest(matches: list[str]) -> list[str]:
    """In order, each place once: a link to a folder above makes many paths to the same files."""
    paths: dict[str, str] = {}
    for match in sorted(matches, key=lambda match: (match.count(os.sep), match)):
        paths.setdefault(os.path.realpath(match), match)
    return sorted(paths.values())


def load(source: Input, *, largest: int) -> bytes:
    """The raw bytes, at most `largest`. DocumentFailed says what is wrong and what to do."""
    raw = _read_standard_input(largest) if source.path is None else _read_file(source.path, source.label, largest)
    if len(raw) > largest:
        raise _too_large(source.label, largest)
    if not raw:
        raise DocumentFailed(source.label, "is empty; check that it was saved or fetched completely")
    return raw


def _too_large(label: str, largest: int) -> DocumentFailed:
    return DocumentFailed(
        label, f"is larger than {largest:,} bytes; more than one article has; split it into its articles"
    )


def _read_standard_input(largest: int) -> bytes:
    return sys.stdin.buffer.read(largest + 1)


def _read_file(path: Path, label: str, largest: int) -> bytes:
    try:
        status = path.stat()
        if _refusal(status.st_mode):
            raise DocumentFailed(label, _refusal(status.st_mode))
        if status.st_size > largest:
            raise _too_large(label, largest)
        with path.open("rb") as file:
            return file.read(largest + 1)
    except (OSError, ValueError) as error:
        raise DocumentFailed(label, _explain(error, label)) from error


def _refusal(mode: int) -> str:
    """Why a file of this kind is not read; empty when it is."""
    if stat.S_ISDIR(mode):
        return "no text or HTML file in this folder; name a folder with .txt or .html files"
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        return "is a device and not a file; name a file or use - for standard input"
    return ""


def _explain(error: Exception, label: str) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError) and _ADDRESS.match(label):
        return "addresses are not fetched by this version; save the page and name the file"
    if isinstance(error, FileNotFoundError) and glob.has_magic(label):
        return "nothing matches this pattern; check the spelling and the folder"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "no such file; check the spelling and the folder"
    if isinstance(error, PermissionError):
        return "no permission to read it; change its permissions or run as a user who may"
    return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the path and the disk"
