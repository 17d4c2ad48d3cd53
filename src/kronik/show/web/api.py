"""The verbs of the command line under /api, as JSON, described by OpenAPI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask

from kronik.contract import schema
from kronik.errors import LedgerError, PageError, UsageError
from kronik.model import Page
from kronik.show.dossier.gathering import gather
from kronik.show.dossier.rendering import html, markdown
from kronik.show.dossier.subject import subject
from kronik.show.exports import FORMATS, Format, event_lines
from kronik.show.exports.parquet import write_parquet
from kronik.show.exports.telling import told_events
from kronik.show.web.pages.adding import page_of, read_page
from kronik.show.web.queries.entries import Entry, count_entries, find_entries
from kronik.show.web.queries.filters import filters_of, view_address
from kronik.show.web.queries.people import somebody
from kronik.show.web.queries.stories import Told, lineage, stories
from kronik.show.web.queries.tellings import judgements, record, tellings
from kronik.show.web.rendering import connections_of, given, settings_of
from kronik.store.explaining import Stored, explain, history, stored
from kronik.store.exporting import VIEWS, csv_lines, json_lines, objects
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.location import Location
from kronik.store.pages import kept_page
from kronik.store.writing import add

Json = dict[str, Any]

Exported = Literal["reports", "events", "quotes", "entities", "entries", "stories", "lineage"]
TextFormat = Literal["jsonl", "csv"] | Format
ExportFormat = Literal["parquet"] | TextFormat

IN_MEMORY = 8_000_000
"""An export that is larger waits on the disk while it is sent, in bytes."""


class Refusal(BaseModel):
    """What is said instead of an answer, in one line."""

    error: str


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "The call is wrong"},
    401: {"description": "The token is missing or wrong"},
    404: {"model": Refusal, "description": "There is no such thing, or no ledger"},
    411: {"description": "What is sent does not say its length"},
    413: {"description": "What is sent is too large"},
    422: {"model": Refusal, "description": "The call or the page cannot be read"},
}
routes = APIRouter(prefix="/api", tags=["kronik"], responses=REFUSALS)


class Chosen(BaseModel):
    """The filters of the chronicle; lists may be given more than once."""

    model_config = ConfigDict(extra="ignore")

    q: str = Field("", description="words that the entry's own words and names hold; the last may be unfinished")
    anywhere: bool = Field(False, description="look for q in the whole report")
    type: list[str] = Field([], description="PLOVER types (CONSULT, AID, …)")
    mode: list[str] = Field([], description="PLOVER modes (visit, drone, …)")
    participant: list[str] = Field([], description="an actor or recipient whose name holds these words")
    country: list[str] = Field([], description="ISO 3166-1 alpha-3 codes of a participant or of the place")
    place: list[str] = Field([], description="the place's name holds these words")
    status: list[str] = Field([], description="occurred, planned, denied or possible")
    language: list[str] = Field([], description="ISO 639-1 codes of the reports")
    source: list[str] = Field([], description="whole names of publishers")
    report: list[str] = Field([], description="ids of reports")
    since: str = Field("", description="not over before this day, month or year")
    until: str = Field("", description="begun by this day, month or year")
    min_confidence: float | None = Field(None, ge=0, le=1, description="at least so sure")
    order: Literal["oldest", "newest"] = "oldest"
    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=500, description="entries a page")


class Entries(BaseModel):
    """A page of entries, each as `kronik timeline --json` prints it."""

    total: int
    page: int
    pages: int
    next: str | None = Field(description="address of the next page")
    entries: list[Json]


class Given(BaseModel):
    """A page to read: a text (HTML or plain) or an address."""

    text: str = Field("", max_length=5_000_000)
    address: str = Field("", max_length=2_000)
    published: str = Field("", description="date of publication, 2023-09-17")


class Added(BaseModel):
    """What became of a page: added, new version, read again, unchanged."""

    outcome: str
    id: str | None
    version: int | None
    events: int


class Verdict(BaseModel):
    """What a person says of an entry."""

    id: str
    verdict: Literal["same", "different", "unsure", "wrong"]
    other: str = ""
    reason: str = ""


@routes.get("/timeline", summary="The chronicle: the entries in order of time")
def timeline(request: Request, chosen: Annotated[Chosen, Query()]) -> Entries:
    """The entries that match, the undated last."""
    return _entries(request, chosen)


@routes.get("/find", summary="The entries that match")
def find(request: Request, chosen: Annotated[Chosen, Query()]) -> Entries:
    """As timeline; ``q`` is what is looked for."""
    return _entries(request, chosen)


@routes.get("/show/{id:path}", summary="A report (ID) or an entry (ID#N, the # written %23) in full")
def show(request: Request, id: str, version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None) -> Json:
    """The reading as `kronik schema` describes it, or the event with its report."""
    found = explain(connections_of(request).ledger(), id, version)
    return found.reading if isinstance(found, Stored) else found.to_json()


@routes.get("/page/{id:path}", summary="The page of a report as it was found")
def page_as_found(request: Request, id: str, version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None) -> Json:
    """As `kronik show ID --page`; the page is a JSON string, never HTML to be shown."""
    ledger = connections_of(request).ledger()
    found = stored(ledger, id, version)
    kept = kept_page(ledger, found.id, found.version)
    if kept is None:
        raise LedgerError(f"{id}: its page is not in the ledger")
    return {"id": found.id, "version": found.version, "format": kept.format, "page": kept.body}


@routes.get("/explain/{id:path}", summary="Why a report or an entry was read so")
def explained(request: Request, id: str) -> Json:
    """The event with its paragraph, rules, decisions and the reports that tell it; or a report's versions."""
    ledger = connections_of(request).ledger()
    found = explain(ledger, id)
    if isinstance(found, Stored):
        versions = [{key: getattr(one, key) for key in ("version", "engine", "origin", "added_at", "superseded_at")}
                    for one in history(ledger, found.id)]  # fmt: skip
        return {"id": found.id, "reading": found.reading, "versions": versions}
    with ledger.speaking() as connection:
        told, several = tellings(connection, found.id)
        judged = [
            {"kind": one.kind, "other": one.other, "made_by": one.made_by, "score": one.score,
             "reasons": list(one.reasons), "made_at": one.made_at, "withdrawn_at": one.withdrawn_at}
            for one in judgements(connection, found.id)
        ]  # fmt: skip
    return {
        **found.to_json(),
        "paragraph": found.paragraph,
        "paragraph_start": found.offset,
        "entry": several,
        "told_by": [one.to_json() for one in told],
        "decisions": judged,
    }


@routes.get("/who/{name:path}", summary="What the reports know of a name")
def who(request: Request, name: str) -> Json:
    """Kind, country, offices and ways of writing; its entries are those of /api/timeline?participant=NAME."""
    with connections_of(request).ledger().speaking() as connection:
        known = somebody(connection, name)
    if known is None:
        raise PageError(f"{name}: no report names it")
    offices = [{"office": office, "reports": count} for office, count in known.offices]
    return {"name": known.name, "kind": known.kind, "country": known.country, "wikidata": known.wikidata,
            "offices": offices, "written": list(known.written), "reports": known.reports}  # fmt: skip


@routes.get("/stories", summary="Stories that two reports or more tell")
def all_stories(
    request: Request,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    size: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Json:
    """One page of them, those with most reports first."""
    with connections_of(request).ledger().speaking() as connection:
        total, found = stories(connection, size, (page - 1) * size)
    return {
        "total": total,
        "page": page,
        "stories": [{key: getattr(one, key) for key in one.__slots__} for one in found],
    }


@routes.get("/lineage/{id:path}", summary="How a story went from report to report")
def lineage_of(request: Request, id: str) -> list[Json]:
    """Trees from each original to the last copy."""
    ledger = connections_of(request).ledger()
    stored(ledger, id)
    with ledger.speaking() as connection:
        return [_told(one) for one in lineage(connection, id)]


@routes.get(
    "/export", summary="The ledger, or what matches, in a format of the field", response_class=StreamingResponse
)
def export(
    request: Request,
    chosen: Annotated[Chosen, Query()],
    what: Exported = "events",
    to: ExportFormat = "jsonl",
    unconfirmed: bool = False,
    once: bool = False,
) -> Response:
    """As `kronik export`; docs/exports.md says what each format carries, and what Parquet needs."""
    if to in FORMATS and what != "events":
        raise UsageError(f"{to} holds events: leave what={what} out, or take jsonl, csv or parquet")
    if to == "parquet" and what in VIEWS:
        raise UsageError(f"parquet holds no {what}: take jsonl or csv")
    if once and to not in FORMATS:
        raise UsageError(f"{to} has entries told once of its own: take what=entries, without once")
    db = settings_of(request).db
    filters = filters_of(given(request))
    only = filters or None
    if to == "parquet":
        return _parquet(db, what, only)
    made = SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+b")  # noqa: SIM115  closed when it was sent
    try:
        with open_ledger(db) as ledger:  # of its own, as a download may take long
            for line in _exported(ledger, what, to, only, unconfirmed, once):
                made.write(line.encode())
    except BaseException:
        made.close()
        raise
    made.seek(0)
    kind = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}.get(to, "text/plain; charset=utf-8")
    return StreamingResponse(
        iter(lambda: made.read(65_536), b""),
        media_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{what}.{to}"'},
        background=BackgroundTask(made.close),
    )


def _parquet(db: Location, what: Exported, only: Wanted | None) -> FileResponse:
    """What is exported as a Parquet file, which is gone when it was sent."""
    folder = TemporaryDirectory()
    path = Path(folder.name) / f"{what}.parquet"
    try:
        with open_ledger(db) as ledger:
            write_parquet(path, objects(ledger, what, only), what)
    except BaseException:
        folder.cleanup()
        raise
    gone = BackgroundTask(folder.cleanup)
    return FileResponse(path, media_type="application/vnd.apache.parquet", filename=path.name, background=gone)


def _exported(
    ledger: Ledger, what: Exported, to: TextFormat, only: Wanted | None, unconfirmed: bool, once: bool
) -> Iterator[str]:
    if to == "csv":
        return csv_lines(ledger, what, only)
    if to == "jsonl":
        return (f"{line}\n" for line in json_lines(ledger, what, only))
    return event_lines(to, told_events(ledger, only, once=once), Counter(), unconfirmed=unconfirmed)


@routes.get("/dossier", summary="A subject as one page", response_class=Response)
def dossier(
    request: Request,
    query: str,
    to: Literal["html", "markdown"] = "html",
    language: Literal["en", "id"] = "en",
    type: Annotated[list[str], Query()] = [],  # noqa: B006  FastAPI copies it
    source: Annotated[list[str], Query()] = [],  # noqa: B006
    since: str | None = None,
    until: str | None = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
) -> Response:
    """As `kronik dossier`, to be saved: a page that needs no network."""
    wanted = Wanted(types=tuple(type), sources=tuple(source), since=since, until=until, min_confidence=min_confidence)
    with open_ledger(settings_of(request).db) as ledger:
        gathered = gather(ledger, subject(ledger, query, wanted))
    if not gathered.entries and not gathered.statements:
        raise LedgerError(f"the ledger tells nothing of {query!r}: try fewer words")
    written = (html if to == "html" else markdown)(gathered, language=language, made_on=datetime.now(UTC).date())
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in query)[:60] or "dossier"
    return Response(
        written,
        media_type=f"text/{to}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.{"html" if to == "html" else "md"}"'},
    )


@routes.get("/schema", summary="The JSON Schema of a reading")
def schema_of_a_reading() -> Json:
    """As `kronik schema` prints it."""
    return schema()


@routes.post("/read", summary="What a page tells; nothing is kept")
def read(request: Request, body: Given) -> Json:
    """The reading."""
    return read_page(settings_of(request), _page(request, body))


@routes.post("/add", summary="Read a page and keep what it tells")
def add_page(request: Request, body: Given) -> Added:
    """What became of it."""
    one = _page(request, body)
    with open_ledger(settings_of(request).db, write=True) as ledger:
        outcome = add(ledger, one, settings_of(request).read_one)
    connections_of(request).forget()
    if outcome.kind == "failed":
        raise PageError(outcome.reason or "the page could not be added")
    return Added(outcome=outcome.kind, id=outcome.id, version=outcome.version, events=outcome.events)


@routes.post("/judge", summary="Record what a person says of an entry")
def judge(request: Request, body: Verdict) -> Json:
    """The same as another, different from it, unsure, or wrong: kept as a decision."""
    with open_ledger(settings_of(request).db, write=True) as ledger:
        record(ledger, body.id, body.other, body.verdict, body.reason)
    connections_of(request).forget()
    return {"recorded": body.verdict}


def _entries(request: Request, chosen: Chosen) -> Entries:
    filters = filters_of(given(request))
    with connections_of(request).ledger().speaking() as connection:
        counts = connections_of(request).once(
            ("counts", filters), lambda ledger: count_entries(ledger.connection, filters)
        )
        found = find_entries(
            connection, filters, dated=counts.dated, limit=chosen.size, offset=(chosen.page - 1) * chosen.size,
            order=chosen.order,
        )  # fmt: skip
    pages = max(1, -(-counts.total // chosen.size))
    order = chosen.order if chosen.order == "newest" else None
    following = view_address(filters, request.url.path, page=chosen.page + 1, size=chosen.size, order=order)
    return Entries(total=counts.total, page=chosen.page, pages=pages, next=following if chosen.page < pages else None,
                   entries=[_entry(one) for one in found])  # fmt: skip


def _entry(one: Entry) -> Json:
    return {**one.to_json(), **one.several} if one.several else one.to_json()


def _page(request: Request, body: Given) -> Page:
    return page_of(settings_of(request), None, body.text, body.address.strip(), body.published.strip())


def _told(one: Told) -> Json:
    head = {key: getattr(one, key) for key in ("id", "title", "publisher", "published", "language", "kinds", "score")}
    return {**head, "reasons": list(one.reasons), "credits": one.credits, "taken": [_told(each) for each in one.taken]}
