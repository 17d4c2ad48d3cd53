"""Entities to entities with the listings that bear their name."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from kronik.languages import Language
from kronik.lists.index import Kind, SanctionsLists, folded
from kronik.model import Entity, Listing
from kronik.world import World

KINDS: dict[str, Kind] = {"person": "individual", "organisation": "entity", "group": "entity"}
"""What an entity of kronik's is called on a list; countries and places are on none."""

SHORTEST = 5
"""Letters that a known organisation's only word must have: acronyms are borne by too many."""


def mark(entities: tuple[Entity, ...], lists: SanctionsLists, language: Language, world: World) -> tuple[Entity, ...]:
    """The entities of a report in that language, those that bear a listed name with the listings.

    Compared are whole names: the canonical one, the report's fullest writing and, of what the world knows, its other
    names; of a person only those that share a word with the canonical one, since bynames ("Abu …") have many bearers.
    A name of one word counts only where it is that of an organisation that the world knows and is no acronym; what a
    language calls any body ("Ministry of Interior") does not count.
    """
    general = _general_names(language)
    return tuple(
        replace(entity, listed=found)
        if folded(entity.name) not in general and (found := _listings(entity, lists, world))
        else entity
        for entity in entities
    )


@lru_cache
def _general_names(language: Language) -> frozenset[str]:
    return frozenset(folded(row["english"]) for row in language.table("groups"))


def _listings(entity: Entity, lists: SanctionsLists, world: World) -> tuple[Listing, ...]:
    if entity.kind not in KINDS:
        return ()
    known = world.writings_of(entity.name, entity.kind)
    if entity.kind == "person":
        words = set(folded(entity.name).split())
        known = tuple(name for name in known if words & set(folded(name).split()))
    found: dict[tuple[str, str], Listing] = {}
    for name in dict.fromkeys((entity.name, entity.text, *known)):
        if " " in folded(name) or (entity.kind != "person" and name in known and _tells(name)):
            for listing in lists.listings(name, KINDS[entity.kind]):
                found.setdefault((listing.list, listing.id), listing)
    return tuple(found.values())


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and not word.isupper()
