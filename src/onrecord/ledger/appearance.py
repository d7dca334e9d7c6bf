"""One name of one speaker as documents have it, and which entities are one."""

from dataclasses import dataclass, field

from onrecord.records import SpeakerKind


@dataclass(frozen=True, slots=True)
class Appearance:
    """One name of one entity in one document, or in a registry, with the statements that it speaks in."""

    entity: str
    name: str
    kind: SpeakerKind
    role: str | None
    affiliation: str | None
    country: str | None
    statement_numbers: tuple[int, ...]
    document_numbers: frozenset[int]
    day: str | None  # of publication
    identifiers: str | None = None
    alias_of: str | None = None  # the entity of the registry that has this name for another one

    @property
    def statements(self) -> int:
        return len(self.statement_numbers)


@dataclass(slots=True)
class Groups:
    """Entities that are one, by the rules and by decisions."""

    parent: dict[str, str] = field(default_factory=dict)

    def root(self, entity: str) -> str:
        while (above := self.parent.get(entity, entity)) != entity:
            entity = above
        return entity

    def join(self, into: str, entity: str) -> None:
        one, other = self.root(into), self.root(entity)
        if one != other:
            self.parent[other] = one
