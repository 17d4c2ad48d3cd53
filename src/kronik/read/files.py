"""A file or a stream of bytes to pages."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from kronik.errors import DataError, PageError
from kronik.model import Page
from kronik.read.formats import is_json, is_json_lines
from kronik.read.json_lines import read_lines
from kronik.read.page import Given, Unreadable, make_page
from kronik.read.unpacking import DAMAGED, unpacked
from kronik.read.wacz import is_wacz, read_wacz
from kronik.read.warc import is_warc, read_warc

JSON_LINES = (".jsonl", ".ndjson")
ARCHIVES = (".warc", ".wacz")
STANDARD_INPUT = "standard input"


def read_file(path: Path, given: Given) -> Iterator[Page | Unreadable]:
    """The pages of one file, plain or gzipped: many where it is JSON Lines or an archive (WARC, WACZ), else one."""
    origin = shown(path)
    try:
        with path.open("rb") as file:
            seen = day(os.fstat(file.fileno()).st_mtime)
            name = origin_name(path)
            head = file.peek(1000)
            if is_warc(head) or name.lower().endswith(".warc"):
                yield from read_warc(file, given, origin=origin, size=os.fstat(file.fileno()).st_size or None)
                return
            if is_wacz(head, name):
                yield from read_wacz(file, given, origin=origin)
                return
            yield from _read_stream(file, given, name=name, stem=Path(name).stem, origin=origin, seen=seen)
    except OSError as wrong:
        yield Unreadable(origin, why(path, wrong))
    except DataError as wrong:  # a package for archives is missing
        yield Unreadable(origin, str(wrong))


def read_standard_input(given: Given) -> Iterator[Page | Unreadable]:
    """The pages that standard input holds, until its end."""
    if sys.stdin is None:
        yield Unreadable(STANDARD_INPUT, "closed: pipe a page in")
        return
    stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
    today = datetime.now(UTC).date()
    try:
        if is_warc(stream.peek(1000)):
            yield from read_warc(stream, given, origin=STANDARD_INPUT)
        else:
            yield from _read_stream(stream, given, name="", stem="stdin", origin=STANDARD_INPUT, seen=today)
    except DataError as wrong:
        yield Unreadable(STANDARD_INPUT, str(wrong))
    except OSError as wrong:
        yield Unreadable(STANDARD_INPUT, f"{wrong.strerror or wrong}: pipe it in again")
    finally:
        stream.detach()  # else the wrapper closes standard input when it goes


def _read_stream(
    stream: io.BufferedReader[Any], given: Given, *, name: str, stem: str, origin: str, seen: date | None
) -> Iterator[Page | Unreadable]:
    try:
        with unpacked(stream) as (plain, head):
            named = name.lower().endswith(JSON_LINES) or given.format == "jsonl"
            if named or (given.format is None and is_json_lines(head)):
                yield from read_lines(plain, given, stem=stem, origin=origin, seen=seen)
                return
            if given.format is None and is_json(head):
                yield Unreadable(origin, "JSON, but not one report a line: write each report on a line of its own")
                return
            data = plain.read(given.max_bytes + 1)
        yield make_page(data, given, id=stem, origin=origin, name=name, seen=seen)
    except PageError as wrong:
        yield Unreadable(origin, str(wrong))
    except DAMAGED:
        yield Unreadable(origin, "damaged gzip: pack it again or give it unpacked")


def origin_name(path: Path) -> str:
    """The file's name without ``.gz``, as it can be shown."""
    name = shown(path.name)
    return name[:-3] if name.lower().endswith(".gz") and len(name) > 3 else name


def shown(path: Path | str) -> str:
    """The path as it can be printed on one line: bytes that are no UTF-8 and control characters replaced."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def day(timestamp: float) -> date | None:
    """The day, in UTC, of a file's time; None where the file system holds nonsense."""
    try:
        return datetime.fromtimestamp(timestamp, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def why(path: Path, wrong: OSError) -> str:
    """The reason for which a path cannot be read, with what to do."""
    if isinstance(wrong, PermissionError):
        return "no permission to read it: change its rights or leave it out"
    if isinstance(wrong, FileNotFoundError):
        if path.is_symlink():
            return f"a link to {shown(path.readlink())}, which does not exist: mend the link or take it out"
        return "gone before it was read: run again"
    if isinstance(wrong, IsADirectoryError):
        return "a folder, not a file: run again"
    return f"{wrong.strerror or wrong}: mend it or leave it out"
