"""`kronik watch`: what is new in feeds and sitemaps, printed or added, once or again and again."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kronik.errors import UsageError
from kronik.show.list_commands import lists_option, marking_reader
from kronik.show.options import COUNT, Day, fast_option, json_option, ledger_option
from kronik.show.running import added, run, volume_options
from kronik.show.talking import print_json, talk

if TYPE_CHECKING:
    from kronik.store.location import Location
    from kronik.store.writing import Outcome
    from kronik.watch.fetching import Fetcher
    from kronik.watch.hosts import Hosts
    from kronik.watch.state import State


@dataclass(frozen=True, slots=True)
class _Watch:
    """What is watched, and what one round of it needs."""

    feeds: tuple[str, ...]
    state: State
    hosts: Hosts
    fetcher: Fetcher
    since: date | None
    back_off: float


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("--add", "adds", is_flag=True, help="Fetch the new pages and add them to the ledger.")
@ledger_option
@click.option("--once", is_flag=True, help="Ask once and end; else go on until it is stopped.")
@click.option("--every", type=click.FloatRange(min=1), metavar="MINUTES", default=15.0, show_default=True,
              help="Ask again after so many minutes.")  # fmt: skip
@click.option("--interval", type=click.FloatRange(min=0), metavar="SECONDS", default=5.0, show_default=True,
              help="Leave so much time between requests to one host; more where its robots.txt says so.")  # fmt: skip
@click.option("--since", type=Day(), metavar="DATE", help="Leave out what the feed dates before this day.")
@click.option("--limit", type=COUNT, metavar="N", help="Fetch at most N pages a round.")
@click.option("--state", "state_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Where it is kept what was seen.  [default: beside the ledger]")  # fmt: skip
@click.option("--private", is_flag=True, help="Also ask hosts of this machine and of the local network.")
@json_option
@lists_option
@fast_option
@volume_options
def watch(
    feeds: tuple[str, ...], adds: bool, db: Location, once: bool, every: float, interval: float, since: date | None,
    limit: int | None, state_file: Path | None, private: bool, as_json: bool, lists: Path | None, fast: bool,
    jobs: int | None, time_limit: float, memory_limit: int,
) -> None:  # fmt: skip
    """Look for new pages in feeds, and print or add them.

    A FEED is the address of an RSS or Atom feed, a sitemap, or an index of sitemaps. It is asked politely: as its
    robots.txt allows, with time between requests, and with more and more of it where a host fails. It may be stopped
    at any moment: what was seen is remembered, and the same command goes on.
    """
    from kronik.pipeline import read_one
    from kronik.read.sources import check_address
    from kronik.store.ledger import open_ledger
    from kronik.volume.limits import Limits
    from kronik.watch.fetching import Fetcher
    from kronik.watch.hosts import Hosts
    from kronik.watch.state import State

    if adds and as_json:
        raise UsageError("--json prints what is new, --add adds it: leave one of the two out")
    for feed in feeds:
        check_address(feed)
    if adds:
        open_ledger(db, write=True).close()  # which refuses before anything is fetched
    read_page = marking_reader(partial(read_one, fast=fast), lists)
    adding = partial(_add, db=db, read_page=read_page, jobs=jobs, limits=Limits(time_limit, memory_limit), limit=limit)
    with State(state_file or _beside(db)) as state:
        hosts = Hosts(state, interval=interval)
        fetcher = Fetcher(state, hosts, public_only=not private)
        watched = _Watch(tuple(dict.fromkeys(feeds)), state, hosts, fetcher, since, every * 60)
        while True:
            begun = time.monotonic()
            failed = _poll(watched, tell_all=once)
            failed |= adding(watched) if adds else _print(watched, as_json)
            if once:
                break
            time.sleep(max(0.0, every * 60 - (time.monotonic() - begun)))
    if failed:
        click.get_current_context().exit(1)


def _poll(watched: _Watch, *, tell_all: bool) -> bool:
    """Ask for all feeds and say what came of it, where nothing did only with ``tell_all``; whether one failed."""
    from kronik.show.text import clean, count
    from kronik.watch.polling import poll

    failed = False
    for feed in watched.feeds:
        polled = poll(
            feed, watched.state, watched.fetcher, watched.hosts, back_off=watched.back_off, since=watched.since
        )
        for one in polled:
            failed |= one.failed
            if one.reason:
                talk(f"{clean(one.address)}: {clean(one.reason)}")
            elif one.new or tell_all:
                listed = f"{count(one.listed, 'page')} listed, " if one.listed else ""
                talk(f"{clean(one.address)}: {listed}{one.new or 'nothing'} new")
    return failed


def _print(watched: _Watch, as_json: bool) -> bool:
    from kronik.show.text import clean

    for one in watched.state.untold(watched.feeds):
        if as_json:
            print_json({"url": one.address, "title": one.title, "published": one.published, "feed": one.feed})
        else:
            click.echo(f"{one.published or 'undated':10}  {clean(one.title or '(no title)')}")
            click.echo(f"{'':12}{clean(one.address)}")
        watched.state.told(one.address)
    sys.stdout.flush()  # a pipe is to have it now, not when it is stopped
    return False


def _add(
    watched: _Watch, *, db: Location, read_page: Callable[..., Any], jobs: int | None, limits: Any, limit: int | None
) -> bool:
    """Fetch what waits, add it, and say what became of it; whether something failed."""
    from kronik.read.page import Given
    from kronik.store.ledger import open_ledger
    from kronik.watch.collecting import collect, ready

    waiting = ready(watched.feeds, watched.state, watched.hosts, limit)
    if not waiting:
        return False
    pages = collect(waiting, watched.state, watched.fetcher, watched.hosts, Given())
    with open_ledger(db, write=True) as ledger:
        return run(db, _kept(added(ledger, pages, read_page, jobs, limits), watched.state))


def _kept(outcomes: Generator[Outcome, None, None], state: State) -> Generator[Outcome, None, None]:
    """The outcomes; each page is known as done when it is in the ledger, and not before."""
    with closing(outcomes):
        for outcome in outcomes:
            state.done(outcome.origin)
            yield outcome


def _beside(db: Location) -> Path:
    """The file beside the ledger: ``korea.watch`` beside ``korea.db``."""
    if not isinstance(db, Path):
        raise UsageError("the ledger is on a server: name a file on this machine with --state")
    return db.with_name(f"{db.name.removesuffix('.db')}.watch")
