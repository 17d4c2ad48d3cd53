"""The words of the pages in each language of the interface, from interface.tsv, and dates and names written in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kronik import world
from kronik.languages import read_table

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),  # noqa: SIM905
}


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, str]]:
    """For each language, what each text of the pages and each code is in it; an empty cell says: the same."""
    rows = read_table(files("kronik.show.web").joinpath("interface.tsv"))
    return {code: {row["text"]: row[code] or row["text"] for row in rows} for code in LANGUAGES}


OF_A_COUNTRY = frozenset({"head-of-state", "head-of-government", "vice-president", "supreme-leader", "crown-prince"})
"""The offices whose titles end with the name of their country."""


class Interface:
    """The pages' words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._words = table().get(self.language, {})

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, with the values in its braces; a text without translation stays English."""
        words = self._words.get(text, text)
        return words.format(**values) if values else words

    def count(self, number: int, one: str, many: str) -> str:
        """A number in words that have ``{count}`` in them, for one and for several."""
        return self(one if number == 1 else many, count=self.number(number))

    def number(self, value: float) -> str:
        """A number as the language groups it: 12,345 or 12.345."""
        text = f"{value:,.15g}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "id" else text

    def day(self, told: str | None) -> str:
        """A date as it is read: "2023-09-12" is "12 September 2023", "2023-09" is "September 2023"."""
        if not told:
            return ""
        year, *rest = told[:10].split("-")
        if not rest:
            return year
        month = MONTHS[self.language][int(rest[0]) - 1]
        return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"

    def when(self, start: str | None, end: str | None) -> str:
        """The dates of an event in words."""
        if not start and not end:
            return self("undated")
        if not start:
            return self("until {day}", day=self.day(end))
        if not end:
            return self("from {day} on", day=self.day(start))
        if start == end:
            return self.day(start)
        first, last = self.day(start), self.day(end)
        for shared in (start[:7], start[:4]):  # what both dates share is said once: 9–17 September 2023
            if len(start) == len(end) > len(shared) and end.startswith(shared + "-"):
                short = first.removesuffix(f" {self.day(shared)}")
                return f"{short}–{last}" if short.isdigit() else f"{short} – {last}"
        return f"{first} – {last}"

    def country(self, code: str | None) -> str:
        """The name of a country (ISO 3166-1 alpha-3)."""
        return _country_names(self.language).get(code or "", code or "")

    def name(self, who: Mapping[str, Any]) -> str:
        """The name of a participant: of a country as the language has it, of all others the canonical one."""
        known = _country_names(self.language) if who["kind"] == "country" and self.language != "en" else {}
        return str(known.get(who["country"] or "", who["name"]))

    def place(self, name: str, country: str | None) -> str:
        """The name of a place: of a whole country as the language has it, of others the canonical one."""
        known = world.load().countries.get(country or "")
        return self.country(country) if known and known.name == name else name

    def office(self, held: world.Holding) -> str:
        """The title of an office holder ("Prime Minister of Italy"), English where the language has no word for it."""
        words = _office_words(self.language)
        before = held.title.partition(" of ")[0]
        if held.office in OF_A_COUNTRY and before != held.title and before in words and held.country:
            return f"{words[before]} {self.country(held.country)}"
        return words.get(held.title, held.title)

    def by_name(self, codes: Iterable[str]) -> list[str]:
        """Codes of countries in the order of their names."""
        return sorted(codes, key=self.country)


@lru_cache(maxsize=4)
def _country_names(language: str) -> dict[str, str]:
    """The ordinary names of countries by their codes; English where the language has none."""
    found = {code: country.name for code, country in world.load().countries.items()}
    rows = read_table(files("kronik.show.web").joinpath("country_words.tsv"))
    return found | {row["iso3"]: row[language] for row in rows if row.get(language)}


@lru_cache(maxsize=4)
def _office_words(language: str) -> dict[str, str]:
    """What titles of office holders are in the language; empty in English, which they are in."""
    rows = read_table(files("kronik.show.web").joinpath("office_words.tsv"))
    return {row["title"]: row[language] for row in rows if row.get(language)}
