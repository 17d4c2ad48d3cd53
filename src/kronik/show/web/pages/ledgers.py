"""The ledgers as tables that sort, filter and download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from kronik.errors import UsageError
from kronik.show.web.queries.choices import choices
from kronik.show.web.queries.entries import Entry, count_entries
from kronik.show.web.queries.filters import filters_of, view_address
from kronik.show.web.queries.people import Said
from kronik.show.web.queries.statements import COLUMNS as STATEMENT_COLUMNS
from kronik.show.web.queries.statements import count_statements, statements
from kronik.show.web.queries.tables import TABLES, rows_of
from kronik.show.web.rendering import connections_of, given, number_in, page
from kronik.store.exporting import item_words
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger

PAGE = 100
MOST = 1_000_000
"""Rows of a download."""

TITLES = {"visits": "Visits", "meetings": "Meetings", "transfers": "Transfers", "statements": "Statements",
          "agreements": "Agreements", "sanctions": "Sanctions"}  # fmt: skip
EVENT_CELLS = (
    "id", "type", "mode", "status", "start", "end", "actors", "recipients", "items", "place", "place_country",
    "sources", "evidence", "confidence", "report", "publisher", "published", "url",
)  # fmt: skip
QUOTE_CELLS = ("report", "number", "published", "publisher", "language", "speaker", "country", "direct", "cue", "text")

routes = APIRouter()


@routes.get("/ledger/{name}.csv")
def download(request: Request, name: str) -> Response:
    """A whole ledger, filtered and sorted as it is shown, as CSV."""
    filters, sort, descending = _wish(request, name)
    rows = _rows(connections_of(request).ledger(), name, filters, sort, descending, MOST, 0)
    cells = (_event_cells(one) if isinstance(one, Entry) else _quote_cells(one) for one in rows)
    lines = _csv(QUOTE_CELLS if name == "statements" else EVENT_CELLS, cells)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@routes.get("/ledger/{name}")
def ledger(request: Request, name: str) -> Response:
    """One ledger as a table."""
    filters, sort, descending = _wish(request, name)
    number = number_in(request, "page", 1, 100_000)
    connections = connections_of(request)
    offset = (number - 1) * PAGE
    total = connections.once(("rows", name, filters), lambda ledger: _count(ledger, name, filters))
    rows = connections.once(
        ("table", name, filters, sort, descending, offset),
        lambda ledger: _rows(ledger, name, filters, sort, descending, PAGE, offset),
    )
    response = page(
        request, "ledger.html", name=name, titles=TITLES, filters=filters, rows=rows, total=total, number=number,
        pages=max(1, -(-total // PAGE)), sort=sort, descending=descending, choices=connections.once("choices", choices),
        columns=STATEMENT_COLUMNS if name == "statements" else TABLES[name].columns,
    )  # fmt: skip
    if "hx-request" in request.headers:
        response.headers["HX-Push-Url"] = view_address(filters, request.url.path)
    return response


def _rows(
    ledger: Ledger, name: str, filters: Wanted, sort: str, descending: bool, limit: int, offset: int
) -> Sequence[Entry | Said]:
    with ledger.speaking() as connection:
        if name == "statements":
            return statements(connection, filters, sort=sort, descending=descending, limit=limit, offset=offset)
        table = TABLES[name]
        return rows_of(connection, table, filters, sort=sort, descending=descending, limit=limit, offset=offset)


def _count(ledger: Ledger, name: str, filters: Wanted) -> int:
    with ledger.speaking() as connection:
        if name == "statements":
            return count_statements(connection, filters)
        return count_entries(connection, filters, TABLES[name].condition).total


def _wish(request: Request, name: str) -> tuple[Wanted, str, bool]:
    if name not in TITLES:
        raise UsageError(f"{name!r} is no ledger: choose one of {', '.join(TITLES)}")
    wish = request.query_params.get("sort") or ("-date" if name == "statements" else "date")
    return filters_of(given(request)), wish.removeprefix("-"), wish.startswith("-")


def _csv(columns: tuple[str, ...], rows: Iterator[list[Any]]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    for cells in (list(columns), *rows):
        writer.writerow([_cell(value) for value in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _cell(value: Any) -> Any:
    """A cell; text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection)."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def _event_cells(one: Entry) -> list[Any]:
    event = one.event
    place = event["place"] or {}
    names = {key: "; ".join(who["name"] for who in event[key]) for key in ("actors", "recipients", "sources")}
    flat = {**event, **names, "items": "; ".join(map(item_words, event["items"])), "place": place.get("name")}
    flat |= {"id": one.id, "place_country": place.get("country"), "report": one.report, "publisher": one.publisher}
    flat |= {"published": one.published, "url": one.url}
    return [flat[column] for column in EVENT_CELLS]


def _quote_cells(one: Said) -> list[Any]:
    return [one.report, one.number, one.published, one.publisher, one.language, one.speaker, one.country,
            "yes" if one.direct else "no", one.cue, one.text]  # fmt: skip
