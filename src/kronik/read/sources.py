"""What a user names to pages: files, folders, JSON Lines, ``-`` for standard input, and http(s) addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from kronik import languages
from kronik.errors import PageError, UsageError
from kronik.model import Page
from kronik.read.files import read_file, read_standard_input, shown
from kronik.read.folders import page_files
from kronik.read.page import MAX_BYTES, Format, Given, Unreadable

__all__ = ["MAX_BYTES", "Unreadable", "read_pages"]

TIMEOUT = 30.0
"""Seconds that one address may take in all."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_FORMATS = ("html", "text", "jsonl")


def read_pages(
    sources: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    format: Format | None = None,
    language: str | None = None,
    published: date | None = None,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT,
    public_only: bool = False,
) -> Iterator[Page | Unreadable]:
    """The pages of all sources, in their order, one at a time; what cannot be read is an Unreadable in its place.

    A source is a file (HTML, text or JSON Lines, also gzipped), a folder (recursive), ``-`` or an http(s) address.
    ``format`` (``html``, ``text``, ``jsonl``), ``language`` (a code) and ``published`` stand over what is guessed;
    files named ``.jsonl`` or ``.ndjson`` are JSON Lines all the same. ``max_bytes`` limits each page, unpacked;
    ``timeout`` is in seconds for each address, in all. ``public_only`` refuses addresses, also after a redirect, whose
    host is loopback, private or link-local.

    Raises UsageError at once, before anything is read, where the call is wrong: a path that does not exist, an address
    that is not http or https, an unknown format or language, a limit that is not positive.
    """
    if format is not None and format not in _FORMATS:
        raise UsageError(f"format {format!r} is none: choose one of {', '.join(_FORMATS)}")
    if language is not None:
        languages.load(language)
    if max_bytes <= 0:
        raise UsageError(f"the size limit is {max_bytes} bytes: give more than 0")
    if not timeout > 0:
        raise UsageError(f"the time limit is {timeout} seconds: give more than 0")
    if isinstance(sources, str | os.PathLike):
        sources = (sources,)
    checked = [_checked(os.fspath(source)) for source in sources]
    return _read(checked, Given(format, language, published, max_bytes), timeout, public_only)


def _read(sources: list[str], given: Given, timeout: float, public_only: bool) -> Iterator[Page | Unreadable]:
    for source in sources:
        if source == "-":
            yield from read_standard_input(given)
        elif _SCHEME.match(source):
            yield _read_address(source, given, timeout, public_only)
        elif (path := Path(source)).is_dir():
            for entry in page_files(path):
                if isinstance(entry, Unreadable):
                    yield entry
                else:
                    yield from read_file(entry, given)
        else:
            yield from read_file(path, given)


def _read_address(url: str, given: Given, timeout: float, public_only: bool) -> Page | Unreadable:
    from kronik.read.web import read_url  # here, since httpx takes time to import and most calls read files

    try:
        return read_url(url, given, timeout=timeout, public_only=public_only)
    except PageError as wrong:
        return Unreadable(url, str(wrong))


def _checked(source: str) -> str:
    """The source itself; UsageError where it cannot name anything."""
    if source == "-":
        return source
    if _SCHEME.match(source):
        check_address(source)
        return source
    try:
        os.lstat(source)
    except FileNotFoundError:
        raise UsageError(f"{shown(source)!r} does not exist: check the path") from None
    except PermissionError:
        pass  # it may be there: told when it is read
    except (OSError, ValueError):  # a part that is no folder, a name too long, a NUL
        raise UsageError(f"{shown(source)!r} is no path: check it") from None
    return source


def check_address(url: str) -> None:
    """Raises UsageError where this is no http(s) address that can be fetched and kept."""
    if url.partition("://")[0].lower() not in ("http", "https"):
        raise UsageError(f"{shown(url)}: only http and https addresses can be read: save the page and give the file")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises ValueError where it is no number
    except ValueError:
        raise UsageError(f"{shown(url)}: no valid address: check it") from None
    if not parts.hostname or not url.isprintable():
        raise UsageError(f"{shown(url)!r}: no valid address: check it")
    if "@" in parts.netloc:
        raise UsageError(f"address at {parts.hostname}: holds a user name, which would be stored: give it without")
