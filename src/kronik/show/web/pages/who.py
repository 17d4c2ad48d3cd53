"""A person, country, organisation, group or place: entries, counterparts, what changed hands, quotes, offices."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik import world
from kronik.errors import LedgerError
from kronik.show.web.queries.entries import Entry, count_entries, find_entries
from kronik.show.web.queries.filters import Filters
from kronik.show.web.queries.people import counterparts, counterparts_of_country, listings, quotes_by, somebody
from kronik.show.web.rendering import connections_of, number_in, page

PAGE = 25
QUOTES = 15

routes = APIRouter()


@routes.get("/who/{name:path}")
def who(request: Request, name: str) -> HTMLResponse:
    """Somebody by the canonical name."""
    with connections_of(request).ledger().speaking() as connection:
        known = somebody(connection, name)
        if known is None:
            raise LedgerError(f"{name}: no report names it: look for it in the chronicle's search")
        filters = Filters(places=(name,)) if known.kind == "place" else Filters(participants=(name,))
        met = counterparts(connection, name, type="CONSULT")
        dealt = counterparts(connection, name)
        said = quotes_by(connection, name, QUOTES)
        listed = listings(connection, name)
        entries, shown = _entries(request, filters)
        transfers = _with_items(request, filters)
    holdings = [held for held in world.load().holdings if held.person == name]
    return page(
        request, "who.html", known=known, listed=listed, holdings=holdings, met=met, dealt=dealt, said=said,
        entries=entries, transfers=transfers, filters=filters, **shown,
    )  # fmt: skip


@routes.get("/country/{code}")
def country(request: Request, code: str) -> HTMLResponse:
    """A country by its ISO 3166-1 alpha-3 code: what it or somebody of it takes part in, and what happened there."""
    found = world.load().countries.get(code.upper())
    if found is None:
        raise LedgerError(f"{code}: no country has that code: use three letters of ISO 3166 (IDN)")
    filters = Filters(countries=(code.upper(),))
    with connections_of(request).ledger().speaking() as connection:
        known = somebody(connection, found.name)
        dealt = counterparts_of_country(connection, code.upper())
        met = counterparts_of_country(connection, code.upper(), type="CONSULT")
        said = quotes_by(connection, found.name, QUOTES)
        entries, shown = _entries(request, filters)
        transfers = _with_items(request, filters)
    holdings = [held for held in world.load().holdings if held.country == code.upper() and held.end is None]
    return page(
        request, "country.html", known=known, country=found, code=code.upper(), holdings=holdings, met=met,
        dealt=dealt, said=said, entries=entries, transfers=transfers, filters=filters, **shown,
    )  # fmt: skip


def _entries(request: Request, filters: Filters) -> tuple[list[Entry], dict[str, Any]]:
    connection = connections_of(request).ledger().connection
    number = number_in(request, "page", 1, 100_000)
    counts = count_entries(connection, filters)
    entries = find_entries(connection, filters, limit=PAGE, offset=(number - 1) * PAGE)
    return entries, {"counts": counts, "number": number, "pages": max(1, -(-counts.total // PAGE))}


def _with_items(request: Request, filters: Filters) -> list[Entry]:
    from kronik.show.web.queries.tables import TABLES, rows_of

    connection = connections_of(request).ledger().connection
    return rows_of(connection, TABLES["transfers"], filters, sort="date", descending=True, limit=10)
