"""A report as it was read: its text with everything marked that was found in it, and what was taken out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik.show.web.marking import paragraphs
from kronik.show.web.rendering import connections_of, number_in, page
from kronik.show.web.times import times_of
from kronik.store.explaining import history, stored

Json = dict[str, Any]
WEB = ("http://", "https://")

routes = APIRouter()


@routes.get("/report/{id:path}")
def report(request: Request, id: str) -> HTMLResponse:
    """The current reading of a report, or with ``?version=`` that of an earlier version of its page."""
    ledger = connections_of(request).ledger()
    version = number_in(request, "version", 0, 1_000_000) or None
    found = stored(ledger, id, version)
    return page(request, "report.html", stored=found, versions=history(ledger, id), **shown(found.reading))


def shown(reading: Json) -> Json:
    """What the template of a reading needs besides the reading, stored or just read."""
    head = reading["report"]
    url = head["url"] if head["url"] and head["url"].lower().startswith(WEB) else None
    entities = sorted(reading["entities"], key=lambda one: -len(one["mentions"]))
    return {
        "reading": reading,
        "head": head,
        "url": url,
        "paragraphs": paragraphs(reading, times_of(reading)),
        "entities": entities,
        "removed": list(zip(head["not_article"], head["not_article_reasons"], strict=True)),
    }
