"""The places of a dossier's entries, and the journeys between them, to a map: shapes in the units of an SVG picture."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from typing import Any

from kronik.show.dossier.gathering import DossierEntry

Json = dict[str, Any]

UNITS = 10
"""Units of the picture a degree: an equirectangular projection, 3600 by 1800 for the whole world."""
ROUND = 360 * UNITS
"""Once round the world."""
LEAST_WIDTH = 400.0
MARGIN = 0.12
"""The least width of the picture, and the room around the outermost places as a share of it."""
MOST_LABELS = 24
DAYS_BETWEEN_STOPS = 21
"""A visit that begins later after the last one is a journey of its own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its entries; x, y and radius in units of the picture."""

    name: str
    country: str | None
    x: float
    y: float
    radius: float
    entries: tuple[DossierEntry, ...]
    labelled: bool
    label_left: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A picture: its view box (x, y, width, height), the land, the borders, the places and the journeys (points)."""

    box: tuple[float, float, float, float]
    land: str
    borders: str
    spots: tuple[Spot, ...]
    journeys: tuple[str, ...]

    @property
    def unit(self) -> float:
        """What a text or stroke of size 1 measures, so that it looks alike at every scale."""
        return self.box[2] / 1000


def drawn(entries: Iterable[DossierEntry]) -> Map | None:
    """The map of the entries that have coordinates; None where none has."""
    at: dict[tuple[str, str | None, float, float], list[DossierEntry]] = {}
    for one in entries:
        place = one.event["place"]
        if place and place["latitude"] is not None and place["longitude"] is not None:
            at.setdefault((place["name"], place["country"], *_point(place)), []).append(one)
    if not at:
        return None
    box = _box([(x, y) for _, _, x, y in at])
    unit = box[2] / 1000
    ordered = sorted(at.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    taken: list[tuple[float, float]] = []
    spots = []
    for (name, country, x, y), those in ordered:
        free = all(abs(y - b) > 16 * unit or abs(x - a) > 110 * unit for a, b in taken)
        labelled = free and len(taken) < MOST_LABELS
        if labelled:
            taken.append((x, y))
        spots.append(
            Spot(
                name,
                country,
                x,
                y,
                (3 + 2.2 * sqrt(len(those))) * unit,
                tuple(those),
                labelled,
                x > box[0] + 0.82 * box[2],
            )
        )
    land, borders = outline()
    return Map(box, land, borders, tuple(spots), tuple(_journeys(entries)))


@lru_cache(maxsize=1)
def outline() -> tuple[str, str]:
    """The world's land and the borders inside it as SVG paths (Natural Earth, public domain, by way of world-atlas)."""
    folder = files("kronik.show.web").joinpath("static", "vendor")
    topology = json.loads(folder.joinpath("countries-110m.json").read_text("utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[tuple[int, int]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx + 180) * UNITS), round((90 - (y * sy + ty)) * UNITS)))
        arcs.append(points)
    coast: set[int] = set()
    rings: list[str] = []
    for polygon in topology["objects"]["land"]["geometries"][0]["arcs"]:
        for ring in polygon:
            coast.update(number if number >= 0 else ~number for number in ring)
            points = [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
            rings.extend(f"{path}z" for whole in _unrolled(points) if (path := _path(whole)))
    inside = [_path(_continuous(arc)) for number, arc in enumerate(arcs) if number not in coast]
    return "".join(rings), "".join(inside)


def _continuous(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points without leaps from one edge of the world to the other: they go on beyond it instead."""
    found = points[:1]
    for x, y in points[1:]:
        found.append((x - ROUND * round((x - found[-1][0]) / ROUND), y))
    return found


def _unrolled(ring: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """A ring as rings on the flat map: once more at the other edge where it reaches over one, closed along the pole
    where it goes round that.
    """
    whole = _continuous(ring)
    if abs(whole[-1][0] - whole[0][0]) > ROUND // 2:
        pole = 0 if whole[0][1] < 90 * UNITS else 180 * UNITS
        whole = [*whole, (whole[-1][0], pole), (whole[0][0], pole)]
    shifts = [0]
    if min(x for x, _ in whole) < 0:
        shifts.append(ROUND)
    if max(x for x, _ in whole) > ROUND:
        shifts.append(-ROUND)
    return [[(x + shift, y) for x, y in whole] for shift in shifts]


def _path(points: list[tuple[int, int]]) -> str:
    """The points as a path of relative lines, doubles left out; empty where all are one."""
    x, y = points[0]
    words = [f"M{x} {y}l"]
    for a, b in points[1:]:
        if (a, b) != (x, y):
            words.append(f"{a - x} {b - y} ")
            x, y = a, b
    return "".join(words).replace(" -", "-").rstrip() if len(words) > 1 else ""


def _point(place: Json) -> tuple[float, float]:
    return round((place["longitude"] + 180) * UNITS, 1), round((90 - place["latitude"]) * UNITS, 1)


def _box(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """A view box of two to one around the points, inside the world."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width = max(LEAST_WIDTH, (right - left) * (1 + 2 * MARGIN), 2 * (bottom - top) * (1 + 2 * MARGIN))
    width = min(width, 360.0 * UNITS)
    height = width / 2
    x = min(max((left + right - width) / 2, 0), 360 * UNITS - width)
    y = min(max((top + bottom - height) / 2, 0), 180 * UNITS - height)
    return round(x, 1), round(y, 1), round(width, 1), round(height, 1)


def _journeys(entries: Iterable[DossierEntry]) -> list[str]:
    """The legs of visits that one person made one soon after another, as points of lines."""
    stops: dict[str, list[tuple[str, str, tuple[float, float]]]] = {}
    for one in entries:
        place, (first, last) = one.event["place"], one.days
        if one.event["mode"] != "visit" or one.event["status"] != "occurred" or not first or not last:
            continue
        if place and place["latitude"] is not None and place["longitude"] is not None:
            for who in one.event["actors"]:
                if who["kind"] == "person":
                    stops.setdefault(who["name"], []).append((first, last, _point(place)))
    lines: list[list[tuple[float, float]]] = []
    for those in stops.values():
        reached = ""
        for first, last, point in sorted(those):
            if not reached or (date.fromisoformat(first) - date.fromisoformat(reached)).days > DAYS_BETWEEN_STOPS:
                lines.append([])
            if not lines[-1] or lines[-1][-1] != point:
                lines[-1].append(point)
            reached = max(reached, min(last, first))
    return [" ".join(f"{x},{y}" for x, y in line) for line in lines if len(line) > 1]
