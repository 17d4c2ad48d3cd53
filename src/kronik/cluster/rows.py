"""What became of a page to a row of a Parquet file, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from kronik.cluster.readings import checked
from kronik.errors import DataError
from kronik.model import Page
from kronik.needs import need
from kronik.read.page import Unreadable
from kronik.store.identity import place_of, sound
from kronik.store.pages import LARGEST, Found
from kronik.store.readings import Told, Untold

Json = dict[str, Any]

AT_ONCE = 200
"""So many rows are written or taken in together."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a page: what it tells, with the keys that it is compared by, or why it could not be read.

    ``method`` is by what the keys were made; ``event_keys`` has those of each event in order.
    """

    found: Found
    told: Told | Untold
    method: str | None = None
    keys: tuple[int, ...] = ()
    event_keys: tuple[tuple[int, ...], ...] = ()


def arrow_schema() -> Any:
    """The ``pyarrow.Schema`` of a file of readings (docs/command-line.md says what its columns hold)."""
    arrow = need("pyarrow", extra="parquet")
    text, day = arrow.string(), arrow.date32()
    return arrow.schema(
        [("id", text), ("origin", text), ("format", text), ("url", text), ("title", text), ("publisher", text),
         ("published", day), ("language", text), ("seen", day), ("digest", text), ("engine", text), ("reading", text),
         ("reason", text), ("method", text), ("keys", arrow.list_(arrow.int64())),
         ("event_keys", arrow.list_(arrow.list_(arrow.int64()))), ("page", arrow.binary())]
    )  # fmt: skip


def write_rows(path: Path, rows: Iterable[Row | Unreadable]) -> None:
    """Write a file. Raises OSError where it cannot be written, DataError where pyarrow is missing."""
    arrow = need("pyarrow", extra="parquet")
    columns = arrow_schema()
    with need("pyarrow.parquet", extra="parquet").ParquetWriter(path, columns, compression="zstd") as writer:
        portion: list[Json] = []
        for row in rows:
            portion.append(_columns(row))
            if len(portion) == AT_ONCE:
                writer.write_batch(arrow.RecordBatch.from_pylist(portion, schema=columns))
                portion.clear()
        writer.write_batch(arrow.RecordBatch.from_pylist(portion, schema=columns))


def read_rows(path: Path, origin: str) -> Iterator[Row | Unreadable]:
    """The rows of a file, in order, never more in memory than a few; what is no sound row comes as Unreadable."""
    parquet, arrow = need("pyarrow.parquet", extra="parquet"), need("pyarrow", extra="parquet")
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            missing = [name for name in arrow_schema().names if name not in file.schema_arrow.names]
            if missing:
                named = ", ".join(missing[:3])
                yield Unreadable(origin, f"Parquet, but no readings (without {named}): give what `kronik shard` wrote")
                return
            for batch in file.iter_batches(batch_size=AT_ONCE, columns=arrow_schema().names):
                batch = batch.select(arrow_schema().names)
                # as our own columns, whoever wrote the file: a type that is another is told, not guessed around
                for columns in arrow.Table.from_batches([batch]).cast(arrow_schema()).to_pylist():
                    number += 1
                    yield _row(columns, f"{origin}:{number}")
    except (OSError, arrow.ArrowException) as wrong:
        told = str(wrong).partition("\n")[0]
        yield Unreadable(origin, f"broken after {number} readings ({told}): have its shard read again")


def _columns(row: Row | Unreadable) -> Json:
    if isinstance(row, Unreadable):
        return {"origin": place_of(row.origin), "reason": sound(row.reason)}
    page, told = row.found.page, row.told
    given = {name: getattr(page, name) for name in ("id", "format", "url", "title", "publisher", "language")}
    return {
        **{name: None if value is None else sound(value) for name, value in given.items()},
        "origin": row.found.place,
        "published": page.published,
        "seen": page.seen,
        "digest": row.found.digest,
        "engine": row.found.engine,
        "reading": told.kept if isinstance(told, Told) else None,
        "reason": sound(told.reason) if isinstance(told, Untold) else None,
        "method": row.method,
        "keys": row.keys,
        "event_keys": row.event_keys,
        "page": row.found.packed,
    }


def _row(columns: Json, where: str) -> Row | Unreadable:
    if columns["id"] is None:
        return Unreadable(columns["origin"] or where, columns["reason"] or "no reason is given: read the page again")
    lacking = [name for name in ("origin", "digest", "engine") if not columns[name]]
    if lacking or columns["format"] not in ("html", "text") or not (columns["reading"] or columns["reason"]):
        return Unreadable(where, f"{lacking[0] if lacking else 'its reading'} is missing: have its shard read again")
    if columns["page"] is not None and not _is_packed(columns["page"]):
        return Unreadable(where, "its page is damaged: have its shard read again")
    given = ("id", "origin", "format", "url", "title", "publisher", "published", "language", "seen")
    page = replace(Page("", "", "", "text"), **{name: columns[name] for name in given})
    found = Found(page, columns["origin"], columns["digest"], columns["engine"], columns["page"])
    if columns["reading"] is None:
        return Row(found, Untold(columns["reason"]))
    try:
        told = checked(columns["reading"])
    except DataError as wrong:
        return Unreadable(where, str(wrong))
    event_keys = tuple(map(tuple, columns["event_keys"] or ()))
    return Row(found, told, columns["method"], tuple(columns["keys"] or ()), cast("Any", event_keys))


def _is_packed(page: bytes) -> bool:
    """Whether these are the bytes of a page as the ledger keeps it."""
    try:
        packed = zlib.decompressobj()
        return len(packed.decompress(page, LARGEST + 1)) <= LARGEST and packed.eof
    except zlib.error:
        return False


def reading_of(row: Row) -> Json | None:
    """The reading of a row as an object; None where the page could not be read."""
    return json.loads(row.told.kept) if isinstance(row.told, Told) else None
