"""The network of who deals with whom, by type."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik.show.web.queries.choices import choices
from kronik.show.web.queries.dealings import Level, network, pairs
from kronik.show.web.queries.filters import filters_of, view_address
from kronik.show.web.rendering import FAMILIES, connections_of, given, interface_of, page, who_address

routes = APIRouter()


@routes.get("/network")
def dealings(request: Request) -> HTMLResponse:
    """The closest dealings among those that the filters choose."""
    filters = filters_of(given(request))
    level: Level = "countries" if request.query_params.get("level") == "countries" else "names"
    connections = connections_of(request)
    dealt = connections.once(("pairs", level), lambda ledger: pairs(ledger.connection, level))
    found = connections.once(
        ("network", level, filters), lambda ledger: network(ledger.connection, filters, level, dealt)
    )
    t = interface_of(request)
    drawn = {
        "nodes": [
            {"id": one["name"], "label": t.country(one["name"]) if level == "countries" else one["name"],
             "kind": one["kind"], "address": who_address(one)}
            for one in found.people
        ],
        "links": [
            {"source": one.one, "target": one.other, "count": one.count, "family": FAMILIES[one.types[0][0]]}
            for one in found.dealings
        ],
    }  # fmt: skip
    response = page(
        request, "network.html", filters=filters, level=level, found=found, drawn=drawn,
        people={one["name"]: one for one in found.people}, choices=connections.once("choices", choices),
    )  # fmt: skip
    if "hx-request" in request.headers:
        response.headers["HX-Push-Url"] = view_address(
            filters, "/network", level=level if level == "countries" else None
        )
    return response
