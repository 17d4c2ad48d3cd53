"""An event's place to what kind of place the world knows it as."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kronik import world


def feature(place: dict[str, Any]) -> str | None:
    """city, capital, region, country, sea, …; None where the world does not know the place."""
    known = world.load().countries.get(place["country"] or "")
    if known and known.name == place["name"]:
        return "country"
    return _features().get((place["name"], place["country"]))


def located(place: dict[str, Any] | None) -> bool:
    """Whether a place has coordinates."""
    return place is not None and place["latitude"] is not None and place["longitude"] is not None


@lru_cache(maxsize=1)
def _features() -> dict[tuple[str, str | None], str | None]:
    return {(place.name, place.country): place.feature for place in world.load().places}
