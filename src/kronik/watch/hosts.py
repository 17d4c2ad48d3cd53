"""Hosts to when each may be asked again: an interval between requests, longer and longer where it fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import uniform
from urllib.parse import urlsplit

from kronik.watch.state import State

INTERVAL = 5.0
"""Seconds between two requests to one host, where nothing else is said."""
FIRST_WAIT = 60.0
"""Seconds that a host is left alone which failed once; each time in a row twice as long."""
LONGEST_WAIT = 24 * 3600.0


class Hosts:
    """When each host may be asked. ``now`` and ``sleep`` are those of ``time``, ``jitter`` gives a factor around 1."""

    def __init__(
        self,
        state: State,
        *,
        interval: float = INTERVAL,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = lambda: uniform(0.75, 1.25),
    ) -> None:
        self.now = now
        self._state = state
        self._interval = interval
        self._sleep = sleep
        self._jitter = jitter
        self._asked: dict[str, float] = {}
        self._own: dict[str, float] = {}

    def due_at(self, url: str) -> float:
        """When the host of an address may be asked next."""
        host = host_of(url)
        interval = max(self._interval, self._own.get(host, 0.0))
        return max(self._state.host(host)[0], self._asked.get(host, 0.0) + interval)

    def wait(self, url: str) -> None:
        """Wait for the host's turn, and take it."""
        left = self.due_at(url) - self.now()
        if left > 0:
            self._sleep(left)
        self._asked[host_of(url)] = self.now()

    def set_interval(self, url: str, seconds: float) -> None:
        """The interval that the host itself asks for; a shorter one than ours changes nothing."""
        self._own[host_of(url)] = seconds

    def answered(self, url: str) -> None:
        """The host is well, whatever it said of the one address."""
        if self._state.host(host_of(url))[1]:
            self._state.keep_host(host_of(url), 0.0, 0)

    def failed(self, url: str, retry_after: float | None) -> float:
        """The host failed or asks for time: leave it alone. When it may be asked again, in seconds since 1970."""
        host = host_of(url)
        failures = self._state.host(host)[1] + 1
        due_at = self.now() + self.back_off(failures, retry_after)
        self._state.keep_host(host, due_at, failures)
        return due_at

    def back_off(self, failures: int, retry_after: float | None = None, first: float = FIRST_WAIT) -> float:
        """Seconds to wait after so many failures in a row, never less than what was asked for, up to a day."""
        wait = min(first * 2.0 ** min(failures - 1, 30), LONGEST_WAIT) * self._jitter()
        return min(max(wait, retry_after or 0.0), LONGEST_WAIT)


def host_of(url: str) -> str:
    """The host of an address with its port, in lower case."""
    return urlsplit(url).netloc.lower()
