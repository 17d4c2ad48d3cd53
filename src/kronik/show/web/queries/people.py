"""A name or a country to what the chronicle holds of it: counterparts, quotes, offices, ways of writing it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kronik.store.connection import Connection

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What the reports say somebody is: kind, country, Wikidata id, offices and ways of writing, the usual first.

    ``latest`` is the key of the report that names it and was added last.
    """

    name: str
    kind: str
    country: str | None
    wikidata: str | None
    offices: tuple[tuple[str, int], ...]
    written: tuple[str, ...]
    reports: int
    latest: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """With whom somebody deals, in how many entries."""

    who: Json
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """A quote with the report that gives it."""

    report: str
    number: int
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    speaker: str | None
    kind: str | None
    country: str | None
    direct: bool
    cue: str | None
    text: str


def somebody(connection: Connection, name: str) -> Known | None:
    """What the current reports know of a name; None where none of them names it."""
    rows = connection.execute(
        "SELECT kind, country, wikidata, office, text, report FROM entity WHERE name = ?", (name,)
    ).fetchall()
    if not rows:
        return None
    return Known(
        name,
        _usual(row["kind"] for row in rows) or "group",
        _usual(row["country"] for row in rows),
        _usual(row["wikidata"] for row in rows),
        tuple(_counted(row["office"] for row in rows if row["office"])),
        tuple(text for text, _ in _counted(row["text"] for row in rows)[:8]),
        len(rows),
        max(row["report"] for row in rows),
    )


def listings(connection: Connection, known: Known) -> list[Json]:
    """The entries of sanctions lists that bear a name, as the latest report that names it was marked with them."""
    row = connection.execute("SELECT reading FROM report WHERE key = ?", (known.latest,)).fetchone()
    entities = json.loads(row[0])["entities"] if row else []
    return [on for one in entities if one["name"] == known.name for on in one.get("listed", ())]


def counterparts(connection: Connection, name: str, limit: int = 24) -> tuple[list[Counterpart], ...]:
    """Who stands in the same entries on the other side or beside: in all, and in meetings and talks alone."""
    return _counterparts(connection, "me.name = ? AND other.name <> ?", (name, name), limit)


def counterparts_of_country(connection: Connection, code: str, limit: int = 24) -> tuple[list[Counterpart], ...]:
    """Who deals with anybody of a country and is not of it himself: in all, and in meetings and talks alone."""
    return _counterparts(connection, "me.country = ? AND coalesce(other.country, '') <> ?", (code, code), limit)


def quotes_by(connection: Connection, name: str, limit: int, offset: int = 0) -> list[Said]:
    """What somebody is quoted as saying, the latest report first."""
    return quotes(connection, "quote.speaker_name = ?", [name], "report.published DESC NULLS LAST", limit, offset)


def quotes(
    connection: Connection, where: str, values: list[Any], order: str, limit: int, offset: int = 0
) -> list[Said]:
    """Quotes of the current reports under a condition."""
    rows = connection.execute(
        "SELECT report.id, quote.number, report.title, report.publisher, report.published, report.language,"
        " quote.speaker_name, quote.speaker_kind, quote.speaker_country, quote.direct, quote.cue, quote.text"
        f" FROM quote JOIN report ON report.key = quote.report WHERE {where}"
        f" ORDER BY {order}, report.id, quote.number LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [Said(*row) for row in rows]


def _counterparts(
    connection: Connection, where: str, values: tuple[str, ...], limit: int
) -> tuple[list[Counterpart], ...]:
    rows = connection.execute(
        "SELECT other.name, min(other.kind) AS kind, min(other.country) AS country,"
        " count(DISTINCT other.event) AS number,"
        " count(DISTINCT CASE event.type WHEN 'CONSULT' THEN event.key END) AS talks FROM participant AS me"
        " JOIN participant AS other ON other.event = me.event AND other.role <> 'source'"
        f" JOIN event ON event.key = me.event WHERE me.role <> 'source' AND {where} GROUP BY other.name",
        values,
    ).fetchall()

    def most(column: str) -> list[Counterpart]:
        ranked = sorted((row for row in rows if row[column]), key=lambda row: (-row[column], row["name"]))
        return [
            Counterpart({"name": row["name"], "kind": row["kind"], "country": row["country"]}, row[column])
            for row in ranked[:limit]
        ]

    return most("number"), most("talks")


def _counted(values: Any) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _usual(values: Any) -> str | None:
    counted = _counted(value for value in values if value)
    return counted[0][0] if counted else None
