"""Who the rules take a speaker of one document for in the whole ledger.

A full name of the same kind is one speaker; the country, where the text gives one, tells namesakes apart. One word
is never enough to find a person again in another document, nor is the name of a ministry without its country, nor a
description. "A newspaper" is nobody.
"""

import re

from onrecord.ids import entity_id
from onrecord.records import Speaker, SpeakerKind

# "A mainland newspaper" here is not the one there.
SOME = re.compile(r"(?:an?|some|several|many|one|two|three|another|other|certain|various|unnamed)\s+[a-z]")
BODIES = frozenset((SpeakerKind.ORGANISATION, SpeakerKind.PUBLICATION))
# Bodies of which every country has one.
EVERYWHERE = re.compile(
    r"\b(?:ministry|department|police|court|army|military|navy|government|parliament|senate|congress|cabinet|assembly|"
    r"council|commission|authorit\w+|prosecut\w+|bureau|embassy|consulate|treasury|central bank|opposition|state)\b",
    re.IGNORECASE,
)


def folded(name: str) -> str:
    """A name without case, marks and articles."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip().removeprefix("the ")


def entity_of(speaker: Speaker, document_id: str) -> str | None:
    """The id that the rules give a speaker; None for those who are not named or not known."""
    if not speaker.resolved or speaker.kind not in (SpeakerKind.PERSON, SpeakerKind.GOVERNMENT, *BODIES):
        return None
    name = folded(speaker.name)
    if not name or SOME.match(speaker.name):
        return None
    alone = len(name.split()) < 2 if speaker.kind is SpeakerKind.PERSON else _is_everywhere(speaker)
    alone = alone or speaker.name.islower()  # a description, and no name in a script that has capitals
    return entity_id(_class(speaker.kind), name, speaker.country or "", document_id if alone else "")


def _class(kind: SpeakerKind) -> str:
    return "person" if kind is SpeakerKind.PERSON else "body"


def _is_everywhere(speaker: Speaker) -> bool:
    """Whether the name alone could be that of many bodies: "Interior Ministry"."""
    return speaker.country is None and speaker.affiliation is None and bool(EVERYWHERE.search(speaker.name))
