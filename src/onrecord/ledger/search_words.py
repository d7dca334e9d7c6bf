"""What a user types into a search, made into something that FTS5 always understands."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Right-to-left scripts, whose words take prefixes, and scripts written without spaces: SQLite's word tokenizer misses
# a word inside a longer run of them, so these are searched by trigrams.
UNSPACED = re.compile(
    "[\u0590-\u08ff\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff"
    "\ufe70-\ufefc\uff66-\uffdc\U00010800-\U00010fff\U0001e800-\U0001efff\U00020000-\U0003ffff]"
)
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
TRIGRAM = 3  # characters below which a trigram index finds nothing
SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that must occur, in one column or (None) in any."""

    text: str
    column: str | None = None


def _searchable(text: str) -> bool:
    """Whether any character is one that the tokenizer keeps; punctuation alone finds nothing."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def terms(words: str, column: str | None = None) -> tuple[Term, ...]:
    """The words, and the phrases in double quotes, of a user's input. Any string is allowed."""
    clean = words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    found = (phrase or word for phrase, word in _TERM.findall(clean))
    return tuple(Term(text, column) for text in dict.fromkeys(found) if _searchable(text))


def unspaced(all_terms: Sequence[Term]) -> bool:
    """Whether trigrams are needed."""
    return any(UNSPACED.search(term.text) for term in all_terms)


def expression(all_terms: Sequence[Term]) -> str:
    """An FTS5 query that wants every term. Inside double quotes FTS5 knows no operators."""
    return " AND ".join(_phrase(term) for term in all_terms)


def _phrase(term: Term) -> str:
    quoted = '"' + term.text.replace('"', '""') + '"'
    return f"{term.column} : {quoted}" if term.column else quoted


def outlet_words(*names: str | None) -> str:
    """Names of an outlet, folded, each word between two spaces, so that whole words can be found inside."""
    lines = (re.sub(r"[\W_]+", " ", name.casefold()).strip() for name in names if name)
    return " " + " | ".join(line for line in lines if line) + " "


def name_words(name: str | None) -> str:
    """A speaker's or hop's name as `outlet_words`, without accents."""
    plain = unicodedata.normalize("NFKD", name or "")
    return outlet_words("".join(character for character in plain if not unicodedata.combining(character)))
