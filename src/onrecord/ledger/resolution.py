"""What was resolved of a statement, as one line of JSON, and back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from onrecord.records import (
    Act,
    Addressee,
    Basis,
    Certainty,
    Commitment,
    Hop,
    HopRelation,
    LocalLink,
    Polarity,
    Precision,
    Relation,
    SaidAt,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)

Plain = dict[str, Any]


def to_plain(statement: Statement, identities: Sequence[str]) -> Plain:
    """Speakers, addressee, chain, date and links. `identities`: the ids of the document's statements, by place."""
    said, commitment = statement.said_at, statement.commitment
    return {
        "speakers": [
            [one.name, one.kind.value, one.role, one.affiliation, one.country, _pair(one.span), one.resolved]
            for one in statement.speakers
        ],
        "addressee": [statement.addressee.name, _pair(statement.addressee.span)] if statement.addressee else None,
        "chain": [[hop.name, hop.relation.value, _pair(hop.span)] for hop in statement.chain],
        "certainty": commitment.certainty.value,
        "hedge": _pair(commitment.hedge),
        "condition": _pair(commitment.condition),
        "said": [said.basis.value, _day(said.start), _day(said.end), said.precision, _pair(said.span)],
        "links": [
            [link.relation.value, link.to, _pair(link.claim), None if link.to is None else identities[link.to]]
            for link in statement.links
        ],
    }


def from_plain(plain: Plain | None, act: Act | None, polarity: Polarity | None) -> Plain:
    """The fields of a Statement that `to_plain` keeps. Neutral ones for a row of before they were kept."""
    if plain is None or act is None or polarity is None:
        return {}
    basis, start, end, precision, span = plain["said"]
    return {
        "act": act,
        "speakers": tuple(
            Speaker(name, SpeakerKind(kind), role, affiliation, country, _span(place), resolved)
            for name, kind, role, affiliation, country, place, resolved in plain["speakers"]
        ),
        "addressee": Addressee(plain["addressee"][0], Span(*plain["addressee"][1])) if plain["addressee"] else None,
        "chain": tuple(Hop(name, HopRelation(relation), _span(place)) for name, relation, place in plain["chain"]),
        "commitment": Commitment(
            polarity, Certainty(plain["certainty"]), _span(plain["hedge"]), _span(plain["condition"])
        ),
        "said_at": SaidAt(
            Basis(basis), _date(start), _date(end), Precision(precision) if precision else None, _span(span)
        ),
        "links": tuple(LocalLink(Relation(relation), to, _span(claim)) for relation, to, claim, _ in plain["links"]),
    }


def linked_ids(plain: Plain | None) -> tuple[tuple[str, str | None], ...]:
    """The links of a statement: relation, and the id of the other statement or None for a claim."""
    return tuple((relation, identity) for relation, _, _, identity in plain["links"]) if plain else ()


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
