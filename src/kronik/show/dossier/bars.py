"""The entries of a dossier to bars in order of time: how many in each day, month or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kronik.show.dossier.gathering import DossierEntry

MOST_BARS = 62
MOST_YEARS = 120
"""How many bars of days or months a picture has at most, before a coarser period is taken, and how many of years."""
EARLY, LATE = 0.05, 0.02
"""The shares of entries that are left out as far away, where the rest fits into half the time."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A period as its dates are told (2023, 2023-09, 2023-09-12) with the number of its entries."""

    period: str
    count: int


def bars(entries: Iterable[DossierEntry]) -> list[Bar]:
    """One bar a period from the first entry to the last, empty ones too; none where no entry has a date.

    Periods are days, months or years, the finest that makes few enough. A few entries far from all others, and those
    more than MOST_YEARS before the last, have no bar.
    """
    days = sorted(one.days[0] for one in entries if one.days[0])
    if not days:
        return []
    first, last = _span([date.fromisoformat(day) for day in days])
    if (last - first).days < MOST_BARS:
        periods = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    elif (months := 12 * (last.year - first.year) + last.month - first.month + 1) <= MOST_BARS:
        start = 12 * first.year + first.month - 1
        periods = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, start + months)]
    else:
        periods = [f"{year:04}" for year in range(max(first.year, last.year - MOST_YEARS + 1), last.year + 1)]
    counts = Counter(day[: len(periods[0])] for day in days)
    return [Bar(period, counts[period]) for period in periods]


def _span(days: list[date]) -> tuple[date, date]:
    """The first and the last of sorted days, or of those between the far-away few."""
    first, last = days[int(len(days) * EARLY)], days[-1 - int(len(days) * LATE)]
    return (first, last) if 2 * (last - first) <= days[-1] - days[0] else (days[0], days[-1])
