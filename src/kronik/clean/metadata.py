"""The head of a page to what it says about itself: title, publisher, byline, day, address, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from kronik.clean import dates
from kronik.clean.blocks import text_of
from kronik.clean.dates import TextDay
from kronik.languages import Language

_ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date.published",
    "publishdate", "publish_date", "publish-date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "dc.date.created", "article.published",
    "content_publishdate", "date", "originalpublicationdate", "displaydate", "cxenseparse:recs:publishtime",
    "release_date",
)  # fmt: skip
_SITE = ("og:site_name", "publisher", "dc.publisher", "application-name", "apple-mobile-web-app-title")
_TITLE = ("og:title", "dc.title", "twitter:title", "headline", "parsely-title", "sailthru.title")
_BYLINE = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author", "content_author")
LONGEST = 1_000
"""What a page says about itself in more characters than this is no title, name or date."""
_MOST_HEADINGS = 20
_SEPARATOR = re.compile(r"\s+(?:\||–|—|-|»|::?|•|·)\s+")


@dataclass(slots=True)
class Metadata:
    """What a page says about itself, each None where it says nothing. ``language`` is the page's own claim."""

    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None


def of_page(root: Any) -> Metadata:
    """What a parsed page of HTML says about itself in JSON-LD, OpenGraph and other meta tags, <title>, <h1>, <time>."""
    meta = _meta(root)
    linked = _linked_data(root)
    publisher = _first(meta, _SITE) or _name(linked.get("publisher"))
    if publisher and publisher.startswith(("http:", "https:")):
        publisher = _name(linked.get("publisher"))
    return Metadata(
        title=_title(root, meta, linked, publisher),
        publisher=publisher,
        byline=_byline(meta, linked),
        published=_published(root, meta, linked),
        url=_first(meta, ("og:url",)) or _canonical(root),
        language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip() or None,
    )


def shown_day(root: Any, language: Language, known: tuple[date, ...]) -> date | None:
    """The day that an element of the page shows, told by its class ("date", "published" …); None where none does."""
    return next((day for text in _dated(root) if (day := dates.shown(text, language, known))), None)


def shown_without_year(root: Any, language: Language) -> TextDay | None:
    """As ``shown_day``, but a weekday and day that the page shows without the year."""
    days = (day for text in _dated(root) if (day := dates.shown_without_year(text, language)))
    return next((day for day in days if day.weekday is not None), None)


def _dated(root: Any) -> Iterator[str]:
    """The texts of the small elements whose class or tag says that they show a date."""
    for element in root.iter("time", "div", "span", "p", "li", "small", "em", "strong", "td"):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".casefold()
        if element.tag == "time" or re.search(r"date|time|publi|posted|byline|meta|tanggal|waktu", names):
            text = text_of(element) if len(element) < 12 else ""
            if text:
                yield text


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().casefold()
        content = " ".join((element.get("content") or "").split())
        if name and content and len(content) <= LONGEST:
            found.setdefault(name, content)
    return found


def _linked_data(root: Any) -> dict[str, Any]:
    """The first article among the page's JSON-LD, else the first thing with a headline; broken JSON is passed over."""
    things: list[dict[str, Any]] = []
    for element in root.iter("script"):
        if (element.get("type") or "").strip().casefold() == "application/ld+json" and element.text:
            try:
                things.extend(_things(json.loads(element.text, strict=False)))
            except (ValueError, RecursionError):
                continue
    for thing in things:
        kinds = thing.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.casefold() in _ARTICLE_TYPES for kind in kinds):
            return thing
    return next((thing for thing in things if thing.get("headline") or thing.get("datePublished")), {})


def _things(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _things(item)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(value.get(key), (dict, list)):
                yield from _things(value[key])


def _title(root: Any, meta: dict[str, str], linked: dict[str, Any], publisher: str | None) -> str | None:
    headings = _texts(root, "h1", _MOST_HEADINGS)
    titles = _texts(root, "title", 1)
    given = [_first(meta, _TITLE), linked.get("headline") if isinstance(linked.get("headline"), str) else None]
    candidates = [text for text in [*given, *titles] if text and len(text) <= LONGEST]
    # A heading that the other titles begin with, or hold, is the title as the reader sees it.
    for heading in headings:
        if len(heading) > 10 and any(_fold(heading) == _fold(text) for text in candidates):
            return without_site(heading, publisher)
    for heading in headings:
        if len(heading) > 15 and any(_fold(heading) in _fold(text) for text in candidates):
            return without_site(heading, publisher)
    if candidates:
        return without_site(candidates[0], publisher)
    return without_site(headings[0], publisher) if headings else None


def _texts(root: Any, tag: str, most: int) -> list[str]:
    """The texts of the first elements of a kind that hold any and are no longer than a title."""
    texts = (text for element in root.iter(tag) if (text := text_of(element)) and len(text) <= LONGEST)
    return list(islice(texts, most))


def without_site(title: str, publisher: str | None) -> str:
    """A title without the site's name behind or before it ("… | South China Morning Post")."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    site = _fold(publisher or "").replace(" ", "")
    last = _fold(parts[-1]).replace(" ", "")
    bar = "|" in title[len(title) - len(parts[-1]) - 3 :] or "»" in title
    if last and ((site and (last in site or site in last)) or (bar and len(parts[-1].split()) <= 5)):
        return title[: title.rindex(parts[-1])].rstrip(" |–—-»:•·")
    first = _fold(parts[0]).replace(" ", "")
    if site and first and first == site:
        return title[title.index(parts[1]) :]
    return title


def _published(root: Any, meta: dict[str, str], linked: dict[str, Any]) -> date | None:
    values: list[str] = [value for key in ("datePublished", "dateCreated") if isinstance(value := linked.get(key), str)]
    values.extend(meta[name] for name in _PUBLISHED if name in meta)
    for element in root.xpath("//*[@itemprop='datePublished']"):
        values.append(element.get("datetime") or element.get("content") or "")
    times = list(root.iter("time"))
    values.extend(element.get("datetime") or "" for element in times if element.get("pubdate") is not None)
    values.extend(element.get("datetime") or "" for element in times[:1])
    return next((day for value in values if value and (day := dates.of_metadata(value))), None)


def _byline(meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    authors = linked.get("author")
    names = [_name(author) for author in (authors if isinstance(authors, list) else [authors])]
    found = ", ".join(name for name in names if name) or _first(meta, _BYLINE)
    return found if found and not found.startswith(("http:", "https:")) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) and len(value) <= LONGEST else None


def _canonical(root: Any) -> str | None:
    for element in root.iter("link"):
        if (element.get("rel") or "").casefold() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href"))
    return None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
