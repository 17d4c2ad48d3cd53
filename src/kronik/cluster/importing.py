"""Files of readings, Parquet or JSON Lines, to rows of the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kronik.cluster.places import Place, local_copy, reading_places, without_query
from kronik.cluster.readings import checked
from kronik.cluster.rows import Row, read_rows, reading_of
from kronik.errors import DataError, LedgerError
from kronik.model import Page
from kronik.needs import need
from kronik.read.page import Unreadable
from kronik.read.unpacking import DAMAGED, unpacked
from kronik.store.explaining import stored
from kronik.store.identity import place_of
from kronik.store.ledger import Ledger
from kronik.store.pages import Found
from kronik.store.writing import Outcome, keep_found, keep_unread

IMPORTED = "imported"
"""The engine of readings that came without the page that they are of, and without saying what read them."""

LONGEST = 50_000_000
"""A line that is longer is no reading, in bytes."""


def places_of(sources: Iterable[str]) -> list[Place]:
    """The files of readings of all sources, in order. Raises UsageError where one does not exist."""
    return [place for source in sources for place in reading_places(source)]


def import_all(
    ledger: Ledger, places: Iterable[Place], *, again: bool = False, keep_pages: bool = True
) -> Generator[Outcome, None, None]:
    """Keep the readings of all files, in order, as ``store.writing.add_all`` keeps those of pages.

    A reading that the ledger holds of the same page, by the same engine, stays as it is. What is no sound reading is
    recorded as failed and the next one follows. Each outcome is yielded when it is safe on the disk. Raises LedgerError
    where the ledger cannot be written.
    """
    for place in places:
        with local_copy(place) as path:
            for row in rows_of(path, without_query(place.address)):
                if isinstance(row, Unreadable):
                    yield keep_unread(ledger, row)
                elif row.found.engine == IMPORTED and not again and _is_kept(ledger, row):
                    yield Outcome("unchanged", row.found.page.origin, row.found.page.id)
                else:
                    keep_page = keep_pages and row.found.engine != IMPORTED
                    yield keep_found(ledger, row.found, row.told, again=again, keep_pages=keep_page)


def rows_of(path: Path, origin: str) -> Iterator[Row | Unreadable]:
    """The readings of a file, Parquet or JSON Lines, also gzipped; it is told by what it begins with."""
    try:
        with path.open("rb") as file:
            if file.peek(4)[:4] == b"PAR1":
                yield from read_rows(path, origin)
                return
            with unpacked(file) as (plain, _begins):
                yield from _lines(plain, origin)
    except (OSError, *DAMAGED) as wrong:
        yield Unreadable(origin, f"cannot be read ({wrong}): see whether it is whole")


def count_readings(places: Iterable[Place]) -> int | None:
    """How many readings the files hold; None where that is not known before they are read."""
    number = 0
    for place in places:
        if not without_query(place.address).endswith(".parquet"):
            return None
        with local_copy(place) as path:
            number += need("pyarrow.parquet", extra="parquet").read_metadata(path).num_rows
    return number


def _lines(file: BinaryIO, origin: str) -> Iterator[Row | Unreadable]:
    number, begun = 0, False
    while line := file.readline(LONGEST):
        number += 1
        if not line.strip():
            continue
        if not begun and not line.lstrip().startswith(b"{"):
            yield Unreadable(
                origin, "neither Parquet nor JSON Lines: give files that `kronik shard` or `read --json` wrote"
            )
            return
        begun = True
        where = f"{origin}:{number}"
        try:
            told = checked(line.decode("utf-8"))
        except UnicodeDecodeError:
            yield Unreadable(where, "not UTF-8, which JSON must be: save it as UTF-8")
            continue
        except DataError as wrong:
            yield Unreadable(where, str(wrong))
            continue
        row = Row(Found(Page("", where, "", "text"), place_of(where), "", IMPORTED, None), told)
        head = reading_of(row) or {}
        published = head["report"]["published"]
        page = Page(head["id"], where, "", "text", published=published and date.fromisoformat(published))
        digest = hashlib.blake2b(told.kept.encode(), digest_size=16).hexdigest()
        yield Row(Found(page, place_of(where), digest, IMPORTED, None), told)
    if not begun:
        yield Unreadable(origin, "empty, nothing to read: take it out")


def _is_kept(ledger: Ledger, row: Row) -> bool:
    """Whether the ledger holds this very reading, whatever page it is of."""
    try:
        return stored(ledger, row.found.page.id).reading == reading_of(row)
    except LedgerError:
        return False
