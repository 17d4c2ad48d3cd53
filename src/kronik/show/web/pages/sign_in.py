"""Giving the token, and leaving."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from kronik.show.web.guarding import SESSION, form_is_ours, is_token, session
from kronik.show.web.rendering import page, settings_of

routes = APIRouter()


@routes.get("/sign-in")
def sign_in(request: Request) -> Response:
    """The form that asks for the token."""
    return page(request, "sign_in.html", next=_here(request.query_params.get("next", "/")), wrong=False)


@routes.post("/sign-in")
def signed_in(
    request: Request,
    token: Annotated[str, Form()],
    form_token: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Keep in the browser that the token was given."""
    settings = settings_of(request)
    if not form_is_ours(request, form_token, settings) or not is_token(token.strip(), settings):
        return page(request, "sign_in.html", 403, next=_here(next), wrong=True)
    response = RedirectResponse(_here(next), 303)
    response.set_cookie(SESSION, session(settings), httponly=True, samesite="lax")
    return response


@routes.post("/sign-out")
def sign_out(request: Request) -> Response:
    """Forget it."""
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(SESSION)
    return response


def _here(address: str) -> str:
    """The address where it is one of this server, else the first page: nobody is sent elsewhere."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"
