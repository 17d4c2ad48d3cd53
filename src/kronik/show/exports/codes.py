"""Tables of codes to the codes of event types, countries and languages that other formats use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kronik.languages import read_table

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""PLOVER's quad of each type: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.

After the types' own chapters of PLOVER's manual, whose table 7.2 still has SANCTION as verbal.
"""


@dataclass(frozen=True, slots=True)
class EventCode:
    """PLOVER's score, from -10 (conflict) to 10; CAMEO's base code; and Goldstein's score of that code."""

    score: float
    cameo: str
    goldstein: float


@dataclass(frozen=True, slots=True)
class CountryCode:
    """ISO 3166-1 alpha-2, FIPS 10-4 and the Correlates of War's state number; empty where there is none."""

    iso2: str
    fips: str
    cow: str


def event_code(event_type: str, mode: str | None) -> EventCode:
    """The codes of a PLOVER type and mode; of the type alone where the mode has none."""
    known = _event_codes()
    return known.get((event_type, mode or "")) or known[event_type, ""]


def country_code(iso3: str | None) -> CountryCode:
    """The codes of a country by its ISO 3166-1 alpha-3 code; empty ones where it is unknown."""
    return _country_codes().get(iso3 or "", CountryCode("", "", ""))


def language_code(iso1: str) -> str:
    """A language's ISO 639-3 code by its ISO 639-1 code; that code where it is unknown."""
    return _language_codes().get(iso1, iso1)


@lru_cache(maxsize=1)
def _event_codes() -> dict[tuple[str, str], EventCode]:
    return {
        (row["type"], row["mode"]): EventCode(float(row["score"]), row["cameo"], float(row["goldstein"]))
        for row in read_table(files("kronik.show.exports").joinpath("plover_codes.tsv"))
    }


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, CountryCode]:
    return {
        row["iso3"]: CountryCode(row["iso2"], row["fips"], row["cow"])
        for row in read_table(files("kronik.show.exports").joinpath("country_codes.tsv"))
    }


@lru_cache(maxsize=1)
def _language_codes() -> dict[str, str]:
    table = read_table(files("kronik.show.exports").joinpath("language_codes.tsv"))
    return {row["iso1"]: row["iso3"] for row in table}
