"""The map: where entries took place, and the journeys of visitors."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik.show.web.queries.choices import choices
from kronik.show.web.queries.filters import changed, filters_of, view_address
from kronik.show.web.queries.geography import journeys, spots
from kronik.show.web.rendering import connections_of, given, page

routes = APIRouter()


@routes.get("/map")
def geography(request: Request) -> HTMLResponse:
    """Places and journeys of the entries that the filters choose."""
    filters = filters_of(given(request))
    connections = connections_of(request)
    places = connections.once(("spots", filters), lambda ledger: spots(ledger.connection, filters))
    travels = connections.once(("journeys", filters), lambda ledger: journeys(ledger.connection, filters))
    drawn = {
        "spots": [{**asdict(one), "address": view_address(changed(filters, places=one.name), "/")} for one in places],
        "journeys": [
            {"who": one.who["name"], "stops": [[stop.longitude, stop.latitude] for stop in one.stops]}
            for one in travels
        ],
    }
    response = page(
        request, "map.html", filters=filters, spots=places, journeys=travels, drawn=drawn,
        choices=connections.once("choices", choices),
    )  # fmt: skip
    if "hx-request" in request.headers:
        response.headers["HX-Push-Url"] = view_address(filters, "/map")
    return response
