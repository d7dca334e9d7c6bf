"""Makes `docs/cli.md` from the commands themselves: `python -m onrecord.cli.reference > docs/cli.md`."""

import sys
from typing import Any

import typer

from onrecord.cli.app import app

HEAD = """# The command line

Made from the commands by `python -m onrecord.cli.reference`; change their help, not this page.

Standard output carries records only; notes, the progress bar and errors go to standard error.

| exit code | means |
|---|---|
| 0 | all went well; a document in a language that is not extracted is no failure |
| 1 | a document failed, or what was asked for is not there; the rest of the batch was done |
| 2 | the command was not understood |
| 3 | the run was aborted: the ledger, the disk or the weights failed |
| 130, 141 | interrupted; the reader of standard output left |
"""


def reference() -> str:
    """The page: every command with its arguments and options, in Markdown."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="onrecord", **group.context_settings)
    parts = [HEAD, _command(group, context, "onrecord")]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = typer.Context(command, info_name=name, parent=context)
        parts.append(_command(command, inner, f"onrecord {name}"))
        for under, nested in getattr(command, "commands", {}).items():
            deeper = typer.Context(nested, info_name=under, parent=inner)
            parts.append(_command(nested, deeper, f"onrecord {name} {under}"))
    return "\n".join(parts)


def _command(command: Any, context: typer.Context, title: str) -> str:  # noqa: ANN401
    rows = [f"| `{_cell(_name(param))}` | {_cell(_help(param))} |" for param in command.get_params(context)]
    table = ["| | |", "|---|---|", *rows]
    return "\n".join([f"## {title}", "", str(command.help), "", *table, ""])


def _name(param: Any) -> str:  # noqa: ANN401
    if param.param_type_name == "argument":
        return f"{param.metavar}…" if param.nargs == -1 else str(param.metavar)
    return ", ".join(sorted(param.opts, key=len)) + (f" {param.metavar}" if param.metavar else "")


def _help(param: Any) -> str:  # noqa: ANN401
    notes = [f"default {param.default}"] if param.default else []
    notes += [f"also from ${param.envvar}"] if param.envvar else []
    return f"{param.help or ''} ({'; '.join(notes)})" if notes else str(param.help or "")


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
