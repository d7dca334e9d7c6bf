"""Which language a text is in. The only place that imports py3langid."""

import re

SAMPLE = 800  # characters; on 300 articles as good as 4,000, and milliseconds cheaper
LEAST_LETTERS = 40  # below this a guess is worth nothing

_CODE = re.compile(r"[a-z]{2}")


def detect_language(text: str) -> str | None:
    """ISO 639-1 code, or None when `text` is too short to tell."""
    sample = _sample(text)
    if sum(map(str.isalpha, sample)) < LEAST_LETTERS:
        return None
    import py3langid

    code = str(py3langid.classify(sample)[0])
    return code if _CODE.fullmatch(code) else None


def _sample(text: str) -> str:
    """From the middle of a long text: heads carry names and addresses."""
    start = max(0, min(len(text) // 2 - SAMPLE // 2, len(text) - SAMPLE))
    return text[start : start + SAMPLE]
