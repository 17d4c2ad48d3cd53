"""The bundled examples, read once: a report, a copy and a translation of it, and others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kronik.model import Page, Reading
from kronik.pipeline import read_one
from kronik.read.sources import read_pages
from kronik.reconcile.running import reconcile
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = "2026-01-01T00:00:00+00:00"


@lru_cache(maxsize=1)
def pages() -> dict[str, Page]:
    return {page.id: page for page in read_pages([str(EXAMPLES)]) if isinstance(page, Page)}


@lru_cache(maxsize=1)
def readings() -> dict[str, Reading]:
    return {id_: read_one(page) for id_, page in pages().items()}


def read_before(page: Page) -> Reading:
    return readings()[page.id]


def filled(path: Path, ids: Iterable[str]) -> Ledger:
    """A ledger with these examples, reconciled."""
    ledger = open_ledger(path, write=True)
    for id_ in ids:
        add(ledger, pages()[id_], read_before)
    reconcile(ledger, NOW)
    return ledger
