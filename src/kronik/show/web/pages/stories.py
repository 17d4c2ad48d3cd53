"""Stories, and the lineage of each: from the first report to the last copy."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik.show.web.queries.stories import lineage, stories
from kronik.show.web.rendering import connections_of, number_in, page
from kronik.store.explaining import stored

PAGE = 50

routes = APIRouter()


@routes.get("/stories")
def all_stories(request: Request) -> HTMLResponse:
    """The stories that two reports or more tell."""
    number = number_in(request, "page", 1, 100_000)
    with connections_of(request).ledger().speaking() as connection:
        total, found = stories(connection, PAGE, (number - 1) * PAGE)
    return page(
        request, "stories.html", stories=found, total=total, number=number, pages=max(1, -(-total // PAGE))
    )  # fmt: skip


@routes.get("/lineage/{id:path}")
def story_of(request: Request, id: str) -> HTMLResponse:
    """How the story of a report went from report to report."""
    ledger = connections_of(request).ledger()
    found = stored(ledger, id)
    with ledger.speaking() as connection:
        trees = lineage(connection, id)
    return page(request, "lineage.html", stored=found, trees=trees)
