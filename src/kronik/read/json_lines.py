"""JSON Lines to pages: one report a line, a line at a time."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any, BinaryIO, Literal

from kronik import languages
from kronik.errors import PageError
from kronik.model import Page
from kronik.read.encoding import repair
from kronik.read.page import Given, Unreadable, too_large

_ISO_DAY = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_PIECE = 65_536


def read_lines(
    stream: BinaryIO, given: Given, *, stem: str, origin: str, seen: date | None
) -> Iterator[Page | Unreadable]:
    """The page of each line that is not blank, or why the line cannot be read. Holds one line at a time.

    A line is an object with ``text`` or ``html``, and may give ``id``, ``url``, ``title``, ``published``, ``publisher``
    and ``language``; other keys are ignored. A line longer than ``given.max_bytes`` is told and skipped.
    """
    number = 0
    blank = True
    while line := stream.readline(given.max_bytes + 2):
        number += 1
        where = f"{origin}:{number}"
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield Unreadable(origin, "JSON Lines in UTF-16: save it as UTF-8")
            return
        if len(line.rstrip(b"\r\n")) > given.max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_PIECE)
            blank = False
            yield Unreadable(where, too_large(given.max_bytes))
            continue
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        blank = False
        try:
            yield _page(_object(line), given, fallback=f"{stem}-{number}", origin=where, seen=seen)
        except PageError as wrong:
            yield Unreadable(where, str(wrong))
    if blank:
        yield Unreadable(origin, "empty, nothing to read: take it out")


def url_id(url: str) -> str:
    """The id of a page that is known by its address: 16 hexadecimal digits of the address's SHA-256."""
    return sha256(url.encode("utf-8", "replace")).hexdigest()[:16]


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise PageError("not UTF-8, which JSON must be: save it as UTF-8") from None
    except json.JSONDecodeError as wrong:
        fault = f"{wrong.msg[:1].lower()}{wrong.msg[1:]} at column {wrong.colno}"
        raise PageError(f"no valid JSON, {fault}: mend the line") from None
    except (ValueError, RecursionError):
        raise PageError("no JSON that can be read, nested too deeply or a number too long: mend the line") from None
    if not isinstance(value, dict):
        raise PageError("not a JSON object: write {…} with text or html on each line")
    return value


def _page(line: dict[str, Any], given: Given, *, fallback: str, origin: str, seen: date | None) -> Page:
    format: Literal["html", "text"] = "text"
    body = _words(line, "text", keep_lines=True)
    if body is None:
        format = "html"
        body = _words(line, "html", keep_lines=True)
    if body is None:
        raise PageError("neither text nor html: add one of the two keys, with a string that is not empty")
    url = _words(line, "url")
    if url and not url.lower().startswith(("http://", "https://")):
        url = None
    id = str(line["id"]) if isinstance(line.get("id"), int) else _words(line, "id")
    return Page(
        id=id or (url_id(url) if url else fallback),
        origin=origin,
        body=body,
        format=format,
        url=url,
        title=_words(line, "title"),
        publisher=_words(line, "publisher"),
        published=given.published or _published(line.get("published")),
        language=given.language or _language(line),
        seen=seen,
    )


def _words(line: dict[str, Any], key: str, keep_lines: bool = False) -> str | None:
    """A key's string, mended; None where it is missing, no string or blank."""
    value = line.get(key)
    if not isinstance(value, str):
        return None
    value = repair(value)
    return (value if keep_lines else " ".join(value.split())) if value.strip() else None


def _published(value: object) -> date | None:
    """The day of an ISO date or time, or of one as e-mail and feeds write it; as it stands, no zone is applied."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            if day := _ISO_DAY.match(value.strip()):
                return date(int(day[1]), int(day[2]), int(day[3]))
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
        try:
            return parsedate_to_datetime(value).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    written = repair(str(value))[:40].replace("\n", " ")
    raise PageError(f"published {written!r} is no ISO date: write it as 2023-09-17 or leave the key out")


def _language(line: dict[str, Any]) -> str | None:
    """The code of the line's language (``id`` for ``id-ID`` too); None, so guessed, where it is no such code."""
    code = re.split(r"[-_]", (_words(line, "language") or "").lower())[0]
    if len(code) != 2:
        return None
    if code not in languages.codes():
        raise PageError(f"language {code!r} is not one that kronik has ({', '.join(languages.codes())}): leave it out")
    return code
