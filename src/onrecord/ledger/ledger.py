"""The record on the disk: what was read, what was found in it and why."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, select, text

from onrecord.archive.store import Archive
from onrecord.errors import DocumentFailed, LedgerFailed
from onrecord.ledger import finding, packing, queries, who
from onrecord.ledger.database import failures, open_ledger, scrub
from onrecord.ledger.packing import Row
from onrecord.ledger.recording import bury, decide, insert_document, refuse_forgotten, register, replace_extraction
from onrecord.ledger.registry import Entry
from onrecord.ledger.rows import Added, Decision, DocumentRow, Forgotten, Offer, SpeakerRow, StatementRow
from onrecord.ledger.tables import documents, tombstones
from onrecord.records import Act, Document, Evidence, Kind, Polarity, Record

T = TypeVar("T")


class Ledger:
    """A ledger in one SQLite file, with the raw bytes of its documents in `<path>.archive` beside it.

    Each document is added in one transaction. A ledger may be read and written by several programs at once, and one
    object by several threads. All methods raise LedgerFailed when the file or the disk fails.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self.archive = Archive(self.path.with_name(self.path.name + ".archive"))
        self._engine = open_ledger(self.path, read_only=read_only)
        self._writer = self._engine.execution_options(writes=True)
        if not read_only:
            self._prepare_archive()

    def _prepare_archive(self) -> None:
        try:
            self.archive.create()
            if self.archive.leftovers():
                with self._writing():  # a living writer holds the lock until its file has left `incoming`
                    self.archive.sweep()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with failures(self.path):
            self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with failures(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with failures(self.path), self._writer.begin() as connection:
            yield connection

    # Adding

    def add(self, record: Record, raw: bytes, *, again: bool = False) -> Added:
        """Record one document and the bytes it was read from, wholly or not at all.

        A known document adds nothing, unless other weights or rules have read it: then its statements are replaced and
        those that match keep their ids. DocumentFailed when it was forgotten, unless `again`.
        """
        document = record.document
        if hashlib.sha256(raw).hexdigest() != document.raw_sha256:
            raise DocumentFailed(document.name, "these are not the bytes it was read from: read it again")
        with self._writing() as connection:
            known = connection.execute(queries.known(document.id)).mappings().one_or_none()
            if known is None:
                return self._add_new(connection, record, raw, again)
            if known["raw_sha256"] == document.raw_sha256:
                self.archive.put(raw)
            updated = (known["tagger"], known["resolver"]) != (record.tagger, record.resolver)
            if updated:
                replace_extraction(connection, known["number"], record)
            return Added("known", document.id, updated)

    def _add_new(self, connection: Connection, record: Record, raw: bytes, again: bool) -> Added:
        if not again:
            refuse_forgotten(connection, record.document)
        # Under the lock, so that no `forget` of the same bytes comes between this and the commit.
        self.archive.put(raw)
        revises = insert_document(connection, record)
        return Added("revision" if revises else "new", record.document.id)

    # Asking

    def knows(self, document_id: str, *, tagger: str, resolver: str) -> bool:
        """Whether this document was read with these weights and rules, so that reading it again would add nothing."""
        with self._reading() as connection:
            row = connection.execute(queries.known(document_id)).mappings().one_or_none()
        return row is not None and (row["tagger"], row["resolver"]) == (tagger, resolver)

    def statement(self, key: str) -> StatementRow:
        """The statement with this id or the only one that begins so. DocumentFailed when there is none or several."""
        with self._reading() as connection:
            rows = connection.execute(queries.statements_starting(key)).mappings().all()
        return packing.statement_row(finding.only(key, rows, "statement"))

    def document(self, key: str) -> DocumentRow:
        """The document with this id, beginning of an id, or address (then the newest). DocumentFailed when none."""
        with self._reading() as connection:
            return packing.document_row(finding.find_document(connection, key))

    def text(self, document_id: str) -> str:
        """`Document.text` of a document. DocumentFailed when the ledger does not hold it."""
        return str(self._one(queries.text_of(document_id), document_id)["text"])

    def stored_document(self, document_id: str) -> Document:
        """The document as it was read. DocumentFailed when the ledger does not hold it."""
        return packing.document(self._one(queries.whole_document(document_id), document_id))

    def stored_record(self, document_id: str) -> Record:
        """The whole record as it was added, with the ids of the ledger. DocumentFailed when it is not there."""
        with self._reading() as connection:
            row = connection.execute(queries.whole_document(document_id)).mappings().one_or_none()
            if row is None:
                raise finding.missing(document_id, "document")
            return finding.stored_record(connection, row)

    def raw(self, document_id: str) -> bytes:
        """The bytes a document was read from, verified. DocumentFailed when missing or damaged."""
        return self.archive.get(self.document(document_id).raw_sha256)

    def evidence(self, statement_id: str) -> tuple[Evidence, ...]:
        """Why the fields of a statement hold what they hold."""
        with self._reading() as connection:
            rows = connection.execute(queries.evidence_of(statement_id)).mappings().all()
        return tuple(packing.evidence(row) for row in rows)

    def documents(
        self,
        *,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> Generator[DocumentRow, None, None]:
        """Documents, the last recorded first, one at a time. A bound leaves out those without a date."""
        return self._stream(queries.listed(outlet, since, until, limit), packing.document_row)

    def statements(self, document_id: str | None = None) -> Generator[StatementRow, None, None]:
        """All statements, or those of one document, in the order of recording and of the text, one at a time."""
        return self._stream(queries.statements_in_order(document_id), packing.statement_row)

    def search(
        self,
        words: str = "",
        *,
        speaker: str | None = None,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
        kind: Kind | None = None,
        act: Act | None = None,
        polarity: Polarity | None = None,
        via: str | None = None,
        said_since: date | None = None,
        said_until: date | None = None,
        revisions: bool = False,
        limit: int | None = 50,
    ) -> list[StatementRow]:
        """Statements with all these words or "phrases", best match first; without words, newest first.

        `speaker` are words of the source or of the speaker's names, `via` words of a hop of the chain, `outlet` whole
        words of the publisher's name or of the host. `since` and `until` are days of publication, `said_since` and
        `said_until` of the saying, all included; they leave out what has no known date. Of an address only the newest
        document is searched, unless `revisions`. Any string may be given.
        """
        search = queries.Search(
            words, speaker, outlet, since, until, kind, revisions, limit, act, polarity, via, said_since, said_until
        )
        with self._reading() as connection:
            if speaker:
                search = replace(search, spoken=who.statements_called(connection, speaker))
            query = queries.found(search)
            if query is None:
                return []
            return [packing.statement_row(row) for row in connection.execute(query).mappings()]

    def forgotten(self) -> list[Forgotten]:
        """All tombstones, the oldest first."""
        with self._reading() as connection:
            rows = connection.execute(select(tombstones).order_by(tombstones.c.number)).mappings().all()
        return [finding.forgotten(row) for row in rows]

    # Who is who

    def speakers(self, words: str = "") -> list[SpeakerRow]:
        """All speakers across documents, those with most statements first; with `words`, those so named."""
        with self._reading() as connection:
            return who.speaker_rows(connection, words)

    def speaker(self, key: str) -> SpeakerRow:
        """The speaker with this id, beginning of an id or whole name. DocumentFailed when none or several."""
        with self._reading() as connection:
            return who.speaker_named(connection, key)

    def statements_of_speaker(self, key: str, *, limit: int | None = None) -> list[StatementRow]:
        """What one speaker said by whatever name, the newest first. DocumentFailed when none or several are meant."""
        with self._reading() as connection:
            query = queries.spoken_by(who.statements_of(connection, key), limit)
            return [packing.statement_row(row) for row in connection.execute(query).mappings()]

    def speaker_offers(self) -> list[Offer]:
        """Pairs of speakers that may be one and that nobody has merged."""
        with self._reading() as connection:
            return who.offers(connection)

    def decisions(self) -> list[Decision]:
        """All that people decided on who is who, in order."""
        with self._reading() as connection:
            return who.decided(connection)

    def merge_speakers(self, one: str, other: str, *, by: str) -> Decision:
        """Take two speakers for one from now on. DocumentFailed when one is not known or both are one already."""
        with self._writing() as connection:
            entity, merged = who.check_merge(connection, one, other)
            return decide(connection, "merge", by, entity=entity, other=merged)

    def split_speaker(self, entity: str, what: str, *, by: str) -> Decision:
        """Take a name, or the speaker of one statement, for somebody else. DocumentFailed when it is not theirs."""
        with self._writing() as connection:
            found, name = who.check_split(connection, entity, what)
            return decide(connection, "split", by, entity=found, other=name)

    def undo_decision(self, number: int | None = None, *, by: str) -> Decision:
        """Undo a decision, by default the last that stands. DocumentFailed when there is none or it was undone."""
        with self._writing() as connection:
            return decide(connection, "undo", by, undoes=who.check_undo(connection, number))

    def register_speakers(self, entries: Iterable[Entry]) -> int:
        """Keep the speakers of a registry with their aliases. Gives how many names are new."""
        with self._writing() as connection:
            return register(connection, entries)

    def _one(self, query: queries.Query, key: str) -> Row:
        with self._reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise finding.missing(key, "document")
        return row

    def _stream(self, query: queries.Query, make: Callable[[Row], T]) -> Generator[T, None, None]:
        with self._reading() as connection:
            yield from map(make, connection.execution_options(yield_per=200).execute(query).mappings())

    # Forgetting

    def forget(self, key: str, *, reason: str = "") -> tuple[Forgotten, ...]:
        """Erase all documents of an address, or one document, from the ledger, its search and the archive.

        What remains are tombstones, which are given back. Called again after it was interrupted, it finishes.
        DocumentFailed when the ledger holds nothing of the kind; LedgerFailed when another program still reads it.
        """
        with self._writing() as connection:
            graves = bury(connection, key, reason)
            if not graves:
                raise finding.missing(key, "document or address")
        with self._writing() as connection:
            for index in ("words", "trigrams"):  # one segment, in which nothing deleted is left
                connection.execute(text(f"INSERT INTO {index} ({index}) VALUES ('optimize')"))
            self._erase_raw(connection, {grave.raw_sha256 for grave in graves})
        with failures(self.path):
            if not scrub(self._engine):
                raise LedgerFailed(
                    f"{self.path}: the record is erased, but another program still reads the ledger and holds on to "
                    "its old pages: close that one and forget again"
                )
        return graves

    def _erase_raw(self, connection: Connection, candidates: set[str]) -> None:
        used = select(documents.c.raw_sha256).where(documents.c.raw_sha256.in_(candidates))
        for sha256 in candidates - set(connection.execute(used).scalars()):
            self.archive.remove(sha256)
        self.archive.sweep()
