"""`onrecord explain`: in plain words, why a statement holds what it holds."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import Json, LedgerPath, ledger_path

if TYPE_CHECKING:
    from onrecord.ledger.rows import StatementRow
    from onrecord.records import Evidence

# What each field is called when it is explained, in this order.
FIELDS = {
    "cue": "That somebody is let speak here",
    "source": "The words for who speaks",
    "content": "What is attributed",
    "quotes": "What may be quoted",
    "kind": "How much is quoted",
    "speakers": "Who speaks",
    "addressee": "To whom",
    "chain": "Through whom it came",
    "said_at": "When it was said",
    "act": "What is done in saying it",
    "polarity": "Yes or no",
    "certainty": "How firmly",
    "hedge": "What limits it",
    "condition": "What it hangs on",
    "links": "What it reacts to",
}


def explain(
    key: Annotated[str, typer.Argument(metavar="ID", help="A statement: its id or the beginning of it.")],
    ledger: LedgerPath = None,
    json: Json = False,
) -> None:
    """Tell in plain words why each field of a statement holds what it holds."""
    from onrecord.cli.terminal import Terminal
    from onrecord.export.to_dict import pair, to_line
    from onrecord.ledger import Ledger

    with Ledger(ledger_path(ledger), read_only=True) as book:
        row = book.statement(key)
        proofs = book.evidence(row.id)
        text = book.text(row.document.id)
    if json:
        data = [asdict(proof) | {"span": pair(proof.span)} for proof in proofs]
        sys.stdout.buffer.write(to_line({"statement_id": row.id, "evidence": data}).encode("utf-8") + b"\n")
        return
    terminal = Terminal()
    for line in explanation(row, proofs, text):
        terminal.print([[(line, "")]])


def explanation(row: "StatementRow", proofs: "tuple[Evidence, ...]", text: str) -> Iterator[str]:
    """One line for each field that was decided, and one for each that was not."""
    from onrecord.cli.readable import act_words, chain_words, link_words, said_words, speaker_words
    from onrecord.cli.safe import safe

    held = {
        "source": row.source or "nobody is named",
        "cue": row.cue,
        "content": row.content,
        "kind": row.kind.value,
        "speakers": "; ".join(map(speaker_words, row.speakers)) or "nobody",
    }
    if row.act is not None:
        held |= {"act": row.act.value, "said_at": said_words(row.said_at, row.document.published_at)}
        held |= {"polarity": row.commitment.polarity.value, "certainty": row.commitment.certainty.value}
        held |= {"chain": chain_words(row)}
    held |= {"addressee": row.addressee.name} if row.addressee else {}
    limits = {"hedge": row.hedge, "condition": row.condition, "links": "; ".join(map(link_words, row.links))}
    held |= {field: words for field, words in limits.items() if words}
    yield safe(f"{row.id}: {act_words(row) if row.act else 'read before these were resolved; read the document again'}")
    for field, title in FIELDS.items():
        given = [proof for proof in proofs if proof.field == field]
        if field in held:
            yield safe(f"{title}: {held[field]}")
        for proof in given:
            yield "    " + safe(_because(proof, text, title if field not in held else ""))
    yield from _undecided(proofs)


def _because(proof: "Evidence", text: str, title: str) -> str:
    """ "by a rule (acts): the cue says 'denied'; on the words “denied”"."""
    family, _, name = proof.decided_by.partition(":")
    by = f"by the model {name}" if family == "model" else f"by a rule ({name or family})"
    words = f"; on the words “{' '.join(text[proof.span.start : proof.span.end].split())}”" if proof.span else ""
    score = f", {proof.score:.0%} sure" if proof.score is not None else ""
    note = f": {proof.note}" if proof.note else ""
    return f"{title + ': ' if title else ''}{by}{score}{note}{words}"


def _undecided(proofs: "tuple[Evidence, ...]") -> Iterator[str]:
    """What the text does not say, so that nobody looks for it."""
    known = {proof.field for proof in proofs}
    missing = [FIELDS[field].lower() for field in ("addressee", "hedge", "condition", "links") if field not in known]
    if missing:
        yield f"Not told in the text: {', '.join(missing)}."
