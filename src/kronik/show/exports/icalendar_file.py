"""Visits and planned events to an iCalendar file (RFC 5545), a whole-day entry each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from kronik.needs import need
from kronik.show.exports.places import located
from kronik.show.exports.telling import Told
from kronik.show.exports.words import story, title
from kronik.store.dates import last_day

if TYPE_CHECKING:
    import icalendar

STATUS = {"occurred": "CONFIRMED", "planned": "TENTATIVE", "possible": "TENTATIVE"}


def icalendar_lines(events: Iterable[Told], left_out: Counter[str]) -> Iterator[str]:
    """The calendar's lines, with line ends. What is no visit and no plan, denied or undated goes to ``left_out``.

    Raises DataError where the icalendar package is missing.
    """
    icalendar = need("icalendar", extra="calendar")
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//kronik//kronik {version('kronik')}//EN")
    calendar.add("version", "2.0")
    for told in events:
        event = told.event
        if event["status"] == "denied":
            left_out["denied events"] += 1
        elif event["status"] != "planned" and event["mode"] != "visit":
            left_out["events that are neither visits nor plans"] += 1
        elif told.days[0] is None:
            left_out["undated visits and plans"] += 1
        else:
            calendar.add_component(_entry(told, icalendar.Event()))
    yield calendar.to_ical().decode("utf-8")


def _entry(told: Told, entry: icalendar.Event) -> icalendar.Event:
    event, report = told.event, told.report
    first, last = (date.fromisoformat(day) for day in told.days if day)
    if event["end"] is None and event["status"] != "occurred":  # what has not begun does not last until it was told
        last = date.fromisoformat(last_day(event["start"]))
    digest = sha256(f"{report['url'] or ''} {told.id}".encode()).hexdigest()[:32]
    stamp = date.fromisoformat(report["published"]) if report["published"] else first
    entry.add("uid", f"{digest}@kronik.invalid")
    entry.add("dtstamp", datetime.combine(stamp, time(), UTC))
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", title(event))
    entry.add("description", f"{story(event, report)}\n{told.id}")
    entry.add("categories", [part for part in (event["type"], event["mode"]) if part])
    entry.add("status", STATUS[event["status"]])
    entry.add("transp", "TRANSPARENT")
    if place := event["place"]:
        entry.add("location", place["name"])
        if located(place):
            entry.add("geo", (place["latitude"], place["longitude"]))
    if report["url"]:
        entry.add("url", report["url"])
    return entry
