"""A page to the report that it is a version of: by its address, its id, its place, its content."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from kronik.model import Page
from kronik.store.connection import Connection

_LONGEST_PLACE = 2000
"""In bytes: so long are places that databases look up. What is longer is cut, with a digest of the whole."""

STANDARD_INPUT = "standard input"
"""The origin of pages that were piped in: the one place that says nothing about which report it is."""


@dataclass(frozen=True, slots=True)
class Current:
    """The current row of a report."""

    key: int
    id: str
    version: int
    digest: str
    engine: str
    origin: str
    page_url: str | None


def digest_of(page: Page) -> str:
    """A digest of the page as found: its body and what was given beside it. The day it was seen does not count."""
    parts = (page.body, page.format, page.url, page.title, page.publisher, page.published, page.language)
    told = json.dumps([None if part is None else str(part) for part in parts])  # ASCII, also where the body is unsound
    return hashlib.blake2b(told.encode("ascii"), digest_size=16).hexdigest()


def identified(connection: Connection, page: Page, origin: str, digest: str) -> tuple[str, Current | None]:
    """The id that the page's report has or gets, and its current row."""
    columns = "SELECT key, id, version, digest, engine, origin, page_url FROM report WHERE superseded_at IS NULL AND "
    if page.url:
        row = connection.execute(columns + "page_url = ? ORDER BY key LIMIT 1", (page.url,)).fetchone()
        if row:
            return row["id"], Current(*row)
    candidates: list[Current] = []
    id_ = page.id
    while row := connection.execute(columns + "id = ?", (id_,)).fetchone():
        candidates.append(Current(*row))
        id_ = f"{page.id}-{len(candidates) + 1}"
    candidates = [one for one in candidates if not (page.url and one.page_url)]  # another address, another report
    by_place = _named_by_place(page)
    for one in candidates:
        if one.origin == origin and page.origin != STANDARD_INPUT:
            return one.id, one
    for one in candidates:
        if one.digest == digest or not by_place:
            return one.id, one
    return id_, None


def _named_by_place(page: Page) -> bool:
    """Whether the id was only made from where the page was found, so that it need not be that report's alone."""
    if page.origin == STANDARD_INPUT:
        return True
    file, _, line = _parted(page.origin)
    name = file.rpartition("/")[2].removesuffix(".gz")
    stem = name.rpartition(".")[0] or name
    return page.id == (f"{stem}-{line}" if line else stem)


def place_of(origin: str) -> str:
    """Where the page was found; for a file its full path, so that it is known again from another folder."""
    file, colon, line = _parted(origin)
    place = sound(str(Path(file).absolute()) + colon + line if _exists(file) else origin)
    if len(place.encode()) <= _LONGEST_PLACE:
        return place
    digest = hashlib.blake2b(place.encode(), digest_size=16).hexdigest()
    return f"{place[: _LONGEST_PLACE // 5]}…{digest}"


def _parted(origin: str) -> tuple[str, str, str]:
    """The file and the line of an origin ("reports.jsonl:12"); the line is empty where there is none."""
    numbered = re.fullmatch(r"(.+)(:)(\d+)", origin)
    return (numbered[1], numbered[2], numbered[3]) if numbered and not _exists(origin) else (origin, "", "")


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # longer than a path may be
        return False


def sound(text: str) -> str:
    """The text with what UTF-8 cannot hold (undecodable bytes of a file's name) replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
