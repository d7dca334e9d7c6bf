"""Who a pronoun stands for: the one whose words these are, the name before "who", or the likeliest antecedent."""

from onrecord.records import Span
from onrecord.resolve.antecedents import SURE, Antecedents, sort_of
from onrecord.resolve.entities import Entity
from onrecord.resolve.noun_phrases import NounPhrase

FIRST = frozenset(("i", "we", "me", "us", "my", "our"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
Answer = tuple[tuple[Entity, ...], str, float | None]


def referent(phrase: NounPhrase, number: int, antecedents: Antecedents) -> Answer:
    """Those whom a pronoun at the attribution of this number stands for, none where it cannot be told, and why."""
    word = phrase.words.lower()
    if word in FIRST:
        return _first_person(number, antecedents)
    if word in RELATIVE:
        return _relative(phrase.span, antecedents)
    ranked = antecedents.rank(phrase, number)
    if not ranked:
        return (), "nobody can be told", None
    best = ranked[0]
    if best.entities and best.chance >= SURE[sort_of(phrase) or ""]:
        for entity in best.entities:
            entity.gender = entity.gender or antecedents.gender(phrase)
        return best.entities, antecedents.reason(best), best.chance
    named = [" and ".join(entity.name for entity in each.entities) for each in ranked[:3] if each.entities]
    return (), f"it could be {' or '.join(map(repr, named[:2]))}" if named else "nobody before it could be meant", None


def _first_person(number: int, antecedents: Antecedents) -> Answer:
    """ "I" and "we" inside somebody's words are that speaker."""
    parent = antecedents.page.attributions[number].parent
    if parent is not None and parent < len(antecedents.found):
        found = antecedents.found[parent]
        if found and all(each.sure for each in found):
            return tuple(each.entity for each in found), "the one whose words these are", None
    return (), "whose words these are cannot be told", None


def _relative(span: Span, antecedents: Antecedents) -> Answer:
    """The name that a relative clause follows."""
    sentence = antecedents.page.sentence_at(span.start)
    names = antecedents.entities.names.between(sentence.start, span.start)
    if names and span.start - names[-1].span.end <= 40:
        entity = antecedents.entities.of_name(names[-1])
        return (entity,), f"what stands before it, {entity.name!r}", None
    return (), "what stands before it is not named", None
