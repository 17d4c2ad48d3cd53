"""plover.tsv to the modes of each PLOVER event type, and plover_contexts.tsv to the contexts of any."""

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


@lru_cache(maxsize=1)
def contexts() -> tuple[str, ...]:
    """The general contexts that an event of any type may have, in the manual's order."""
    return tuple(row["context"] for row in read_table(files("kronik.world").joinpath("plover_contexts.tsv")))
