"""Calendar arithmetic: days, weekdays, weeks, months and years to ISO strings that keep their granularity."""

from __future__ import annotations

from datetime import date, timedelta

# Nominal lengths, for durations only: nobody counts the days of "a three-month mission".
DAYS_OF_UNIT = {"day": 1, "week": 7, "month": 30, "year": 365}


def iso_month(year: int, month: int) -> str:
    """``"2023-09"``."""
    return f"{year:04d}-{month:02d}"


def real_day(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_months(day: date, months: int) -> tuple[int, int]:
    """The year and month so many months away from the month of that day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def latest_weekday(on: date, weekday: int) -> date:
    """The last such weekday (Monday is 0) on or before that day."""
    return on - timedelta(days=(on.weekday() - weekday) % 7)


def coming_weekday(on: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) on or after that day."""
    return on + timedelta(days=(weekday - on.weekday()) % 7)


def week_of(day: date, weeks: int = 0) -> tuple[date, date]:
    """Monday and Sunday of the week that lies so many weeks away from the week of that day (ISO 8601 weeks)."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def shift_iso(iso: str, unit: str, count: int) -> str | None:
    """An ISO day, month or year moved by so many units, at the coarser granularity of the two; None where it has none.

    A day moved by years is a year, for whoever writes "five years earlier" counts years, not days.
    """
    parts = [int(part) for part in iso.split("-")]
    try:
        if unit == "year":
            return f"{parts[0] + count:04d}"
        if unit == "month" and len(parts) >= 2:
            return iso_month(*shift_months(date(parts[0], parts[1], 1), count))
        if unit in ("day", "week") and len(parts) == 3:
            return (date(*parts) + timedelta(days=count * DAYS_OF_UNIT[unit])).isoformat()
    except (OverflowError, ValueError):
        return None
    return None


def first_day(iso: str) -> date:
    """The first day of an ISO day, month or year."""
    return date.fromisoformat(f"{iso}-01-01"[:10])
