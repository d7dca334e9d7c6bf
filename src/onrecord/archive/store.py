"""The raw bytes of every document, as they were read, under the name of their SHA-256.

folder/ab/cd/abcd…      one file for each content, never changed
folder/incoming/…       a file that is being written, or what a killed writer left
"""

import contextlib
import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import DocumentFailed, LedgerFailed

SHA256 = re.compile(r"[0-9a-f]{64}")

_FULL = "the disk is full: free some space and run the same command again, what was recorded before is kept"
_FORBIDDEN = "it may not be written: change its permissions or name another ledger"
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOTDIR: "a part of its path is a file: name another ledger",
    errno.EEXIST: "a file stands where a folder is needed: name another ledger",
}


@contextlib.contextmanager
def explained(place: Path) -> Iterator[None]:
    """Turn an OSError about `place` into a LedgerFailed that says what to do."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, f"{error.strerror or error}: check the disk and its permissions")
        raise LedgerFailed(f"{place}: {advice}") from error


class Archive:
    """A folder of raw bytes. Readers need no lock; writers (`put`, `remove`, `sweep`) are kept apart by the ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / "incoming"

    def create(self) -> None:
        """Make the folder. LedgerFailed where that is not allowed."""
        with explained(self.folder):
            self._incoming.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where these bytes are or would be. ValueError when it is no SHA-256."""
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, raw: bytes) -> str:
        """Keep the bytes, on the disk before this returns, and give their SHA-256. LedgerFailed on a full disk."""
        sha256 = hashlib.sha256(raw).hexdigest()
        place = self.path(sha256)
        with explained(self.folder):
            if not _holds(place, len(raw)):
                place.parent.mkdir(parents=True, exist_ok=True)
                self._write(place, raw)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes, verified. DocumentFailed when they are missing or changed."""
        try:
            raw = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise DocumentFailed(sha256, f"not in the archive {self.folder}: read the document again") from None
        except OSError as error:
            raise DocumentFailed(sha256, f"cannot be read from the archive: {error.strerror}") from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise DocumentFailed(sha256, f"damaged in the archive {self.folder}: restore the file from a backup")
        return raw

    def remove(self, sha256: str) -> bool:
        """Erase the bytes. False when they were not there."""
        place = self.path(sha256)
        with explained(self.folder):
            if not place.exists():
                return False
            place.unlink()
            _sync_folder(place.parent)
        return True

    def leftovers(self) -> list[Path]:
        """Files that are being written, or that killed writers left."""
        with explained(self.folder):
            return list(self._incoming.iterdir()) if self._incoming.exists() else []

    def sweep(self) -> None:
        """Erase what killed writers left. Only while nobody else writes."""
        with explained(self.folder):
            for leftover in self.leftovers():
                leftover.unlink(missing_ok=True)

    def _write(self, place: Path, raw: bytes) -> None:
        self._incoming.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._incoming)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(raw)
                stream.flush()
                os.fsync(descriptor)
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)


def _holds(place: Path, size: int) -> bool:
    """Whether the file is there and whole: a file cut short by a failing disk is written again."""
    try:
        return place.stat().st_size == size
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make a rename or removal in the folder last through a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
