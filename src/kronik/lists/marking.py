"""Entities to entities with the listings that bear their name."""

from __future__ import annotations

from dataclasses import replace

from kronik.lists.index import Kind, SanctionsLists, folded
from kronik.model import Entity, Listing
from kronik.world import World

KINDS: dict[str, Kind] = {"person": "individual", "organisation": "entity", "group": "entity"}
"""What an entity of kronik's is called on a list; countries and places are on none."""

SHORTEST = 5
"""Letters that a known organisation's only word must have: acronyms are borne by too many."""


def mark(entities: tuple[Entity, ...], lists: SanctionsLists, world: World) -> tuple[Entity, ...]:
    """The entities, those that bear a listed name with the listings.

    Compared are whole names: the canonical one, the report's fullest writing and, of what the world knows, all its
    names. A name of one word counts only where it is that of an organisation that the world knows and is no acronym.
    """
    return tuple(
        replace(entity, listed=found) if (found := _listings(entity, lists, world)) else entity for entity in entities
    )


def _listings(entity: Entity, lists: SanctionsLists, world: World) -> tuple[Listing, ...]:
    if entity.kind not in KINDS:
        return ()
    known = world.writings_of(entity.name, entity.kind)
    found: dict[tuple[str, str], Listing] = {}
    for name in dict.fromkeys((entity.name, entity.text, *known)):
        if " " in folded(name) or (entity.kind != "person" and name in known and _tells(name)):
            for listing in lists.listings(name, KINDS[entity.kind]):
                found.setdefault((listing.list, listing.id), listing)
    return tuple(found.values())


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and not word.isupper()
