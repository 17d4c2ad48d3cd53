"""A WACZ archive, which is a ZIP of WARC archives, to the pages in it. Nothing is unpacked to the disk."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from kronik.errors import PageError
from kronik.model import Page
from kronik.read.page import Given, Unreadable
from kronik.read.warc import NO_PAGES, is_warc, page_of
from kronik.read.warc_records import read_records

RATIO = 100
"""So many times its packed size a file in the archive may say that it unpacks to, and ``SPARE`` more."""
SPARE = 100_000_000

_MOST_FILES = 100_000
_MOST_DIRECTORY = 64_000_000  # bytes; Python reads the directory of a ZIP whole
_MOST_PACKAGE = 20_000_000  # bytes of datapackage.json
_PACKAGE = "datapackage.json"
_WARCS = (".warc", ".warc.gz")
_DAMAGED = "a damaged ZIP: get the archive again"


def is_wacz(head: bytes, name: str) -> bool:
    """Whether a file that begins so and is called so is a WACZ archive; a ZIP of another name is none."""
    return name.lower().endswith(".wacz") and head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_wacz(file: BinaryIO, given: Given, *, origin: str) -> Iterator[Page | Unreadable]:
    """The pages of the WARC archives in it, as ``read_warc`` gives them, numbered through all of them in their order.

    A WARC whose SHA-256 is not the one that ``datapackage.json`` gives is told when it was read; its records have
    digests of their own. Raises DataError where fastwarc is missing.
    """
    try:
        archive = zipfile.ZipFile(_checked(file))
    except PageError as wrong:
        yield Unreadable(origin, str(wrong))
        return
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        yield Unreadable(origin, _DAMAGED)
        return
    with archive:
        number = 0
        found = False
        hashes = _hashes(archive)
        try:
            warcs = _warcs(archive)
        except PageError as wrong:
            yield Unreadable(origin, str(wrong))
            return
        for info in warcs:
            wrong_file = _unfit(info)
            if wrong_file:
                found = True
                yield Unreadable(origin, f"{_shown(info)}: {wrong_file}")
                continue
            try:
                with archive.open(info) as packed:
                    hashed = _Hashed(cast(BinaryIO, packed))
                    stream = io.BufferedReader(hashed)
                    if not is_warc(stream.peek(1000)):
                        found = True
                        yield Unreadable(origin, f"{_shown(info)}: no WARC archive: get the archive again")
                        continue
                    for record in read_records(stream, most=given.max_bytes, size=info.file_size, first=number + 1):
                        number = record.number
                        one = page_of(record, given, f"{origin}:{number}")
                        if one is not None:
                            found = True
                            yield one
                    if hashed.differs(hashes.get(info.filename)):
                        yield Unreadable(origin, f"{_shown(info)}: its SHA-256 is not the one that {_PACKAGE} gives")
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
                found = True
                yield Unreadable(origin, f"{_shown(info)}: {_DAMAGED}")
        if not found:
            yield Unreadable(origin, NO_PAGES)


class _Hashed(io.RawIOBase):
    """A stream whose SHA-256 is known when it was read to its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._hash.update(data)
        self._ended = not data
        buffer[: len(data)] = data
        return len(data)

    def differs(self, written: str | None) -> bool:
        """Whether all was read and the digest is another than ``sha256:…``."""
        return bool(written and self._ended and written != f"sha256:{self._hash.hexdigest()}")


def _checked(file: BinaryIO) -> BinaryIO:
    """The file itself; PageError where its directory would not fit into memory."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - 65_557))  # the directory's end record and the longest comment
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and _MOST_DIRECTORY < int.from_bytes(tail[at + 12 : at + 16], "little") < 0xFFFFFFFF:
        raise PageError("a ZIP with too many files in it, made to do harm: leave it out")
    file.seek(0)
    return file


def _warcs(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The WARC archives in it, in order of their names. PageError where the files could not all be in the ZIP."""
    infos = archive.infolist()
    if len(infos) > _MOST_FILES:
        raise PageError(f"a ZIP of more than {_MOST_FILES:,} files, made to do harm: leave it out")
    if archive.fp is not None:
        archive.fp.seek(0, io.SEEK_END)
        if sum(info.compress_size for info in infos) > archive.fp.tell():
            raise PageError("a ZIP whose files lie over one another, made to do harm: leave it out")
    return sorted((info for info in infos if info.filename.lower().endswith(_WARCS)), key=lambda info: info.filename)


def _unfit(info: zipfile.ZipInfo) -> str | None:
    """Why a file of the archive is not read; None where it is."""
    parts = PurePosixPath(info.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
        return "its name points out of the archive, made to do harm: left out"
    if info.flag_bits & 1:
        return "encrypted: unlock it and pack it again"
    if info.file_size > RATIO * info.compress_size + SPARE:
        return f"unpacks to more than {RATIO} times its size, made to do harm: left out"
    return None


def _hashes(archive: zipfile.ZipFile) -> dict[str, str]:
    """The digests that the archive gives of its files, by their names; none where it gives none."""
    try:
        info = archive.getinfo(_PACKAGE)
        if info.flag_bits & 1:
            return {}
        with archive.open(info) as file:
            told = json.loads(file.read(_MOST_PACKAGE))
        return {str(one["path"]): str(one["hash"]) for one in told["resources"] if "path" in one and "hash" in one}
    except (KeyError, TypeError, ValueError, RecursionError, RuntimeError, NotImplementedError, EOFError, OSError,
            zipfile.BadZipFile, zlib.error):  # fmt: skip
        return {}


def _shown(info: zipfile.ZipInfo) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in info.filename[:200])
