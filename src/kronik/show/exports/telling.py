"""The ledger to the events that exports write, each with the report that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from kronik.store.chronicle import chronicle
from kronik.store.dates import interval
from kronik.store.exporting import told
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One event with the reading that it stands in; ``id`` is its id in the ledger.

    ``entry`` is what reconciling says of it, where several reports tell it and it was asked for: which, how many
    independently, what differs.
    """

    id: str
    event: Json
    reading: Json
    entry: Json | None = None

    @property
    def report(self) -> Json:
        """What is known of the report: title, publisher, published, language, url, text, …"""
        head: Json = self.reading["report"]
        return head

    @property
    def days(self) -> tuple[str, str] | tuple[None, None]:
        """The first and the last day of the event (ISO), as the ledger has them; Nones where it is undated."""
        return interval(self.event["start"], self.event["end"], self.report["published"])

    @property
    def day(self) -> str | None:
        """The event's first day, else the day on which it was told (ISO): for formats that must have a date."""
        published: str | None = self.report["published"]
        return self.days[0] or published


@lru_cache(maxsize=1)
def engine() -> str:
    """Who coded the events: "kronik 0.1.0"."""
    return f"kronik {version('kronik')}"


def told_events(ledger: Ledger, wanted: Wanted | None = None, *, once: bool = False) -> Iterator[Told]:
    """The events that match, ordered by report id and place in the report.

    With ``once``, an event that several reports tell comes once, by the first of its tellings that matches, with what
    its entry says; what reports tell one event is known after reconciling. Raises LedgerError where the ledger cannot
    be read, UsageError where what is wanted makes no sense.
    """
    chosen = {line.event.id: line.entry for line in chronicle(ledger, wanted)} if once else None
    for reading, numbers in told(ledger, replace(wanted, limit=None) if wanted and once else wanted):
        for number, event in enumerate(reading["events"], 1):
            id = f"{reading['id']}#{number}"
            if (numbers is None or number in numbers) and (chosen is None or id in chosen):
                yield Told(id, event, reading, chosen and chosen[id])
