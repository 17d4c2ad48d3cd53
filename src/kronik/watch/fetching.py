"""An address to what it answers, as far as the site's robots.txt allows and not before the host's turn."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from protego import Protego

from kronik.errors import PageError
from kronik.read.page import MAX_BYTES
from kronik.read.web import PAGE_TYPES, Fetched, FetchError, fetch
from kronik.watch.hosts import Hosts
from kronik.watch.state import State

AGENT = "kronik"
"""The name by which a robots.txt can address kronik."""
ROBOTS_SECONDS = 24 * 3600.0
"""So long a robots.txt is believed (RFC 9309, 2.4)."""

_ROBOTS_BYTES = 2_000_000
_LONGEST_DELAY = 120.0
FORBIDDEN = "robots.txt of the site does not allow it: leave it out, or save the page from a browser"


class Fetcher:
    """Fetches politely. With ``public_only`` no host of this machine or network is asked."""

    def __init__(self, state: State, hosts: Hosts, *, public_only: bool = True, timeout: float = 30.0) -> None:
        self._state = state
        self._hosts = hosts
        self._public_only = public_only
        self._timeout = timeout
        self._rules: dict[str, tuple[float, Protego]] = {}

    def fetch(
        self,
        url: str,
        *,
        max_bytes: int = MAX_BYTES,
        headers: Mapping[str, str] | None = None,
        media_types: tuple[str, ...] | None = PAGE_TYPES,
    ) -> Fetched:
        """What the address answers. Raises PageError where it is not allowed or no use, FetchError where it failed.

        After a failure that may pass, the host is left alone for a while.
        """
        try:
            self._permit(url)
            self._hosts.wait(url)
            answer = fetch(
                url,
                max_bytes=max_bytes,
                timeout=self._timeout,
                public_only=self._public_only,
                headers=headers,
                media_types=media_types,
                permit=self._permit,
            )
        except FetchError as wrong:
            if wrong.is_temporary:
                self._hosts.failed(url, wrong.retry_after)
            else:
                self._hosts.answered(url)
            raise
        self._hosts.answered(url)
        return answer

    def _permit(self, url: str) -> None:
        parts = urlsplit(url)
        rules = self._rules_of(f"{parts.scheme}://{parts.netloc}".lower())
        self._hosts.set_interval(url, min(float(rules.crawl_delay(AGENT) or 0), _LONGEST_DELAY))
        if not rules.can_fetch(url, AGENT):
            raise PageError(FORBIDDEN)

    def _rules_of(self, site: str) -> Protego:
        since = self._hosts.now() - ROBOTS_SECONDS
        held = self._rules.get(site)
        if held is None or held[0] < since:
            text = self._state.robots(site, since)
            if text is None:
                text = self._robots(site)
                self._state.keep_robots(site, text, self._hosts.now())
            held = self._rules[site] = (self._hosts.now(), Protego.parse(text))
        return held[1]

    def _robots(self, site: str) -> str:
        """The text of a site's robots.txt, none where it has none. Raises FetchError where it cannot be known now."""
        try:
            answer = fetch(
                f"{site}/robots.txt",
                max_bytes=_ROBOTS_BYTES,
                timeout=self._timeout,
                public_only=self._public_only,
                headers={"Accept": "text/plain, */*;q=0.5"},
                media_types=None,
            )
        except FetchError as wrong:
            if not wrong.is_temporary:
                return ""  # RFC 9309, 2.3.1.3: no rules
            raise FetchError(f"its robots.txt: {wrong}", wrong.status, wrong.retry_after) from None
        return answer.data.decode("utf-8", "replace").replace("\x00", "")
