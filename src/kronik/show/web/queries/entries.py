"""Filters to entries of the chronicle, a page of them at a time, and to how many there are in each period.

An entry is what ``told`` says of one happening, with the report that tells it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from kronik.store.connection import Connection, Row
from kronik.store.finding import Wanted, conditions

Json = dict[str, Any]
Order = Literal["oldest", "newest"]

_FROM = " FROM event JOIN report ON report.key = event.report"
_COLUMNS = (
    "event.key, event.id, report.id AS report, report.title, report.publisher, report.published, report.language,"
    " report.url, event.first_day, event.last_day, report.added_at, entry.told AS several, event.told"
)
_JOINED = (
    f"{_FROM} LEFT JOIN entry_event ON entry_event.event = event.id LEFT JOIN entry ON entry.id = entry_event.entry"
)
MAX_YEARS = 40
"""From how many years on the bars stand for decades."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its event as the reading of a report has it, and that report.

    ``several`` says what reconciling found where more than one report tells it: how many, how many independent, who
    told it first, what differs.
    """

    key: int
    id: str
    report: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    url: str | None
    first_day: str | None
    last_day: str | None
    added_at: str
    several: Json | None
    event: Json

    def to_json(self) -> Json:
        """The entry as one flat object, as `kronik timeline --json` prints it."""
        head = {name: getattr(self, name) for name in ("title", "publisher", "published", "language", "url")}
        return {"id": self.id, "report": self.report, **head, **self.event}


@dataclass(frozen=True, slots=True)
class Bar:
    """How many entries begin in a period; ``since`` and ``until`` choose it."""

    label: str
    count: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries match, how many of them have a date, and the bars by which one zooms in."""

    total: int
    dated: int
    bars: tuple[Bar, ...]
    unit: Literal["decade", "year", "month", "day"]


def matched(filters: Wanted, condition: str = "TRUE") -> tuple[str, list[Any]]:
    """SQL that names a table ``entries`` (key, type, first_day, last_day) of what matches, and its values.

    An entry that several reports tell is there once, as the event of the report among those that match which was added
    first. What a person called wrong is left out.
    """
    where, values = conditions(filters)
    columns = "type, first_day, last_day"
    matching = (
        f"{where} AND {condition} AND event.key NOT IN (SELECT event.key FROM decision JOIN event ON event.id = left_id"
        " WHERE kind = 'wrong' AND withdrawn_at IS NULL)"
    )
    return (
        "WITH several AS MATERIALIZED (SELECT event.key, entry FROM entry_event JOIN event"
        " ON event.id = entry_event.event),"
        f" entries AS (SELECT key, {columns} FROM event WHERE key NOT IN (SELECT key FROM several) AND {matching}"
        f" UNION ALL SELECT key, {columns} FROM event WHERE key IN (SELECT min(event.key) FROM several"
        f" JOIN event USING (key) WHERE {matching} GROUP BY entry))"
    ), [*values, *values]


def count_entries(connection: Connection, filters: Wanted, condition: str = "TRUE") -> Counts:
    """The entries that match, by years, or by months and days where the period chosen is a year or a month."""
    entries, values = matched(filters, condition)
    length = _length(filters)
    rows = connection.execute(
        f"{entries} SELECT substr(first_day, 1, {length}) AS period, count(*) AS number FROM entries"
        " GROUP BY period ORDER BY period",
        values,
    ).fetchall()
    dated = [(row["period"], row["number"]) for row in rows if row["period"]]
    total = sum(row["number"] for row in rows)
    inside = [(period, n) for period, n in dated if not filters.since or period >= filters.since[:length]]
    unit: Literal["decade", "year", "month", "day"] = "year" if length == 4 else "month" if length == 7 else "day"
    bars = [Bar(period, number, period, period) for period, number in inside]
    if unit == "year" and len(bars) > MAX_YEARS:
        unit, bars = "decade", _decades(bars)
    return Counts(total, sum(number for _, number in dated), tuple(bars), unit)


def find_entries(
    connection: Connection,
    filters: Wanted,
    *,
    dated: int,
    limit: int,
    offset: int = 0,
    order: Order = "oldest",
) -> list[Entry]:
    """One page of the entries that match, in order of time; the undated last, in the order in which they were told.

    ``dated`` says how many of those that match have a date.
    """
    way = "ASC" if order == "oldest" else "DESC"
    found: list[int] = []
    if offset < dated:
        entries, values = matched(filters, "event.first_day IS NOT NULL")
        rows = connection.execute(
            f"{entries} SELECT key FROM entries ORDER BY first_day {way}, last_day {way}, key LIMIT ? OFFSET ?",
            (*values, min(limit, dated - offset), offset),
        )
        found = [row[0] for row in rows]
    if len(found) < limit:
        entries, values = matched(filters, "event.first_day IS NULL")
        rows = connection.execute(
            f"{entries} SELECT entries.key FROM entries JOIN event USING (key) JOIN report ON report.key = event.report"
            f" ORDER BY published IS NULL, published {way}, entries.key LIMIT ? OFFSET ?",
            (*values, limit - len(found), max(0, offset - dated)),
        )
        found += [row[0] for row in rows]
    return _in_this_order(connection, found)


def entries_in_order(
    connection: Connection, filters: Wanted, condition: str, order: str, limit: int, offset: int = 0
) -> list[Entry]:
    """One page of the entries that match and meet a further condition, in an order given as SQL."""
    entries, values = matched(filters, condition)
    rows = connection.execute(
        f"{entries} SELECT event.key FROM entries JOIN event ON event.key = entries.key JOIN report ON report.key ="
        f" event.report ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return _in_this_order(connection, [row[0] for row in rows])


def newest_entries(connection: Connection, filters: Wanted, limit: int) -> list[Entry]:
    """The entries that match and were added last, the newest first."""
    entries, values = matched(filters)
    rows = connection.execute(f"{entries} SELECT key FROM entries ORDER BY key DESC LIMIT ?", (*values, limit))
    return _in_this_order(connection, [row[0] for row in rows])


def entries_of(connection: Connection, keys: list[int]) -> list[Entry]:
    """The entries with these keys, in order of time."""
    found = _in_this_order(connection, keys)
    return sorted(found, key=lambda one: (one.first_day is None, one.first_day or "", one.last_day or "", one.key))


def _in_this_order(connection: Connection, keys: list[int]) -> list[Entry]:
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(f"SELECT {_COLUMNS}{_JOINED} WHERE event.key IN ({marks})", keys)
    by_key = {row["key"]: _entry(row) for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def _entry(row: Row) -> Entry:
    several = json.loads(row["several"]) if row["several"] else None
    values: Any = (*tuple(row)[:-2], several, json.loads(row["told"]))
    return Entry(*values)


def _length(filters: Wanted) -> int:
    """How many characters of a day name the periods by which one zooms: 4 for years, 7 for months, 10 for days."""
    if filters.since and filters.until:
        if filters.since[:7] == filters.until[:7] and len(filters.since) >= 7:
            return 10
        if filters.since[:4] == filters.until[:4]:
            return 7
    return 4


def _decades(years: list[Bar]) -> list[Bar]:
    counted: dict[str, int] = {}
    for year in years:
        counted[year.label[:3]] = counted.get(year.label[:3], 0) + year.count
    return [Bar(f"{decade}0s", number, f"{decade}0", f"{decade}9") for decade, number in counted.items()]
