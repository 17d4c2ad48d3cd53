"""A gzip stream to its members, one after another, each unpacked in pieces; a damaged one costs no other."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from kronik.errors import PageError

MAGIC = b"\x1f\x8b\x08"
RATIO = 100
"""So many times its packed size a stream may unpack to, and ``SPARE`` more; pages pack to a tenth at best."""
SPARE = 100_000_000

_PIECE = 1 << 16


class GzipDamageError(PageError):
    """The member cannot be unpacked to its end."""


class GzipBombError(PageError):
    """The stream unpacks to more than any honest one would."""


class GzipMembers:
    """The members of a gzip stream, read forwards. ``open_next`` goes to each, ``read`` unpacks what is in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw = b""
        self._inflate = zlib.decompressobj(31)
        self._open = False
        self._packed = self._unpacked = 0

    def open_next(self) -> bool:
        """Go to the next member; False where there is none. Bytes between members are passed over.

        Of a member that was not read to its end the rest is unpacked first; where that fails, the next begins where
        the first bytes of one stand.
        """
        try:
            while self._open and self.read(_PIECE):
                pass
        except GzipDamageError:
            pass
        while (at := self._raw.find(MAGIC)) < 0:
            left = self._raw[-len(MAGIC) + 1 :]
            if not self._take_in():
                return False
            self._raw = left + self._raw
        self._raw = self._raw[at:]
        self._inflate = zlib.decompressobj(31)
        self._open = True
        return True

    def read(self, size: int) -> bytes:
        """Up to ``size`` unpacked bytes of this member, none at its end. Raises GzipDamageError or GzipBombError."""
        while self._open:
            if not self._raw and not self._take_in():
                self._open = False
                raise GzipDamageError("damaged gzip, cut off in the middle: get the file again")
            raw, self._raw = self._raw, b""
            try:
                data = self._inflate.decompress(raw, size)
            except zlib.error:
                self._open = False
                self._raw = raw[1:]  # the next member may begin in it
                raise GzipDamageError("damaged gzip: get the file again") from None
            if self._inflate.eof:
                self._open = False
                self._raw = self._inflate.unused_data
            else:
                self._raw = self._inflate.unconsumed_tail
            self._unpacked += len(data)
            if self._unpacked > RATIO * self._packed + SPARE:
                raise GzipBombError(
                    f"unpacks to more than {RATIO} times its size: made to do harm, the rest was not read"
                )
            if data:
                return data
        return b""

    def _take_in(self) -> bool:
        self._raw = self._stream.read(_PIECE)
        self._packed += len(self._raw)
        return bool(self._raw)
