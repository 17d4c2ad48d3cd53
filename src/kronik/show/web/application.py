"""Settings to the application that answers requests: routes, static files, errors as pages."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from kronik.errors import KronikError, LedgerError, UsageError
from kronik.show.web import api, feed, maintenance
from kronik.show.web.connections import Connections
from kronik.show.web.guarding import Guard
from kronik.show.web.pages import adding, chronicle, entry, geography, ledgers, network, report, sign_in, stories, who
from kronik.show.web.rendering import page
from kronik.show.web.settings import Settings

PAGES = (chronicle, entry, report, who, geography, network, stories, ledgers, adding, sign_in)


def make_application(settings: Settings) -> FastAPI:
    """The application. The ledger at ``settings.db`` is opened when the first request asks for it."""
    application = FastAPI(
        title="kronik",
        description="The chronicle of what reports tell: the verbs of the command line, asked by address.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
    )
    application.state.settings = settings
    application.state.connections = Connections(settings.db)
    application.state.drafts = adding.Drafts()
    application.state.turns = maintenance.Turns()
    application.state.checked = {}
    for view in PAGES:
        application.include_router(view.routes, include_in_schema=False)
    application.include_router(feed.routes, include_in_schema=False)
    application.include_router(api.routes)
    application.include_router(maintenance.routes)
    application.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    application.add_exception_handler(KronikError, _told)
    application.add_exception_handler(HTTPException, _not_there)
    application.add_exception_handler(RequestValidationError, _not_understood)
    application.add_exception_handler(Exception, _failed)
    application.add_middleware(Guard, settings=settings)
    return application


def _told(request: Request, wrong: Exception) -> Response:
    """What kronik says about a call or data that is wrong: 400, 404 where something is not there."""
    status = 400 if isinstance(wrong, UsageError) else 404 if isinstance(wrong, LedgerError) else 422
    return _shown(request, status, str(wrong))


def _not_there(request: Request, wrong: Exception) -> Response:
    status, detail = (wrong.status_code, str(wrong.detail)) if isinstance(wrong, HTTPException) else (500, "")
    return _shown(request, status, detail)


def _not_understood(request: Request, wrong: Exception) -> Response:
    faults = wrong.errors() if isinstance(wrong, RequestValidationError) else []
    told = [f"{'.'.join(map(str, fault['loc'][1:])) or fault['loc'][0]}: {fault['msg']}" for fault in faults]
    return _shown(request, 422, "; ".join(told)[:500])


def _failed(request: Request, wrong: Exception) -> Response:
    return _shown(request, 500, f"kronik failed on it ({type(wrong).__name__}): please report this to its makers")


def _shown(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": words}, status)
    return page(request, "error.html", status, words=words)
