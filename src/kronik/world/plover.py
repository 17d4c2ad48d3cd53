"""plover.tsv to the modes of each PLOVER event type."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from kronik.languages import read_table


@lru_cache(maxsize=1)
def modes() -> dict[str, frozenset[str]]:
    """For each of the sixteen event types, the modes that it may have."""
    found: dict[str, set[str]] = {}
    for row in read_table(files("kronik.world").joinpath("plover.tsv")):
        of_type = found.setdefault(row["type"], set())
        if row["mode"]:
            of_type.add(row["mode"])
    return {event_type: frozenset(names) for event_type, names in found.items()}
