"""Options of commands that read many pages, and a run over them: followed, summed up, its failures told."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kronik.show.talking import talk
from kronik.store.location import Location

if TYPE_CHECKING:
    from kronik.store.ledger import Ledger
    from kronik.store.writing import Outcome
    from kronik.volume.limits import Limits

LONG = 10.0
"""Of a run that took so many seconds it is told how long it took."""

Command = TypeVar("Command", bound=Callable[..., Any])


def volume_options(command: Command) -> Command:
    """How many processes read, and what one page may take."""
    return click.option(
        "--jobs", type=click.IntRange(min=1), metavar="N", envvar="KRONIK_JOBS", show_envvar=True,
        help="Read by N processes; 1: in this one, without limits.  [default: one a core]",
    )(limit_options(command))  # fmt: skip


def limit_options(command: Command) -> Command:
    """What one page may take."""
    for option in (
        click.option("--memory-limit", type=click.IntRange(min=100), metavar="MB", default=1024,
                     show_default=True, help="Set a page aside that takes more memory to read (on Linux)."),
        click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", default=60.0,
                     show_default=True, help="Set a page aside that takes longer to read."),
    ):  # fmt: skip
        command = option(command)
    return command


def add_pages(
    db: Location,
    pages: Iterable[Any],
    read_page: Callable[..., Any],
    *,
    jobs: int | None,
    time_limit: float,
    memory_limit: int,
    again: bool,
    keep_pages: bool,
    count_pages: Callable[[], int | None] | None = None,
) -> None:
    """Add the pages, show how it goes and say at the end what became of them; exit with 1 where some failed.

    ``count_pages`` counts how many there are, for the time that is left.
    """
    from kronik.store.ledger import open_ledger
    from kronik.volume.limits import Limits

    limits = Limits(time_limit, memory_limit)
    with open_ledger(db, write=True) as ledger:
        sum_up(db, added(ledger, pages, read_page, jobs, limits, again=again, keep_pages=keep_pages), count_pages)


def added(
    ledger: Ledger, pages: Iterable[Any], read_page: Callable[..., Any], jobs: int | None, limits: Limits, **how: bool
) -> Generator[Outcome, None, None]:
    """What becomes of the pages, added one by one as they are taken: by this process alone where ``jobs`` is 1."""
    from kronik.store import writing
    from kronik.volume import adding

    if jobs == 1:
        return writing.add_all(ledger, pages, read_page, **how)
    return adding.add_all(ledger, pages, read_page, jobs=jobs, limits=limits, **how)


def sum_up(
    db: Location, outcomes: Generator[Outcome, None, None], count_pages: Callable[[], int | None] | None
) -> None:
    """``run`` with the time that it took told; exit with 1 where some failed."""
    if run(db, outcomes, count_pages, timed=True):
        click.get_current_context().exit(1)


def run(
    db: Location,
    outcomes: Generator[Outcome, None, None],
    count_pages: Callable[[], int | None] | None = None,
    *,
    timed: bool = False,
) -> bool:
    """Take all outcomes, show how it goes and say at the end what became of them; whether some failed.

    ``timed``: also, of a long run, how long it took.
    """
    from kronik.show.progress import Failures, follow, span_words, summary

    tally: Counter[str] = Counter()
    failed = Failures()
    begun = time.monotonic()
    try:
        follow(outcomes, tally, failed, count_pages)
    finally:
        outcomes.close()  # ends the processes that read, also when this one is told to stop
        for line in failed.lines():
            talk(line)
        took = time.monotonic() - begun
        pages_a_second = sum(tally[kind] for kind in tally if kind != "events") / took
        pace = f" in {span_words(took)}, {pages_a_second:.1f} a second" if timed and took >= LONG else ""
        talk(f"{db}: {summary(tally)}{pace}")
    return bool(tally["failed"])
