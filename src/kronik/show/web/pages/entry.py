"""One entry of the chronicle: what, who, when, where, in whose words, and why kronik holds it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from kronik.errors import UsageError
from kronik.show.web.guarding import form_is_ours
from kronik.show.web.marking import paragraphs
from kronik.show.web.queries.tellings import is_wrong, judgements, record, similar_entries, tellings, withdraw
from kronik.show.web.rendering import connections_of, entry_address, page, settings_of
from kronik.show.web.times import times_of
from kronik.store.explaining import Stored, explain
from kronik.store.ledger import open_ledger

routes = APIRouter()


@routes.get("/entry/{id:path}")
def entry(request: Request, id: str) -> Response:
    """An entry by the id of its event (REPORT#N)."""
    ledger = connections_of(request).ledger()
    found = explain(ledger, id)
    if isinstance(found, Stored):
        return RedirectResponse(f"/report/{id}", 303)
    with ledger.speaking() as connection:
        told, several = tellings(connection, found.id)
        similar = similar_entries(connection, found.id, found.event)
        judged = judgements(connection, found.id)
        wrong = is_wrong(connection, found.id)
    stretch = (found.offset, found.offset + len(found.paragraph))
    reading = found.stored.reading
    return page(
        request,
        "entry.html",
        found=found,
        event=found.event,
        head=reading["report"],
        words=paragraphs(reading, times_of(reading), only=stretch, event=found.number),
        told=told,
        several=several,
        wrong=wrong,
        similar=similar,
        judged=judged,
    )


@routes.post("/judge")
def judge(
    request: Request,
    id: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    other: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    form_token: Annotated[str, Form()] = "",
) -> Response:
    """Record what a person says of an entry: the same as another, different from it, or wrong."""
    settings = settings_of(request)
    if not form_is_ours(request, form_token, settings):
        raise UsageError("the form is too old: open the page again and send it once more")
    with open_ledger(settings.db, write=True) as ledger:
        record(ledger, id, other.strip(), verdict, reason.strip())
    connections_of(request).forget()
    return RedirectResponse(entry_address(id), 303)


@routes.post("/unjudge")
def unjudge(
    request: Request,
    id: Annotated[str, Form()],
    other: Annotated[str, Form()],
    form_token: Annotated[str, Form()] = "",
) -> Response:
    """Take back what people judged of an entry."""
    settings = settings_of(request)
    if not form_is_ours(request, form_token, settings):
        raise UsageError("the form is too old: open the page again and send it once more")
    with open_ledger(settings.db, write=True) as ledger:
        withdraw(ledger, id, other)
    connections_of(request).forget()
    return RedirectResponse(entry_address(id), 303)
