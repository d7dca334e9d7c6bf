"""Pages of the kind that started onrecord: reports about reports, with quotes inside quotes and insertions."""

from pathlib import Path

import pytest
from case_rows import faults, read_page

CASES = Path(__file__).parent / "cases"
DISPATCH = Path(__file__).parents[2] / "shared" / "cases" / "dispatch.expected.yaml"


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_page_comes_out_right(name: str) -> None:
    assert faults(read_page(CASES / f"{name}.yaml")) == []


def test_dispatch_comes_out_right() -> None:
    if not DISPATCH.exists():
        pytest.skip(f"no case at {DISPATCH}: the shared data are not here")
    assert faults(read_page(DISPATCH)) == []
