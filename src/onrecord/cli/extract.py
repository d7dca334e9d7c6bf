"""`onrecord extract`: one JSON object per document on standard output, no ledger."""

import sys
from typing import Annotated

import typer

from onrecord.cli.options import Name, Sources, Url, Workers
from onrecord.settings import THRESHOLD


def extract(
    sources: Sources,
    text: Annotated[bool, typer.Option("--text", help="Add the text, which all offsets count in.")] = False,
    threshold: Annotated[
        float,
        typer.Option("--threshold", min=0.01, max=0.99, metavar="SHARE", help="Lowest score of a row, 0 to 1."),
    ] = THRESHOLD,
    name: Name = None,
    url: Url = None,
    workers: Workers = None,
) -> None:
    """Print one JSON object per document; record nothing."""
    from onrecord.bulk.local_runner import Reading
    from onrecord.cli.batch import Batch, find, language_note
    from onrecord.cli.terminal import Terminal
    from onrecord.export.to_dict import to_dict, to_line

    inputs = find(sources, name=name, url=url)
    with Batch(inputs, Terminal(total=len(inputs), bar_beside_output=False)) as batch:
        for done in batch.run(Reading(threshold=threshold, name=name, url=url), workers=workers):
            if note := language_note(done, archived=False):
                batch.terminal.note(note)
            sys.stdout.buffer.write(to_line(to_dict(done.record, text=text)).encode("utf-8") + b"\n")
            sys.stdout.buffer.flush()
            batch.counts["extracted" if done.record.extracted else "not extracted"] += 1
    batch.exit()
