import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `jobs`, also in the processes that are started

from jobs import obey

from onrecord.bulk.local_runner import run
from onrecord.bulk.outcome import Done, Failed
from onrecord.bulk.pool import AHEAD
from onrecord.errors import RunAborted
from onrecord.read import Input
from onrecord.settings import Settings

HERE = Path()


def inputs(*orders: str, path: Path | None = HERE) -> list[Input]:
    return [Input(order, path, f"{order}.txt") for order in orders]


def names(outcomes: "Iterator[Done | Failed]") -> list[str]:
    return [outcome.name if isinstance(outcome, Failed) else outcome.input.name for outcome in outcomes]


def test_one_and_two_stay_in_this_process_with_all_threads() -> None:
    for orders in (["do 1"], ["do 1", "do 2"]):
        makers = [outcome.record.tagger for outcome in run(inputs(*orders), work=obey) if isinstance(outcome, Done)]
        assert makers == [f"{os.getpid()} 0"] * len(orders)


def test_more_are_shared_among_processes_and_come_in_order() -> None:
    orders = ["late 0", *(f"do {number}" for number in range(1, 9)), "late 9", "do 10"]
    outcomes = list(run(inputs(*orders), workers=2, work=obey))
    assert names(iter(outcomes)) == orders
    makers = {outcome.record.tagger.split()[0] for outcome in outcomes if isinstance(outcome, Done)}
    assert len(makers) == 2
    assert str(os.getpid()) not in makers


def test_cores_are_shared_out() -> None:
    [first, *_] = run(inputs("do 1", "do 2", "do 3"), workers=1, work=obey)
    assert isinstance(first, Done)
    assert first.record.tagger.endswith(f" {Settings().workers}")


@pytest.mark.parametrize("workers", [1, 3])
def test_a_death_takes_one_document(workers: int) -> None:
    orders = ["do 0", "die 1", "do 2", "exit 3", "die 4", "do 5", "do 6", "die 7"]
    outcomes = list(run(inputs(*orders), workers=workers, work=obey))
    assert names(iter(outcomes)) == [name if name.startswith("do") else f"{name}.txt" for name in orders]
    reasons = [outcome.reason for outcome in outcomes if isinstance(outcome, Failed)]
    assert [reason.split("(")[1] for reason in reasons] == ["SIGSEGV)", "exit code 7)", "SIGSEGV)", "SIGSEGV)"]


@pytest.mark.parametrize("extra", [0, 2])
def test_errors_of_a_document_are_its_own(extra: int) -> None:
    first, second, *_ = run(inputs("refuse", "stumble", *["do"] * extra), workers=2, work=obey)
    assert first == Failed("refuse.txt", "is not wanted")
    assert isinstance(second, Failed)
    assert second.reason.startswith("KeyError: 'two\\nlines'")
    assert "\n" not in second.reason


@pytest.mark.parametrize("orders", [["abort"], ["do", "do", "abort", "do"]])
def test_what_ends_the_run_ends_it(orders: list[str]) -> None:
    with pytest.raises(RunAborted, match="no weights"):
        list(run(inputs(*orders), workers=2, work=obey))
    assert _only_the_tracker()


def _only_the_tracker() -> bool:
    """multiprocessing keeps one process of its own."""
    return all("resource_tracker" in " ".join(child.cmdline()) for child in psutil.Process().children())


def test_closing_ends_the_processes() -> None:
    outcomes = run(inputs(*["late"] * 20), workers=2, work=obey)
    next(outcomes)
    outcomes.close()
    assert _only_the_tracker()


def test_results_larger_than_a_pipe() -> None:
    outcomes = run(inputs(*["large"] * 6), workers=2, work=obey)
    assert [len(outcome.raw) for outcome in outcomes if isinstance(outcome, Done)] == [3_000_000] * 6


def test_it_does_not_run_ahead_of_the_one_who_takes(tmp_path: Path) -> None:
    log = tmp_path / "log"
    outcomes = run(inputs(*["count"] * 50, path=log), workers=2, work=obey)
    next(outcomes)
    assert len(log.read_text()) <= 2 * AHEAD + 1
    outcomes.close()


def test_standard_input_is_read_in_this_process() -> None:
    wanted = [*inputs("do 1", "do 2"), *inputs("do 3", path=None), *inputs("do 4")]
    outcomes = list(run(wanted, workers=2, work=obey))
    assert names(iter(outcomes)) == ["do 1", "do 2", "do 3", "do 4"]
    assert isinstance(outcomes[2], Done)
    assert outcomes[2].record.tagger.startswith(f"{os.getpid()} ")


def test_nothing_to_do() -> None:
    assert list(run([], work=obey)) == []
