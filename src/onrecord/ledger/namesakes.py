"""Persons of one name whose posts tell them apart: a police chief here, a goalkeeper there.

Nobody is told apart by a post alone, since people change posts; nor by the house alone. Only where neither has a word
in common, and not both posts are of those that one politician holds after another, are two of one name doubtful.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.ids import entity_id
from onrecord.ledger.appearance import Appearance, Groups
from onrecord.records import SpeakerKind

WORD = re.compile(r"\w{2,}")
EMPTY = frozenset(
    ("of", "in", "at", "to", "the", "and", "for", "former", "deputy", "senior", "chief", "head", "acting")
)
POLITICS = re.compile(
    r"\b(?:president|minister|premier|chancellor|secretary|leader|senator|governor|mayor|lawmaker|legislator|candidate|"
    r"congress\w+|representative|deputy|mp|member of parliament|speaker|ambassador|envoy|councill?or|commissioner|"
    r"chair\w*|spokes\w+)\b",
    re.IGNORECASE,
)


def told_apart(found: Sequence[Appearance]) -> list[Appearance]:
    """The same appearances; where posts tell namesakes apart, all but the first recorded get entities of their own."""
    by_entity: dict[str, list[Appearance]] = defaultdict(list)
    for one in found:
        by_entity[one.entity].append(one)
    return [one for same in by_entity.values() for one in _told_apart(same)]


def _told_apart(same: list[Appearance]) -> list[Appearance]:
    whole = [one for one in same if one.kind is SpeakerKind.PERSON and one.role and one.affiliation]
    persons = _persons(whole)
    if len(persons) < 2:
        return same
    owner = {id(one): at for at, person in enumerate(persons) for one in person}
    return [_own(one, owner.get(id(one), _by_document(one, persons)), persons) for one in same]


def _persons(whole: Iterable[Appearance]) -> list[list[Appearance]]:
    """Appearances that may be one person together, the first recorded person first."""
    groups, profiles = Groups(), dict[str, list[Appearance]]()
    for one in sorted(whole, key=_recorded):
        profiles.setdefault(f"{one.role}\0{one.affiliation}", []).append(one)
    first: dict[tuple[str, str], str] = {}
    for key, (one, *_) in profiles.items():
        for mark in _marks(one):
            groups.join(first.setdefault(mark, key), key)
    persons: dict[str, list[Appearance]] = defaultdict(list)
    for key in profiles:
        persons[groups.root(key)] += profiles[key]
    return list(persons.values())


def _recorded(one: Appearance) -> tuple[int, str, str]:
    return min(one.document_numbers, default=0), one.role or "", one.affiliation or ""


def _marks(one: Appearance) -> set[tuple[str, str]]:
    """What two appearances must share one of to be one person."""
    post, house = one.role or "", one.affiliation or ""
    marks = {("post", word) for word in _words(post)} | {("house", word) for word in _words(house)}
    return marks | ({("politics", "")} if POLITICS.search(post) else set())


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.casefold())) - EMPTY


def _by_document(one: Appearance, persons: Sequence[Sequence[Appearance]]) -> int | None:
    """The only one of them who speaks in the same documents, for an appearance without a post."""
    there = [
        at for at, person in enumerate(persons) if any(one.document_numbers & it.document_numbers for it in person)
    ]
    return there[0] if len(there) == 1 else None


def _own(one: Appearance, at: int | None, persons: Sequence[Sequence[Appearance]]) -> Appearance:
    if at == 0:
        return one
    first = None if at is None else persons[at][0]
    post = () if first is None else (first.role or "", first.affiliation or "")
    return replace(one, entity=entity_id("namesake", one.entity, *post))
