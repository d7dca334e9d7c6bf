"""What a tagger is: text in, loose attributions out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.records import Span
from onrecord.tag.quotes import Quote


@dataclass(frozen=True, slots=True)
class Tagged:
    """One cue with the stretches of words that the model gives to it. Neighbouring words are one span."""

    cue: Span
    sources: tuple[Span, ...]
    contents: tuple[Span, ...]
    score: float  # how likely cue, source and content are all right


class Tagger(Protocol):
    """Anything that finds cues and, for each cue, its sources and contents."""

    @property
    def name(self) -> str:
        """Name and version, as it stands in the evidence."""
        ...

    def tag(self, text: str, quotes: Sequence[Quote], *, threshold: float) -> list[Tagged]:
        """Attributions of `text` with a score of `threshold` or more, in the order of their cues.

        Offsets count from the start of `text`.
        """
        ...
