"""The command line. `main` is the entry; nothing heavy is imported before a command needs it."""


def main() -> None:
    """Runs the command line of this process and exits: 0, 1 a document failed, 2 usage, 3 the run was aborted."""
    from onrecord.cli.app import app
    from onrecord.cli.streams import prepare

    prepare()
    app()
