"""Bytes of a sitemap, an index of sitemaps, an RSS or an Atom feed to the addresses that they list."""

from __future__ import annotations

import html
import html.entities
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from kronik.errors import PageError
from kronik.read.encoding import repair

MAX_BYTES = 50_000_000
"""The largest listing, unpacked: what the sitemap protocol allows."""
MAX_ENTRIES = 50_000
"""So many addresses are taken of one listing, the protocol's limit too; what follows is left."""
_ENTRIES = frozenset({"item", "entry", "url", "sitemap"})
_ROOTS = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex"})
_PARTS = frozenset({"link", "loc", "title", "guid", "id", "pubdate", "date", "published", "updated", "lastmod",
                    "publication_date", "issued"})  # fmt: skip
_LONGEST = 4_000
_ELEMENTS = 100_000  # held in memory, of one entry or before the first
_AMPERSAND = re.compile(rb"&(?:(#\w{1,10}|amp|lt|gt|quot|apos);|(\w{2,31};)?)")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
# No entities, no DTD, no network, no depth beyond libxml2's own limit of 256.
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "no_network": True,
    "huge_tree": False,
    "recover": True,
    "remove_comments": True,
    "remove_pis": True,
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One address that a listing names.

    ``published`` is the day as it stands there, in whatever zone that was written; ``changed`` the instant of a
    sitemap's ``lastmod``; ``listing`` says that the address is that of another sitemap.
    """

    url: str
    title: str | None = None
    published: date | None = None
    changed: datetime | None = None
    listing: bool = False


def read_listing(data: bytes, url: str) -> list[Entry]:
    """The entries of a listing, in their order, each address once; ``url`` is where it was found.

    Sitemaps may be gzipped, or plain text with an address a line. XML is read without entities, DTDs and network, and
    leniently, since many feeds are not quite well formed. Entries without an http(s) address are left out. Raises
    PageError where the bytes are no listing, larger than MAX_BYTES, or declare entities.
    """
    data = _unpacked(data)
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise PageError("empty, no feed and no sitemap: check the address")
    if head.lower().startswith((b"http://", b"https://")):
        lines = data.decode("utf-8", "replace").splitlines()[:MAX_ENTRIES]
        return _once(Entry(address) for line in lines if (address := _address(line, url)))
    return _once(_entries(data, url))


def _once(entries: Iterator[Entry]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.url, entry)
        if len(found) >= MAX_ENTRIES:
            break
    return list(found.values())


def _unpacked(data: bytes) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, MAX_BYTES + 1)
        except zlib.error:
            raise PageError("damaged gzip, no sitemap can be unpacked from it: check the address") from None
    if len(data) > MAX_BYTES:
        raise PageError(f"larger than the limit of {MAX_BYTES / 1_000_000:g} MB for feeds and sitemaps: left out")
    return data


def _entries(data: bytes, url: str) -> Iterator[Entry]:
    from lxml import etree  # here, since it takes time to import

    root: Any = None
    held = 0
    try:
        parts = etree.iterparse(BytesIO(_AMPERSAND.sub(_declared, data)), events=("start", "end"), **_SAFE)
        for event, element in parts:
            if event == "start":
                if root is None:
                    root = element
                    _check(root)
                held += 1
                if held > _ELEMENTS:
                    raise PageError("an entry without end, made to do harm: left out")
                continue
            if _name(element) in _ENTRIES:
                entry = _entry(element, url)
                if entry is not None:
                    yield entry
                element.clear()
                while element.getprevious() is not None:  # else the finished entries stay in memory
                    del element.getparent()[0]
                held = 0
    except etree.XMLSyntaxError:
        raise PageError("no feed and no sitemap, its XML cannot be read: check the address") from None
    if root is None:
        raise PageError("no feed and no sitemap, its XML cannot be read: check the address")


def _declared(found: re.Match[bytes]) -> bytes:
    """A reference as XML has it: of HTML's names a number, of an ampersand that refers to nothing a reference."""
    if found[1]:
        return found[0]
    letter = html.entities.html5.get(found[2].decode("ascii", "replace")) if found[2] else None
    return "".join(f"&#{ord(one)};" for one in letter).encode() if letter else b"&amp;" + (found[2] or b"")


def _check(root: Any) -> None:
    """Raises PageError where the document is something else, or declares entities, as no listing needs to."""
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise PageError("declares XML entities, made to do harm: left out")
    if _name(root) not in _ROOTS:
        raise PageError("no feed and no sitemap: check the address")


def _entry(element: Any, url: str) -> Entry | None:
    parts: dict[str, str] = {}
    link = None
    for part in element.iter():
        name = _name(part)
        if part is element or name not in _PARTS:
            continue
        if name == "link" and part.get("href") is not None:
            if part.get("rel", "alternate") == "alternate":
                link = link or part.get("href")
            continue
        text = " ".join(repair("".join(part.itertext())[:_LONGEST]).split())
        if text:
            parts.setdefault(name, text)
    named = parts.get("loc") or link or parts.get("link") or parts.get("guid") or parts.get("id") or ""
    address = _address(named, url)
    if address is None:
        return None
    days = (parts.get(name) for name in ("pubdate", "publication_date", "published", "issued", "date"))
    when = next((moment for day in days if day and (moment := _moment(day))), None)
    changed = next((moment for name in ("lastmod", "updated") if (moment := _moment(parts.get(name, "")))), None)
    title = " ".join(_TAG.sub(" ", html.unescape(parts.get("title", ""))).split()) or None
    return Entry(address, title, when.date() if when else None, changed, _name(element) == "sitemap")


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _address(written: str, listing: str) -> str | None:
    """An http(s) address without fragment, made whole by that of its listing; None where it is none."""
    try:
        whole = urljoin(listing, written.strip().replace("&amp;", "&")).partition("#")[0]
        parts = urlsplit(whole)
        parts.port  # noqa: B018  raises ValueError where it is no number
    except ValueError:
        return None
    fit = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return (
        whole if written.strip() and fit and whole.isprintable() and " " not in whole and len(whole) < 2_048 else None
    )


def _moment(written: str) -> datetime | None:
    """A date or time as RSS or ISO 8601 write it, with its own zone; UTC where it names none."""
    try:
        moment = datetime.fromisoformat(written) if _ISO.match(written) else parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
