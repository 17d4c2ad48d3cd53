"""iCalendar, read back by a parser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

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


def test_the_same_events_make_the_same_file(exported: Any) -> None:
    assert exported("ics") == exported("ics")
