"""The entries of a dossier to its tables: visits, meetings, transfers, agreements, sanctions, acts of force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kronik.show.dossier.gathering import DossierEntry

Json = dict[str, Any]


GIVING = ("AID", "COOPERATE", "AGREE")
"""Types in which an item changes hands, or is to."""


@dataclass(frozen=True, slots=True)
class Table:
    """Which entries stand in a table, and how its columns for actors, recipients and the rest are called.

    A column without a name is left out.
    """

    name: str
    holds: Callable[[Json], bool]
    actors: str
    recipients: str
    items: str = ""
    mode: str = ""


TABLES = (
    Table("Visits", lambda e: e["type"] == "CONSULT" and e["mode"] == "visit", "Visitor", "Host"),
    Table("Meetings", lambda e: e["type"] == "CONSULT" and e["mode"] != "visit", "Who", "With whom", mode="How"),
    Table("Transfers", lambda e: bool(e["items"]) and (e["type"] in GIVING or e["mode"] == "seize"), "From", "To",
          items="What"),
    Table("Agreements", lambda e: e["type"] == "AGREE", "Who", "With whom"),
    Table("Sanctions", lambda e: e["type"] == "SANCTION", "By whom", "Against whom", mode="How"),
    Table("Shows and acts of force", lambda e: e["type"] in ("MOBILIZE", "COERCE", "ASSAULT"), "By whom",
          "Against whom", items="With what", mode="How"),
)  # fmt: skip


def tabled(entries: tuple[DossierEntry, ...]) -> list[tuple[Table, list[DossierEntry]]]:
    """Every table that has a row, with its rows in order of time."""
    filled = [(table, [one for one in entries if table.holds(one.event)]) for table in TABLES]
    return [(table, rows) for table, rows in filled if rows]
