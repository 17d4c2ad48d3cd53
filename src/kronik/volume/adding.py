"""Pages to rows of the ledger by many processes and one writer, in the order in which the pages were found."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace

from kronik.model import Page
from kronik.store.ledger import Ledger
from kronik.store.writing import Outcome, Unread, keep, keep_unread, look
from kronik.volume.limits import Limits
from kronik.volume.shards import Read
from kronik.volume.supply import Supply
from kronik.volume.workers import Task, Workers

PAGES = 16
"""So many pages for each process are under way at most: read ahead of the one that the writer waits for."""


@dataclass(slots=True)
class _Turn:
    """One that was found, and its task where it has to be read."""

    found: Page | Unread
    task: Task | None = None


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def add_all(
    ledger: Ledger,
    found: Iterable[Page | Unread],
    read: Read,
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    again: bool = False,
    keep_pages: bool = True,
) -> Generator[Outcome, None, None]:
    """Add what was found as ``store.writing.add_all`` does, entry for entry, but read by ``jobs`` processes.

    ``jobs`` is the number of cores where it is None; ``read`` must be fit to be sent to another process. A page that
    goes over the limits, or that ends the process that reads it, is recorded as failed and costs no other page.
    However much is found, no more than a few pages for each process are held in memory.
    Each outcome is yielded when it is safe on the disk. Raises LedgerError where the ledger cannot be written.
    """
    count = jobs or cores()
    supply = Supply(found, count * PAGES)
    turns: deque[_Turn] = deque()
    with Workers(count, read, limits or Limits()) as workers:
        try:
            while True:
                while (one := supply.take()) is not None:
                    turns.append(_Turn(one, _submitted(ledger, one, workers, again, keep_pages)))
                if not turns and supply.ended:
                    return
                if turns and (turns[0].task is None or turns[0].task.told):
                    outcome = _written(ledger, turns[0], again, keep_pages)
                    if outcome is None:  # its report has changed since it was looked up: it has to be read after all
                        page = turns[0].found
                        assert isinstance(page, Page)
                        turns[0].task = workers.submit(page, first=True)
                        continue
                    supply.release(turns.popleft().found)
                    yield outcome
                else:
                    workers.advance([supply.signal])
        finally:
            supply.close()


def _submitted(ledger: Ledger, one: Page | Unread, workers: Workers, again: bool, keep_pages: bool) -> Task | None:
    """The task of a page; None where it need not be read."""
    if not isinstance(one, Page):
        return None
    looked = look(ledger, one, again=again, keep_pages=keep_pages)
    return None if isinstance(looked, Outcome) else workers.submit(replace(one, id=looked))


def _written(ledger: Ledger, turn: _Turn, again: bool, keep_pages: bool) -> Outcome | None:
    """What becomes of the one whose turn it is; None where it has to be read and was not."""
    one = turn.found
    if not isinstance(one, Page):
        return keep_unread(ledger, one)
    if turn.task is not None and turn.task.told is not None:
        return keep(ledger, one, turn.task.told, again=again, keep_pages=keep_pages)
    looked = look(ledger, one, again=again, keep_pages=keep_pages)
    return looked if isinstance(looked, Outcome) else None
