"""The views that follow from decisions, as rows: stories, and entries with what they say of their reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kronik.store.connection import Connection
from kronik.store.finding import Entry, Wanted, find
from kronik.store.ledger import Ledger

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chronicled:
    """One line of the chronicle: an event, and its entry where several reports tell it."""

    event: Entry
    entry: Json | None

    def to_json(self) -> Json:
        """The event as one flat object, with ``entry``, ``events``, ``reports`` and the rest of what the entry says."""
        return {**self.event.to_json(), **(self.entry or alone(self.event))}


def alone(event: Entry) -> Json:
    """What an entry says that one report tells."""
    return {
        "entry": event.id,
        "events": [event.id],
        "reports": [event.report],
        "independent": 1,
        "sources": [{"reports": [event.report], "because": []}],
        "first": {
            "event": event.id,
            "report": event.report,
            "publisher": event.publisher,
            "published": event.published,
            "according_to": [who["name"] for who in event.event["sources"]],
        },
        "disputed": False,
        "differences": {},
    }


def chronicle(ledger: Ledger, wanted: Wanted | None = None) -> Iterator[Chronicled]:
    """The entries with an event that matches, in order of time, each once, by the first of its events that matches.

    Raises UsageError and LedgerError as ``find`` does.
    """
    looked_for = wanted or Wanted()
    seen: set[str] = set()
    printed = 0
    for event in find(ledger, replace(looked_for, limit=None)):
        if looked_for.limit is not None and printed >= looked_for.limit:
            return
        entry = entry_of(ledger, event.id)
        if entry is not None:
            if entry["entry"] in seen:
                continue
            seen.add(entry["entry"])
        printed += 1
        yield Chronicled(event, entry)


def entry_of(ledger: Ledger, event: str) -> Json | None:
    """What the entry of an event says; None where it has none, as one report tells it or nothing was reconciled."""
    with ledger.speaking() as connection:
        row = connection.execute(
            "SELECT told FROM entry JOIN entry_event ON entry_event.entry = entry.id WHERE event = ?", (event,)
        ).fetchone()
    return json.loads(row[0]) if row else None


def entries(ledger: Ledger, wanted: Wanted | None = None) -> Iterator[Json]:
    """The entries with an event that matches, those of one report too, in order of time; all where nothing is said."""
    for one in chronicle(ledger, wanted):
        yield {**(one.entry or alone(one.event)), **_heart(one.event)}


def stories(ledger: Ledger) -> Iterator[Json]:
    """All stories with the ids of their reports, those of one report too, in order of their ids."""
    with ledger.speaking() as connection:
        reports: dict[str, list[str]] = {}
        for report, story in connection.execute(
            "SELECT report.id, coalesce(story.id, report.id) FROM report LEFT JOIN story ON story.report = report.id"
            " WHERE superseded_at IS NULL ORDER BY report.id"
        ):
            reports.setdefault(story, []).append(report)
    for story in sorted(reports):
        yield {"story": story, "reports": reports[story]}


def replace_views(
    connection: Connection, stories: Iterable[tuple[str, ...]], entries: Iterable[Mapping[str, Any]]
) -> None:
    """Put the views in the place of the older ones; inside a transaction."""
    connection.execute("DELETE FROM story")
    connection.execute("DELETE FROM entry")
    connection.execute("DELETE FROM entry_event")
    connection.executemany("INSERT INTO story VALUES (?, ?)", ((one, those[0]) for those in stories for one in those))
    for told in entries:
        kept = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        connection.execute("INSERT INTO entry VALUES (?, ?)", (told["entry"], kept))
        connection.executemany(
            "INSERT INTO entry_event VALUES (?, ?)", ((one, told["entry"]) for one in told["events"])
        )


def _heart(event: Entry) -> Json:
    """What happened, by the event that leads the entry."""
    told = event.event
    return {
        "type": told["type"],
        "mode": told["mode"],
        "status": told["status"],
        "start": told["start"],
        "end": told["end"],
        "actors": [who["name"] for who in told["actors"]],
        "recipients": [who["name"] for who in told["recipients"]],
        "place": told["place"] and told["place"]["name"],
        "evidence": told["evidence"],
    }
