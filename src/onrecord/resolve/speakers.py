"""Who is answerable for each attribution of a page: names, not pronouns."""

from onrecord.records import Decided, Speaker, SpeakerKind
from onrecord.resolve.page import Page

Speakers = tuple[Speaker, ...]


def find_speakers(page: Page) -> list[Decided[Speakers]]:
    """The speakers of each attribution; none where the text names nobody and nobody can be told."""
    return [
        Decided(
            tuple(Speaker(page.words([span]), SpeakerKind.PERSON, span=span, resolved=False) for span in one.sources)
        )
        for one in page.attributions
    ]
