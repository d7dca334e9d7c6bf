"""The country that words name: CLDR's names of territories, and demonyms. The only import site of Babel."""

from functools import cache

from onrecord.resolve.lexicon import lexicon

LONGEST = 4  # words of a country's name


@cache
def _countries() -> dict[str, str]:
    """ISO 3166-1 codes by names and demonyms, in lower case."""
    from babel import Locale

    territories = Locale("en").territories
    found = {str(name).lower(): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    for code, words in lexicon("countries").items():
        found |= {str(word).lower(): str(code) for word in words}
    return found


def country_of(words: str | None) -> str | None:
    """The code of the first country that `words` name, None when they name none."""
    if not words:
        return None
    tokens = [word.strip(",.;:()[]\"'’").removesuffix("'s").removesuffix("’s").lower() for word in words.split()]
    known = _countries()
    for at in range(len(tokens)):
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            code = known.get(" ".join(tokens[at : at + size]))
            if code and words.split()[at][:1].isupper():  # "US", not "us"
                return code
    return None


@cache
def name_of(code: str) -> str:
    """The English name of a country by its code."""
    from babel import Locale

    return str(Locale("en").territories[code])


def demonyms(code: str) -> tuple[str, ...]:
    """Words for a country and its people, in lower case."""
    return (name_of(code).lower(), *(str(word).lower() for word in lexicon("countries").get(code, ())))
