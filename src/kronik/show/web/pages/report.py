"""A report as it was read: its text with everything marked that was found in it, and what was taken out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kronik.model import OUTSIDE
from kronik.show.web.marking import paragraphs
from kronik.show.web.original import passages
from kronik.show.web.rendering import connections_of, number_in, page
from kronik.show.web.times import times_of
from kronik.store.explaining import history, stored
from kronik.store.pages import kept_page

Json = dict[str, Any]
WEB = ("http://", "https://")

routes = APIRouter()


@routes.get("/report/{id:path}")
def report(request: Request, id: str) -> HTMLResponse:
    """The current reading of a report, or with ``?version=`` that of an earlier version of its page.

    ``?beside=original`` shows the page as it was found beside the text, in the place of what was found in it.
    """
    ledger = connections_of(request).ledger()
    version = number_in(request, "version", 0, 1_000_000) or None
    found = stored(ledger, id, version)
    kept = kept_page(ledger, found.id, found.version)
    beside = request.query_params.get("beside") == "original" and kept is not None
    return page(
        request, "report.html", stored=found, versions=history(ledger, id), kept_page=kept is not None,
        passages=passages(kept, found.reading) if kept and beside else None, **shown(found.reading),
    )  # fmt: skip


def shown(reading: Json) -> Json:
    """What the template of a reading needs besides the reading, stored or just read."""
    head = reading["report"]
    url = head["url"] if head["url"] and head["url"].lower().startswith(WEB) else None
    removed = list(zip(head["not_article"], head["not_article_reasons"], strict=True))
    entities = sorted(reading["entities"], key=lambda one: -len(one["mentions"]))
    return {
        "reading": reading,
        "head": head,
        "url": url,
        "paragraphs": paragraphs(reading, times_of(reading)),
        "entities": entities,
        "removed": [one for one in removed if one[1] != OUTSIDE],
        "outside": [text for text, reason in removed if reason == OUTSIDE],
    }
