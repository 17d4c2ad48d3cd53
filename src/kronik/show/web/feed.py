"""The entries that were added last as an Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kronik.show.web.interface import Interface
from kronik.show.web.queries.entries import Entry, newest_entries
from kronik.show.web.queries.filters import filters_of, view_address
from kronik.show.web.rendering import connections_of, entry_address, given, interface_of

MOST = 50

routes = APIRouter()


@routes.get("/feed.atom")
def feed(request: Request) -> Response:
    """The newest entries that the filters in the address choose."""
    filters = filters_of(given(request))
    with connections_of(request).ledger().speaking() as connection:
        entries = newest_entries(connection, filters, MOST)
    base = str(request.base_url).rstrip("/")
    t = interface_of(request)
    updated = max((one.added_at for one in entries), default=datetime.now(UTC).isoformat(timespec="seconds"))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{t.language}">',
        f"<id>{_text(base + view_address(filters, '/feed.atom'))}</id>",
        f"<title>kronik: {_text(t('new entries'))}</title>",
        f"<updated>{updated}</updated>",
        f'<link rel="self" href={quoteattr(base + view_address(filters, "/feed.atom"))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + view_address(filters, "/"))}/>',
        "<generator>kronik</generator>",
        *(_entry(one, base, t) for one in entries),
        "</feed>",
    ]
    return Response("\n".join(lines) + "\n", media_type="application/atom+xml")


def _entry(one: Entry, base: str, t: Interface) -> str:
    event = one.event
    actors = ", ".join(who["name"] for who in event["actors"])
    recipients = ", ".join(who["name"] for who in event["recipients"])
    words = [actors, t(event["type"]), recipients, t.when(event["start"], event["end"])]
    if event["status"] != "occurred":
        words.append(f"({t(event['status'])})")
    title = " ".join(filter(None, words))
    return (
        f"<entry><id>urn:kronik:{_text(quote(one.id, safe=''))}</id><title>{_text(title)}</title>"
        f"<updated>{one.added_at}</updated><author><name>{_text(one.publisher or 'kronik')}</name></author>"
        f'<link rel="alternate" type="text/html" href={quoteattr(base + entry_address(one.id))}/>'
        f'<category term="{event["type"]}"/>'
        f'<summary xml:lang="{_text(one.language)}">{_text(event["evidence"])}</summary></entry>'
    )


def _text(text: str) -> str:
    """Text as XML may hold it: no control characters, signs escaped."""
    return escape("".join(c for c in text if c.isprintable() or c in "\n\t"), {'"': "&quot;"})
