from pathlib import Path

import pytest
import typer

from onrecord.cli.app import app
from onrecord.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
TOP = typer.main.get_command(app).commands  # type: ignore[attr-defined]
COMMANDS = TOP | {
    f"{name} {under}": nested for name, group in TOP.items() for under, nested in getattr(group, "commands", {}).items()
}


def test_the_page_is_up_to_date() -> None:
    if not PAGE.exists():
        pytest.skip("docs/cli.md is not beside these tests")
    assert PAGE.read_text(encoding="utf-8") == reference(), "run python -m onrecord.cli.reference > docs/cli.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_on_the_page_and_says_what_it_does(name: str) -> None:
    section = reference().split(f"\n## onrecord {name}\n")[1].split("\n## ")[0]
    command = COMMANDS[name]
    assert command.help in section
    assert command.params or getattr(command, "commands", None)
    for param in command.params:
        assert param.help, f"{name} {param.name} has no help"
        for option in param.opts if param.param_type_name == "option" else [param.metavar]:
            assert option.replace("|", "\\|") in section


def test_all_commands_are_there() -> None:
    asking = {"show", "search", "explain", "list", "export", "speakers"}
    assert set(TOP) == {"read", "extract", "forget"} | asking
    deciding = {"merge", "split", "undo", "log", "load"}
    assert set(TOP["speakers"].commands) == {"list", "show", "offers"} | deciding
