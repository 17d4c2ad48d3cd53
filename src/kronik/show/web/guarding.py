"""A request to its answer or a refusal: whom the server answers, and what a browser may do with the answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kronik.show.web.settings import MAX_BODY, Settings

SESSION = "kronik_session"
FORM = "kronik_form"
OPEN_PATHS = ("/sign-in", "/static/")
"""What is shown without a token: the form that asks for it, and its styles."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Guard:
    """The outermost layer: refuses foreign hosts, cross-site writes and who has no token; adds the headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refusal = refused(Request(scope), self.settings)
        await (refusal or self.app)(scope, receive, with_headers)


def refused(request: Request, settings: Settings) -> Response | None:
    """The answer to a request that is not let through; None where it is."""
    if settings.hosts and _host_name(request.headers.get("host", "")) not in settings.hosts:
        return PlainTextResponse("this server is not called by that name: use the address that it printed\n", 421)
    if request.method not in _SAFE_METHODS and _cross_site(request.headers):
        return PlainTextResponse("the request comes from another site: open kronik's own page and try again\n", 403)
    if request.method not in _SAFE_METHODS and (refusal := _too_long(request.headers)):
        return refusal
    if settings.token is None or request.url.path.startswith(OPEN_PATHS) or _has_token(request, settings):
        return None
    if request.url.path.startswith("/api/") or request.url.path == "/feed.atom":
        return PlainTextResponse(
            "a token is needed: send `Authorization: Bearer TOKEN`\n", 401, {"WWW-Authenticate": 'Basic realm="kronik"'}
        )
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(wanted, safe='/')}", 303)


def is_token(given: str, settings: Settings) -> bool:
    """Whether it is the token, compared in constant time."""
    return settings.token is not None and hmac.compare_digest(given.encode(), settings.token.encode())


def session(settings: Settings) -> str:
    """What the browser of somebody who gave the token keeps: it proves that, and does not tell the token."""
    return _signed(f"session {settings.token}", settings)


def form_token(request: Request, settings: Settings) -> tuple[str, str | None]:
    """The token that a form must carry, and the new cookie that it belongs to where the browser has none yet."""
    cookie = request.cookies.get(FORM)
    fresh = cookie or secrets.token_urlsafe(16)
    return _signed(f"form {fresh}", settings), None if cookie else fresh


def form_is_ours(request: Request, given: str, settings: Settings) -> bool:
    """Whether a form that came back was made by this server for this browser."""
    cookie = request.cookies.get(FORM)
    return cookie is not None and hmac.compare_digest(given.encode(), _signed(f"form {cookie}", settings).encode())


def _signed(text: str, settings: Settings) -> str:
    return hmac.new(settings.secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _has_token(request: Request, settings: Settings) -> bool:
    if hmac.compare_digest(request.cookies.get(SESSION, "").encode(), session(settings).encode()):
        return True
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":  # as feed readers ask for it: any name, the token as password
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return is_token(given, settings)


def _host_name(host: str) -> str:
    """The name in a Host header, without the port."""
    name = host.lower()
    return name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]


def _too_long(headers: Headers) -> Response | None:
    """The answer to what is sent without its length, or longer than any page that is read here; else None."""
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return PlainTextResponse("say how long it is: send a Content-Length\n", 411)
    if len(length) > 12 or int(length) > MAX_BODY:
        return PlainTextResponse(f"larger than {MAX_BODY // 1_000_000} MB: use `kronik add` for it\n", 413)
    return None


def _cross_site(headers: Headers) -> bool:
    """Whether a browser says that another site made the request. Programs that are no browser send neither header."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
