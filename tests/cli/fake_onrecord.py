"""The whole command line with a tagger that needs no weights and does as the text tells it.

Run as a script it is `onrecord`. The processes that it starts import it again and so have the same tagger.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Sequence

import onrecord.pipeline
from onrecord.cli import main
from onrecord.errors import ModelFailed
from onrecord.records import Span
from onrecord.tag.quotes import Quote
from onrecord.tag.tagger import Tagged

Run = Callable[..., subprocess.CompletedProcess[str]]  # arguments of onrecord → what it did
Write = Callable[[str, str], str]  # name, text → name
Article = Callable[..., str]  # title, content → text
Environment = dict[str, str]
SAID = re.compile(r"(?P<source>[A-Z]\w+(?: [A-Z]\w+)*) (?P<cue>said|denied) (?P<content>[^.\n]+)\.")


class ObedientTagger:
    name = "obedient-1"

    def tag(self, text: str, quotes: Sequence[Quote], *, threshold: float) -> list[Tagged]:
        _obey(text)
        found = (match for match in SAID.finditer(text) if threshold < 0.9)
        return [_tagged(match) for match in found]


def _obey(text: str) -> None:
    if os.environ.get("FORBID_TAGGING"):
        raise RuntimeError("no tagging now")
    if "KILL THE READER" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "DIVIDE BY ZERO" in text:
        1 / 0  # noqa: B018
    if "LOSE THE WEIGHTS" in text:
        raise ModelFailed("the weights are gone; install onrecord again")
    if "TAKE YOUR TIME" in text:
        time.sleep(0.5)
    if "SLEEP" in text:
        time.sleep(60)


def _tagged(match: re.Match[str]) -> Tagged:
    source, cue, content = (Span(*match.span(role)) for role in ("source", "cue", "content"))
    return Tagged(cue, (source,), (content,), 0.9)


def load_tagger(threads: int = 0) -> ObedientTagger:
    return ObedientTagger()


if __name__ in ("__main__", "__mp_main__"):  # the program, and the processes that it starts
    onrecord.pipeline.load_tagger = load_tagger  # type: ignore[assignment]
if __name__ == "__main__":
    main()
