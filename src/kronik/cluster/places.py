"""Addresses of files and folders, on this machine or in an object store, to the files themselves."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from kronik.errors import DataError, UsageError
from kronik.needs import need
from kronik.read.folders import EXTENSIONS, page_files
from kronik.read.page import Unreadable

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
READINGS = (".parquet", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Place:
    """A file: its address, its size in bytes, and when it was last changed (nanoseconds since 1970)."""

    address: str
    size: int
    changed: int


def is_remote(address: str) -> bool:
    """Whether an address names an object store or another file system ("s3://…")."""
    return bool(_REMOTE.match(address))


def without_query(address: str) -> str:
    """An address without what says how its store is reached ("?endpoint_override=…")."""
    return address.partition("?")[0] if is_remote(address) else address


def joined(folder: str, name: str) -> str:
    """The address of a file in a folder."""
    address, mark, query = folder.partition("?") if is_remote(folder) else (folder, "", "")
    return f"{address.rstrip('/')}/{name}{mark}{query}"


def page_places(source: str) -> Iterator[Place | Unreadable]:
    """The files of pages that a source holds, in order, as ``kronik add`` takes them up.

    Raises UsageError where there is no such file or folder, DataError where a store cannot be asked.
    """
    if is_remote(source):
        yield from _remote_places(source, EXTENSIONS)
        return
    path = Path(source)
    if not path.exists():
        raise UsageError(f"{source!r} does not exist: check the path")
    for entry in page_files(path) if path.is_dir() else [path]:
        if isinstance(entry, Unreadable):
            yield entry
            continue
        try:
            status = entry.stat()
            yield Place(str(entry.absolute()), status.st_size, status.st_mtime_ns)
        except OSError as wrong:
            yield Unreadable(str(entry), f"{wrong.strerror or wrong}: mend that or take it out")


def reading_places(source: str) -> Iterator[Place]:
    """The files of readings that a source holds, in order of their names. Raises as ``page_places``."""
    if is_remote(source):
        yield from (one for one in _remote_places(source, READINGS) if isinstance(one, Place))
        return
    path = Path(source)
    if not path.exists():
        raise UsageError(f"{source!r} does not exist: check the path")
    inside = sorted(one for one in path.rglob("*") if _wanted(one.name, READINGS)) if path.is_dir() else [path]
    if not inside:
        raise UsageError(f"{source}: a folder without readings: `kronik shard PATH --into {source}` puts them there")
    for entry in inside:
        yield Place(str(entry.absolute()), entry.stat().st_size, entry.stat().st_mtime_ns)


@contextmanager
def local_copy(place: Place) -> Iterator[Path]:
    """The file on this machine: itself, or a copy of the same name and age that is gone afterwards."""
    if not is_remote(place.address):
        yield Path(place.address)
        return
    with TemporaryDirectory(prefix="kronik-") as folder:
        path = Path(folder) / PurePosixPath(without_query(place.address)).name
        system, inside = _opened(place.address)
        try:
            need("pyarrow.fs", extra="parquet").copy_files(inside, str(path), source_filesystem=system)
        except OSError as wrong:
            raise DataError(f"{place.address}: cannot be read ({wrong}): check the address and your access") from wrong
        os.utime(path, ns=(place.changed, place.changed))
        yield path


def names_in(folder: str) -> set[str]:
    """The names of the files in a folder; it is made where there is none. Raises DataError where that fails."""
    try:
        if not is_remote(folder):
            Path(folder).mkdir(parents=True, exist_ok=True)
            return {entry.name for entry in Path(folder).iterdir()}
        system, inside = _opened(folder)
        files = need("pyarrow.fs", extra="parquet")
        system.create_dir(inside, recursive=True)
        return {one.base_name for one in system.get_file_info(files.FileSelector(inside))}
    except OSError as wrong:
        raise DataError(f"{folder}: cannot be written to ({wrong.strerror or wrong}): give another folder") from wrong


@contextmanager
def written(folder: str, name: str) -> Iterator[Path]:
    """A file to write, which stands in the folder under its name afterwards, whole, or not at all.

    Raises DataError where it cannot be written.
    """
    try:
        if not is_remote(folder):
            unfinished = Path(folder) / f".{name}.{platform.node()}.{os.getpid()}.unfinished"
            try:
                yield unfinished
                unfinished.replace(Path(folder) / name)
            finally:
                unfinished.unlink(missing_ok=True)
            return
        with TemporaryDirectory(prefix="kronik-") as temporary:
            path = Path(temporary) / name
            yield path
            system, inside = _opened(folder)
            files = need("pyarrow.fs", extra="parquet")
            files.copy_files(str(path), f"{inside.rstrip('/')}/{name}", destination_filesystem=system)
    except OSError as wrong:
        raise DataError(f"{folder}/{name}: cannot be written ({wrong.strerror or wrong}): see to the folder") from wrong


def _remote_places(source: str, extensions: tuple[str, ...]) -> Iterator[Place | Unreadable]:
    system, inside = _opened(source)
    files = need("pyarrow.fs", extra="parquet")
    try:
        found = system.get_file_info(inside)
        if found.type == files.FileType.NotFound:
            raise UsageError(f"{source} does not exist: check the address and your access")
        if found.type == files.FileType.Directory:
            all_of_it = system.get_file_info(files.FileSelector(inside, recursive=True))
            those = [one for one in all_of_it if one.is_file and _wanted(one.base_name, extensions)]
            those.sort(key=lambda one: one.path.split("/"))
        else:
            those = [found]
    except OSError as wrong:
        raise DataError(f"{source}: cannot be asked ({wrong}): check the address and your access") from wrong
    if not those:
        yield Unreadable(source, f"a folder without {' '.join(extensions)} files: put some in, or give another")
    yield from (Place(_at(source, inside, one.path), one.size, one.mtime_ns or 0) for one in those)


def _at(source: str, inside: str, path: str) -> str:
    """The address of a path in the store of a source, whose own path is ``inside``."""
    address, mark, query = source.partition("?")
    return f"{address[: address.find(inside)]}{path}{mark}{query}"


def _opened(address: str) -> tuple[Any, str]:
    if "@" in urlsplit(address).netloc:
        raise UsageError("an address holds a name or a key, which would be stored: give it without, by the environment")
    try:
        system, inside = need("pyarrow.fs", extra="parquet").FileSystem.from_uri(address)
    except (OSError, ValueError) as wrong:
        raise UsageError(f"{address}: no address that can be opened ({wrong}): check it") from wrong
    return system, str(inside)


def _wanted(name: str, extensions: tuple[str, ...]) -> bool:
    return not name.startswith(".") and name.lower().removesuffix(".gz").endswith(extensions)
