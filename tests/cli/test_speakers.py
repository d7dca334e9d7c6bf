"""speakers and explain, over a ledger of invented articles."""

import json
import re
from pathlib import Path

import pytest
from fake_onrecord import Article, Run, Write


@pytest.fixture
def ledger(ask: Run, write: Write, article: Article) -> None:
    ask("read", write("bridge.txt", article(content="“the bridge will open in May”")))
    ask("read", write("ferry.txt", article(content="the ferry had been late").replace("Mara Ostrander", "Oskar Lind")))


@pytest.mark.usefixtures("ledger")
def test_list_merge_undo_and_log(ask: Run) -> None:
    def listed(*arguments: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in ask("speakers", *arguments, "--json").stdout.splitlines()]

    assert [row["name"] for row in listed()] == ["Mara Ostrander", "Oskar Lind"]
    assert [row["name"] for row in listed("ostrander")] == ["Mara Ostrander"]
    assert listed("nobody") == []
    shown = ask("speakers", "show", "Mara Ostrander").stdout
    assert "1 statement · 1 document\n" in shown
    assert ask("speakers", "merge", "Mara Ostrander", "Oskar Lind", "--by", "editor").returncode == 0
    assert len(listed()) == 1
    assert "editor merge" in ask("speakers", "log").stdout
    assert ask("speakers", "undo", "--by", "editor").returncode == 0
    assert len(listed()) == 2
    failed = ask("speakers", "merge", "Mara Ostrander", "Mara Ostrander")
    assert failed.returncode == 1
    assert "nothing to merge" in failed.stderr
    assert ask("speakers", "undo").returncode == 1
    assert len(ask("speakers", "log").stdout.splitlines()) == 2


@pytest.mark.usefixtures("ledger")
def test_a_registry_names_its_broken_rows(ask: Run, tmp_path: Path) -> None:
    registry = tmp_path / "who.csv"
    registry.write_text("name,aliases\nMara Ostrander,Marie O.\n,x\n")
    done = ask("speakers", "load", str(registry))
    assert done.returncode == 1
    assert "line 3: has no name" in done.stderr
    assert "2 names are new" in done.stdout
    (row,) = [json.loads(line) for line in ask("speakers", "marie", "--json").stdout.splitlines()]
    assert row["names"] == ["Mara Ostrander", "Marie O."]
    merged = ask("speakers", "offers")
    assert merged.returncode == 0


@pytest.mark.usefixtures("ledger")
def test_explain_tells_every_field_in_words(ask: Run) -> None:
    (row,) = [json.loads(line) for line in ask("search", "bridge", "--json").stdout.splitlines()]
    told = ask("explain", row["statement_id"]).stdout
    for words in (
        "Who speaks: Mara Ostrander",
        "What is done in saying it:",
        "Yes or no: positive",
        "How firmly: certain",
    ):
        assert words in told
    assert re.search(r"by a rule \(\w+\): ", told)
    assert "Not told in the text: to whom" in told
    data = json.loads(ask("explain", row["statement_id"], "--json").stdout)
    assert {"speakers", "act", "said_at"} <= {proof["field"] for proof in data["evidence"]}
    assert ask("explain", "s0000").returncode == 1


@pytest.mark.usefixtures("ledger")
def test_the_export_has_what_was_resolved(ask: Run) -> None:
    rows = [json.loads(line) for line in ask("export", "--format", "jsonl").stdout.splitlines()]
    assert rows[0]["speaker"] == ["Mara Ostrander"]
    assert {"act", "polarity", "certainty", "chain", "said_at", "said_at_basis", "links"} <= rows[0].keys()
