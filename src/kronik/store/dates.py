"""Dates as reports tell them ("2023", "2023-11", "2023-11-05") to whole days that sort and compare."""

from __future__ import annotations

import calendar
import re
from datetime import date

_WRITTEN = re.compile(r"[0-9]{1,4}(-[0-9]{1,2}){0,2}")


def first_day(told: str) -> str:
    """The first day that the date covers, ISO. Raises ValueError where it is no date."""
    return _day(told, last=False)


def last_day(told: str) -> str:
    """The last day that the date covers, ISO. Raises ValueError where it is no date."""
    return _day(told, last=True)


def interval(start: str | None, end: str | None, published: str | None) -> tuple[str, str] | tuple[None, None]:
    """The first and the last day of an event; Nones where it is undated.

    An event with an end alone covers the days of that end. One with a start alone is taken to go on until the report
    was published, as an open end is how a report tells that something still goes on.
    """
    if start is None and end is None:
        return None, None
    first = first_day(start or end or "")
    last = last_day(end or start or "")
    if end is None and published is not None:
        last = max(last, published)
    return first, max(first, last)


def _day(told: str, *, last: bool) -> str:
    if not _WRITTEN.fullmatch(told):
        raise ValueError(f"{told!r} is no date: write 2023, 2023-11 or 2023-11-05")
    year, *rest = map(int, told.split("-"))
    month = rest[0] if rest else (12 if last else 1)
    if len(rest) == 2:
        day = rest[1]
    elif last and 1 <= month <= 12:
        day = calendar.monthrange(year, month)[1]
    else:
        day = 1
    return date(year, month, day).isoformat()
