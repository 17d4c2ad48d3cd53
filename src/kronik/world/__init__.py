"""What exists, as data, the same in every language: tables of countries, places, organisations, people, outlets to lookups.

Tables (TSV, first line names the columns, ``#`` lines are comments):

- ``countries.tsv``: iso3, name, wikidata, capital, latitude, longitude
- ``country_names.tsv``: iso3, language (code, or ``*`` for all), sense (name, demonym, capital, government), text
- ``organisations.tsv``: name, kind (organisation or group), country (iso3 or empty), wikidata, stands_for (iso3 or empty)
- ``organisation_names.tsv``: name (as in organisations), language, text
- ``places.tsv``: name, country, latitude, longitude, wikidata, feature (city, region, sea, base, palace, …)
- ``place_names.tsv``: name (as in places), country, language, text
- ``people.tsv``: name, wikidata, country; ``people_names.tsv``: name, language, text
- ``offices.tsv``: country, office (head-of-state, head-of-government, foreign-minister, defence-minister, …), title, person,
  start, end, source
- ``outlets.tsv``: name, kind (agency, newspaper, broadcaster, site), domain, country, aliases (parted by ``|``)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from kronik.languages import read_table
from kronik.model import EntityKind

Sense = Literal["name", "demonym", "capital", "government"]


@dataclass(frozen=True, slots=True)
class Known:
    """Something that the world knows. ``name`` is the canonical English name, as an encyclopaedia titles it."""

    name: str
    kind: EntityKind
    country: str | None = None
    wikidata: str | None = None
    stands_for: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class KnownName:
    """One way to write something known. ``language`` is a code or ``*``; capitals in ``text`` are as it is written."""

    text: str
    language: str
    sense: Sense
    known: Known


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held which office of which country when; ``end`` None while it lasts."""

    country: str
    office: str
    title: str
    person: str
    start: date | None
    end: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, site, broadcaster or agency, with the ways that credit lines and pages name it."""

    name: str
    kind: str
    domain: str
    country: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """All tables, loaded. ``names`` holds every way to write every known thing."""

    names: tuple[KnownName, ...]
    countries: dict[str, Known]
    people: dict[str, Known]
    holdings: tuple[Holding, ...]
    outlets: tuple[Outlet, ...]
