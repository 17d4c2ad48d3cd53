"""The words of a dossier in one language: those of the web pages, and its own from words.tsv."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from kronik.languages import read_table
from kronik.show.web.interface import LANGUAGES, Interface


class Wording(Interface):
    """Words, dates, numbers and countries as the language writes them."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._words = {**self._words, **_own_words()[self.language]}

    def kind_of(self, who_country: str | None, kind: str) -> str:
        """What somebody is, in words: "person, North Korea"."""
        country = self.country(who_country) if kind != "country" else ""
        return ", ".join(part for part in (self(kind), country) if part)

    def field(self, name: str) -> str:
        """The name of something that reports tell differently: "start", "number of drone"."""
        before, of, item = name.partition("number of ")
        return self("number of {item}", item=item) if of and not before else self(name)

    def value(self, field: str, told: str) -> str:
        """What a report tells there, in words."""
        return self.day(told) if field in ("start", "end") else self(told)


@lru_cache(maxsize=1)
def _own_words() -> dict[str, dict[str, str]]:
    rows = read_table(files("kronik.show.dossier").joinpath("words.tsv"))
    return {code: {row["text"]: row[code] or row["text"] for row in rows} for code in LANGUAGES}
