"""An open ledger for the tests of the store: one in a file, one on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_server import MadeServer, start

from kronik.store.ledger import Ledger, open_ledger


@pytest.fixture(scope="session")
def server() -> Iterator[MadeServer]:
    """A PostgreSQL server in a temporary folder, for all tests; they are skipped where there is none."""
    yield from start()


@pytest.fixture
def database(server: MadeServer) -> Iterator[str]:
    """The address of an empty database."""
    with server.database() as address:
        yield address


@pytest.fixture(params=["file", "server"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    place = tmp_path / "chronicle.db" if request.param == "file" else request.getfixturevalue("database")
    with open_ledger(place, write=True) as ledger:
        yield ledger
