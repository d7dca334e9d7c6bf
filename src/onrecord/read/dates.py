"""Dates as pages and captions write them. What is not certain is None."""

import re
from datetime import date, datetime

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WRITTEN = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.replace('month', 'month2')},?\s+(?P<year2>\d{{4}})\b"
    r"|\b(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2})\b",
    re.IGNORECASE,
)
_URL_DATE = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2}|[a-z]{3})[/-](?P<day>\d{1,2})(?=[/_-]|$)", re.I)
# Day first, only where the day cannot be a month.
_URL_DAY_FIRST = re.compile(r"/(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?=[/_-]|$)")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?")


def find_date(text: str) -> tuple[date, int, int] | None:
    """The last written date of `text` with a day, and where it stands. 1/2/2018 is no date: it may mean two."""
    for match in reversed(list(_WRITTEN.finditer(text))):
        parts = match.groupdict()
        year, month, day = (next((v for k, v in parts.items() if v and k.startswith(n)), "") for n in _PARTS)
        found = _date(year, month, day)
        if found:
            return found, match.start(), match.end()
    return None


_PARTS = ("year", "month", "day")


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None


def url_date(url: str) -> str | None:
    """The date in an address (/2018/08/01/ or /31/08/2018/), as ISO 8601."""
    match = _URL_DATE.search(url) or _URL_DAY_FIRST.search(url)
    found = _date(match["year"], match["month"], match["day"]) if match else None
    return found.isoformat() if found else None


def iso_date(text: str | None) -> str | None:
    """`text` as ISO 8601: a date, or a time with its zone. A time without zone is cut to its date."""
    match = _ISO.match((text or "").strip())
    if not match:
        found = find_date(text or "")
        return found[0].isoformat() if found else None
    day, time, zone = match.groups()
    value = f"{day}T{time}{_zone(zone)}" if time and zone else day
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return None
    return value


def _zone(zone: str) -> str:
    """Z or ±hh:mm."""
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return "Z" if zone == "Z" else f"{zone[0]}{digits[:2]}:{digits[2:]}"
