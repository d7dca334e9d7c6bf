"""Words that date something, found by a small grammar and counted from the day of publication.

The grammar finds more than a general date parser and less: no modal "may", no "sat", no bare number. Counting back is
a few lines of calendar arithmetic.
"""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.records import Basis, Precision, SaidAt, Span

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "a couple of": 2}  # fmt: skip

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)\d\d|18\d\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of)"
_PART = r"(?:\s+(?:morning|afternoon|evening|night))?"
_TO = r"\s*(?:-|–|to|and|until)\s*"
_WITH_YEAR = rf"(?:,?\s+(?P<year>{_YEAR}))?"
_NO_COUNT = r"(?!\s*(?:%|per|percent|[:,]\d|million|people))"
_TALK = (
    r"(?:interview|speech|statement|report|book|study|survey|essay|letter|memo|memoir|article|column|tweet|post|"
    r"address|debate|hearing|ruling|verdict|paper|documentary|film|(?:press|news) conference)"
)
_SOON = r"(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Ll]ast night|[Tt]his (?:morning|afternoon|evening))"
_SPELL = r"(?P<which>[Ll]ast|[Tt]his|[Tt]he past|[Nn]ext|[Pp]revious)"
_IN = r"(?:[Ii]n|[Ss]ince|[Dd]uring|[Bb]y|[Ee]arly|[Ll]ate)"
_LEAD = r"(?:\b(?:[Oo]n|[Ii]n|[Ss]ince|[Ff]rom|[Bb]etween|[Ee]arly|[Ll]ate|[Oo]f|[Bb]y)\s+)?"

# The first form that fits a place has it.
_FORMS: tuple[tuple[str, str], ...] = (
    ("days", rf"(?P<first>{_DAY}){_TO}(?P<last>{_DAY})\s+(?P<month>{_MONTH}){_WITH_YEAR}"),
    ("days", rf"(?P<month>{_MONTH})\s+(?P<first>{_DAY}){_TO}(?P<last>{_DAY}){_WITH_YEAR}\b"),
    ("between", rf"(?P<first>{_DAY}\s+{_MONTH},?\s+{_YEAR}){_TO}(?P<last>{_DAY}\s+{_MONTH},?\s+{_YEAR})"),
    ("day", rf"(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR})\b"),
    ("day", rf"(?P<month>{_MONTH})\s+(?P<day>{_DAY}),?\s+(?P<year>{_YEAR})\b"),
    ("day", r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b"),
    ("day", r"(?P<day>1[3-9]|2\d|3[01])[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<year>(?:19|20)\d\d)\b"),
    ("month", rf"(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<year>{_YEAR})\b"),
    ("day", rf"(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{_MONTH})(?![\w-])"),
    ("day", rf"(?P<month>{_MONTH})\s+(?P<day>{_DAY})\b{_NO_COUNT}"),
    ("weekday", rf"(?P<which>last\s+|this\s+|next\s+|this past\s+)?(?P<weekday>{_WEEKDAY}){_PART}"),
    ("near", rf"(?P<near>{_SOON})(?:['’]s)?{_PART}"),
    ("period", rf"(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+)?{_SPELL}\s+(?P<unit>week|weekend|month|year)"),
    ("ago", rf"(?P<count>{_COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier|before)"),
    ("last_month", rf"(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s+(?P<month>{_MONTH})"),
    ("years", rf"(?P<first>{_YEAR}){_TO}(?P<last>{_YEAR})\b"),
    (
        "bare_month",
        rf"(?:[Ii]n|[Ss]ince|[Bb]y|[Dd]uring|[Oo]f|[Ee]arly|[Ll]ate|[Mm]id-?)\s*(?P<month>{_MONTH})(?![\w-])",
    ),
    ("year", rf"(?:[Ii]n|[Ss]ince|[Dd]uring|[Bb]y|[Ee]arly|[Ll]ate)\s+(?P<year>{_YEAR})\b{_NO_COUNT}"),
    ("year", rf"(?:(?:[Aa]|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s+)?(?P<year>{_YEAR})(?=\s+{_TALK}\b)"),
)
_GRAMMAR = tuple((name, re.compile(_LEAD + rf"(?<![\w]){form}")) for name, form in _FORMS)
# Nothing dates a text that holds none of these.
_HINT = re.compile(
    rf"{_MONTH}|{_WEEKDAY}|\b{_YEAR}\b|\b(?:yester|to)day|\bto(?:night|morrow)|\b(?:last|this|next|past|previous)\s|"
    r"\b(?:ago|earlier|before)\b",
    re.IGNORECASE,
)
# What a sentence holds between a comma and date words that date another clause: "who in 2005 became", "established in".
_ASIDE = re.compile(
    r"(?:^|[,;(])[^,;(]*\b(?:who|whom|which|whose|where|when|after|until|since|while|because|following|established|"
    r"founded|born|launched|built|scheduled|slated|due|ahead of|before|began|expired|emerged|killed)\b[^,;()]*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\s{0,3}(?:[-–—:]|\([A-Z]\w+\)\s*[-–—:])")
DATELINE = 90  # characters from the start of a text's first paragraphs in which a dateline stands


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words that date something, and the days that they mean."""

    span: Span
    said_at: SaidAt


def find_date_words(text: str, low: int, high: int, published: date | None) -> list[DateWords]:
    """All words from `low` to `high` that date something, in order, none inside another."""
    if not _HINT.search(text, low, high):
        return []
    taken: list[Span] = []
    found: list[DateWords] = []
    for name, pattern in _GRAMMAR:
        for match in pattern.finditer(text, low, high):
            span = Span(*match.span())
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            said_at = _READERS[name](match, published)
            taken.append(span)  # also of a day that no calendar has: its month alone would be a guess
            if said_at is not None:
                found.append(DateWords(span, said_at))
    return _joined(text, sorted(found, key=lambda words: words.span))


def _joined(text: str, found: Sequence[DateWords]) -> list[DateWords]:
    """ "Monday (July 25)" is one date, and a written one."""
    joined: list[DateWords] = []
    for words in found:
        if (
            joined
            and words.said_at.basis is Basis.EXPLICIT
            and text[joined[-1].span.end : words.span.start] in (" (", ", ")
        ):
            span = Span(joined.pop().span.start, words.span.end)
            words = DateWords(span, replace(words.said_at, span=span))
        joined.append(words)
    return joined


def is_aside(text: str, low: int, words: Span) -> bool:
    """Whether date words stand in a clause of their own in the sentence that begins at `low`."""
    return bool(_ASIDE.search(text[low : words.start]))


def is_dateline(text: str, low: int, words: Span) -> bool:
    """Whether date words are those of a dateline in the paragraph that begins at `low`."""
    return words.start - low < DATELINE and bool(_DATELINE.match(text, words.end))


def _month(name: str) -> int:
    return int(name) if name.isdigit() else MONTHS.index(name[:3].lower()) + 1


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(basis: Basis, day: date | None, span: Span) -> SaidAt:
    return SaidAt(basis, day, day, Precision.DAY if day else None, span)


def _range(basis: Basis, first: date | None, last: date | None, span: Span) -> SaidAt:
    if first is None or last is None or last < first:
        return SaidAt(basis, span=span)
    return SaidAt(basis, first, last, Precision.RANGE if first != last else Precision.DAY, span)


def _whole_month(basis: Basis, year: int, month: int, span: Span) -> SaidAt:
    last = calendar.monthrange(year, month)[1]
    return SaidAt(basis, date(year, month, 1), date(year, month, last), Precision.MONTH, span)


def _whole_year(basis: Basis, year: int, span: Span) -> SaidAt:
    return SaidAt(basis, date(year, 1, 1), date(year, 12, 31), Precision.YEAR, span)


def _year_of(month: int, day: int, published: date | None) -> int | None:
    """The year of a day written without one: the last such day up to a week after publication."""
    if published is None:
        return None
    for year in (published.year, published.year - 1):
        found = _date(year, month, day)
        if found is not None and found <= published + timedelta(days=7):
            return year
    return None


def _read_day(match: re.Match[str], published: date | None) -> SaidAt | None:
    parts = match.groupdict()
    month, day = _month(parts["month"]), _number(parts["day"])
    year = int(parts["year"]) if parts.get("year") else _year_of(month, day, published)
    if year is None:
        return SaidAt(Basis.EXPLICIT, span=Span(*match.span()))
    found = _date(year, month, day)
    return None if found is None else _one(Basis.EXPLICIT, found, Span(*match.span()))


def _read_days(match: re.Match[str], published: date | None) -> SaidAt | None:
    month = _month(match["month"])
    first, last = _number(match["first"]), _number(match["last"])
    year = int(match["year"]) if match["year"] else _year_of(month, last, published)
    span = Span(*match.span())
    if year is None:
        return SaidAt(Basis.EXPLICIT, span=span)
    return _range(Basis.EXPLICIT, _date(year, month, first), _date(year, month, last), span)


def _read_between(match: re.Match[str], published: date | None) -> SaidAt | None:
    ends = []
    for words in (match["first"], match["last"]):
        day, month, year = words.replace(",", " ").split()
        ends.append(_date(int(year), _month(month), _number(day)))
    return _range(Basis.EXPLICIT, ends[0], ends[1], Span(*match.span()))


def _read_month(match: re.Match[str], published: date | None) -> SaidAt | None:
    return _whole_month(Basis.EXPLICIT, int(match["year"]), _month(match["month"]), Span(*match.span()))


def _read_year(match: re.Match[str], published: date | None) -> SaidAt | None:
    return _whole_year(Basis.EXPLICIT, int(match["year"]), Span(*match.span()))


def _read_years(match: re.Match[str], published: date | None) -> SaidAt | None:
    first, last = int(match["first"]), int(match["last"])
    return _range(Basis.EXPLICIT, date(first, 1, 1), date(last, 12, 31), Span(*match.span()))


def _read_weekday(match: re.Match[str], published: date | None) -> SaidAt | None:
    """The last such day up to publication; "last" leaves the day itself out, "next" looks ahead."""
    span = Span(*match.span())
    if published is None:
        return SaidAt(Basis.RELATIVE, span=span)
    number = WEEKDAYS.index(match["weekday"][:3].lower())
    back = (published.weekday() - number) % 7
    which = (match["which"] or "").strip().lower()
    if which == "next":
        return _one(Basis.RELATIVE, published + timedelta(days=(number - published.weekday() - 1) % 7 + 1), span)
    return _one(Basis.RELATIVE, published - timedelta(days=back or (7 if which == "last" else 0)), span)


def _read_near(match: re.Match[str], published: date | None) -> SaidAt | None:
    words = match["near"].lower()
    away = -1 if words in ("yesterday", "last night") else 1 if words == "tomorrow" else 0
    return _one(Basis.RELATIVE, published + timedelta(days=away) if published else None, Span(*match.span()))


def _read_period(match: re.Match[str], published: date | None) -> SaidAt | None:
    span, which, unit = Span(*match.span()), match["which"].lower(), match["unit"]
    if published is None:
        return SaidAt(Basis.RELATIVE, span=span)
    step = 0 if which == "this" else 1 if which == "next" else -1
    if unit == "year":
        return _whole_year(Basis.RELATIVE, published.year + step, span)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _whole_month(Basis.RELATIVE, months // 12, months % 12 + 1, span)
    monday = published - timedelta(days=published.weekday())
    if unit == "weekend":
        saturday = monday + timedelta(days=5 + 7 * (step if step else (-1 if published.weekday() < 5 else 0)))
        return _range(Basis.RELATIVE, saturday, saturday + timedelta(days=1), span)
    first = monday + timedelta(days=7 * step)
    last = first + timedelta(days=6) if step else published  # of this week, only what is past
    return _range(Basis.RELATIVE, first, last, span)


def _read_ago(match: re.Match[str], published: date | None) -> SaidAt | None:
    """ "Two days ago" counts from publication; "two days earlier" from something else, which is not known here."""
    span = Span(*match.span())
    if published is None or not match.group().endswith("ago"):
        return SaidAt(Basis.RELATIVE, span=span)
    words = match["count"].lower()
    count = int(words) if words.isdigit() else NUMBERS[words]
    unit = match["unit"]
    if unit == "day":
        return _one(Basis.RELATIVE, published - timedelta(days=count), span)
    if unit == "week":
        monday = published - timedelta(days=published.weekday() + 7 * count)
        return _range(Basis.RELATIVE, monday, monday + timedelta(days=6), span)
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return _whole_month(Basis.RELATIVE, months // 12, months % 12 + 1, span)
    return _whole_year(Basis.RELATIVE, published.year - count, span) if count < published.year else None


def _read_bare_month(match: re.Match[str], published: date | None) -> SaidAt | None:
    """A month without a year is the last one that had begun."""
    span, month = Span(*match.span()), _month(match["month"])
    if published is None:
        return SaidAt(Basis.RELATIVE, span=span)
    return _whole_month(Basis.RELATIVE, published.year - (month > published.month), month, span)


def _read_last_month(match: re.Match[str], published: date | None) -> SaidAt | None:
    """ "Last August" is the one before this month, "next August" the one after it."""
    span, month = Span(*match.span()), _month(match["month"])
    if published is None:
        return SaidAt(Basis.RELATIVE, span=span)
    which = match["which"].lower()
    year = published.year
    if which == "last":
        year -= month >= published.month
    elif which == "next":
        year += month <= published.month
    return _whole_month(Basis.RELATIVE, year, month, span)


_READERS: dict[str, Callable[[re.Match[str], date | None], SaidAt | None]] = {
    "ago": _read_ago, "bare_month": _read_bare_month, "between": _read_between, "day": _read_day, "days": _read_days,
    "last_month": _read_last_month, "month": _read_month, "near": _read_near, "period": _read_period,
    "weekday": _read_weekday, "year": _read_year, "years": _read_years,
}  # fmt: skip
