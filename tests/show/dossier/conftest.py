"""A ledger with the made reading told twice, compared by hand: an entry of two reports that differ."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_readings import TEXT, page, read

from kronik.model import Listing, Page, Reading
from kronik.show.dossier.gathering import Dossier, gather
from kronik.show.dossier.subject import subject
from kronik.store.chronicle import replace_views
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))  # for the browser

EVIL = "<script>alert(1)</script>"


def read_otherwise(page: Page) -> Reading:
    """The made reading as another outlet tells it: the visit a day later, with a title that would like to run."""
    told = read(page)
    visit, *others = told.events
    later = dataclasses.replace(visit, start="2024-04-09", end="2024-04-09")
    lavrov, *rest = told.entities
    listed = dataclasses.replace(lavrov, listed=(Listing("Example list", "2024-01-31", "EX.7", "LAVROV, Sergey"),))
    report = dataclasses.replace(told.report, title=EVIL, publisher="Warta & Contoh", byline="Ani Dewi")
    return dataclasses.replace(told, report=report, events=(later, *others), entities=(listed, *rest))


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "chronicle.db", write=True) as ledger:
        add(ledger, page(url="https://example.org/visit"), read)
        add(ledger, page("other", TEXT, url="javascript:alert(1)"), read_otherwise)
        told = {
            "entry": "visit#1", "events": ["visit#1", "other#1"], "reports": ["other", "visit"], "independent": 2,
            "sources": [], "first": {}, "disputed": False,
            "differences": {"start": {"2024-04-08": ["visit#1"], "2024-04-09": ["other#1"]}},
        }  # fmt: skip
        with ledger.writing() as connection:
            replace_views(connection, [], [json.loads(json.dumps(told))])
        yield ledger


Gathered = Callable[[str], Dossier]


@pytest.fixture
def gathered(filled: Ledger) -> Gathered:
    """The dossier of a query."""
    return lambda query: gather(filled, subject(filled, query, Wanted()))
