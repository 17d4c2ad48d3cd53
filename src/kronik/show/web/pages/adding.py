"""A page dropped, a text pasted or an address given: read at once, shown, and added only when somebody says so."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from kronik.contract import to_json
from kronik.errors import KronikError, PageError, UsageError
from kronik.model import Page
from kronik.read.encoding import decode
from kronik.read.formats import guess_format
from kronik.read.sources import read_pages
from kronik.show.web.guarding import form_is_ours
from kronik.show.web.pages.report import shown
from kronik.show.web.rendering import connections_of, page, report_address, settings_of
from kronik.show.web.settings import MAX_UPLOAD, Settings
from kronik.store.ledger import open_ledger
from kronik.store.writing import add, fault_words

MOST_DRAFTS = 32
"""Pages that wait to be added; the oldest make room."""

routes = APIRouter()


class Drafts:
    """Pages that were read and wait for somebody to add them; kept in memory only."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, one: Page) -> str:
        """Keep the page; its name is a secret that the form brings back."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._pages[name] = one
            while len(self._pages) > MOST_DRAFTS:
                self._pages.popitem(last=False)
        return name

    def take(self, name: str) -> Page | None:
        """The page of that name, which is gone then."""
        with self._lock:
            return self._pages.pop(name, None)


@routes.get("/add")
def ask(request: Request) -> Response:
    """The form."""
    return page(request, "add.html", wrong=None, text="", address="")


@routes.post("/add/read")
def read(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    text: Annotated[str, Form()] = "",
    address: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    form_token: Annotated[str, Form()] = "",
) -> Response:
    """Read what was given and show it; nothing is kept yet."""
    settings = settings_of(request)
    try:
        check_form(request, form_token, settings)
        one = page_of(settings, file, text, address.strip(), published.strip())
        reading = read_page(settings, one)
    except KronikError as wrong:
        return page(request, "add.html", 422, wrong=str(wrong), text=text, address=address)
    draft = request.app.state.drafts.put(one)
    return page(request, "draft.html", draft=draft, **shown(reading))


@routes.post("/add/keep")
def keep(request: Request, draft: Annotated[str, Form()], form_token: Annotated[str, Form()] = "") -> Response:
    """Add the page that was shown."""
    settings = settings_of(request)
    check_form(request, form_token, settings)
    one = request.app.state.drafts.take(draft)
    if one is None:
        raise UsageError("this page waits no longer: read it again, then add it")
    with open_ledger(settings.db, write=True) as ledger:
        outcome = add(ledger, one, settings.read_one)
    connections_of(request).forget()
    if outcome.kind == "failed" or outcome.id is None:
        raise PageError(outcome.reason or "the page could not be added")
    return RedirectResponse(report_address(outcome.id), 303)


def check_form(request: Request, given: str, settings: Settings) -> None:
    """UsageError where the form was not made by this server for this browser."""
    if not form_is_ours(request, given, settings):
        raise UsageError("the form is too old: open the page again and send it once more")


def page_of(settings: Settings, file: UploadFile | None, text: str, address: str, published: str) -> Page:
    """The page in a file, a text or at an address, whichever was given first of these. Raises KronikError."""
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise UsageError(f"{published!r} is no date: write it as 2023-09-17") from None
    if file is not None and file.filename:
        data = file.file.read(MAX_UPLOAD + 1)
        if len(data) > MAX_UPLOAD:
            raise PageError(f"{file.filename}: larger than {MAX_UPLOAD // 1_000_000} MB: use `kronik add` for it")
        name = file.filename.replace("\\", "/").rpartition("/")[2]
        body = decode(data)
        return _page(name.rpartition(".")[0] or name, f"dropped file {name}", body, guess_format(body, name), day)
    if text.strip():
        if len(text) > MAX_UPLOAD:
            raise PageError(f"the text is larger than {MAX_UPLOAD // 1_000_000} MB: use `kronik add` for it")
        return _page("", "pasted text", text.replace("\r\n", "\n"), guess_format(text), day)
    if address:
        if not address.lower().startswith(("http://", "https://")):
            raise UsageError(f"{address[:100]!r} is no address of a page: it begins with http:// or https://")
        found = next(read_pages([address], published=day, max_bytes=MAX_UPLOAD, public_only=not settings.any_address))
        if not isinstance(found, Page):
            raise PageError(str(found))
        return found
    raise UsageError("nothing was given: drop a page, paste a text or give an address")


def _page(id: str, origin: str, body: str, format: str, published: date | None) -> Page:
    if not body.strip():
        raise PageError(f"{origin}: empty, nothing to read")
    digest = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()[:16]
    clean = "".join(c if c.isalnum() or c in "-_." else "-" for c in id)[:80].strip("-.")
    # with the digest, as a file called index.html is no new version of another one of that name
    return Page(
        id=f"{clean}-{digest[:8]}" if clean else digest,
        origin=origin,
        body=body,
        format="html" if format == "html" else "text",
        published=published,
    )


def read_page(settings: Settings, one: Page) -> dict[str, object]:
    """What a page tells, as JSON. Raises KronikError, also for a fault of kronik on it."""
    try:
        return to_json(settings.read_one(one))
    except KronikError:
        raise
    except Exception as wrong:
        raise PageError(fault_words(wrong)) from wrong
