import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fake_onrecord import Article, Environment, Run, Write

SHARED = Path(__file__).parents[3] / "shared"
CONTRACT = {"doc", "text_sha256", "attributions", "captions", "references", "insertions", "omissions"}


def test_prints_the_contract(ask: Run, write: Write, article: Article) -> None:
    text = article()
    done = ask("extract", write("bridge.txt", text), "--text")
    assert (done.returncode, done.stderr) == (0, "")
    [found] = map(json.loads, done.stdout.splitlines())
    assert found.keys() >= CONTRACT
    assert found["doc"] == "bridge"
    assert found["text"] == text
    assert found["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    [attribution] = found["attributions"]
    assert {role: [text[a:b] for a, b in attribution[role]] for role in ("source", "cue", "content", "quotes")} == {
        "source": ["Mara Ostrander"],
        "cue": ["said"],
        "content": ["“the bridge will open in May”"],
        "quotes": ["the bridge will open in May"],
    }
    assert (attribution["kind"], attribution["parent"]) == ("direct", None)


def test_touches_no_ledger(ask: Run, write: Write, article: Article, tmp_path: Path) -> None:
    ask("extract", write("bridge.txt", article()))
    assert not (tmp_path / "ledger.db").exists()


def test_the_scorer_reads_it(ask: Run, write: Write, article: Article, tmp_path: Path) -> None:
    scorer = SHARED / "score" / "score_attribution.py"
    if not scorer.exists():
        pytest.skip("the scorer lies in ../shared, which is not there")
    text = article()
    gold = tmp_path / "gold"
    for folder in ("text", "attributions"):
        (gold / folder).mkdir(parents=True)
    (gold / "text" / "bridge.txt").write_text(text, encoding="utf-8")
    start = text.index("Mara")
    content = text.index("“the"), text.index("May”") + 4
    lines = [
        f"T1\tSource {start} {start + 14}\tMara Ostrander",
        f"T2\tCue {start + 15} {start + 19}\tsaid",
        f"T3\tContent {content[0]} {content[1]}\t{text[slice(*content)]}",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
    ]
    (gold / "attributions" / "bridge_a.ann").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "found.jsonl").write_text(ask("extract", str(gold / "text")).stdout, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("score_attribution", scorer)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result = module.summarise(module.score(str(gold), str(tmp_path / "found.jsonl")))
    assert result["metrics"]["all_exact"]["f1"] == 1


def test_many_come_out_in_the_order_of_the_inputs(onrecord: Run, write: Write, article: Article) -> None:
    names = [f"a{number:02}" for number in range(12)]
    files = [write(f"{name}.txt", article(name, "no" if int(name[1:]) % 3 else "TAKE YOUR TIME")) for name in names]
    done = onrecord("extract", *files, "--workers", "3")
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == names
    assert done.returncode == 0


def test_standard_input_alone_and_among_files(onrecord: Run, write: Write, article: Article) -> None:
    done = onrecord("extract", "-", "--name", "wire", "--url", "https://tolvik.example/1", input=article())
    assert [json.loads(done.stdout)[key] for key in ("doc", "url")] == ["wire", "https://tolvik.example/1"]
    files = [write(f"{name}.txt", article(name)) for name in "abc"]
    done = onrecord("extract", *files[:2], "-", files[2], input=article("stdin"))
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == ["a", "b", "stdin", "c"]


def test_a_name_is_for_one_document(ask: Run, write: Write, article: Article) -> None:
    done = ask("extract", write("a.txt", article()), write("b.txt", article()), "--name", "x")
    assert done.returncode == 2
    assert "--name" in done.stderr


def test_the_threshold_reaches_the_tagger(ask: Run, write: Write, article: Article) -> None:
    done = ask("extract", write("a.txt", article()), "--threshold", "0.95")
    assert json.loads(done.stdout)["attributions"] == []


def test_another_language_is_said_and_is_no_failure(ask: Run, write: Write, french: str) -> None:
    done = ask("extract", write("pont.txt", french))
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert (found["language"], found["extracted"], found["attributions"]) == ("fr", False, [])
    assert done.stderr == "onrecord: pont.txt: language is fr: not extracted\n"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_bad_document_fails_alone(onrecord: Run, write: Write, article: Article, workers: str) -> None:
    files = [
        write("good.txt", article("good")),
        write("empty.txt", ""),
        write("killer.txt", article("killer", "KILL THE READER")),
        write("bug.txt", article("bug", "DIVIDE BY ZERO")),
        "missing.txt",
        write("last.txt", article("last")),
    ]
    done = onrecord("extract", *files, "--workers", workers)
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == ["good", "last"]
    assert done.returncode == 1
    summary = done.stderr.splitlines()
    assert summary[0] == "onrecord: 6 documents: 2 extracted, 4 failed"
    assert [line.split(": ")[1] for line in summary[1:]] == ["empty.txt", "killer.txt", "bug.txt", "missing.txt"]
    assert "SIGKILL" in summary[2]
    assert "ZeroDivisionError" in summary[3]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("count", [1, 4])
def test_lost_weights_end_the_run(onrecord: Run, write: Write, article: Article, count: int) -> None:
    files = [write(f"{number}.txt", article(str(number), "LOSE THE WEIGHTS")) for number in range(count)]
    done = onrecord("extract", *files)
    assert done.returncode == 3
    assert done.stderr == "onrecord: the weights are gone; install onrecord again\n"


def test_one_failure_is_one_line(ask: Run) -> None:
    done = ask("extract", "missing.txt")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_terminals_are_safe(ask: Run, write: Write, article: Article) -> None:
    hostile = "one\x1b[2J two\x9b31m three\u202e four\x7f"
    done = ask("extract", write("a.txt", article(hostile)), "--text")
    assert json.loads(done.stdout)["text"] == article(hostile)
    assert not set(done.stdout) & set("\x1b\x9b\u202e\x7f")


def test_real_weights_find_who_said_what(tmp_path: Path, environment: Environment, article: Article) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(article(), encoding="utf-8")
    program = [sys.executable, "-c", "from onrecord.cli import main; main()", "extract", "--text", str(path)]
    done = subprocess.run(program, capture_output=True, encoding="utf-8", env=environment, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    words = [" ".join(found["text"][a:b] for a, b in row["source"]) for row in found["attributions"]]
    assert "Mara Ostrander" in words
