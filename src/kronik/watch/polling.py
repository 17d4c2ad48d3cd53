"""A feed, a sitemap or an index of sitemaps to the pages in it that are new, kept in the state."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from kronik.errors import PageError
from kronik.read.listings import MAX_BYTES, Entry, read_listing
from kronik.read.web import FetchError
from kronik.watch.fetching import Fetcher
from kronik.watch.hosts import Hosts
from kronik.watch.state import Feed, State

SITEMAPS = 100
"""So many sitemaps of one index are read in a round, those first that changed last; the others follow in the next."""
PATIENCE = 300.0
"""Seconds that a round waits for a host; one that is to be left alone longer is left for a later round."""

_DEPTH = 2  # an index may list an index, though the protocol does not foresee it
_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Polled:
    """What asking for one feed or sitemap brought: pages listed, pages new, or the reason why it brought nothing."""

    address: str
    listed: int = 0
    new: int = 0
    reason: str | None = None
    failed: bool = False


def poll(
    named: str, state: State, fetcher: Fetcher, hosts: Hosts, *, back_off: float, since: date | None = None
) -> Iterator[Polled]:
    """Ask for a feed, and for the sitemaps that it lists where it is an index of such; keep what is new.

    What has not changed is not sent again. After a failure the feed is left alone for ``back_off`` seconds, each time
    in a row twice as long. Entries that are dated before ``since`` are not kept.
    """
    waiting = deque([(named, "", 0)])
    asked = set()
    while waiting:
        address, changed, depth = waiting.popleft()
        asked.add(address)
        feed = state.feed(address)
        later = max(feed.due_at, hosts.due_at(address) if hosts.due_at(address) > hosts.now() + PATIENCE else 0.0)
        if later > hosts.now():
            yield Polled(address, reason=f"left alone until {_clock(later)}")
            continue
        try:
            answer = fetcher.fetch(address, max_bytes=MAX_BYTES, headers=_conditions(feed), media_types=None)
            entries = [] if answer.unchanged else read_listing(answer.data, answer.url)
        except PageError as wrong:
            failures = feed.failures + 1
            after = wrong.retry_after if isinstance(wrong, FetchError) else None
            due_at = hosts.now() + hosts.back_off(failures, after, first=back_off)
            state.keep_feed(replace(feed, failures=failures, due_at=due_at))
            yield Polled(address, reason=str(wrong), failed=True)
            continue
        if answer.unchanged:
            state.keep_feed(replace(feed, failures=0, due_at=0.0, changed=changed))
            yield Polled(address)
            continue
        sitemaps = [entry for entry in entries if entry.listing]
        pages = [entry for entry in entries if not entry.listing and not _before(entry, since)]
        # An index is asked for as a whole each time, since a sitemap in it may have changed while it has not.
        conditions = (None, None) if sitemaps else (answer.etag, answer.last_modified)
        new = state.keep_feed(Feed(address, *conditions, changed=changed), pages, named=named, now=hosts.now())
        yield Polled(address, len(pages), new)
        if depth < _DEPTH:
            those = [one for one in _changed(sitemaps, state, since) if one.url not in asked]
            waiting.extend((one.url, _instant(one), depth + 1) for one in those[:SITEMAPS])


def _changed(sitemaps: list[Entry], state: State, since: date | None) -> list[Entry]:
    """The sitemaps of an index that may list something new, those first that changed last."""
    old = datetime.min.replace(tzinfo=UTC)
    dated = sorted(sitemaps, key=lambda one: one.changed or old, reverse=True)
    return [one for one in dated if not (_before(one, since) or _is_read(one, state))]


def _is_read(sitemap: Entry, state: State) -> bool:
    return bool(sitemap.changed) and state.feed(sitemap.url).changed == _instant(sitemap)


def _instant(entry: Entry) -> str:
    return entry.changed.isoformat() if entry.changed else ""


def _before(entry: Entry, since: date | None) -> bool:
    day = entry.published or (entry.changed.date() if entry.changed else None)
    return since is not None and day is not None and day < since


def _conditions(feed: Feed) -> dict[str, str]:
    headers = {"Accept": _ACCEPT}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    return headers


def _clock(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
