"""Adding twice is adding once, and the chronicle does not tell in which order its pages came."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import pages

from kronik.model import Page
from kronik.pipeline import read_one
from kronik.reconcile.running import reconcile
from kronik.store.chronicle import entries, stories
from kronik.store.exporting import json_lines
from kronik.store.finding import Wanted, find
from kronik.store.ledger import open_ledger
from kronik.store.writing import add

NOW = "2026-01-01T00:00:00+00:00"
read_fast = partial(read_one, fast=True)
several = st.lists(pages(), min_size=2, max_size=4).map(
    lambda found: [replace(page, id=f"made-{n}", origin=f"made-{n}") for n, page in enumerate(found)]
)


def chronicle(added: Iterable[Page]) -> tuple[Any, ...]:
    """All that a ledger tells after these pages were added in this order, and what became of each."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "a.db", write=True) as ledger:
        kinds = [add(ledger, page, read_fast).kind for page in added]
        reconcile(ledger, NOW)
        told = list(json_lines(ledger, "reports")), list(find(ledger, Wanted()))
        return told, list(stories(ledger)), list(entries(ledger)), kinds


@settings(max_examples=8, deadline=None, derandomize=True)
@given(several, st.randoms(use_true_random=False))
def test_adding_twice_in_any_order_is_adding_once(found: list[Page], chance: Any) -> None:
    once = chronicle(found)
    order = [*found, *found]
    chance.shuffle(order)
    twice = chronicle(order)
    assert twice[:-1] == once[:-1]
    assert twice[-1].count("added") == once[-1].count("added")
    assert twice[-1].count("unchanged") >= once[-1].count("added")
    assert "new version" not in twice[-1]
