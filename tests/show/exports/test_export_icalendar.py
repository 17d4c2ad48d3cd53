"""iCalendar, read back by a parser."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date
from typing import Any

import pytest

from kronik.show.exports import event_lines

icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")


def test_visits_and_plans(exported: Any) -> None:
    text, left_out = exported("ics")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "RFC 5545 folds longer lines"
    calendar = icalendar.Calendar.from_ical(text)
    assert (calendar["version"], str(calendar["prodid"])[:9]) == ("2.0", "-//kronik")
    visit, plan = calendar.walk("VEVENT")
    assert not visit.errors
    assert (visit.decoded("dtstart"), visit.decoded("dtend")) == (date(2024, 4, 8), date(2024, 4, 9)), (
        "end is exclusive"
    )
    assert str(visit["summary"]) == "Sergey Lavrov → China: consult (visit)"
    assert (str(visit["location"]), visit["geo"].latitude, str(visit["status"])) == ("Beijing", 39.9042, "CONFIRMED")
    assert "Sergei Lavrov visited Beijing on Monday" in visit["description"]
    assert (plan.decoded("dtstart"), plan.decoded("dtend")) == (date(2025, 1, 1), date(2026, 1, 1))
    assert str(plan["status"]) == "TENTATIVE"
    assert visit["uid"] != plan["uid"]
    assert left_out == {"events that are neither visits nor plans": 1, "denied events": 1}


def test_how_long_an_entry_lasts(told: Any) -> None:
    def days(**changes: Any) -> tuple[date, date]:
        visit = told[0]
        event = dataclasses.replace(visit, event=visit.event | changes)
        calendar = icalendar.Calendar.from_ical("".join(event_lines("ics", [event], Counter())))
        (entry,) = calendar.walk("VEVENT")
        return entry.decoded("dtstart"), entry.decoded("dtend")

    assert days(end=None) == (date(2024, 4, 8), date(2024, 4, 11)), "it went on when it was told"
    assert days(end=None, status="planned") == (date(2024, 4, 8), date(2024, 4, 9))
    assert days(start="2024-05", end=None, status="planned") == (date(2024, 5, 1), date(2024, 6, 1))
    assert days(start=None, end="2024-05-02") == (date(2024, 5, 2), date(2024, 5, 3))


def test_the_same_events_make_the_same_file(exported: Any) -> None:
    assert exported("ics") == exported("ics")
