"""Whatever the order of adding, and however often reconciling runs between, the outcome is the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from reconciled_examples import NOW, pages, read_before

from kronik.reconcile.running import reconcile
from kronik.store.chronicle import entries, stories
from kronik.store.decisions import standing
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add


def outcome(ledger: Ledger) -> tuple[Any, ...]:
    with ledger.speaking() as connection:
        decided = list(standing(connection))
    return decided, list(stories(ledger)), list(entries(ledger))


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.permutations(sorted(pages())), st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11), max_size=2))
def test_the_order_of_adding_and_reconciling_makes_no_difference(
    order: list[str], pauses: set[int], twice: set[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(Path(folder) / "straight.db", write=True) as straight:
            for id_ in sorted(pages()):
                add(straight, pages()[id_], read_before)
            reconcile(straight, NOW)
            expected = outcome(straight)
        with open_ledger(Path(folder) / "mixed.db", write=True) as mixed:
            for number, id_ in enumerate(order):
                add(mixed, pages()[id_], read_before, again=number in twice)
                if number in pauses:
                    reconcile(mixed, NOW)
            reconcile(mixed, NOW)
            reconcile(mixed, NOW)
            assert outcome(mixed) == expected
    assert len(expected[0]) > 20
