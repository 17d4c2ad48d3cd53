"""A stream of bytes, plain or gzipped, to the stream of what it holds."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, BinaryIO, cast

MAGIC = b"\x1f\x8b"
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a damaged gzip raises."""


@contextmanager
def unpacked(stream: io.BufferedReader[Any]) -> Iterator[tuple[BinaryIO, bytes]]:
    """The stream, unpacked where its first bytes say that it is gzipped, and a look at what it begins with.

    Raises one of ``DAMAGED``, here or where it is read.
    """
    if stream.peek(len(MAGIC))[: len(MAGIC)] != MAGIC:
        yield stream, stream.peek(1000)
        return
    with closing(gzip.GzipFile(fileobj=stream)) as plain:
        yield cast(BinaryIO, plain), plain.peek(1000)
