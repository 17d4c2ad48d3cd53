"""A stream that can only be read forwards to one that can go back a little, to where a damaged record began."""

from __future__ import annotations

from collections.abc import Callable


class Holding:
    """What ``read`` gives, held from ``forget_before`` on, never more than ``most`` bytes of it."""

    def __init__(self, read: Callable[[int], bytes], most: int) -> None:
        self._read = read
        self._most = most
        self._held = bytearray()
        self._start = 0  # where in the stream the first held byte stands
        self._at = 0

    def tell(self) -> int:
        return self._at

    def read(self, size: int = 1 << 16) -> bytes:
        offset = self._at - self._start
        if offset == len(self._held):
            data = self._read(size)
            self._held += data
            if len(self._held) > self._most:
                surplus = len(self._held) - self._most
                del self._held[:surplus]
                self._start += surplus
        else:
            data = bytes(self._held[offset : offset + size])
        self._at += len(data)
        return data

    def forget_before(self, position: int) -> None:
        """Hold nothing that stands before a position of the stream."""
        # Only now and then, since each time moves what is held.
        if position - self._start > 1 << 20:
            del self._held[: position - self._start]
            self._start = position

    def find(self, wanted: bytes, position: int) -> int | None:
        """Go to where ``wanted`` begins, at ``position`` or after, as far back as is held; None where it is nowhere."""
        at = max(min(position, self._end), self._start)
        while (found := self._held.find(wanted, at - self._start)) < 0:
            at = max(at, self._end - len(wanted) + 1)  # the last bytes may be the beginning of it
            self._at = self._end
            if not self.read():
                return None
            at = max(at, self._start)
        self._at = self._start + found
        return self._at

    @property
    def _end(self) -> int:
        return self._start + len(self._held)

    def held(self, start: int, end: int) -> bytes:
        """The bytes of a stretch of the stream, as far as they are held."""
        return bytes(self._held[max(0, start - self._start) : max(0, end - self._start)])
