"""What a page says about itself: JSON-LD first, then meta tags, then the extractor's findings."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.read.dates import iso_date, url_date
from onrecord.read.html_scan import Tag

Json = dict[str, Any]

_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_BYLINES = ("author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "byl")
_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_PUBLISHED = (
    *("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
    *("dcterms.created", "pubdate", "publishdate", "publish-date", "sailthru.date", "parsely-pub-date"),
    *("article.published", "cxenseparse:recs:publishtime"),
)
_MODIFIED = (
    *("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"),
    *("article.updated", "lastmod"),
)
_BYLINE_LEAD = re.compile(
    r"^(?:view all (?:posts|articles) by|(?:posts?|posted|article|written|story) by|by)(?:\s+|$)", re.IGNORECASE
)
LONGEST_BYLINE = 120


@dataclass(frozen=True, slots=True)
class Metadata:
    """As the fields of `Document`. `titles` are all wordings of the title, the best first."""

    titles: tuple[str, ...]
    byline: str | None
    publisher: str | None
    published_at: str | None
    modified_at: str | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Guess:
    """What the extractor found out by itself."""

    title: str | None
    author: str | None
    date: str | None
    sitename: str | None
    url: str | None


def page_metadata(page: str, tags: Iterable[Tag], guess: Guess, *, url: str | None) -> Metadata:
    """Collect the metadata of a page. `url`: where it was fetched from, if that is known."""
    tags = tuple(tags)
    meta = _meta(tags)
    article = _article(page, tags)
    address = _address(tags, meta, article, guess, url)
    titles = _distinct([_text(article.get("headline")), *_values(meta, _TITLES), guess.title])
    return Metadata(
        titles=titles,
        byline=_byline([_names(article.get("author")), *_values(meta, _BYLINES), guess.author]),
        publisher=_outlet([_names(article.get("publisher")), *_values(meta, _OUTLETS), guess.sitename], titles),
        published_at=_first(
            [
                *map(iso_date, [_text(article.get("datePublished")), *_values(meta, _PUBLISHED), _time(tags)]),
                url_date(address or ""),
                iso_date(guess.date),
            ]
        ),
        modified_at=_first(map(iso_date, [_text(article.get("dateModified")), *_values(meta, _MODIFIED)])),
        url=address,
        language=_language(tags, meta, article),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _outlet(values: Iterable[str | None], titles: Iterable[str]) -> str | None:
    """The first that is a name: no address, and not the title again."""
    words = (" ".join((value or "").split()) for value in values)
    return next((each for each in words if each and "//" not in each and each not in titles), None)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(value.split()) for value in values if value and value.strip()))


def _meta(tags: Iterable[Tag]) -> dict[str, str]:
    """Name or property, in lower case, to content; the first of each wins."""
    found: dict[str, str] = {}
    for tag in tags:
        if tag.name == "meta":
            name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
            content = tag.get("content")
            if name and content and content.strip():
                found.setdefault(name.lower(), content.strip())
    return found


def _values(meta: Mapping[str, str], names: Iterable[str]) -> list[str | None]:
    return [meta.get(name) for name in names]


# --- JSON-LD


def _article(page: str, tags: Iterable[Tag]) -> Json:
    """The object that describes the article: of the most fitting kind, empty when there is none."""
    found = [each for tag in tags if tag.name == "script" for each in _linked_data(page, tag)]
    found.sort(key=_rank)
    return found[0] if found and _rank(found[0]) < len(_RANKS) else {}


_RANKS = ("NewsArticle", "Article", "Posting", "Report", "WebPage")


def _rank(data: Json) -> int:
    """0 for the kind that fits best."""
    kinds = data.get("@type")
    names = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    ranks = [index for index, ending in enumerate(_RANKS) for name in names if name.endswith(ending)]
    return min(ranks, default=len(_RANKS))


def _linked_data(page: str, tag: Tag) -> Iterator[Json]:
    """Every object of a script of JSON-LD, also those inside lists and @graph. Broken scripts give nothing."""
    if "ld+json" not in tag.attributes.lower():
        return
    end = page.find("</", tag.end)
    while end >= 0 and page[end + 2 : end + 8].lower() != "script":
        end = page.find("</", end + 2)
    try:
        waiting = [json.loads(page[tag.end : end if end >= 0 else len(page)].strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        data = waiting.pop()
        if isinstance(data, list):
            waiting += reversed(data)
        elif isinstance(data, dict):
            yield data
            waiting += [data[key] for key in ("mainEntity", "@graph") if isinstance(data.get(key), list | dict)]


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _clean(value) if isinstance(value, str) else None


def _clean(words: str) -> str | None:
    from html import unescape

    return " ".join(unescape(words).encode("utf-8", "ignore").decode().split()) or None


def _names(value: object) -> str | None:
    """The names of a person, an organisation, or a list of such."""
    each = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in each]
    known = [_text(name) for name in names]
    return " and ".join(dict.fromkeys(name for name in known if name)) or None


# --- other places


def _time(tags: Iterable[Tag]) -> str | None:
    """The first <time> that says it is the publication."""
    for tag in tags:
        if tag.name == "time" and re.search(r"pubdate|datepublished|publish", tag.attributes, re.IGNORECASE):
            return tag.get("datetime")
    return None


def _byline(values: Iterable[str | None]) -> str | None:
    """The first that is a name and no address."""
    for value in values:
        words = _BYLINE_LEAD.sub("", " ".join((value or "").split()).replace(";", " and"))
        if words and "//" not in words and "@" not in words and len(words) <= LONGEST_BYLINE:
            return words
    return None


def _address(tags: Iterable[Tag], meta: Mapping[str, str], article: Json, guess: Guess, url: str | None) -> str | None:
    """The canonical address, absolute."""
    canonical = [
        tag.get("href") for tag in tags if tag.name == "link" and (tag.get("rel") or "").lower() == "canonical"
    ]
    main = article.get("mainEntityOfPage")
    named = [*canonical, meta.get("og:url"), _text(main.get("@id") if isinstance(main, dict) else main)]
    for each in [*named, _text(article.get("url")), guess.url, url]:
        absolute = _absolute(each, url)
        if absolute:
            return absolute
    return None


def _absolute(address: str | None, base: str | None) -> str | None:
    try:
        joined = urljoin(base or "", (address or "").strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.hostname else None


def _language(tags: Iterable[Tag], meta: Mapping[str, str], article: Json) -> str | None:
    """ISO 639-1, as the page claims."""
    html = next((tag.get("lang") or tag.get("xml:lang") for tag in tags if tag.name == "html"), None)
    for claim in (html, _text(article.get("inLanguage")), meta.get("content-language"), meta.get("og:locale")):
        match = re.match(r"([a-zA-Z]{2})(?:[-_]|$)", claim or "")
        if match:
            return match[1].lower()
    return None
