"""Sources that are read by a thread to pages that wait, never more of them than fit."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from multiprocessing import Pipe
from threading import Condition, Thread

from kronik.model import Page
from kronik.store.writing import Unread

CHARACTERS = 50_000_000
"""So many characters of pages are held at most, and one page more."""


class Supply:
    """What is found in the sources, taken in ahead by a thread, so that a slow source holds nothing else up.

    ``found`` is followed until ``most`` pages, or ``CHARACTERS`` of them, were taken in and not yet released.
    ``signal`` can be read from whenever something new may be taken.
    """

    def __init__(self, found: Iterable[Page | Unread], most: int) -> None:
        self.signal, self._bell = Pipe(duplex=False)
        self._found = found
        self._most = most
        self._ready: deque[Page | Unread] = deque()
        self._held = 0
        self._characters = 0
        self._ended = self._closed = self._rung = False
        self._raised: BaseException | None = None
        self._changed = Condition()
        Thread(target=self._follow, daemon=True).start()

    def take(self) -> Page | Unread | None:
        """The next that was found; None where it is not there yet, or nothing is left."""
        with self._changed:
            if self._rung:
                self.signal.recv_bytes()
                self._rung = False
            if self._ready:
                one = self._ready.popleft()
                if self._ready or self._ended:
                    self._ring()
                return one
            return None

    @property
    def ended(self) -> bool:
        """Whether everything was taken. Raises what reading the sources raised, when all before it was taken."""
        with self._changed:
            if self._ended and not self._ready and self._raised:
                raise self._raised
            return self._ended and not self._ready

    def release(self, one: Page | Unread) -> None:
        """Make room: what was taken is done with."""
        with self._changed:
            self._held -= 1
            self._characters -= _size(one)
            self._changed.notify()

    def close(self) -> None:
        """Follow the sources no further."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _follow(self) -> None:
        try:
            for one in self._found:
                with self._changed:
                    self._ready.append(one)
                    self._held += 1
                    self._characters += _size(one)
                    self._ring()
                    while (self._held >= self._most or self._characters >= CHARACTERS) and not self._closed:
                        self._changed.wait()
                    if self._closed:
                        return
        except BaseException as raised:
            self._raised = raised
        with self._changed:
            self._ended = True
            self._ring()

    def _ring(self) -> None:
        if not self._rung:
            self._rung = True
            self._bell.send_bytes(b"!")


def _size(one: Page | Unread) -> int:
    return len(one.body) if isinstance(one, Page) else 0
