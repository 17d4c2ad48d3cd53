"""Filters to the network: who deals with whom, how often and by which types."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from kronik.show.web.queries.entries import matched
from kronik.show.web.queries.filters import Filters

Json = dict[str, Any]
Level = Literal["names", "countries"]


@dataclass(frozen=True, slots=True)
class Dealing:
    """Two who deal with each other: in how many entries, and how many of each type. The names are in order."""

    one: str
    other: str
    count: int
    types: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The closest dealings, and everybody in them with kind and country."""

    dealings: tuple[Dealing, ...]
    people: tuple[Json, ...]


# In a meeting, an agreement or joint work all are actors, so two actors deal with each other as well.
_TOGETHER = "('CONSULT', 'AGREE', 'COOPERATE')"


def network(connection: sqlite3.Connection, filters: Filters, level: Level = "names", limit: int = 80) -> Network:
    """The pairs with most entries; on the level of countries everybody stands for the country."""
    name = "name" if level == "names" else "country"
    entries, values = matched(filters)
    rows = connection.execute(
        f"{entries} SELECT one.{name}, other.{name}, type, count(*) FROM entries"
        " JOIN participant AS one ON one.event = entries.key AND one.role = 'actor'"
        " JOIN participant AS other ON other.event = entries.key AND (other.role = 'recipient' OR (other.role = 'actor'"
        f" AND other.position > one.position AND type IN {_TOGETHER}))"
        f" WHERE one.{name} <> other.{name} GROUP BY one.{name}, other.{name}, type",
        values,
    )
    pairs: dict[tuple[str, str], dict[str, int]] = {}
    for one, other, type, number in rows:
        types = pairs.setdefault((min(one, other), max(one, other)), {})
        types[type] = types.get(type, 0) + number
    closest = sorted(pairs.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))[:limit]
    dealings = tuple(
        Dealing(left, right, sum(types.values()), tuple(sorted(types.items(), key=lambda one: (-one[1], one[0]))))
        for (left, right), types in closest
    )
    names = sorted({name for dealing in dealings for name in (dealing.one, dealing.other)})
    if level == "countries":
        return Network(dealings, tuple({"name": code, "kind": "country", "country": code} for code in names))
    marks = ", ".join("?" * len(names))
    known = connection.execute(
        f"SELECT name, kind, country, count(*) FROM participant WHERE name IN ({marks}) GROUP BY name", names
    )
    return Network(dealings, tuple({"name": row[0], "kind": row[1], "country": row[2]} for row in known))
