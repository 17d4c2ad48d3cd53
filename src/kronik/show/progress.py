"""Outcomes of adding pages to what stands on standard error meanwhile, and to the summary at the end."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread

from kronik.show.text import clean, count
from kronik.store.writing import Outcome

EVERY_SECONDS = 5.0
"""How often a plain line tells where it stands, when standard error is no terminal."""

TOLD = 20
"""So many failures are told one by one; of the others it is counted why they failed."""

REASONS = 1000
"""So many different reasons are counted at most."""


@dataclass(slots=True)
class Failures:
    """The pages that failed: the first of them whole, the others by their reason, whatever their number."""

    first: list[Outcome] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def take(self, outcome: Outcome) -> None:
        if len(self.first) < TOLD:
            self.first.append(outcome)
            return
        why = re.sub(r"\d+", "N", clean(outcome.reason or "it failed").replace(clean(outcome.origin), "…"))[:200]
        self.others[why if why in self.others or len(self.others) < REASONS else "other reasons"] += 1

    def lines(self) -> Iterator[str]:
        """What is said of them, one failure a line and then one reason a line, the most frequent first."""
        yield from map(reason, self.first)
        if self.others:
            yield f"and {count(self.others.total(), 'more page')} failed, which `kronik failed` lists:"
            yield from (f"{number:,} × {why}" for why, number in self.others.most_common(10))
            if rest := self.others.total() - sum(number for _, number in self.others.most_common(10)):
                yield f"{rest:,} × other reasons"


@dataclass(slots=True)
class Pace:
    """How quickly pages are done, and how long the rest will take. ``whole`` is their number where it is known."""

    whole: int | None = None
    done: int = 0
    begun: float = field(default_factory=time.monotonic)

    def rate(self) -> float:
        """Pages a second since the beginning."""
        return self.done / max(time.monotonic() - self.begun, 1e-9)

    def words(self) -> str:
        """The pace in words: "9.8 a second, 1 min 20 s left"."""
        told = f"{self.rate():.1f} a second"
        if self.whole and self.done:
            told += f", {span_words(max(0, self.whole - self.done) / self.rate())} left"
        return told


def follow(
    outcomes: Iterable[Outcome],
    tally: Counter[str],
    failed: Failures,
    count_pages: Callable[[], int | None] | None = None,
) -> Pace:
    """Take all outcomes, counting them into ``tally`` and collecting those that failed, and show how it goes.

    What was counted stays counted when the run is broken off. ``count_pages`` is called beside it, since it may take a
    while: when it has counted how many pages there are, the time that is left is told.
    """
    pace = Pace()
    if count_pages is not None:
        Thread(target=_count_beside, args=(pace, count_pages), daemon=True).start()
    if sys.stderr.isatty():
        _follow_in_terminal(outcomes, tally, failed, pace)
        return pace
    last = time.monotonic()
    for outcome in outcomes:
        _take(outcome, tally, failed, pace)
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            print(f"kronik: {summary(tally)} so far; {pace.words()}", file=sys.stderr, flush=True)
    return pace


def span_words(seconds: float) -> str:
    """A length of time in its two largest units: "45 s", "3 min 20 s", "2 h 5 min", "4 d 3 h"."""
    whole = round(seconds)
    for size, large, small_size, small in ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if whole >= size:
            return f"{whole // size} {large} {whole % size // small_size} {small}"
    return f"{whole} s"


def summary(tally: Counter[str]) -> str:
    """What became of the pages, in one line: "12 pages: 10 added, 1 unchanged, 1 failed"."""
    parts = [f"{tally[kind]:,} {kind}" for kind in ("added", "read again", "unchanged", "failed") if tally[kind]]
    if tally["new version"]:
        parts.insert(1 if tally["added"] else 0, count(tally["new version"], "new version"))
    pages = count(sum(tally[kind] for kind in tally if kind != "events"), "page")
    told = f"; {count(tally['events'], 'event')} kept" if tally["events"] else ""
    return f"{pages}: {', '.join(parts)}{told}" if parts else "no pages"


def reason(outcome: Outcome) -> str:
    """Where a page failed and why, in one line."""
    why = clean(outcome.reason or "it failed")
    return why if outcome.origin in why else f"{clean(outcome.origin)}: {why}"


def _take(outcome: Outcome, tally: Counter[str], failed: Failures, pace: Pace) -> None:
    tally[outcome.kind] += 1
    tally["events"] += outcome.events
    pace.done += 1
    if outcome.kind == "failed":
        failed.take(outcome)


def _count_beside(pace: Pace, count_pages: Callable[[], int | None]) -> None:
    with suppress(OSError):  # told when it is read
        pace.whole = count_pages()


def _follow_in_terminal(outcomes: Iterable[Outcome], tally: Counter[str], failed: Failures, pace: Pace) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(bar_width=20), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading …", total=None)
        for outcome in outcomes:
            _take(outcome, tally, failed, pace)
            told = escape(f"{summary(tally)} · {pace.words()} · {clean(outcome.origin)[-40:]}")
            progress.update(task, description=told, total=pace.whole, completed=min(pace.done, pace.whole or pace.done))
