"""The chronicle: the entries in order of time, zoomed, filtered and searched."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik.show.web.queries.choices import choices
from kronik.show.web.queries.entries import Order, count_entries, find_entries
from kronik.show.web.queries.filters import filters_of, view_address
from kronik.show.web.rendering import connections_of, given, number_in, page
from kronik.store.finding import Wanted

PAGE = 40
"""Entries shown at once."""

routes = APIRouter()


@routes.get("/")
def chronicle(request: Request) -> HTMLResponse:
    """The entries that the filters in the address choose."""
    filters = filters_of(given(request))
    number = number_in(request, "page", 1, 100_000)
    order: Order = "newest" if request.query_params.get("order") == "newest" else "oldest"
    connections = connections_of(request)
    counts = connections.once(("counts", filters), lambda ledger: count_entries(ledger.connection, filters))
    entries = connections.once(
        ("entries", filters, order, number),
        lambda ledger: find_entries(
            ledger.connection, filters, dated=counts.dated, limit=PAGE, offset=(number - 1) * PAGE, order=order
        ),
    )
    pages = max(1, -(-counts.total // PAGE))
    response = page(
        request,
        "chronicle.html",
        filters=filters,
        counts=counts,
        tallest=max((bar.count for bar in counts.bars), default=1),
        entries=entries,
        order=order,
        number=number,
        pages=pages,
        zoomed=zoomed(filters),
        choices=connections.once("choices", choices),
    )
    if "hx-request" in request.headers:  # the address that is shown has no empty fields
        response.headers["HX-Push-Url"] = view_address(filters, order=order if order == "newest" else None, page=number)
    return response


def zoomed(filters: Wanted) -> list[str]:
    """The periods around the one that is looked at, the widest first: 2023, 2023-09, 2023-09-12."""
    if not filters.since or not filters.until or filters.since != filters.until:
        return []
    parts = filters.since.split("-")
    return ["-".join(parts[:length]) for length in range(1, len(parts) + 1)]
