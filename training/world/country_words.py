"""CLDR's names of countries to the names that pages show: ``python training/world/country_words.py``.

The world's table of names holds every way to write a country, to read; this one holds the ordinary way, to show.
"""

from __future__ import annotations

from babel import Locale
from tables import WORLD, read

HEAD = "# The ordinary names of countries in the languages of the interface but English (Unicode CLDR, through Babel)."
SHOW = WORLD.parent / "show"
LANGUAGES = ("id",)


def main() -> None:
    """Write the table."""
    codes = (line.split("\t") for line in (SHOW / "exports" / "country_codes.tsv").read_text("utf-8").splitlines()[3:])
    iso2 = {row[0]: row[1] for row in codes}
    with (SHOW / "web" / "country_words.tsv").open("w", encoding="utf-8") as file:
        print(HEAD, "\t".join(("iso3", *LANGUAGES)), sep="\n", file=file)
        for iso3, *_ in read("countries"):
            print(iso3, *(Locale(code).territories[iso2[iso3]] for code in LANGUAGES), sep="\t", file=file)


if __name__ == "__main__":
    main()
