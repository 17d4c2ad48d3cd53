"""The words of a query to whom or what a dossier is about, and to the events that are looked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Literal

from kronik import world
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger, plain_words

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """``name`` heads the page. ``names`` are the participants whose names hold the words, most often named first.

    ``who`` describes the one whom a query of kind "participant" means, where it is one.
    """

    kind: Literal["country", "participant", "text"]
    query: str
    name: str
    wanted: Wanted
    names: tuple[str, ...] = ()
    who: Json | None = None
    country: str | None = None


def subject(ledger: Ledger, query: str, conditions: Wanted) -> Subject:
    """A country where the query is its name or code; else those whose names hold its words; else a text.

    ``conditions`` narrow what is looked for. Raises UsageError where the query holds no word, LedgerError where the
    ledger cannot be read.
    """
    if iso3 := _country(query):
        name = world.load().countries[iso3].name
        return Subject("country", query, name, replace(conditions, countries=(iso3,)), country=iso3)
    words = plain_words(query)
    found: Counter[tuple[str, str, str | None, str | None]] = Counter()
    if words.strip():
        with ledger.speaking() as connection:
            for row in connection.execute(
                "SELECT name, kind, country, wikidata, count(*) FROM participant WHERE role <> 'source' AND"
                " (instr(plain_words(name), ?) > 0 OR instr(plain_words(text), ?) > 0) GROUP BY 1, 2, 3, 4",
                (words, words),
            ):
                found[row[0], row[1], row[2], row[3]] += row[4]
    if not found:
        return Subject("text", query, query, replace(conditions, text=query))
    (name, kind, country, wikidata), _ = found.most_common(1)[0]
    names = tuple(dict.fromkeys(one[0] for one, _ in found.most_common()))
    alone = words == plain_words(name) or len(names) == 1
    who = {"name": name, "kind": kind, "country": country, "wikidata": wikidata} if alone else None
    wanted = replace(conditions, participants=(query,))
    return Subject("participant", query, name if alone else query, wanted, names, who, country if alone else None)


def _country(query: str) -> str | None:
    known = world.load()
    if query.upper() in known.countries:
        return query.upper()
    for name in known.names:
        meant = name.known
        if meant.kind == "country" and name.sense == "name" and name.text.casefold() == query.casefold():
            return meant.country
    return None
