"""Filters to the map: where entries took place, and the journeys that visits make, leg by leg."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kronik import world
from kronik.show.web.queries.entries import matched
from kronik.store.connection import Connection
from kronik.store.finding import Wanted

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the number of entries there."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit of a journey."""

    place: str
    latitude: float
    longitude: float
    start: str | None
    end: str | None
    id: str


@dataclass(frozen=True, slots=True)
class Journey:
    """The places that somebody visited, in order of time."""

    who: Json
    stops: tuple[Stop, ...]


def spots(connection: Connection, filters: Wanted, limit: int = 400) -> list[Spot]:
    """The places of the entries that match, those with most entries first."""
    entries, values = matched(filters, "event.latitude IS NOT NULL AND event.longitude IS NOT NULL")
    rows = connection.execute(
        f"{entries} SELECT event.place_name, min(event.place_country), event.latitude, event.longitude,"
        " count(*) AS number"
        " FROM entries JOIN event ON event.key = entries.key GROUP BY event.place_name, event.latitude, event.longitude"
        " ORDER BY number DESC, event.place_name LIMIT ?",
        (*values, limit),
    )
    return [Spot(*row) for row in rows]


def journeys(connection: Connection, filters: Wanted, limit: int = 8) -> list[Journey]:
    """The journeys of the visits that match, of persons, each of two stops or more; the longest first."""
    entries, values = matched(
        filters, "event.type = 'CONSULT' AND event.mode = 'visit' AND event.status = 'occurred' AND event.first_day"
        " IS NOT NULL",
    )  # fmt: skip
    rows = connection.execute(
        f"{entries} SELECT event.id, event.told FROM entries JOIN event ON event.key = entries.key"
        " ORDER BY event.first_day, event.last_day, event.key LIMIT 5000",
        values,
    )
    travels: dict[str, tuple[Json, list[Stop]]] = {}
    for row in rows:
        event = json.loads(row["told"])
        stop = _stop(row["id"], event)
        if stop is None:
            continue
        for who in event["actors"]:
            if who["kind"] == "person":
                _, stops = travels.setdefault(who["name"], (who, []))
                if not stops or stops[-1].place != stop.place:
                    stops.append(stop)
    found = [Journey(who, tuple(stops)) for who, stops in travels.values() if len(stops) > 1]
    return sorted(found, key=lambda one: (-len(one.stops), one.who["name"]))[:limit]


def _stop(id: str, event: Json) -> Stop | None:
    """Where a visit went: its place, else the country that was host; None where neither is known."""
    place = event["place"]
    if place and place["latitude"] is not None and place["longitude"] is not None:
        return Stop(place["name"], place["latitude"], place["longitude"], event["start"], event["end"], id)
    countries = world.load().countries
    for host in event["recipients"]:
        known = countries.get(host["country"] or "")
        if known and known.latitude is not None and known.longitude is not None:
            return Stop(known.name, known.latitude, known.longitude, event["start"], event["end"], id)
    return None
