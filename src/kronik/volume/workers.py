"""Pages to answers by several processes: handed out, watched, and replaced where one dies or takes too long."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from kronik.errors import DataError, UsageError
from kronik.model import Page
from kronik.store.readings import Told, Untold
from kronik.volume.limits import Limits
from kronik.volume.shards import Read
from kronik.volume.worker import READY, work

AHEAD = 2
"""So many pages a worker holds, so that it has one to read while its last answer is on the way."""

TRIES = 2
"""So often a page is read whose process died: something else may have ended it the first time."""


@dataclass(eq=False, slots=True)
class Task:
    """A page that was handed in, and its answer when it is there."""

    page: Page
    told: Told | Untold | None = None
    tries: int = 0


@dataclass(eq=False, slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    tasks: deque[Task] = field(default_factory=deque)
    since: float = 0.0
    ready: bool = False


def process_context(*modules: str) -> Any:
    """What starts processes (``multiprocessing``), these modules being imported once for all of them where it can.

    Never by plain fork: that would hand the open ledger and the threads of the progress bar to them.
    """
    forking = "forkserver" in multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if forking else "spawn")
    if forking and modules:
        context.set_forkserver_preload(list(modules))
    return context


class Workers:
    """Up to ``count`` processes that read pages; started when they are needed. Use it in a ``with`` statement."""

    def __init__(self, count: int, read: Read, limits: Limits) -> None:
        self._count = count
        self._read = read
        self._limits = limits
        self._waiting: deque[Task] = deque()
        self._workers: list[_Worker] = []
        self._context = process_context("kronik.pipeline", "kronik.volume.worker")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes; what they were reading is left."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def submit(self, page: Page, *, first: bool = False) -> Task:
        """Hand in a page; its answer will stand in the task. ``first``: before all that were handed in and wait."""
        task = Task(page)
        if first:
            self._waiting.appendleft(task)
        else:
            self._waiting.append(task)
        self._hand_out()
        return task

    def advance(self, others: Sequence[Connection] = ()) -> None:
        """Wait until an answer has come, a limit is reached or one of ``others`` can be read from; take it in."""
        busy = [worker for worker in self._workers if worker.tasks]
        left = min((worker.since + self._limits.seconds - time.monotonic() for worker in busy), default=None)
        ready = wait([worker.connection for worker in busy] + list(others), None if left is None else max(0.0, left))
        for worker in busy:
            if worker.connection in ready:
                self._receive(worker)
            elif time.monotonic() - worker.since > self._limits.seconds and not worker.connection.poll():
                self._break_off(worker)
        self._hand_out()

    def _receive(self, worker: _Worker) -> None:
        try:
            told = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        if told == READY:
            worker.ready = True
            worker.since = time.monotonic() + self._limits.start
            return
        worker.tasks.popleft().told = told
        worker.since = time.monotonic()

    def _break_off(self, worker: _Worker) -> None:
        worker.tasks.popleft().told = Untold(self._limits.took_too_long())
        self._remove(worker)

    def _replace(self, worker: _Worker) -> None:
        """A worker is gone: by itself after a page that took too much, or because of the page that it read."""
        worker.process.join()
        status = worker.process.exitcode
        if not worker.ready:
            raise DataError(f"a process that reads pages ended as it started (status {status}): use --jobs 1")
        if status and worker.tasks:
            worker.tasks[0].tries += 1
            if worker.tasks[0].tries >= TRIES:
                worker.tasks.popleft().told = Untold(_death(status))
        self._remove(worker)

    def _remove(self, worker: _Worker) -> None:
        _end(worker)
        self._workers.remove(worker)
        self._waiting.extendleft(reversed(worker.tasks))

    def _hand_out(self) -> None:
        """Give what waits to workers that have nothing to do, to new ones, and at last one more to each."""
        for worker, task in self._matched():
            if not worker.tasks:
                worker.since = time.monotonic() + (0.0 if worker.ready else self._limits.start)
            worker.tasks.append(task)
            with suppress(BrokenPipeError, ConnectionResetError):  # it is gone: told when it is waited for
                worker.connection.send(task.page)

    def _matched(self) -> Iterator[tuple[_Worker, Task]]:
        while self._waiting:
            least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
            if (least is None or least.tasks) and len(self._workers) < self._count:
                least = self._started()
            if least is None or len(least.tasks) >= AHEAD:
                return
            yield least, self._waiting.popleft()

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._read, self._limits), daemon=True)
        try:
            process.start()
        except (AttributeError, TypeError) as wrong:
            raise UsageError(f"cannot be given to another process ({wrong}): use --jobs 1") from wrong
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _death(status: int) -> str:
    ended = f"signal {-status}" if status < 0 else f"status {status}"
    return (
        f"reading it ended the process that read it ({ended}; the system may have run out of memory):"
        " see whether it is a report, then `kronik retry`"
    )
