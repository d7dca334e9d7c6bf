"""Real pages: what must be in the text is, what must not is not, and every character is where the map says."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.read import read_bytes, unfaithful

PAGES = Path(__file__).parents[2].parent / "shared" / "data" / "pages"
LEAST_WITH, LEAST_WITHOUT = 265, 250  # measured with trafilatura 2.3.1; captions and titles count as text


@pytest.fixture(scope="module")
def pages() -> list[tuple[dict[str, Any], bytes]]:
    if not (PAGES / "expected.json").exists():
        pytest.skip("the shared pages are not there")
    expected = json.loads((PAGES / "expected.json").read_text("utf-8")).values()
    return [(each, (PAGES / "html" / each["file"]).read_bytes()) for each in expected]


def test_fragments_and_places(pages: list[tuple[dict[str, Any], bytes]]) -> None:
    present = absent = 0
    for expected, raw in pages:
        document = read_bytes(raw, name=expected["file"])
        assert unfaithful(document, raw) == [], expected["file"]
        text = " ".join(document.text.split())
        present += sum(" ".join(fragment.split()) in text for fragment in expected["with"])
        absent += sum(" ".join(fragment.split()) not in text for fragment in expected["without"])
    assert present >= LEAST_WITH
    assert absent >= LEAST_WITHOUT
