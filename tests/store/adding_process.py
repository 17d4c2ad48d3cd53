"""Adds made pages to a ledger, slowly, and says a line after each: what the kill test starts and kills."""

from __future__ import annotations

import sys
import time

from made_readings import TEXT, page, read

from kronik.model import Page, Reading
from kronik.store.ledger import open_ledger
from kronik.store.writing import add_all


def slowly(page: Page) -> Reading:
    time.sleep(0.003)
    return read(page)


def pages(count: int) -> list[Page]:
    """Every third page holds events, every seventh fails, and the last tenth are new versions of the first."""
    bodies = [TEXT if n % 3 == 0 else "!" if n % 7 == 0 else f"Report {n}." for n in range(count)]
    made = [page(f"report-{n}", body) for n, body in enumerate(bodies)]
    return made + [page(f"report-{n}", f"Report {n}, changed.") for n in range(count // 10)]


if __name__ == "__main__":
    path, count, part = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    first, changed = pages(count)[:count], pages(count)[count:]
    with open_ledger(path, write=True) as ledger:
        for outcome in add_all(ledger, first if part == "first" else changed, slowly):
            print(outcome.kind, outcome.id, sep="\t", flush=True)
