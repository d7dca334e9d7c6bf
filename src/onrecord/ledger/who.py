"""Who is who in the ledger: what the rules say, and over it what people decided.

A decision names entities and is never changed: it is undone by another one. What holds is found by going through them
in order each time, so a document that is read again can overwrite none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.errors import DocumentFailed
from onrecord.ids import entity_id
from onrecord.ledger.appearance import Appearance, Groups
from onrecord.ledger.identity import entity_of, folded
from onrecord.ledger.namesakes import told_apart
from onrecord.ledger.rows import Decision, Offer, SpeakerRow
from onrecord.ledger.search_words import name_words
from onrecord.ledger.tables import decisions, documents, known_speakers, speakers, statements
from onrecord.records import Speaker, SpeakerKind

SHORTEST_PREFIX = 4  # characters of an id, its letter included
STATEMENT = "s"  # the letter that ids of statements begin with


def standing(made: Sequence[Decision]) -> list[Decision]:
    """The merges and splits that were not undone, in order; undoing an undo brings the decision back."""
    undone: set[int] = set()
    for decision in reversed(made):
        if decision.verb == "undo" and decision.number not in undone and decision.undoes is not None:
            undone.add(decision.undoes)
    return [one for one in made if one.verb != "undo" and one.number not in undone]


def decided(connection: Connection) -> list[Decision]:
    rows = connection.execute(select(decisions).order_by(decisions.c.number)).mappings()
    return [Decision(**{name: row[name] for name in Decision.__slots__}) for row in rows]


def appearances(connection: Connection) -> list[Appearance]:
    """Every name of every entity by document, and those of the registry, after splits."""
    splits = {(one.entity, one.other) for one in standing(decided(connection)) if one.verb == "split"}
    places: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    joined = speakers.join(statements, statements.c.number == speakers.c.statement).join(
        documents, documents.c.number == statements.c.document
    )
    who = (speakers.c[name] for name in ("entity", "name", "kind", "role", "affiliation", "country"))
    query = select(*who, documents.c.number, documents.c.published_on, statements.c.id, statements.c.number.label("at"))
    for row in connection.execute(query.select_from(joined).where(speakers.c.entity.is_not(None))):
        entity, name, *rest, identity, at = row
        places[_split_off(entity, name, identity, splits), name, *rest].append(at)
    found = [_appearance(key, numbers) for key, numbers in places.items()]
    found += [_registered(row, splits) for row in connection.execute(select(known_speakers))]
    return told_apart(found)


Splits = set[tuple[str | None, str | None]]


def _split_off(entity: str, name: str, statement: str, splits: Splits) -> str:
    """The entity of a statement's speaker after splits: by the statement, or by the name."""
    what = next((what for what in (statement, name) if (entity, what) in splits), None)
    return entity if what is None else split_id(entity, what)


def split_id(entity: str, what: str) -> str:
    return entity_id("split", entity, what)


def _appearance(key: tuple[Any, ...], numbers: Sequence[int]) -> Appearance:
    entity, name, kind, role, affiliation, country, document, day = key
    return Appearance(entity, name, kind, role, affiliation, country, tuple(numbers), frozenset((document,)), day)


def _registered(row: Row[Any], splits: Splits) -> Appearance:
    """A name of the registry: under the entity that it has by itself, so that it meets those of documents."""
    own = entity_of(Speaker(row.name, row.kind), f"registry:{row.name}") or row.entity
    entity = _split_off(own, row.name, "", splits)
    alias_of = row.entity if entity == own != row.entity else None
    return Appearance(
        entity, row.name, row.kind, row.role, row.affiliation, None, (), frozenset(), None, row.identifiers, alias_of
    )


def grouped(found: Iterable[Appearance], made: Sequence[Decision]) -> tuple[dict[str, list[Appearance]], Groups]:
    """Appearances by the entity that they belong to after all decisions."""
    groups = Groups()
    found = list(found)
    for same in _by_name(found).values():
        known = {one.country for one in same if one.country}
        if len(known) <= 1:  # no namesake of another country: those without one are the same
            for one in same[1:]:
                groups.join(same[0].entity, one.entity)
    for one in found:
        if one.alias_of is not None:
            groups.join(one.alias_of, one.entity)
    for decision in standing(made):
        if decision.verb == "merge" and decision.entity and decision.other:
            groups.join(decision.entity, decision.other)
    by_root: dict[str, list[Appearance]] = defaultdict(list)
    for one in found:
        by_root[groups.root(one.entity)].append(one)
    return by_root, groups


def _by_name(found: Iterable[Appearance]) -> dict[tuple[str, str], list[Appearance]]:
    """Those whose full name is enough to know them by: all but the ones that the rules keep to their document."""
    same: dict[tuple[str, str], list[Appearance]] = defaultdict(list)
    for one in found:
        kind = "person" if one.kind is SpeakerKind.PERSON else "body"
        name = folded(one.name)
        if entity_id(kind, name, one.country or "", "") == one.entity:
            same[kind, name].append(one)
    return same


def speaker_rows(connection: Connection, words: str = "") -> list[SpeakerRow]:
    """All speakers, those with most statements first; with `words`, those that have these words in a name."""
    by_root, _ = grouped(appearances(connection), decided(connection))
    rows = _rows(by_root)
    asked = name_words(words).strip()
    if asked:
        rows = [row for row in rows if any(f" {asked} " in name_words(name) for name in row.names)]
    return rows


def _rows(by_root: Mapping[str, Sequence[Appearance]]) -> list[SpeakerRow]:
    """Those with most statements first."""
    rows = (_row(root, same) for root, same in by_root.items())
    return sorted(rows, key=lambda row: (-row.statements, row.name))


def _row(root: str, same: Sequence[Appearance]) -> SpeakerRow:
    by_name: dict[str, int] = defaultdict(int)
    for one in same:
        by_name[one.name] += one.statements
    names = sorted(by_name, key=lambda name: (-by_name[name], -len(name), name))
    days = sorted(one.day for one in same if one.day)
    return SpeakerRow(
        id=root,
        name=names[0],
        names=tuple(names),
        kind=max(same, key=lambda one: one.statements).kind,
        roles=_distinct(one.role for one in same),
        affiliations=_distinct(one.affiliation for one in same),
        countries=_distinct(one.country for one in same),
        identifiers=next((one.identifiers for one in same if one.identifiers), None),
        statements=sum(by_name.values()),
        documents=len(frozenset[int]().union(*(one.document_numbers for one in same))),
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def speaker_named(connection: Connection, key: str) -> SpeakerRow:
    """The speaker with this id or the beginning of it, or the only one of this name. DocumentFailed otherwise."""
    by_root, groups = grouped(appearances(connection), decided(connection))
    members = {one.entity for same in by_root.values() for one in same}
    roots = {groups.root(entity) for entity in members if entity == key or (_is_id(key) and entity.startswith(key))}
    if not roots:
        roots = {root for root, same in by_root.items() if any(folded(one.name) == folded(key) for one in same)}
    if not roots:
        raise DocumentFailed(key, "the ledger knows no such speaker: `onrecord speakers WORDS` finds them")
    if len(roots) > 1:
        raise DocumentFailed(key, f"{len(roots)} speakers are called so: give the id that `onrecord speakers` shows")
    (root,) = roots
    return _row(root, by_root[root])


def statements_of(connection: Connection, key: str) -> list[int]:
    """The numbers of the statements in which this speaker speaks, by whatever name."""
    by_root, _ = grouped(appearances(connection), decided(connection))
    return _numbers(by_root[speaker_named(connection, key).id])


def statements_called(connection: Connection, asked: str) -> list[int]:
    """The numbers of the statements of those who have all these words in one of their names, aliases included.

    Empty, at no cost, where neither a registry nor a merge gives anybody another name.
    """
    made = decided(connection)
    aliases = select(known_speakers.c.number).limit(1)
    if not any(one.verb == "merge" for one in standing(made)) and connection.execute(aliases).first() is None:
        return []
    sought = set(name_words(asked).split())
    by_root, _ = grouped(appearances(connection), made)
    called = (same for same in by_root.values() if any(sought <= set(name_words(one.name).split()) for one in same))
    return _numbers(one for same in called for one in same) if sought else []


def _numbers(same: Iterable[Appearance]) -> list[int]:
    return sorted({number for one in same for number in one.statement_numbers})


def _is_id(key: str) -> bool:
    return len(key) >= SHORTEST_PREFIX and key[0] == "p"


def offers(connection: Connection) -> list[Offer]:
    """Pairs that may be one: namesakes of several countries, a short name of a longer one, a bare ministry."""
    made = decided(connection)
    by_root, groups = grouped(appearances(connection), made)
    rows, apart = _rows(by_root), _told_apart_by_people(made, groups)
    by_last: dict[tuple[bool, str], list[SpeakerRow]] = defaultdict(list)
    for row in rows:
        for last in {folded(name).split()[-1] for name in row.names if folded(name)}:
            by_last[row.kind is SpeakerKind.PERSON, last].append(row)
    found: dict[tuple[str, str], Offer] = {}
    for same in by_last.values():
        for at, one in enumerate(same[:MOST_NAMESAKES]):
            for other in same[at + 1 : MOST_NAMESAKES]:
                reason = _may_be_one(one, other)
                if reason and (one.id, other.id) not in found and frozenset((one.id, other.id)) not in apart:
                    found[one.id, other.id] = Offer(one, other, reason)
    return list(found.values())


def _told_apart_by_people(made: Sequence[Decision], groups: Groups) -> set[frozenset[str]]:
    """Pairs that people split: they are not offered again."""
    splits = ((one.entity or "", one.other or "") for one in standing(made) if one.verb == "split")
    return {frozenset((groups.root(entity), groups.root(split_id(entity, what)))) for entity, what in splits}


MOST_NAMESAKES = 50  # speakers of one last word that are compared with each other


def _may_be_one(one: SpeakerRow, other: SpeakerRow) -> str | None:
    names, others = {folded(name) for name in one.names}, {folded(name) for name in other.names}
    if names & others:
        return "the same name, but not the same country, post or document"
    for name in names:
        for longer in others:
            short, long = sorted((name.split(), longer.split()), key=len)
            ending = len(short) < len(long) and short == long[-len(short) :]
            if short and (ending or _initials(short, long) or _initials(long, short)):
                return f"{' '.join(short)!r} may be short for {' '.join(long)!r}"
    return None


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """ "J West" and "Jo West"."""
    return len(short) > 1 and short[-1] == long[-1] and all(len(word) == 1 for word in short[:-1])


def check_merge(connection: Connection, one: str, other: str) -> tuple[str, str]:
    """The ids of two speakers who are not one yet. DocumentFailed otherwise."""
    left, right = speaker_named(connection, one), speaker_named(connection, other)
    if left.id == right.id:
        raise DocumentFailed(other, f"is already one with {left.name!r}: nothing to merge")
    return left.id, right.id


def check_split(connection: Connection, entity: str, what: str) -> tuple[str, str]:
    """The entity that a name or statement is split off from, as the rules have it, and the whole name or id."""
    row = speaker_named(connection, entity)
    by_root, _ = grouped(appearances(connection), decided(connection))
    for one in by_root[row.id]:
        if folded(one.name) == folded(what):
            if len(by_root[row.id]) == 1 and len(row.names) == 1:
                raise DocumentFailed(what, f"is the only name of {row.name!r}: there is nothing to split it from")
            return one.entity, one.name
    if what.startswith(STATEMENT):
        query = (
            select(statements.c.id, statements.c.number, speakers.c.entity)
            .join(speakers, speakers.c.statement == statements.c.number)
            .where(statements.c.id == what)
        )
        theirs = set(_numbers(by_root[row.id]))
        for found in connection.execute(query):
            if found.entity is not None and found.number in theirs:
                return found.entity, found.id
    raise DocumentFailed(
        what, f"is no name of {row.name!r} and no statement of theirs: `onrecord speakers show` lists them"
    )


def check_undo(connection: Connection, number: int | None) -> int:
    """The number of the decision to undo: the last one that stands, where none is named. DocumentFailed otherwise."""
    made = decided(connection)
    active = [one.number for one in standing(made)]
    if number is None:
        if not active:
            raise DocumentFailed("undo", "no decision stands: there is nothing to undo")
        return active[-1]
    if number not in active:
        known = any(one.number == number for one in made)
        reason = "was undone already" if known else "is no decision: `onrecord speakers log` lists them"
        raise DocumentFailed(str(number), reason)
    return number
