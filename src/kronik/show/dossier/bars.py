"""The entries of a dossier to bars in order of time: how many in each day, month or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kronik.show.dossier.gathering import DossierEntry

MOST_BARS = 62
"""How many bars a picture has at most, before a coarser period is taken."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A period as its dates are told (2023, 2023-09, 2023-09-12) with the number of its entries."""

    period: str
    count: int


def bars(entries: Iterable[DossierEntry]) -> list[Bar]:
    """One bar a period from the first entry to the last, empty ones too; none where no entry has a date.

    Periods are days, months or years, the finest that makes no more than MOST_BARS; where years are more, only those
    that have entries get a bar.
    """
    days = [one.days[0] for one in entries if one.days[0]]
    if not days:
        return []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    if (last - first).days < MOST_BARS:
        periods = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    elif (months := 12 * (last.year - first.year) + last.month - first.month + 1) <= MOST_BARS:
        numbers = range(12 * first.year + first.month - 1, 12 * first.year + first.month - 1 + months)
        periods = [f"{n // 12:04}-{n % 12 + 1:02}" for n in numbers]
    else:
        periods = [f"{year:04}" for year in range(first.year, last.year + 1)]
    counts = Counter(day[: len(periods[0])] for day in days)
    if len(periods) > MOST_BARS:
        periods = sorted(counts)
    return [Bar(period, counts[period]) for period in periods]
