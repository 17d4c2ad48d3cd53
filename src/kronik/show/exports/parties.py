"""A participant to the codes by which event data sets know it: country, sector, known group, office."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from kronik import world

Json = dict[str, Any]

BODIES = {"United Nations": "UNO", "European Union": "EUR"}
"""The two organisations that PLOVER names among its countries (manual, table 5.1)."""

PLOVER_COUNTRY = {"XKX": "KOS"}
"""Where PLOVER writes a country otherwise than ISO 3166-1 (manual 5.1)."""

OFFICE_SECTORS = {"chief-of-defence": "MIL", "army-chief": "MIL", "police-chief": "COP", "central-bank-governor": "GOV"}
"""PLOVER's sector of offices that are not simply of the government."""


def country(who: Json) -> str:
    """PLOVER's code of the country, or of the international body, that a participant belongs to; empty if unknown."""
    if body := BODIES.get(who["name"]) or next((code for name, code in BODIES.items() if _within(who, name)), None):
        return body
    iso3 = who["country"] or ""
    return PLOVER_COUNTRY.get(iso3, iso3)


def country_name(code: str | None) -> str:
    """A country's English name by its code, of ISO or of PLOVER; the code where it is none."""
    for name, body in BODIES.items():
        if code == body:
            return name
    iso3 = next((iso3 for iso3, other in PLOVER_COUNTRY.items() if other == code), code or "")
    known = world.load().countries.get(iso3)
    return known.name if known else iso3


def sector(who: Json, day: str | None) -> str:
    """PLOVER's sector code of a participant on a day: GOV, MIL or COP where the world tells; else empty.

    A person has that of the office then held. A state's own name says no sector.
    """
    known = world.load()
    if who["kind"] == "person":
        holding = known.held_office(who["name"], date.fromisoformat(day)) if day else None
        return OFFICE_SECTORS.get(holding.office, "GOV") if holding and holding.country else ""
    if who["kind"] != "organisation":
        return ""
    if who["name"] in _forces():
        return "MIL"
    body = known.organisations.get(who["name"])
    if body is None or not body.stands_for:
        return ""
    words = body.name.split()
    if "Police" in words:
        return "COP"
    return "MIL" if {"Navy", "Army", "Guard", "Force", "Forces"} & set(words) else "GOV"


def office(who: Json, reading: Json) -> str:
    """The office of a participant as the report or the world gives it; empty if unknown."""
    for entity in reading["entities"]:
        if entity["name"] == who["name"] and entity["kind"] == who["kind"]:
            return entity["office"] or ""
    return ""


def _within(who: Json, body: str) -> bool:
    return who["kind"] == "organisation" and not who["country"] and str(who["name"]).startswith(f"{body} ")


@lru_cache(maxsize=1)
def _forces() -> frozenset[str]:
    return frozenset(known.name for known in world.load().armed_forces.values())
