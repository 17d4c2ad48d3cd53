"""Filters to the network: who deals with whom, how often and by which types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from kronik.show.web.queries.entries import matched
from kronik.store.connection import Connection
from kronik.store.finding import Wanted

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
_PAIRS = (
    "SELECT event.key, event.type, one.{name}, other.{name} FROM participant AS one"
    " JOIN event ON event.key = one.event JOIN participant AS other ON other.event = one.event AND (other.role ="
    f" 'recipient' OR (other.role = 'actor' AND other.position > one.position AND event.type IN {_TOGETHER}))"
    " WHERE one.role = 'actor' AND one.{name} <> other.{name}"
)


def pairs(connection: Connection, level: Level) -> list[tuple[int, str, str, str]]:
    """Every two who deal with each other in an event: its key, its type, both names; worth remembering."""
    name = "name" if level == "names" else "country"
    return [tuple(row) for row in connection.execute(_PAIRS.format(name=name))]


def network(
    connection: Connection,
    filters: Wanted,
    level: Level,
    dealt: list[tuple[int, str, str, str]],
    limit: int = 80,
) -> Network:
    """The pairs (of ``dealt``) with most entries that match; on the level of countries everybody stands for his."""
    entries, values = matched(filters)
    keys = {row[0] for row in connection.execute(f"{entries} SELECT key FROM entries", values)}
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for key, type, one, other in dealt:
        if key in keys:
            types = counted.setdefault((one, other) if one < other else (other, one), {})
            types[type] = types.get(type, 0) + 1
    closest = sorted(counted.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))[:limit]
    dealings = tuple(
        Dealing(left, right, sum(types.values()), tuple(sorted(types.items(), key=lambda one: (-one[1], one[0]))))
        for (left, right), types in closest
    )
    names = sorted({name for dealing in dealings for name in (dealing.one, dealing.other)})
    if level == "countries":
        return Network(dealings, tuple({"name": code, "kind": "country", "country": code} for code in names))
    marks = ", ".join("?" * len(names))
    known = connection.execute(
        f"SELECT name, min(kind), min(country) FROM participant WHERE name IN ({marks}) GROUP BY name ORDER BY name",
        names,
    )
    return Network(dealings, tuple({"name": row[0], "kind": row[1], "country": row[2]} for row in known))
