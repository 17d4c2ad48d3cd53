"""Outcomes of adding pages to what stands on standard error meanwhile, and to the summary at the end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable

from kronik.show.text import clean, count
from kronik.store.writing import Outcome

EVERY_SECONDS = 5.0
"""How often a plain line tells where it stands, when standard error is no terminal."""


def follow(outcomes: Iterable[Outcome], tally: Counter[str], failed: list[Outcome]) -> None:
    """Take all outcomes, counting them into ``tally`` and collecting those that failed, and show how it goes.

    What was counted stays counted when the run is broken off.
    """
    if sys.stderr.isatty():
        _follow_in_terminal(outcomes, tally, failed)
        return
    last = time.monotonic()
    for outcome in outcomes:
        _take(outcome, tally, failed)
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            print(f"kronik: {summary(tally)} so far", file=sys.stderr, flush=True)


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


def _take(outcome: Outcome, tally: Counter[str], failed: list[Outcome]) -> None:
    tally[outcome.kind] += 1
    tally["events"] += outcome.events
    if outcome.kind == "failed":
        failed.append(outcome)


def _follow_in_terminal(outcomes: Iterable[Outcome], tally: Counter[str], failed: list[Outcome]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading …", total=None)
        for outcome in outcomes:
            _take(outcome, tally, failed)
            progress.update(task, description=escape(f"{summary(tally)} · {clean(outcome.origin)[-40:]}"))
