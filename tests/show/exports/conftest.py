"""A ledger with the made reading, and its events as exports take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_readings import page, read

from kronik.show.exports import Format, event_lines
from kronik.show.exports.telling import Told, told_events
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add

Exported = Callable[..., tuple[str, Counter[str]]]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "chronicle.db", write=True) as ledger:
        add(ledger, page(url="https://example.org/visit"), read)
        yield ledger


@pytest.fixture
def told(filled: Ledger) -> list[Told]:
    return list(told_events(filled))


@pytest.fixture
def exported(told: list[Told]) -> Exported:
    """The events in a format, and what was left out."""

    def export(form: Format, *, unconfirmed: bool = False) -> tuple[str, Counter[str]]:
        left_out: Counter[str] = Counter()
        return "".join(event_lines(form, told, left_out, unconfirmed=unconfirmed)), left_out

    return export
