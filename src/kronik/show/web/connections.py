"""The ledger's path to open connections, one a thread: readers wait for nobody, also while another kronik writes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kronik.store.ledger import Ledger, open_ledger

Value = TypeVar("Value")
State = tuple[tuple[int, int] | None, ...]

CACHE_KIB = 16_384
"""How much of the ledger each connection keeps in memory."""

FRESH_SECONDS = 3.0
"""So long is shown what was worked out, though another kronik writes; else each reader would work it out anew."""

MOST = 200
"""How much is remembered."""


class Connections:
    """Opens the ledger to read, once a thread; remembers what was worked out until the ledger changes."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self._local = threading.local()
        self._lock = threading.Lock()
        self._worked_out: dict[object, tuple[State, float, object]] = {}

    def ledger(self) -> Ledger:
        """This thread's ledger. Raises LedgerError where it cannot be opened."""
        opened: Ledger | None = getattr(self._local, "ledger", None)
        if opened is None:
            opened = open_ledger(self.db)
            opened.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            opened.connection.execute("PRAGMA mmap_size = 1073741824")
            opened.connection.execute("PRAGMA temp_store = MEMORY")
            self._local.ledger = opened
        return opened

    def once(self, key: object, work: Callable[[Ledger], Value]) -> Value:
        """What ``work`` gives, remembered until somebody writes to the ledger."""
        state = self._state()  # before the work, as the ledger may change meanwhile
        kept = self._worked_out.get(key)
        if kept is not None and (kept[0] == state or time.monotonic() - kept[1] < FRESH_SECONDS):
            return kept[2]  # type: ignore[return-value]
        ledger = self.ledger()
        with ledger.speaking():
            value = work(ledger)
        with self._lock:
            if len(self._worked_out) >= MOST:
                self._worked_out.clear()
            self._worked_out[key] = (state, time.monotonic(), value)
        return value

    def forget(self) -> None:
        """Work everything out anew: for who has just written and wants to see it."""
        with self._lock:
            self._worked_out.clear()

    def _state(self) -> State:
        """Size and time of the ledger's file and of its log: any writing changes one of them."""
        found: list[tuple[int, int] | None] = []
        for path in (self.db, self.db.with_name(f"{self.db.name}-wal")):
            try:
                stat = path.stat()
                found.append((stat.st_mtime_ns, stat.st_size))
            except FileNotFoundError:
                found.append(None)
        return tuple(found)
