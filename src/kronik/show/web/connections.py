"""The ledger's path to open connections, one a thread: readers wait for nobody, also while another kronik writes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kronik.store.ledger import Ledger, open_ledger
from kronik.store.location import Location, Server

Value = TypeVar("Value")
State = tuple[tuple[int, int] | None, ...]

CACHE_KIB = 16_384
"""How much of the ledger each connection keeps in memory."""

FRESH_SECONDS = 3.0
"""So long is shown what was worked out, though another kronik writes; else each reader would work it out anew."""

SHARE = 20
"""What takes long is shown longer: so many times what working it out took, so that it never takes all the time."""

PATIENCE_SECONDS = 60.0
"""How long one waits for another reader who works out the same."""

MOST = 200
"""How much is remembered."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was worked out, of which state of the ledger, and until when it is shown in any case."""

    state: State
    fresh_until: float
    value: object


class Connections:
    """Opens the ledger to read, once a thread; remembers what was worked out until the ledger changes."""

    def __init__(self, db: Location) -> None:
        self.db = db
        self._local = threading.local()
        self._lock = threading.Lock()
        self._worked_out: dict[object, _Kept] = {}
        self._at_work: dict[object, threading.Event] = {}
        self._writings = 0

    def ledger(self) -> Ledger:
        """This thread's ledger. Raises LedgerError where it cannot be opened."""
        opened: Ledger | None = getattr(self._local, "ledger", None)
        if opened is None or opened.lost:
            opened = open_ledger(self.db)
            if not isinstance(self.db, Server):
                opened.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
                opened.connection.execute("PRAGMA mmap_size = 1073741824")
                opened.connection.execute("PRAGMA temp_store = MEMORY")
            self._local.ledger = opened
        return opened

    def once(self, key: object, work: Callable[[Ledger], Value]) -> Value:
        """What ``work`` gives, remembered until somebody writes to the ledger.

        Of readers who want the same at once, one works it out; the others get the former value, or wait for the first.
        """
        state = self._state()  # before the work, as the ledger may change meanwhile
        with self._lock:
            kept = self._worked_out.get(key)
            if kept is not None and (
                kept.state == state or time.monotonic() < kept.fresh_until or key in self._at_work
            ):
                return kept.value  # type: ignore[return-value]
            other = self._at_work.get(key)
            if other is None:
                self._at_work[key] = threading.Event()
            writings = self._writings
        if other is not None:
            other.wait(PATIENCE_SECONDS)
            kept = self._worked_out.get(key)
            if kept is not None:
                return kept.value  # type: ignore[return-value]
        begun = time.monotonic()
        try:
            ledger = self.ledger()
            with ledger.speaking():
                value = work(ledger)
            ended = time.monotonic()
            with self._lock:
                if writings == self._writings:
                    if len(self._worked_out) >= MOST:
                        self._worked_out.clear()
                    fresh = max(FRESH_SECONDS, SHARE * (ended - begun))
                    self._worked_out[key] = _Kept(state, ended + fresh, value)
        finally:
            if other is None:
                with self._lock:
                    self._at_work.pop(key).set()
        return value

    def forget(self) -> None:
        """Work everything out anew: for who has just written and wants to see it."""
        with self._lock:
            self._writings += 1
            self._worked_out.clear()

    def _state(self) -> State:
        """Size and time of the ledger's file and of its log, or the server's count: any writing changes one of them."""
        if isinstance(self.db, Server):
            return ((self.ledger().writings(), 0),)
        found: list[tuple[int, int] | None] = []
        for path in (self.db, self.db.with_name(f"{self.db.name}-wal")):
            try:
                stat = path.stat()
            except FileNotFoundError:
                found.append(None)
            else:  # an empty log is made by reading as well
                found.append((stat.st_mtime_ns, stat.st_size) if stat.st_size else None)
        return tuple(found)
