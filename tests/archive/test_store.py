import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.store import Archive
from onrecord.errors import DocumentFailed, LedgerFailed

PAGE = b"<p>The ferry to Lind Island is late again.</p>"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "raw")
    archive.create()
    return archive


def files(archive: Archive) -> list[Path]:
    return [path for path in archive.folder.rglob("*") if path.is_file()]


def test_bytes_stand_under_their_hash_in_two_levels(archive: Archive) -> None:
    sha256 = archive.put(PAGE)
    assert sha256 == hashlib.sha256(PAGE).hexdigest()
    assert files(archive) == [archive.folder / sha256[:2] / sha256[2:4] / sha256]
    assert archive.get(sha256) == PAGE


def test_the_same_bytes_are_written_once(archive: Archive) -> None:
    place = archive.path(archive.put(PAGE))
    before = place.stat()
    archive.put(PAGE)
    after = place.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_changed_bytes_are_noticed(archive: Archive) -> None:
    sha256 = archive.put(PAGE)
    archive.path(sha256).write_bytes(PAGE.replace(b"late", b"here"))
    with pytest.raises(DocumentFailed, match="damaged"):
        archive.get(sha256)


def test_a_file_cut_short_is_written_again(archive: Archive) -> None:
    sha256 = archive.put(PAGE)
    archive.path(sha256).write_bytes(b"")
    archive.put(PAGE)
    assert archive.get(sha256) == PAGE


def test_missing_bytes(archive: Archive) -> None:
    with pytest.raises(DocumentFailed, match="read the document again"):
        archive.get("0" * 64)


@pytest.mark.parametrize("name", ["", "..", "../" * 21 + "x", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_is_a_name(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        archive.get(name)


def test_removed_bytes_are_gone(archive: Archive) -> None:
    sha256 = archive.put(PAGE)
    assert archive.remove(sha256)
    assert not archive.remove(sha256)
    assert files(archive) == []


def test_leftovers_are_swept_and_finished_files_stay(archive: Archive) -> None:
    sha256 = archive.put(PAGE)
    (archive.folder / "incoming" / "tmpkilled").write_bytes(PAGE[:7])
    archive.sweep()
    assert archive.leftovers() == []
    assert archive.get(sha256) == PAGE


@pytest.mark.parametrize(
    ("code", "advice"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "may not be written"), (errno.EIO, "check the disk")],
)
def test_a_failing_disk_leaves_nothing_behind(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, code: int, advice: str
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(LedgerFailed, match=advice) as caught:
        archive.put(PAGE)
    assert "\n" not in str(caught.value)
    assert files(archive) == []


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file")
    with pytest.raises(LedgerFailed, match="name another ledger"):
        Archive(tmp_path / "raw").create()


@given(raw=st.binary(max_size=2000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    archive = Archive(tmp_path_factory.getbasetemp() / "any")
    assert archive.get(archive.put(raw)) == raw
