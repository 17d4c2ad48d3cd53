"""An http(s) address to the page behind it: time limits, a size limit, every redirect checked."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version

import httpx

from kronik.errors import PageError
from kronik.model import Page
from kronik.read.json_lines import url_id
from kronik.read.page import Given, make_page, too_large
from kronik.read.public_address import UnresolvedError, public_addresses

MAX_REDIRECTS = 5
CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
LISTING_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
)
_REDIRECTS = (301, 302, 303, 307, 308)
_WHAT_TO_DO = {
    401: "the site asks for a login: save the page from a browser and read that file",
    403: "the site refuses: save the page from a browser and read that file",
    404: "no such page there: check the address",
    410: "the page was taken down: check the address",
    429: "too many requests: wait, then try again",
    451: "the site may not show it here: save the page from a browser and read that file",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: the bytes, the address that gave them after redirects, and what the header says.

    ``unchanged`` where the server answered to a conditional request that nothing has changed.
    """

    data: bytes
    url: str
    media_type: str | None
    charset: str | None
    etag: str | None = None
    last_modified: str | None = None
    unchanged: bool = False


class FetchError(PageError):
    """A server refused, with its ``status``, or did not answer (None); ``retry_after`` is in seconds, where it asks."""

    def __init__(self, reason: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.retry_after = retry_after

    @property
    def is_temporary(self) -> bool:
        """Whether the same request may well be answered later."""
        return self.status is None or self.status in (408, 425, 429) or self.status >= 500


def read_url(url: str, given: Given, *, timeout: float, public_only: bool = False) -> Page:
    """The page at an address; its id is the digest of the address as given. Raises PageError with the reason."""
    return page_of(fetch(url, max_bytes=given.max_bytes, timeout=timeout, public_only=public_only), given, url)


def page_of(fetched: Fetched, given: Given, url: str) -> Page:
    """The page that was fetched from an address. Raises PageError where it cannot be read."""
    return make_page(
        fetched.data,
        given,
        id=url_id(url.partition("#")[0]),
        origin=url,
        media_type=fetched.media_type,
        charset=fetched.charset,
        url=fetched.url,
        seen=datetime.now(UTC).date(),
    )


def fetch(
    url: str,
    *,
    max_bytes: int,
    timeout: float,
    public_only: bool = False,
    headers: Mapping[str, str] | None = None,
    media_types: tuple[str, ...] | None = PAGE_TYPES,
    permit: Callable[[str], None] | None = None,
) -> Fetched:
    """What an address answers within ``timeout`` seconds, resolving, connecting and redirects included.

    With ``public_only`` every host on the way must have public addresses only, and the connection goes to the address
    that was checked, so that a second answer of the resolver cannot lead elsewhere; proxies are not used then.
    ``headers`` are sent over kronik's own; an answer of another type than ``media_types`` is refused, of none where it
    is None; ``permit`` is asked about each address that it is redirected to, and raises PageError to refuse.
    Raises PageError, FetchError where a server refused or did not answer.
    """
    # httpx limits each step (connect, one read), not their sum, and nothing limits the resolver: a thread of its own
    # can be left behind when the time is up.
    answer: queue.SimpleQueue[Fetched | Exception] = queue.SimpleQueue()
    deadline = time.monotonic() + timeout

    def work() -> None:
        try:
            answer.put(_follow(url, max_bytes, timeout, deadline, public_only, headers or {}, media_types, permit))
        except Exception as wrong:  # handed to the caller, who raises it
            answer.put(wrong)

    threading.Thread(target=work, name=f"fetch {url}", daemon=True).start()
    try:
        result = answer.get(timeout=timeout)
    except queue.Empty:
        raise FetchError(_too_slow(timeout)) from None
    if isinstance(result, Fetched):
        return result
    if isinstance(result, httpx.TimeoutException):
        raise FetchError("no answer in time: try again later, or save the page from a browser")
    if isinstance(result, httpx.DecodingError):
        raise PageError("a damaged answer, its compression is broken: try again later")
    if isinstance(result, httpx.InvalidURL | UnicodeError):
        raise PageError(f"no valid address ({_one_line(result)}): check it")
    if isinstance(result, httpx.HTTPError | OSError):
        raise FetchError(f"cannot be fetched ({_one_line(result)}): check the address and the network")
    raise result


def _follow(
    url: str,
    max_bytes: int,
    timeout: float,
    deadline: float,
    public_only: bool,
    given: Mapping[str, str],
    media_types: tuple[str, ...] | None,
    permit: Callable[[str], None] | None,
) -> Fetched:
    limits = httpx.Timeout(min(READ_SECONDS, timeout), connect=min(CONNECT_SECONDS, timeout))
    headers = {
        "User-Agent": f"kronik/{version('kronik')}",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
        **given,
    }
    here = httpx.URL(url)
    with httpx.Client(timeout=limits, headers=headers, trust_env=not public_only, follow_redirects=False) as client:
        for hop in range(MAX_REDIRECTS + 1):
            _check(here)
            if hop and permit is not None:
                permit(str(here))
            response = _send(client, here, public_only)
            try:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return _receive(response, str(here), max_bytes, timeout, deadline, media_types)
                here = here.join(response.headers["location"])
            finally:
                response.close()
    raise PageError(f"more than {MAX_REDIRECTS} redirects, perhaps in a circle: give the final address")


def _check(url: httpx.URL) -> None:
    if url.scheme not in ("http", "https"):
        raise PageError(
            f"leads to a {url.scheme or 'relative'} address, only http and https are followed: give the final one"
        )
    if not url.host:
        raise PageError("leads to an address without a host: check the address")
    if url.userinfo:
        raise PageError("leads to an address with a user name in it: give one without")


def _send(client: httpx.Client, url: httpx.URL, public_only: bool) -> httpx.Response:
    if not public_only:
        return client.send(client.build_request("GET", url), stream=True)
    name = url.raw_host.decode("ascii")
    try:
        addresses = public_addresses(name, url.port or (443 if url.scheme == "https" else 80))
    except UnresolvedError as wrong:
        raise FetchError(str(wrong)) from None
    for address in addresses[:-1]:
        try:
            return client.send(_pinned(client, url, name, address), stream=True)
        except httpx.ConnectError:
            continue
    return client.send(_pinned(client, url, name, addresses[-1]), stream=True)


def _pinned(client: httpx.Client, url: httpx.URL, name: str, address: str) -> httpx.Request:
    """A request that goes to the address while the server, and its certificate, are asked for by name."""
    return client.build_request(
        "GET",
        url.copy_with(host=address),
        headers={"Host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": name},
    )


def _receive(
    response: httpx.Response,
    url: str,
    max_bytes: int,
    timeout: float,
    deadline: float,
    media_types: tuple[str, ...] | None,
) -> Fetched:
    etag, last_modified = response.headers.get("etag"), response.headers.get("last-modified")
    if response.status_code == 304 and {"if-none-match", "if-modified-since"} & set(response.request.headers):
        return Fetched(b"", url, None, None, etag, last_modified, unchanged=True)
    if not response.is_success:
        after = _seconds(response.headers.get("retry-after", ""))
        raise FetchError(_refused(response.status_code), response.status_code, after)
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower() or None
    if media_types == PAGE_TYPES and media_type in LISTING_TYPES:
        raise PageError("a feed or a sitemap, not a page: give it to `kronik watch`")
    if media_types is not None and media_type not in (None, *media_types):
        raise PageError(f"is {_one_line(media_type)}, not a page: give an address of HTML or plain text")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > max_bytes:
        raise PageError(too_large(max_bytes))
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > max_bytes:
            raise PageError(too_large(max_bytes))
        if time.monotonic() > deadline:
            raise FetchError(_too_slow(timeout))
    return Fetched(bytes(data), url, media_type, response.charset_encoding, etag, last_modified)


def _seconds(written: str) -> float | None:
    """How long from now a Retry-After says to wait, in seconds: it gives a number, or a date (RFC 9110, 10.2.3)."""
    if written.isdecimal() and len(written) < 10:
        return float(written)
    try:
        return max(0.0, (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _refused(status: int) -> str:
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    if status in _WHAT_TO_DO:
        return f"{phrase}, {_WHAT_TO_DO[status]}"
    return f"{phrase}, {'the site fails: try again later' if status >= 500 else 'not a page: check the address'}"


def _too_slow(timeout: float) -> str:
    return f"not all there after {timeout:g} seconds: try again later or allow more time"


def _one_line(wrong: object) -> str:
    text = " ".join(re.sub(r"\[Errno -?\d+\]", "", str(wrong)).split()) or type(wrong).__name__
    return "".join(character for character in text if character.isprintable())[:200]
