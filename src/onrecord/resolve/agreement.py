"""How the words of a description and those known of an entity agree: "the Lebanese minister"."""

import re

from onrecord.records import SpeakerKind
from onrecord.resolve.countries import country_of
from onrecord.resolve.entities import Entity
from onrecord.resolve.names import listed
from onrecord.resolve.noun_phrases import EDGE, NounPhrase

WORDS = re.compile(r"\w+")
HUMAN = frozenset((SpeakerKind.PERSON, SpeakerKind.UNNAMED))


def is_called(entity: Entity, noun: str) -> bool:
    """Whether a noun stands in the role, the titles or the name of an entity."""
    if entity.kind in HUMAN:
        return noun in entity.titles or noun in WORDS.findall((entity.role or "").lower())
    return noun in entity.name.lower().split()


def fits(entity: Entity, phrase: NounPhrase) -> bool:
    """Whether nothing that a description says speaks against an entity: "the Lebanese minister"."""
    seen = agreement_of(entity, phrase)
    country = country_of(phrase.words) is not None
    return not seen["given words lacking"] and (not country or bool(seen["country"]))


def names_given(phrase: NounPhrase) -> list[str]:
    """The names that a description holds besides countries: "the ED counsel"."""
    words = [word.strip(EDGE) for word in phrase.words.split()[1:] if word[:1].isupper()]
    return [word for word in words if word.lower() not in listed("titles") and not country_of(word)]


def agreement_of(entity: Entity, phrase: NounPhrase) -> dict[str, float]:
    """How the words of a description and those known of a candidate agree."""
    said = f"{entity.name} {entity.role or ''} {entity.affiliation or ''} {' '.join(entity.titles)}".lower()
    bare = re.sub(r"^[Tt]he\s+", "", phrase.words).lower()
    given = [word.lower() for word in names_given(phrase)]
    country, known = country_of(phrase.words), country_of(entity.affiliation) or country_of(entity.role)
    known = known or country_of(entity.name)
    called = is_called(entity, phrase.head)
    return {
        "called so": float(called),
        "called otherwise": float(bool(entity.role) and not called),
        "same words": float(bare == entity.name.lower()),
        "same kind": float(phrase.kind is entity.kind),
        "given words": float(bool(given) and all(word in said for word in given)),
        "given words lacking": float(bool(given) and not all(word in said for word in given)),
        "country": float(country is not None and country == known),
        "another country": float(country is not None and known is not None and country != known),
    }
