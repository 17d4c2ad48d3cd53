"""The verbs that keep a ledger and what reads it in order, under /api: reconcile, lists, check."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from kronik import languages
from kronik.checking import check_language, count_examples
from kronik.errors import UsageError
from kronik.reconcile import running
from kronik.show.web.api import REFUSALS, Refusal
from kronik.show.web.rendering import connections_of, settings_of
from kronik.store.ledger import open_ledger

LONGEST_NAME = 500

UNDER_WAY: dict[int | str, dict[str, Any]] = {
    409: {"model": Refusal, "description": "Somebody has asked for it, and it is under way"}
}
routes = APIRouter(prefix="/api", tags=["kronik"], responses=REFUSALS)


class Turns:
    """What may be under way once at a time, so that whoever asks again holds no thread that others need."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Until the end of the block; HTTPException (409) where it is under way."""
        lock = self._locks[name]
        if not lock.acquire(blocking=False):
            raise HTTPException(409, f"{name} is under way already: ask again when it is done")
        try:
            yield
        finally:
            lock.release()


class Reconciled(BaseModel):
    """What a run of reconciling did, and how much of the ledger belongs together now."""

    reports: int = Field(description="new reports that were compared")
    decided: dict[str, int] = Field(description="decisions by kind: copy, translation, story, same-event …")
    stories: int = Field(description="stories that several reports tell")
    entries: int = Field(description="events that several reports tell")


class Listed(BaseModel):
    """A name of an entry of a sanctions list; ``weak`` is an alias that the list itself calls of low quality."""

    list: str
    date: str = Field(description="day of the list, empty where its file does not say it")
    id: str
    kind: str
    programme: str
    name: str = Field(description="the entry's main name")
    written: str
    weak: bool


class Checked(BaseModel):
    """A language with the number of its examples, and what is wrong with it, one line a fault."""

    code: str
    examples: int
    problems: list[str]


@routes.post("/reconcile", summary="Find which reports belong together, and which events are one", responses=UNDER_WAY)
def reconcile(request: Request) -> Reconciled:
    """As `kronik reconcile`: only what is new is compared, and what people judged stands.

    The answer comes when all is compared, which takes long where much is new. Other requests are answered meanwhile,
    and whoever does not wait for the answer stops nothing.
    """
    db = settings_of(request).db
    with request.app.state.turns.take("reconcile"):
        open_ledger(db).close()  # which refuses where there is none
        try:
            with open_ledger(db, write=True) as ledger:
                done = running.reconcile(ledger, datetime.now(UTC).isoformat(timespec="seconds"))
        finally:
            connections_of(request).forget()
    return Reconciled(reports=done.reports, decided=dict(done.decided), stories=done.stories, entries=done.entries)


@routes.get("/lists", summary="The entries of sanctions lists that bear a name")
def lists(request: Request, name: Annotated[str, Query(min_length=1, max_length=LONGEST_NAME)]) -> list[Listed]:
    """As `kronik lists find --json`, by the index that the server was started with; empty where nobody bears it."""
    index = settings_of(request).lists
    if index is None:
        raise HTTPException(404, "no index of lists: make it with `kronik lists update FILE` and start the server anew")
    return [Listed(**asdict(found)) for found in index.find(name)]


@routes.get("/check", summary="What is wrong with the language data", responses=UNDER_WAY)
def check(
    request: Request,
    language: Annotated[list[str], Query(description="codes of languages; all where none is given")] = [],  # noqa: B006
) -> list[Checked]:
    """As `kronik check`: the data of each language is looked through and its examples are read.

    Each language once, as a server knows the data with which it was started.
    """
    unknown = [code for code in language if code not in languages.codes()]
    if unknown:
        raise UsageError(f"{unknown[0][:20]!r} is no language that kronik has: take {', '.join(languages.codes())}")
    wanted = tuple(dict.fromkeys(language)) or languages.codes()
    checked: dict[str, Checked] = request.app.state.checked
    if any(code not in checked for code in wanted):
        with request.app.state.turns.take("check"):
            for code in wanted:
                if code not in checked:
                    checked[code] = Checked(code=code, examples=count_examples(code), problems=check_language(code))
    return [checked[code] for code in wanted]
