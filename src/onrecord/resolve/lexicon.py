"""Word lists in YAML, read once in a process. The only import site of it."""

from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicons"


@cache
def lexicon(name: str) -> Any:  # noqa: ANN401 - each list has a shape of its own
    """What `lexicons/<name>.yaml` holds."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every word a string: "no" and "on" are no booleans
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)
