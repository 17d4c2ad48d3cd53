"""The ledger to JSON Lines and CSV: reports and what they tell, entries, stories or lineage, one a line."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from kronik.errors import DataError, UsageError
from kronik.store.chronicle import entries, stories
from kronik.store.connection import streamed
from kronik.store.finding import Wanted, find
from kronik.store.ledger import Ledger
from kronik.store.lineage import lineage

Json = dict[str, Any]
What = Literal["reports", "events", "quotes", "entities", "entries", "stories", "lineage"]

VIEWS = ("entries", "stories", "lineage")
"""What follows from the decisions of reconciling."""

COLUMNS: dict[What, tuple[str, ...]] = {
    "reports": (
        "id", "language", "title", "publisher", "byline", "dateline_place", "published", "published_from", "credits",
        "url", "events", "quotes", "entities", "not_article", "text",
    ),
    "events": (
        "id", "report", "type", "mode", "contexts", "status", "start", "end", "actors", "recipients", "place",
        "place_country", "latitude", "longitude", "items", "sources", "trigger", "evidence", "confidence", "published",
        "publisher", "language", "title", "url",
    ),
    "quotes": ("report", "number", "speaker", "speaker_text", "direct", "cue", "text", "published", "publisher"),
    "entities": ("report", "number", "name", "text", "kind", "country", "wikidata", "office", "mentions"),
    "entries": (
        "entry", "type", "mode", "status", "start", "end", "actors", "recipients", "place", "reports", "independent",
        "first_report", "first_publisher", "first_published", "first_according_to", "disputed", "events", "evidence",
    ),
    "stories": ("story", "reports"),
    "lineage": ("report", "of", "kind", "score", "reasons", "made_by", "made_at"),
}  # fmt: skip
"""The columns of each CSV file."""


def objects(ledger: Ledger, what: What, wanted: Wanted | None = None) -> Iterator[Json]:
    """The objects of the ledger, ordered by report id and place in the report.

    ``reports`` are whole readings, as ``kronik read --json`` prints them. The others are the objects inside a reading
    with what says where they come from; ``entries``, ``stories`` and ``lineage`` follow from all. With ``wanted``,
    only the events that match, or what the reports that tell them hold. Raises LedgerError where the ledger cannot be
    read, UsageError where what is wanted makes no sense.
    """
    if what in VIEWS:
        yield from _views(ledger, what, wanted)
        return
    for reading, matching in told(ledger, wanted):
        if what == "reports":
            yield reading
        else:
            yield from _inside(reading, what, matching if what == "events" else None)


def told(ledger: Ledger, wanted: Wanted | None = None) -> Iterator[tuple[Json, frozenset[int] | None]]:
    """The current readings, ordered by report id, each with the numbers of its events that match.

    Without ``wanted`` all readings, each with None in place of the numbers; else only readings with an event that
    matches. Raises as ``objects``.
    """
    if wanted is None or wanted == Wanted():
        yield from ((json.loads(kept), None) for kept in _readings(ledger))
        return
    matching: dict[str, list[int]] = {}
    for entry in find(ledger, wanted):
        matching.setdefault(entry.report, []).append(int(entry.id.rpartition("#")[2]))
    with ledger.speaking() as connection:
        for report in sorted(matching):
            found = connection.execute(
                "SELECT reading FROM report WHERE id = ? AND superseded_at IS NULL", (report,)
            ).fetchone()
            if found:  # else it was read anew meanwhile
                yield json.loads(found[0]), frozenset(matching[report])


def json_lines(ledger: Ledger, what: What, wanted: Wanted | None = None) -> Iterator[str]:
    """``objects`` as JSON, one a line, without line ends."""
    if what == "reports" and wanted is None:
        yield from _readings(ledger)
        return
    for one in objects(ledger, what, wanted):
        yield json.dumps(one, ensure_ascii=False, separators=(",", ":"))


def csv_lines(ledger: Ledger, what: What, wanted: Wanted | None = None) -> Iterator[str]:
    """Lines of CSV (RFC 4180, with line ends), the first with the columns; lists are joined with "; ".

    A text cell that a spreadsheet would take for a formula (its first sign is = + - @, a tab or a line end) gets an
    apostrophe before it, as OWASP advises against CSV injection. What is written, and what is raised, as ``objects``.
    """
    line = io.StringIO()
    writer = csv.writer(line)

    def written(cells: list[Any]) -> str:
        writer.writerow(cells)
        done = line.getvalue()
        line.seek(0)
        line.truncate()
        return done

    columns = COLUMNS[what]
    yield written(list(columns))
    row_of = _report_row if what == "reports" else _entry_row if what == "entries" else _flat
    for row in map(row_of, objects(ledger, what, wanted)):
        yield written([_cell(row.get(column)) for column in columns])


def write_file(path: Path, lines: Iterable[str]) -> None:
    """Write the lines to a file, whole or not at all: an older file stays until the new one is complete.

    Raises DataError where it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as wrong:
        raise DataError(f"{path}: cannot be written ({wrong.strerror}): choose another place with -o") from wrong


def _readings(ledger: Ledger) -> Iterator[str]:
    """The current readings as they are kept."""
    with ledger.speaking() as connection:
        for row in streamed(connection, "SELECT reading FROM report WHERE superseded_at IS NULL ORDER BY id"):
            yield row[0]


def _inside(reading: Json, what: What, numbers: frozenset[int] | None) -> Iterator[Json]:
    """The events, quotes or entities of a reading, each with its report; of those numbers where some are given."""
    head = reading["report"]
    for number, one in enumerate(reading[what], 1):
        if numbers is not None and number not in numbers:
            continue
        if what == "events":
            told_by = {key: head[key] for key in ("title", "publisher", "published", "language", "url")}
            yield {"id": f"{reading['id']}#{number}", "report": reading["id"], **told_by, **one}
        elif what == "quotes":
            told_by = {key: head[key] for key in ("publisher", "published")}
            yield {"report": reading["id"], "number": number, **told_by, **one}
        else:
            yield {"report": reading["id"], "number": number, **one}


def _views(ledger: Ledger, what: What, wanted: Wanted | None) -> Iterator[Json]:
    """Entries, stories or lineage."""
    if what == "entries":
        yield from entries(ledger, wanted)
    elif wanted is not None and wanted != Wanted():
        raise UsageError(f"{what} are of reports, not of events: leave the conditions out")
    else:
        yield from stories(ledger) if what == "stories" else lineage(ledger)


def _report_row(reading: Json) -> Json:
    counts = {key: len(reading[key]) for key in ("events", "quotes", "entities")}
    return {"id": reading["id"], **reading["report"], **counts}


def _entry_row(one: Json) -> Json:
    first = one["first"]
    return {**one, **{f"first_{key}": first[key] for key in ("report", "publisher", "published", "according_to")}}


def _flat(one: Json) -> Json:
    """One object with its nested ones as text."""
    row = dict(one)
    for key in ("actors", "recipients", "sources"):
        if key in row:
            row[key] = [who["name"] for who in row[key]]
    if "items" in row:
        row["items"] = list(map(item_words, row["items"]))
    if place := row.get("place"):
        row |= {"place": place["name"], "place_country": place["country"]}
        row |= {"latitude": place["latitude"], "longitude": place["longitude"]}
    if speaker := row.get("speaker"):
        row |= {"speaker": speaker["name"], "speaker_text": speaker["text"]}
    if "mentions" in row:
        row["mentions"] = len(row["mentions"])
    return row


def item_words(item: Json) -> str:
    """An item with its quantity: "explosive drone (5)", "rice (20 tonne)"."""
    amount = " ".join(str(part) for part in (item["quantity"], item["unit"]) if part is not None)
    return f"{item['name']} ({amount})" if amount else str(item["name"])


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text
