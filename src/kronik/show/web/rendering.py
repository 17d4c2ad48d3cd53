"""A template and its values to a page: the Jinja environment and what every page has."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from kronik.show.options import EVENT_TYPES, STATUSES
from kronik.show.web.connections import Connections
from kronik.show.web.guarding import FORM, form_token
from kronik.show.web.interface import LANGUAGES, Interface
from kronik.show.web.queries.filters import changed, chosen, view_address
from kronik.show.web.settings import Settings
from kronik.store.exporting import item_words

Json = dict[str, Any]

LANGUAGE_COOKIE = "kronik_language"
FAMILIES = {
    "AGREE": "words-for", "CONSULT": "words-for", "SUPPORT": "words-for", "CONCEDE": "words-for",
    "COOPERATE": "deeds-for", "AID": "deeds-for", "RETREAT": "deeds-for",
    "REQUEST": "words-against", "ACCUSE": "words-against", "REJECT": "words-against", "THREATEN": "words-against",
    "PROTEST": "deeds-against", "SANCTION": "deeds-against", "MOBILIZE": "deeds-against", "COERCE": "deeds-against",
    "ASSAULT": "deeds-against",
}  # fmt: skip
"""PLOVER's four quads: verbal and material, cooperation and conflict; the pages colour types by them."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with what they may call."""
    made = Environment(
        loader=PackageLoader("kronik.show.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        entry_address=entry_address,
        report_address=report_address,
        who_address=who_address,
        view_address=view_address,
        changed=changed,
        chosen_filters=chosen,
        item_words=item_words,
        families=FAMILIES,
        event_types=EVENT_TYPES,
        statuses=STATUSES,
        interface_languages=LANGUAGES,
    )
    return made


def settings_of(request: Request) -> Settings:
    """What `kronik serve` was told."""
    settings: Settings = request.app.state.settings
    return settings


def connections_of(request: Request) -> Connections:
    """The open ledger."""
    connections: Connections = request.app.state.connections
    return connections


def interface_of(request: Request) -> Interface:
    """The language that the address, else the reader's last choice, else the browser asks for."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen not in LANGUAGES:
        accepted = request.headers.get("accept-language", "")
        codes = [part.split(";")[0].strip()[:2].lower() for part in accepted.split(",")]
        chosen = next((code for code in codes if code in LANGUAGES), "en")
    return Interface(chosen)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page that a template makes of the values; asked for by HTMX it may be a part (``part`` is true then)."""
    t = interface_of(request)
    token, fresh = form_token(request, settings_of(request))
    part = "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
    html = environment().get_template(template).render(
        t=t,
        part=part,
        path=request.url.path,
        form_token=token,
        guarded=settings_of(request).token is not None,
        languages_links=_in_other_languages(request),
        **values,
    )  # fmt: skip
    response = HTMLResponse(html, status, {"Vary": "HX-Request, Accept-Language, Cookie"})
    if fresh:
        response.set_cookie(FORM, fresh, httponly=True, samesite="strict")
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, t.language, max_age=31_536_000, httponly=True, samesite="lax")
    return response


def given(request: Request) -> dict[str, list[str]]:
    """The query of the address, every value of each name."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def number_in(request: Request, name: str, default: int, most: int) -> int:
    """A whole number from 1 to ``most`` in the address; the default where there is none."""
    text = request.query_params.get(name, "")
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 9 else default


def entry_address(id: str) -> str:
    """Where an entry is shown."""
    return f"/entry/{quote(id, safe='')}"


def report_address(id: str) -> str:
    """Where a report is shown."""
    return f"/report/{quote(id, safe='')}"


def who_address(who: Json) -> str:
    """Where a person, country, organisation, group or place is shown."""
    if who["kind"] == "country" and who["country"]:
        return f"/country/{quote(who['country'], safe='')}"
    return f"/who/{quote(who['name'], safe='')}"


def _in_other_languages(request: Request) -> dict[str, str]:
    """The address of this page in each language of the interface."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return {code: f"?{urlencode([*pairs, ('lang', code)])}" for code in LANGUAGES}
