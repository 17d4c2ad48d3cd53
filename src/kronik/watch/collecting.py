"""Pages that feeds have listed to pages fetched, host by host in turn; what fails for now is put off."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from kronik.errors import PageError
from kronik.model import Page
from kronik.read.page import Given, Unreadable
from kronik.read.web import FetchError, page_of
from kronik.watch.fetching import Fetcher
from kronik.watch.hosts import Hosts, host_of
from kronik.watch.polling import PATIENCE
from kronik.watch.state import Listed, State

TRIES = 5
"""So often a page is asked for that fails for now; then it counts as failed."""


def ready(feeds: Iterable[str], state: State, hosts: Hosts, limit: int | None = None) -> list[Listed]:
    """The pages of these feeds that can be fetched now, ``limit`` at most, in the order in which they were found."""
    soon = hosts.now() + PATIENCE
    waiting = state.waiting(feeds, hosts.now())
    those = {host for host in map(_host, waiting) if hosts.due_at(f"//{host}") <= soon}
    return [one for one in waiting if _host(one) in those][:limit]


def collect(
    listed: Iterable[Listed], state: State, fetcher: Fetcher, hosts: Hosts, given: Given
) -> Iterator[Page | Unreadable]:
    """The pages, each when its host's turn has come, or why they cannot be read.

    A page that failed for now is put off and not given; those of a host that is to be left alone are left as they are.
    Their ids are the digests of their addresses. What a feed says of a page is not handed on: its dates are instants.
    """
    by_host: dict[str, deque[Listed]] = {}
    for one in listed:
        by_host.setdefault(_host(one), deque()).append(one)
    while by_host:
        host = min(by_host, key=lambda host: hosts.due_at(by_host[host][0].address))
        if hosts.due_at(by_host[host][0].address) > hosts.now() + PATIENCE:
            return
        one = by_host[host].popleft()
        if not by_host[host]:
            del by_host[host]
        try:
            yield page_of(fetcher.fetch(one.address, max_bytes=given.max_bytes), given, one.address)
        except FetchError as wrong:
            if wrong.is_temporary and one.failures + 1 < TRIES:
                state.put_off(one.address, hosts.now() + hosts.back_off(one.failures + 1, wrong.retry_after))
            else:
                yield Unreadable(one.address, str(wrong))
        except PageError as wrong:
            yield Unreadable(one.address, str(wrong))


def _host(one: Listed) -> str:
    return host_of(one.address)
