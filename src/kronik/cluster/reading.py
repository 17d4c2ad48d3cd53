"""One shard of pages to one Parquet file of readings: what each machine does."""

from __future__ import annotations

import platform
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kronik.cluster.keys import keys_of
from kronik.cluster.places import Place, local_copy, without_query, written
from kronik.cluster.planning import Shard
from kronik.cluster.rows import Row, write_rows
from kronik.errors import DataError
from kronik.model import Page
from kronik.read.page import Format, Unreadable
from kronik.read.sources import read_pages
from kronik.reconcile.running import method
from kronik.store.engine import engine
from kronik.store.pages import found
from kronik.store.readings import Told, Untold
from kronik.volume.adding import PAGES
from kronik.volume.limits import Limits
from kronik.volume.shards import Read
from kronik.volume.workers import Task, Workers


@dataclass(frozen=True, slots=True)
class Orders:
    """How all shards of a run are read, as ``kronik shard`` is told; ``jobs`` is how many processes read a shard.

    ``engine`` is the kronik that must read them: another one on some machine would read otherwise.
    """

    into: str
    read: Read
    format: Format | None = None
    language: str | None = None
    published: date | None = None
    keep_pages: bool = True
    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    engine: str = field(default_factory=engine)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a shard: pages, those that failed, events, and bytes of the file. ``lost``: why it has none."""

    shard: Shard
    pages: int = 0
    failed: int = 0
    events: int = 0
    size: int = 0
    lost: str | None = None


def read_shard_into(shard: Shard, orders: Orders, workers: Workers | None = None) -> Done:
    """Read a shard and write its file of readings, whole or not at all.

    Its pages are read by ``volume.shards.read_shard`` in processes of their own, so that one that takes too long or
    too much, or ends its process, costs no other. ``workers`` are taken where there are some already. Raises DataError
    where the file cannot be written, a shard cannot be fetched, or this machine has another kronik.
    """
    if orders.engine != engine():
        raise DataError(
            f"{platform.node()}: has kronik {engine()}, the others {orders.engine}: install the same on all machines"
        )
    if workers is None:
        with Workers(orders.jobs, orders.read, orders.limits) as own:
            return read_shard_into(shard, orders, own)
    tally: Counter[str] = Counter()
    with written(orders.into, shard.name) as path:
        answers = told(_found(shard, orders), workers, orders.jobs * PAGES)
        write_rows(path, _rows(answers, tally, orders.keep_pages))
        size = path.stat().st_size
    return Done(shard, tally["pages"], tally["failed"], tally["events"], size)


def told(
    pages: Iterable[Page | Unreadable], workers: Workers, most: int
) -> Iterator[tuple[Page, Told | Untold] | Unreadable]:
    """Each page with what it tells, in order; ``most`` of them are held at once."""
    turns: deque[Task | Unreadable] = deque()
    for page in pages:
        turns.append(workers.submit(page) if isinstance(page, Page) else page)
        while len(turns) >= most:
            yield _answer(turns.popleft(), workers)
    while turns:
        yield _answer(turns.popleft(), workers)


def _answer(turn: Task | Unreadable, workers: Workers) -> tuple[Page, Told | Untold] | Unreadable:
    if isinstance(turn, Unreadable):
        return turn
    while turn.told is None:
        workers.advance()
    return turn.page, turn.told


def _found(shard: Shard, orders: Orders) -> Iterator[Page | Unreadable]:
    for place in shard.inside:
        if isinstance(place, Unreadable):
            yield place
            continue
        with local_copy(place) as path:
            for page in read_pages([path], format=orders.format, language=orders.language, published=orders.published):
                yield page if str(path) == place.address else _at(page, path, place)


def _at(page: Page | Unreadable, copy: Path, place: Place) -> Page | Unreadable:
    """What was found in a copy, as found at its place."""
    return replace(page, origin=page.origin.replace(str(copy), without_query(place.address), 1))


def _rows(
    answers: Iterable[tuple[Page, Told | Untold] | Unreadable], tally: Counter[str], keep_pages: bool
) -> Iterator[Row | Unreadable]:
    for answer in answers:
        tally["pages"] += 1
        if isinstance(answer, Unreadable):
            tally["failed"] += 1
            yield answer
            continue
        page, told = answer
        kept = found(page, engine(), keep_pages=keep_pages)
        if isinstance(told, Untold):
            tally["failed"] += 1
            yield Row(kept, told)
            continue
        tally["events"] += len(told.days)
        yield Row(kept, told, method(), *keys_of(told.kept))
