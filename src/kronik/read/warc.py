"""A WARC archive to the pages in it: its HTML and text responses of status 200, their digests checked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date
from io import BufferedReader
from typing import Any
from urllib.parse import urlsplit

from kronik.errors import PageError
from kronik.model import Page
from kronik.read import archived_response, digests
from kronik.read.gzip_members import MAGIC
from kronik.read.json_lines import url_id
from kronik.read.page import Given, Unreadable, make_page, too_large
from kronik.read.warc_records import Damaged, Record, read_records

NO_PAGES = "an archive without pages, no HTML or text response of status 200 in it: give another"
_BEGINS = b"WARC/"
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def is_warc(head: bytes) -> bool:
    """Whether the first bytes of a stream, packed or plain, begin a WARC archive."""
    if head.startswith(MAGIC):
        try:
            head = zlib.decompressobj(31).decompress(head, len(_BEGINS))
        except zlib.error:
            return False
    return head.startswith(_BEGINS)


def read_warc(
    stream: BufferedReader[Any], given: Given, *, origin: str, size: int | None = None
) -> Iterator[Page | Unreadable]:
    """The pages of an archive, plain or gzipped, in order; each record that cannot be read, and why, in its place.

    A page's origin is ``origin`` with the number of its record, counted from 1; its id is the digest of its address,
    which the record gives, with the day on which it was fetched. ``given.max_bytes`` limits a record, and the page
    again when it is unpacked; no more than two records are held. Responses of other status or kind and all other
    records are passed over. ``size`` is how long the stream is, where that is known.

    Raises DataError where fastwarc is missing.
    """
    found = False
    for record in read_records(stream, most=given.max_bytes, size=size):
        one = page_of(record, given, f"{origin}:{record.number}")
        if one is not None:
            found = True
            yield one
    if not found:
        yield Unreadable(origin, NO_PAGES)


def page_of(record: Record | Damaged, given: Given, origin: str) -> Page | Unreadable | None:
    """The page that a record holds, or why it cannot be read; None where it holds something else."""
    if isinstance(record, Damaged):
        return Unreadable(origin, record.reason)
    try:
        return _page(record, given, origin)
    except PageError as wrong:
        return Unreadable(origin, str(wrong))


def _page(record: Record, given: Given, origin: str) -> Page | None:
    if record.too_large:
        raise PageError(too_large(given.max_bytes))
    if record.block is None:
        return None
    url = record.head.get("warc-target-uri", "").removeprefix("<").removesuffix(">")
    if not url:
        raise PageError("a damaged record, it gives no address: get the archive again")
    if digests.agrees(record.head.get("warc-block-digest", ""), record.block) is False:
        raise PageError("a damaged record, its digest is wrong: get the archive again")
    response = archived_response.parse(record.block)
    if response.status is None:
        raise PageError("a damaged record, no response of a web server: get the archive again")
    media_type = response.media_type or record.head.get("warc-identified-payload-type")
    if response.status != 200 or media_type not in (None, *_PAGE_TYPES):
        return None
    if not url.lower().startswith(("http://", "https://")) or _path(url) == "/robots.txt":
        return None
    _check_address(url)
    together = archived_response.unchunked(response)
    data = archived_response.unpacked(response, together, given.max_bytes)
    payload = record.head.get("warc-payload-digest", "")
    # The standard leaves open whether the payload is the body as it was sent, put together or unpacked.
    if all(digests.agrees(payload, one) is False for one in (response.body, together, data)):
        raise PageError("a damaged record, its payload's digest is wrong: get the archive again")
    if not data.strip():
        return None  # an answer without a body: a beacon, not a page
    return make_page(
        data,
        given,
        id=url_id(url.partition("#")[0]),
        origin=origin,
        media_type=media_type,
        charset=response.charset,
        url=url,
        seen=_day(record.head.get("warc-date", "")),
    )


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise PageError("gives no valid address: leave the record out") from None
    if not parts.hostname or not url.isprintable() or len(url) > 4000:
        raise PageError("gives no valid address: leave the record out")
    if "@" in parts.netloc:
        raise PageError("its address holds a user name, which would be stored: leave the record out")


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None
