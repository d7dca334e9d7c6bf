"""The commands together, and what an error becomes: one line and an exit code, never a traceback."""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.cli import explain, export, extract, forget, list_documents, read, search, show, speakers
from onrecord.cli.safe import safe
from onrecord.cli.streams import discard_output
from onrecord.errors import OnrecordError, RunAborted

FAILED, ABORTED, INTERRUPTED, READER_LEFT = 1, 3, 130, 141  # the last two as a shell counts signals


class Commands(TyperGroup):
    """A group of commands that turns errors into exit codes."""

    def invoke(self, ctx: Any) -> None:  # noqa: ANN401
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except OnrecordError as error:
            typer.echo(f"onrecord: {safe(str(error))}", err=True)
            raise typer.Exit(ABORTED if isinstance(error, RunAborted) else FAILED) from error
        except BrokenPipeError as error:
            discard_output()
            raise typer.Exit(READER_LEFT) from error
        except OSError as error:
            discard_output()
            typer.echo(f"onrecord: {_explained(error)}", err=True)
            raise typer.Exit(ABORTED) from error
        except KeyboardInterrupt as error:
            typer.echo("onrecord: interrupted; what is finished is kept", err=True)
            raise typer.Exit(INTERRUPTED) from error


def _explained(error: OSError) -> str:
    """The disk failed outside of a document and outside of the ledger: so it was the output, or what it names."""
    where = safe(str(error.filename)) if error.filename else "the output"
    return f"{where}: {error.strerror or safe(str(error))}; check the disk and run the same command again"


app = typer.Typer(
    cls=Commands,
    help="Reads news and keeps the record of who said what.",
    no_args_is_help=True,
    rich_markup_mode=None,  # rich would double the time that --help takes
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("read")(read.read)
app.command("extract")(extract.extract)
app.command("show")(show.show)
app.command("explain")(explain.explain)
app.command("search")(search.search)
app.add_typer(speakers.speakers, name="speakers")
app.command("list")(list_documents.list_documents)
app.command("export")(export.export)
app.command("forget")(forget.forget)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"onrecord {version('onrecord')}")
        except PackageNotFoundError:
            typer.echo("onrecord, not installed")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass
