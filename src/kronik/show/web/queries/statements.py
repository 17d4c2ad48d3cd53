"""The ledger of statements: who said what, in which report."""

from __future__ import annotations

from typing import Any

from kronik.show.web.queries.people import Said, quotes
from kronik.store.connection import Connection
from kronik.store.dates import first_day, last_day
from kronik.store.finding import Wanted
from kronik.store.ledger import plain_words

COLUMNS = (("date", "Published"), ("who", "Speaker"), ("words", "Words"), ("source", "Source"))
SORTS = {
    "date": "report.published",
    "who": "quote.speaker_name",
    "words": "quote.text",
    "source": "report.publisher",
}


def statements(
    connection: Connection, filters: Wanted, *, sort: str = "date", descending: bool = False,
    limit: int, offset: int = 0,
) -> list[Said]:  # fmt: skip
    """The quotes that match, sorted; those without a value in the column stand last."""
    where, values = _conditions(filters)
    column = SORTS.get(sort, SORTS["date"])
    order = f"{column} IS NULL, {column} {'DESC' if descending else 'ASC'}"
    return quotes(connection, where, values, order, limit, offset)


def count_statements(connection: Connection, filters: Wanted) -> int:
    """How many quotes match."""
    where, values = _conditions(filters)
    found = connection.execute(
        f"SELECT count(*) FROM quote JOIN report ON report.key = quote.report WHERE {where}", values
    )
    return int(found.fetchone()[0])


def _conditions(filters: Wanted) -> tuple[str, list[Any]]:
    found: list[str] = []
    values: list[Any] = []

    def any_of(condition: str, those: tuple[str, ...]) -> None:
        if those:
            found.append("(" + " OR ".join([condition] * len(those)) + ")")
            values.extend(those)

    any_of("instr(plain_words(quote.speaker_name), ?) > 0", tuple(map(plain_words, filters.participants)))
    any_of("quote.speaker_country = ?", filters.countries)
    any_of("report.language = ?", filters.languages)
    any_of("plain_words(report.publisher) = ?", tuple(map(plain_words, filters.sources)))
    any_of("report.id = ?", filters.reports)
    if filters.text:
        found.append("(lower(quote.text) LIKE lower(?) OR lower(quote.speaker_name) LIKE lower(?))")
        values += [f"%{filters.text.replace('*', '')}%"] * 2
    if filters.since:
        found.append("report.published >= ?")
        values.append(first_day(filters.since))
    if filters.until:
        found.append("report.published <= ?")
        values.append(last_day(filters.until))
    return " AND ".join(found) or "TRUE", values
