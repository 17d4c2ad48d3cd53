"""A WARC stream to its records, one at a time; a damaged one is told and those after it are found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Any

from kronik.needs import need
from kronik.read import digests
from kronik.read.gzip_members import MAGIC, GzipBombError, GzipDamageError, GzipMembers
from kronik.read.holding import Holding

HEAD_BYTES = 64 << 10
"""The head of a record, or of the response in it, is no longer than this."""
DAMAGES = 1000
"""After so many damaged places an archive is given up."""

WRONG_LENGTH = "a damaged record, its length is wrong: get the archive again"
CUT_OFF = "a damaged record, cut off: get the archive again"
NO_RECORD = "no WARC record where one should begin: get the archive again"
_BEGINS = b"\nWARC/1."


@dataclass(frozen=True, slots=True)
class Record:
    """A record of an archive: its number, what its head says (names in lower case), and its block.

    ``block`` is None where the record is no response, or is larger than was asked for (``too_large``).
    """

    number: int
    start: int
    length: int
    head: dict[str, str]
    block: bytes | None = None
    too_large: bool = False

    def is_cut_off(self) -> bool:
        return self.block is not None and len(self.block) < self.length

    def is_whole(self) -> bool:
        """Whether the digest of the block says so."""
        return self.block is not None and digests.agrees(self.head.get("warc-block-digest", ""), self.block) is True


@dataclass(frozen=True, slots=True)
class Damaged:
    """A place of an archive where no record could be read, by the number that it has or would have, and why."""

    number: int
    reason: str


def read_records(
    stream: BufferedReader[Any], *, most: int, size: int | None = None, first: int = 1
) -> Iterator[Record | Damaged]:
    """The records of an archive, plain or gzipped, numbered from ``first``; only responses have their blocks.

    ``most`` limits a block in bytes; ``size`` is how long the stream is, where that is known. At most two blocks are
    held at a time. Raises DataError where fastwarc is not installed.
    """
    archive_iterator = need("fastwarc.warc", extra="archives").ArchiveIterator
    damages = 0
    for found in _parts(stream, archive_iterator, most, size, first):
        if isinstance(found, Record) and "warc-type" not in found.head:
            found = Damaged(found.number, NO_RECORD)
        yield found
        if isinstance(found, Damaged):
            damages += 1
            if damages >= DAMAGES:
                yield Damaged(found.number + 1, f"more than {DAMAGES:,} damaged places: the rest was not read")
                return


def _parts(
    stream: BufferedReader[Any], archive_iterator: Any, most: int, size: int | None, number: int
) -> Iterator[Record | Damaged]:
    if not stream.peek(len(MAGIC)).startswith(MAGIC):
        yield from _part(stream.read, archive_iterator, most, size, number)
        return
    members = GzipMembers(stream)
    told = False
    try:
        while members.open_next():
            try:
                for found in _part(members.read, archive_iterator, most, None, number):
                    number = found.number + 1
                    told = False
                    yield found
            except GzipDamageError as wrong:
                if not told:
                    yield Damaged(number, str(wrong))
                    number += 1
                told = True  # once until a record can be read again: its bytes may look like the beginnings of others
    except GzipBombError as wrong:
        yield Damaged(number, str(wrong))


def _part(
    read: Callable[[int], bytes], archive_iterator: Any, most: int, size: int | None, number: int
) -> Iterator[Record | Damaged]:
    """The records of one gzip member or of a plain archive.

    Whether a length is right shows only in whether another record begins behind it; so each is given when the next one
    was found, or the end.
    """
    held = Holding(read, most + 2 * HEAD_BYTES)
    while True:
        resume = held.tell() + 1
        before: Record | None = None
        damage = None
        try:
            for record in archive_iterator(held, parse_http=False, stream_detect=False, max_header_len=HEAD_BYTES):
                if before is not None:
                    yield before
                before = _taken(record, number, most)
                number += 1
                held.forget_before(before.start)
                if size is not None and before.start + before.length > size:
                    damage = WRONG_LENGTH
                    break
            if before is not None and before.is_cut_off():
                damage = CUT_OFF
        except (GzipDamageError, GzipBombError):
            if before is not None and before.is_whole():
                yield before
            raise
        except OSError:
            damage = WRONG_LENGTH if before is not None else NO_RECORD
        if damage is None:
            if before is not None:
                yield before
            return
        if before is None or before.is_whole():
            if before is not None:
                yield before
                resume = _end(before, held)
            yield Damaged(number, NO_RECORD)
            number += 1
        else:
            yield Damaged(before.number, damage)
            resume = before.start + 1
        if held.find(_BEGINS, resume - 1) is None:
            return
        held.read(1)


def _taken(record: Any, number: int, most: int) -> Record:
    head = {name.lower(): value.strip() for name, value in record.headers.to_tuples()}
    length = int(record.content_length)
    block, too_large = None, False
    kind = head.get("content-type", "application/http").lower()
    if head.get("warc-type", "").lower() == "response" and kind.startswith("application/http"):
        too_large = length > most + HEAD_BYTES
        if not too_large:
            block = _read(record.reader, length)
    return Record(number, int(record.stream_pos), length, head, block, too_large)


def _read(reader: Any, length: int) -> bytes:
    parts: list[bytes] = []
    while length > 0 and (piece := reader.read(length)):
        parts.append(piece)
        length -= len(piece)
    return b"".join(parts)


def _end(record: Record, held: Holding) -> int:
    """Where a record's block ends, as its length says."""
    head = held.held(record.start, record.start + HEAD_BYTES)
    return record.start + max(head.find(b"\r\n\r\n"), 0) + 4 + record.length
