"""The id of a report or an event to everything that the ledger holds about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kronik.errors import LedgerError
from kronik.store.connection import Row
from kronik.store.ledger import Ledger

Json = dict[str, Any]

_SELECT = "SELECT id, version, engine, origin, added_at, superseded_at, reading FROM report WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Stored:
    """One reading as the ledger holds it. ``superseded_at`` is None for the current one; times are UTC."""

    id: str
    version: int
    engine: str
    origin: str
    added_at: str
    superseded_at: str | None
    reading: Json


@dataclass(frozen=True, slots=True)
class Explained:
    """One event, the reading that tells it, and the paragraph around its evidence with that paragraph's start."""

    id: str
    number: int
    stored: Stored
    event: Json
    paragraph: str
    offset: int

    def to_json(self) -> Json:
        """The event as one flat object: its id and report, then the event as the reading has it."""
        return {"id": self.id, "report": self.stored.id, **self.event}


def stored(ledger: Ledger, id: str, version: int | None = None) -> Stored:
    """The current reading of a report, or the latest of that version of its page; LedgerError where there is none."""
    with ledger.speaking() as connection:
        if version is None:
            row = connection.execute(_SELECT + " AND superseded_at IS NULL", (id,)).fetchone()
        else:
            row = connection.execute(_SELECT + " AND version = ? ORDER BY key DESC LIMIT 1", (id, version)).fetchone()
    if row is None:
        raise LedgerError(_missing(ledger, id, version))
    return _stored(row)


def history(ledger: Ledger, id: str) -> tuple[Stored, ...]:
    """All readings of a report, the oldest first."""
    with ledger.speaking() as connection:
        rows = connection.execute(_SELECT + " ORDER BY key", (id,)).fetchall()
    return tuple(map(_stored, rows))


def explain(ledger: Ledger, id: str, version: int | None = None) -> Stored | Explained:
    """All about a report by its id (``report``) or an event (``report#3``); LedgerError where there is neither."""
    report, number = parted(id)
    if number is None or _is_report(ledger, id):
        return stored(ledger, id, version)
    found = stored(ledger, report, version)
    events = found.reading["events"]
    if not 1 <= number <= len(events):
        told = f"tells {len(events)} events, {report}#1 to {report}#{len(events)}" if events else "tells no event"
        raise LedgerError(f"{id}: no such event: the report {report} {told}")
    event = events[number - 1]
    paragraph, offset = paragraph_around(found.reading["report"]["text"], *event["evidence_span"])
    return Explained(f"{found.id}#{number}", number, found, event, paragraph, offset)


def parted(id: str) -> tuple[str, int | None]:
    """The report's id and the event's number in an event's id; the number is None where it is a report's id."""
    report, sign, number = id.rpartition("#")
    return (report, int(number)) if sign and number.isascii() and number.isdigit() else (id, None)


def paragraph_around(text: str, start: int, end: int) -> tuple[str, int]:
    """The paragraphs that hold these characters, and where they start in the text."""
    first = text.rfind("\n\n", 0, start)
    first = 0 if first < 0 else first + 2
    last = text.find("\n\n", end)
    return text[first : last if last >= 0 else len(text)], first


def _stored(row: Row) -> Stored:
    values: Any = (*row[:6], json.loads(row["reading"]))
    return Stored(*values)


def _is_report(ledger: Ledger, id: str) -> bool:
    with ledger.speaking() as connection:
        return connection.execute("SELECT 1 FROM report WHERE id = ? LIMIT 1", (id,)).fetchone() is not None


def _missing(ledger: Ledger, id: str, version: int | None) -> str:
    with ledger.speaking() as connection:
        versions = connection.execute("SELECT max(version) FROM report WHERE id = ?", (id,)).fetchone()[0]
        alike = connection.execute(
            "SELECT id FROM report WHERE superseded_at IS NULL AND instr(lower(id), lower(?)) > 0 ORDER BY id LIMIT 3",
            (id,),
        ).fetchall()
    if versions and version is not None:
        return f"{id}: has no version {version}: its versions are 1 to {versions}"
    advice = f"did you mean {' or '.join(row[0] for row in alike)}?" if alike else "`kronik timeline` shows the ids"
    return f"{id}: no such report in {ledger.path}: {advice}"
