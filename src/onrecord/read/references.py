"""Footnote marks in the running text, and the notes they point to."""

import re
from collections import Counter
from collections.abc import Iterable

from onrecord.records import Reference, Span

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_SUPERSCRIPTS, "0123456789")

# [who came to Syria] is an insertion; a mark is a number of up to three digits, one letter, or a sign.
_BRACKETED = r"\[(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})\]"
_MARK = re.compile(rf"{_BRACKETED}|[{_SUPERSCRIPTS}]{{1,3}}|(?:\*{{1,3}}|[†‡§]{{1,3}})(?![\w*†‡§])")
_BEFORE = re.compile(r"[\w.,;:!?)”’\"'»\]]")  # what a mark follows at once, or a bracketed one after a space
_UNIT = re.compile(r"\b[cdkm]?m$|\b(?:ft|mi|in|yd|sq)$|\d$", re.IGNORECASE)  # km², and powers: 10³
_NOTE = re.compile(
    rf"(?P<mark>\[(?:\d{{1,3}}|[a-z]|[ivx]{{1,5}}|[*†‡§]{{1,3}})\]|[{_SUPERSCRIPTS}]{{1,3}}|\*{{1,3}}|[†‡§]{{1,3}})\s*\S"
)
_HEADING = re.compile(r"(?:foot|end)?notes?:?|references:?", re.IGNORECASE)


def find_references(text: str) -> tuple[list[Reference], list[Span]]:
    """The marks of `text`, each with its note where it has one, and the stretches that are notes."""
    notes, start = _notes_at_end(text)
    marks = [match for match in _MARK.finditer(text, 0, start) if _is_mark(text, match)]
    twice = {sign for sign, count in Counter(key(mark) for mark, _ in notes).items() if count > 1}
    by_key = {key(mark): span for mark, span in notes if key(mark) not in twice}  # twice the same: list items
    found = [
        Reference(match[0], Span(*match.span()), by_key.get(key(match[0])))
        for match in marks
        if key(match[0]) in by_key or not _needs_note(match[0])
    ]
    used = {each.note for each in found}
    if not used & {span for _, span in notes}:  # a list at the end that no mark points to is no list of notes
        return [each for each in found if not _needs_note(each.mark)], []
    return found, [Span(start, len(text.rstrip()))]


def key(mark: str) -> str:
    """What a mark and its note have in common: [1], ¹ and (1) are all 1."""
    return mark.translate(_PLAIN).strip("[]() .:^").lower()


def _needs_note(mark: str) -> bool:
    """Signs and letters do other work too; they count only when a note answers them."""
    return not any(character.isdigit() for character in mark.translate(_PLAIN))


def _is_mark(text: str, match: "re.Match[str]") -> bool:
    """Whether the sign follows a word or a stop, and is neither a unit nor the head of a line."""
    at = match.start()
    before = text[max(0, at - 4) : at]
    if match[0][0] in _SUPERSCRIPTS:
        return bool(_BEFORE.match(before[-1:])) and not _UNIT.search(before)
    if match[0][0] == "[" and before.endswith(" "):
        return bool(_BEFORE.match(before.rstrip(" ")[-1:]))
    return bool(_BEFORE.match(before[-1:]))


def _notes_at_end(text: str) -> tuple[list[tuple[str, Span]], int]:
    """The notes that end the text, with their marks, and where they begin (with their heading)."""
    notes: list[tuple[str, Span]] = []
    begin = end = len(text)
    while end > 0:
        low = text.rfind("\n", 0, end) + 1
        line = text[low:end].strip()
        match = _NOTE.match(line)
        if match:
            start = low + text[low:end].index(line)
            notes.append((match["mark"], Span(start, start + len(line))))
            begin = start
        elif line:
            return notes[::-1], low if notes and _HEADING.fullmatch(line) else begin
        end = low - 1
    return notes[::-1], begin


def tie(references: Iterable[Reference], extra: Iterable[Reference]) -> tuple[Reference, ...]:
    """All references by place, each place once; the first iterable goes before the second."""
    taken: list[Reference] = []
    for each in (*references, *extra):
        if not any(each.span.start < other.span.end and other.span.start < each.span.end for other in taken):
            taken.append(each)
    return tuple(sorted(taken, key=lambda each: each.span))
