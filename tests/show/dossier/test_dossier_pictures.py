"""The map and the bars."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from kronik.show.dossier.bars import MOST_YEARS, bars
from kronik.show.dossier.world_map import ROUND, UNITS, drawn, outline


@dataclass
class Entry:
    """As much of an entry as the pictures use."""

    days: tuple[str, str] | tuple[None, None] = (None, None)
    event: dict[str, Any] = field(default_factory=dict)


def visit(name: str, longitude: float, latitude: float, day: str, status: str = "occurred") -> Entry:
    place = {"name": name, "country": None, "longitude": longitude, "latitude": latitude}
    who = {"name": "Ani", "kind": "person", "country": None}
    return Entry((day, day), {"type": "CONSULT", "mode": "visit", "status": status, "place": place, "actors": [who]})


@pytest.mark.parametrize(
    ("days", "first", "last", "number"),
    [
        (["2024-04-08"], "2024-04-08", "2024-04-08", 1),
        (["2024-04-08", "2024-05-01"], "2024-04-08", "2024-05-01", 24),
        (["2023-11-08", "2025-05-01"], "2023-11", "2025-05", 19),
        (["2001-11-08", "2025-05-01"], "2001", "2025", 25),
        (["1915-06-18", "2025-05-01"], "1915", "2025", 111),
    ],
)
def test_bars_take_the_finest_period_that_fits(days: list[str], first: str, last: str, number: int) -> None:
    made = bars([Entry((day, day)) for day in days])  # type: ignore[misc]
    assert (made[0].period, made[-1].period, len(made)) == (first, last, number)
    assert sum(bar.count for bar in made) == len(days)


def test_a_few_far_away_do_not_flatten_the_rest() -> None:
    days = ["1945-08-17", *(f"2024-04-{day:02}" for day in range(1, 31))]
    made = bars([Entry((day, day)) for day in days])  # type: ignore[misc]
    assert (made[0].period, made[-1].period, sum(bar.count for bar in made)) == ("2024-04-01", "2024-04-30", 30)
    old = bars([Entry((day, day)) for day in ("1815-06-18", "2025-05-01")])  # type: ignore[misc]
    assert (len(old), sum(bar.count for bar in old)) == (MOST_YEARS, 1)


def test_nothing_dated_makes_no_bars() -> None:
    assert bars([Entry()]) == []  # type: ignore[list-item]


def points(path: str) -> list[tuple[float, float]]:
    """The corners of a path of relative lines."""
    found = []
    for start, lines in re.findall(r"M([-\d. ]+)l([-\d. ]*)", path):
        x, y = map(float, re.findall(r"-?\d+", start))
        found.append((x, y))
        steps = list(map(float, re.findall(r"-?\d+", lines)))
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_the_outline_is_the_world_without_lines_across_it() -> None:
    land, borders = outline()
    assert len(land) + len(borders) < 60_000
    assert not re.search(r"l[^-\d]|l$", land + borders), "every line goes somewhere"
    assert {-ROUND <= x <= 2 * ROUND and 0 <= y <= 180 * UNITS for x, y in points(land)} == {True}
    for ring in re.findall(r"M[^M]+", land + borders):
        corners = points(ring)
        steps = [abs(a - c) for (a, b), (c, d) in pairwise(corners) if b < 179 * UNITS > d]
        assert max(steps, default=0) < ROUND / 2


def test_places_stand_where_they_are() -> None:
    entries = [visit("Jakarta", 106.8, -6.2, "2024-04-08"), visit("Jakarta", 106.8, -6.2, "2024-04-09")]
    picture = drawn(entries)  # type: ignore[arg-type]
    assert picture
    (spot,) = picture.spots
    assert (spot.x, spot.y, len(spot.entries)) == (2868.0, 962.0, 2)
    x, y, width, height = picture.box
    assert x < spot.x < x + width
    assert y < spot.y < y + height
    assert width == 2 * height
    assert not picture.journeys


def test_the_stops_of_a_journey_are_joined_and_no_others() -> None:
    there = visit("Beijing", 116.4, 39.9, "2024-04-08")
    on = visit("Astana", 71.4, 51.1, "2024-04-12")
    years_later = visit("Jakarta", 106.8, -6.2, "2026-04-12")
    planned = visit("Hanoi", 105.8, 21.0, "2024-04-14", "planned")
    picture = drawn([on, there, years_later, planned])  # type: ignore[list-item]
    assert picture
    assert picture.journeys == ("2964.0,501.0 2514.0,389.0",)


def test_no_place_makes_no_map() -> None:
    assert drawn([Entry(event={"place": None})]) is None  # type: ignore[list-item]
