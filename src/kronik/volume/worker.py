"""Pages that come over a connection to answers that go back over it: what a worker process does."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from kronik.model import Page
from kronik.volume.limits import Limits
from kronik.volume.shards import Read, read_shard

READY = "ready"
"""What a worker says when it has started."""

FAILED = 70
"""The exit status of a process that could not take in a page (EX_SOFTWARE)."""


def work(connection: Connection, read: Read, limits: Limits) -> None:
    """Say READY, then answer pages in order until the connection is closed or a page has taken too much memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it says when it ends
    pages: SimpleQueue[Page | None] = SimpleQueue()
    # Taken in by a thread, so that neither side ever waits to send while the other does.
    Thread(target=_take_in, args=(connection, pages), daemon=True).start()
    try:
        connection.send(READY)
        for told in read_shard(iter(pages.get, None), read, limits.memory):
            connection.send(told)
    except (BrokenPipeError, ConnectionResetError):
        pass  # nobody waits for the answer any more


def _take_in(connection: Connection, pages: SimpleQueue[Page | None]) -> None:
    try:
        for page in _received(connection):
            pages.put(page)
    except BaseException:
        os._exit(FAILED)  # the page that is being read has left no room for the next one
    pages.put(None)


def _received(connection: Connection) -> Iterator[Page]:
    while True:
        try:
            yield connection.recv()
        except (EOFError, ConnectionResetError):
            return
