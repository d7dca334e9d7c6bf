"""Finding what the user named, and reading its bytes."""

import io
import os
import sys
from pathlib import Path

import pytest

from onrecord.errors import DocumentFailed
from onrecord.read import find_inputs, load


def labels(*sources: str) -> list[str]:
    return [found.label for found in find_inputs(sources)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.HTML", "c.pdf", "README", ".hidden.txt", "deep/d.md", ".git/e.txt", "deep/f.htm"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"text of {name}")
    return tmp_path


def test_folder_is_searched_in_order(folder: Path) -> None:
    assert [Path(label).relative_to(folder).as_posix() for label in labels(str(folder))] == [
        *("README", "a.HTML", "b.txt", "deep/d.md", "deep/f.htm")
    ]


def test_named_file_is_taken_whatever_its_ending(folder: Path) -> None:
    (found,) = find_inputs([str(folder / "c.pdf")])
    assert (found.name, load(found, largest=99)) == ("c", b"text of c.pdf")


def test_pattern(folder: Path) -> None:
    assert labels(f"{folder}/*.txt") == [str(folder / "b.txt")]
    assert labels(f"{folder}/**/*.md") == [str(folder / "deep/d.md")]


def test_folder_matched_by_a_pattern_is_entered_once(folder: Path) -> None:
    assert labels(f"{folder}/d*") == [str(folder / "deep/d.md"), str(folder / "deep/f.htm")]
    found = labels(f"{folder}/**")
    assert len(found) == len(set(found))


def test_links_lead_to_each_file_once(folder: Path) -> None:
    (folder / "deep/loop").symlink_to("..")
    (folder / "again.txt").symlink_to("b.txt")
    assert labels(f"{folder}/**/README") == [str(folder / "README")]
    assert labels(f"{folder}/**/f.htm", str(folder)).count(str(folder / "deep/f.htm")) == 1
    assert len(labels(str(folder))) == len(labels(f"{folder}/**", f"{folder}/*.txt")) == 5
    assert labels(*[str(folder / "b.txt")] * 2) == [str(folder / "b.txt")] * 2  # as it was asked for


@pytest.mark.parametrize("address", ["https://tolvik.example/a", "HTTP://tolvik.example/a?b=*"])
def test_address_is_named_as_typed(address: str) -> None:
    (found,) = find_inputs([address])
    with pytest.raises(DocumentFailed, match="addresses are not fetched by this version; save the page") as failure:
        load(found, largest=9)
    assert failure.value.name == address


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"piped")))
    (found,) = find_inputs(["-"])
    assert (found.path, found.label, load(found, largest=5)) == (None, "standard input", b"piped")


def test_standard_input_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"piped")))
    (found,) = find_inputs(["-"])
    with pytest.raises(DocumentFailed, match="larger than 4 bytes"):
        load(found, largest=4)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.txt", "no such file"),
        ("b.txt/below", "no such file"),
        ("*.doc", "nothing matches"),
        ("empty.txt", "is empty"),
        ("empty", "no text or HTML file in this folder"),
        ("big.txt", "larger than 50 bytes"),
        ("bad\0name", "cannot be read"),
    ],
)
def test_what_cannot_be_read_fails_alone(folder: Path, name: str, reason: str) -> None:
    (folder / "empty.txt").touch()
    (folder / "empty").mkdir()
    (folder / "big.txt").write_bytes(b"x" * 51)
    bad, good = find_inputs([str(folder / name), str(folder / "b.txt")])
    with pytest.raises(DocumentFailed, match=reason) as failure:
        load(bad, largest=50)
    assert "\n" not in str(failure.value)
    assert load(good, largest=50) == b"text of b.txt"


def test_device_is_refused() -> None:
    (found,) = find_inputs([os.devnull])
    with pytest.raises(DocumentFailed, match="is a device"):
        load(found, largest=9)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    (found,) = find_inputs([str(folder / "b.txt")])
    with pytest.raises(DocumentFailed, match="no permission"):
        load(found, largest=99)


def test_refused_file_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (found,) = find_inputs([str(folder / "b.txt")])
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DocumentFailed, match="no permission"):
        load(found, largest=99)
