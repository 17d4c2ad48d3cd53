"""Reports, events, quotes or entities to a Parquet file, its columns made from the schema of the reading."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kronik.contract import schema as reading_schema
from kronik.errors import DataError
from kronik.needs import need
from kronik.store.dates import interval
from kronik.store.exporting import What

Json = dict[str, Any]

ROWS_AT_ONCE = 2_000
TOLD_BY = {"events": ("title", "publisher", "published", "language", "url"), "quotes": ("publisher", "published")}
"""What of its report stands beside an event or a quote, besides the report's id and the number in it."""


def write_parquet(path: Path, objects: Iterable[Json], what: What) -> None:
    """Write the objects (as ``store.exporting.objects`` gives them) to a file, whole or not at all.

    Nested objects stay nested. An event also has ``first_day`` and ``last_day``, dates to sort and compare by. Raises
    DataError where the pyarrow package is missing or the file cannot be written.
    """
    writing = need("pyarrow.parquet", extra="parquet")
    arrow = need("pyarrow", extra="parquet")
    columns = arrow_schema(what)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        try:
            with unfinished.open("wb") as file, writing.ParquetWriter(file, columns, compression="zstd") as writer:
                for rows in _portions(map(_row, objects) if what != "reports" else map(_report, objects)):
                    writer.write_batch(arrow.RecordBatch.from_pylist(rows, schema=columns))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as wrong:
        raise DataError(f"{path}: cannot be written ({wrong.strerror}): choose another place with -o") from wrong


def arrow_schema(what: What) -> Any:
    """The ``pyarrow.Schema`` of a file, from ``kronik schema``: what the reading gains, the file gains."""
    arrow = need("pyarrow", extra="parquet")
    whole = reading_schema()
    text, head = {"type": "string"}, whole["properties"]["report"]["properties"]
    properties: Json
    if what == "reports":
        counts = {name: {"type": "integer"} for name in ("events", "quotes", "entities")}
        properties = {"id": text} | head | counts
    else:
        inside = whole["properties"][what]["items"]["$ref"].rpartition("/")[2]
        beside = {name: head[name] for name in TOLD_BY.get(what, ())}
        given = {"report": text} | beside | whole["$defs"][inside]["properties"]
        if what == "events":
            properties = {"id": text} | given | {"first_day": {"format": "date"}, "last_day": {"format": "date"}}
        else:
            properties = {"number": {"type": "integer"}} | given
    return arrow.schema([(name, _type(of, whole["$defs"], arrow)) for name, of in properties.items()])


def _type(of: Json, definitions: Json, arrow: Any) -> Any:
    """The Arrow type of a JSON Schema."""
    if "$ref" in of:
        return _type(definitions[of["$ref"].rpartition("/")[2]], definitions, arrow)
    if "anyOf" in of:
        return _type(next(one for one in of["anyOf"] if one != {"type": "null"}), definitions, arrow)
    if of.get("format") == "date":
        return arrow.date32()
    named = of.get("type", "string")  # an enum of words has no type
    name = next(one for one in named if one != "null") if isinstance(named, list) else named
    if name == "object":
        return arrow.struct([(key, _type(one, definitions, arrow)) for key, one in of["properties"].items()])
    if name == "array":
        return arrow.list_(_type(of.get("items") or of["prefixItems"][0], definitions, arrow))
    return {"string": arrow.string, "integer": arrow.int64, "number": arrow.float64, "boolean": arrow.bool_}[name]()


def _row(one: Json) -> Json:
    if "start" not in one:
        return dict(one)
    days = interval(one["start"], one["end"], one["published"])
    first, last = (date.fromisoformat(day) if day else None for day in days)
    return {**one, "first_day": first, "last_day": last}


def _report(reading: Json) -> Json:
    counts = {name: len(reading[name]) for name in ("events", "quotes", "entities")}
    return {"id": reading["id"], **reading["report"], **counts}


def _portions(rows: Iterable[Json]) -> Iterator[list[Json]]:
    portion: list[Json] = []
    for row in rows:
        portion.append(row)
        if len(portion) == ROWS_AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion
