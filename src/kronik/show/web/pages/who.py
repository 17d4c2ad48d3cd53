"""A person, country, organisation, group or place: entries, counterparts, what changed hands, quotes, offices."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik import world
from kronik.errors import LedgerError
from kronik.show.web.queries.entries import count_entries, find_entries
from kronik.show.web.queries.people import counterparts, counterparts_of_country, listings, quotes_by, somebody
from kronik.show.web.queries.tables import TABLES, rows_of
from kronik.show.web.rendering import connections_of, number_in, page
from kronik.store.connection import Connection
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger

PAGE = 25
QUOTES = 15
TRANSFERS = 10

routes = APIRouter()


@routes.get("/who/{name:path}")
def who(request: Request, name: str) -> HTMLResponse:
    """Somebody by the canonical name."""
    values = connections_of(request).once(("who", name), lambda ledger: _somebody(ledger, name))
    return page(request, "who.html", **values, **_entries(request, values))


@routes.get("/country/{code}")
def country(request: Request, code: str) -> HTMLResponse:
    """A country by its ISO 3166-1 alpha-3 code: what it or somebody of it takes part in, and what happened there."""
    values = connections_of(request).once(("country", code.upper()), lambda ledger: _country(ledger, code.upper()))
    return page(request, "country.html", **values, **_entries(request, values))


def _somebody(ledger: Ledger, name: str) -> dict[str, Any]:
    connection = ledger.connection
    known = somebody(connection, name)
    if known is None:
        raise LedgerError(f"{name}: no report names it: look for it in the chronicle's search")
    filters = Wanted(places=(name,)) if known.kind == "place" else Wanted(participants=(name,))
    dealt, met = counterparts(connection, name)
    return {
        "known": known,
        "listed": listings(connection, known),
        "holdings": [held for held in world.load().holdings if held.person == name],
        "dealt": dealt,
        "met": met,
        **_told(connection, name, filters),
    }


def _country(ledger: Ledger, code: str) -> dict[str, Any]:
    found = world.load().countries.get(code)
    if found is None:
        raise LedgerError(f"{code}: no country has that code: use three letters of ISO 3166 (IDN)")
    dealt, met = counterparts_of_country(ledger.connection, code)
    return {
        "known": somebody(ledger.connection, found.name),
        "country": found,
        "code": code,
        "holdings": [held for held in world.load().holdings if held.country == code and held.end is None],
        "dealt": dealt,
        "met": met,
        **_told(ledger.connection, found.name, Wanted(countries=(code,))),
    }


def _told(connection: Connection, name: str, filters: Wanted) -> dict[str, Any]:
    return {
        "said": quotes_by(connection, name, QUOTES),
        "transfers": rows_of(connection, TABLES["transfers"], filters, sort="date", descending=True, limit=TRANSFERS),
        "counts": count_entries(connection, filters),
        "filters": filters,
    }


def _entries(request: Request, values: dict[str, Any]) -> dict[str, Any]:
    number = number_in(request, "page", 1, 100_000)
    with connections_of(request).ledger().speaking() as connection:
        entries = find_entries(
            connection, values["filters"], dated=values["counts"].dated, limit=PAGE, offset=(number - 1) * PAGE
        )
    return {"entries": entries, "number": number, "page_size": PAGE}
