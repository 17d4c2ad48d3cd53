"""The ledger to what can be chosen in the filters: who, which countries, places and publishers it holds."""

from __future__ import annotations

from dataclasses import dataclass

from kronik.store.ledger import Ledger

MOST = 300
"""How many names are offered; others can be typed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the ledger holds: names and places the most frequent first, the rest in alphabetical order."""

    participants: tuple[str, ...]
    countries: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    modes: tuple[str, ...]
    reports: int
    events: int


def choices(ledger: Ledger) -> Choices:
    """What can be chosen; works through the whole ledger, so it is worth remembering."""
    with ledger.speaking() as connection:

        def column(sql: str) -> tuple[str, ...]:
            return tuple(row[0] for row in connection.execute(sql))

        reports, events = connection.execute(
            "SELECT (SELECT count(*) FROM report WHERE superseded_at IS NULL), (SELECT count(*) FROM event)"
        ).fetchone()
        return Choices(
            column("SELECT name FROM participant WHERE role <> 'source' GROUP BY name"
                   f" ORDER BY count(*) DESC, name LIMIT {MOST}"),
            column("SELECT country FROM participant WHERE country IS NOT NULL UNION SELECT place_country FROM event"
                   " WHERE place_country IS NOT NULL ORDER BY 1"),
            column("SELECT place_name FROM event WHERE place_name IS NOT NULL GROUP BY place_name"
                   f" ORDER BY count(*) DESC, place_name LIMIT {MOST}"),
            column("SELECT DISTINCT publisher FROM report WHERE superseded_at IS NULL AND publisher IS NOT NULL"
                   " ORDER BY 1"),
            column("SELECT DISTINCT language FROM report WHERE superseded_at IS NULL ORDER BY 1"),
            column("SELECT DISTINCT mode FROM event WHERE mode IS NOT NULL ORDER BY 1"),
            reports,
            events,
        )  # fmt: skip
