"""show, search, list, export and forget, over a ledger of three invented articles."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from fake_onrecord import Article, Run, Write

PAGE = "https://tolvik.example/2024/05/17/bridge"


@pytest.fixture
def ledger(ask: Run, write: Write, article: Article) -> None:
    ask("read", write("bridge.txt", article(content="“the bridge will open in May”")), "--url", PAGE)
    ask("read", write("ferry.txt", article(content="the ferry had been late")))
    ask("read", write("tax.txt", article(content="=1+1 was the whole of the tax bill")))


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.usefixtures("ledger")
def test_search_by_words_kind_and_speaker(ask: Run) -> None:
    def found(*arguments: str) -> list[object]:
        done = ask("search", "--json", *arguments)
        assert done.returncode == 0
        return [row["content"] for row in rows(done.stdout)]

    assert found("ferry") == ["the ferry had been late"]
    assert found("ferry", "bridge") == []
    assert found("--kind", "direct") == ["“the bridge will open in May”"]
    assert len(found("--speaker", "Ostrander")) == 3
    assert found("--speaker", "Nobody") == []
    assert len(found("--limit", "2")) == 2
    assert found("--outlet", "tolvik.example") == ["“the bridge will open in May”"]
    assert found("--since", "2024-05", "--until", "2024") == ["“the bridge will open in May”"]
    assert found("--until", "2024-05-16") == []


@pytest.mark.usefixtures("ledger")
def test_search_for_people(ask: Run) -> None:
    done = ask("search", "ferry")
    assert "the ferry had been late" in done.stdout
    assert "\x1b" not in done.stdout
    assert "nothing found" in ask("search", "zeppelin").stderr


@pytest.mark.parametrize("day", ["2024-13", "2024-02-30", "yesterday", "24"])
def test_a_day_that_is_none_is_a_usage_error(ask: Run, day: str) -> None:
    done = ask("search", "--since", day)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("ledger")
def test_show_a_statement_with_its_passage_and_evidence(ask: Run) -> None:
    [row] = rows(ask("search", "bridge", "--json").stdout)
    shown = ask("show", str(row["statement_id"])[:10]).stdout
    assert "[Mara Ostrander] <said> {“the bridge will open in May”}. Nobody in the room" in shown
    assert re.search(r"cue +model:obedient-1 0.90 said", shown)
    [data] = rows(ask("show", str(row["statement_id"]), "--json").stdout)
    assert data["statement_id"] == row["statement_id"]
    assert str(data["passage"]).startswith("Mara Ostrander said “the")
    assert {proof["field"] for proof in data["evidence"]} >= {"cue", "source", "content", "kind"}  # type: ignore[attr-defined]


@pytest.mark.usefixtures("ledger")
def test_show_a_document_by_address(ask: Run) -> None:
    assert "the bridge will open in May" in ask("show", PAGE).stdout
    assert "for two hours on Monday evening" in ask("show", PAGE, "--text").stdout
    [data] = rows(ask("show", PAGE, "--json", "--text").stdout)
    assert (data["url"], len(data["attributions"])) == (PAGE, 1)  # type: ignore[arg-type]


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("key", ["s0000000", "d0000000", "https://tolvik.example/none", ""])
def test_what_is_not_there_is_one_line(ask: Run, key: str) -> None:
    done = ask("show", key)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.usefixtures("ledger")
def test_list(ask: Run) -> None:
    assert [row["name"] for row in rows(ask("list", "--json").stdout)] == ["tax", "ferry", "bridge"]
    assert ask("list").stdout.count("1 statement") == 3
    assert len(rows(ask("list", "--json", "--limit", "1").stdout)) == 1


def test_without_a_ledger_it_says_how_to_make_one(ask: Run) -> None:
    for command in (["list"], ["search", "x"], ["show", "dabcdef"], ["export"]):
        done = ask(*command)
        assert done.returncode == 3
        assert done.stderr.count("\n") == 1
        assert "onrecord read" in done.stderr


@pytest.mark.usefixtures("ledger")
def test_export_in_all_formats_says_the_same(ask: Run, tmp_path: Path) -> None:
    lines = rows(ask("export", "--format", "jsonl").stdout)
    table = list(csv.DictReader(io.StringIO(ask("export").stdout, newline="")))
    done = ask("export", "--output", "all.xlsx")
    assert (done.returncode, done.stderr) == (0, "onrecord: 3 statements written to all.xlsx\n")
    names, *cells = openpyxl.load_workbook(tmp_path / "all.xlsx").active.iter_rows(values_only=True)
    assert list(names) == list(table[0]) == list(lines[0])
    assert [row["statement_id"] for row in lines] == [row["statement_id"] for row in table] == [row[0] for row in cells]
    assert [row["content"] for row in lines][2] == "=1+1 was the whole of the tax bill"
    assert cells[2][8] == "=1+1 was the whole of the tax bill"
    assert table[2]["content"] == "'=1+1 was the whole of the tax bill"


@pytest.mark.usefixtures("ledger")
def test_export_is_written_whole_or_not_at_all(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "kept.csv").write_text("as it was")
    for ledger in ("nowhere.db", "kept.csv"):
        assert ask("export", "--output", "kept.csv", "--ledger", ledger).returncode == 3
        assert (tmp_path / "kept.csv").read_text() == "as it was"
    done = ask("export", "--output", "no/such/folder/x.csv")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert ask("export", "--output", "kept.csv").returncode == 0
    assert (tmp_path / "kept.csv").read_text(encoding="utf-8").count("Mara Ostrander") == 6  # as source and as speaker
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.usefixtures("ledger")
def test_a_workbook_needs_a_file(ask: Run) -> None:
    done = ask("export", "--format", "xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--output" in done.stderr


@pytest.mark.usefixtures("ledger")
def test_export_refuses_an_ending_it_does_not_know(ask: Run, tmp_path: Path) -> None:
    done = ask("export", "--output", "all.pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert ".pdf" in done.stderr
    assert not (tmp_path / "all.pdf").exists()
    for command in (["--output", "all.pdf", "--format", "csv"], ["--output", "all"]):
        assert ask("export", *command).returncode == 0
    assert (tmp_path / "all.pdf").read_bytes() == (tmp_path / "all").read_bytes()


@pytest.mark.usefixtures("ledger")
def test_forget_takes_whole_ids_only(ask: Run) -> None:
    whole = rows(ask("list", "--json").stdout)[0]["id"]
    for yes in ([], ["--yes"]):
        done = ask("forget", whole[:12], *yes, input="y\n")
        assert (done.returncode, done.stdout) == (1, "")
        assert "whole id" in done.stderr
    assert ask("show", whole).returncode == 0
    assert ask("forget", whole, "--yes").returncode == 0


@pytest.mark.usefixtures("ledger")
def test_forget_asks_and_erases(ask: Run, tmp_path: Path) -> None:
    refused = ask("forget", PAGE, input="n\n")
    assert refused.returncode == 1
    assert "cannot be undone" in refused.stderr
    assert ask("show", PAGE).returncode == 0
    done = ask("forget", PAGE, input="y\n")
    assert done.returncode == 0
    assert PAGE in done.stdout
    assert ask("show", PAGE).returncode == 1
    again = ask("read", "bridge.txt", "--url", PAGE)
    assert again.returncode == 1
    assert ask("read", "bridge.txt", "--url", PAGE, "--again").returncode == 0
    assert ask("forget", PAGE, "--yes", "--reason", "asked by letter").returncode == 0
    assert ask("forget", "https://tolvik.example/none", "--yes").returncode == 1
