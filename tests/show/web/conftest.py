"""A ledger of the bundled examples, and pages of it asked without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web pages need fastapi")

from fastapi.testclient import TestClient

from kronik.pipeline import read_one
from kronik.read.sources import read_pages
from kronik.reconcile.running import reconcile
from kronik.show.web.application import make_application
from kronik.show.web.settings import Settings
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add_all

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="session")
def examples_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, read once for all tests; a test that writes takes ``own_db``."""
    path = tmp_path_factory.mktemp("web") / "examples.db"
    pages = read_pages(sorted(str(p) for p in EXAMPLES.iterdir() if p.suffix in (".html", ".txt")))
    with open_ledger(path, write=True) as ledger:
        outcomes = list(add_all(ledger, pages, read_one))
    assert {one.kind for one in outcomes} == {"added"}
    return path


@pytest.fixture(scope="session")
def client(examples_db: Path) -> Iterator[TestClient]:
    with TestClient(make_application(Settings(examples_db)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def own_db(examples_db: Path, tmp_path: Path) -> Path:
    """A copy that a test may write to."""
    with open_ledger(examples_db, write=True) as ledger:
        ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copy(examples_db, tmp_path / "own.db"))


@pytest.fixture
def own_client(own_db: Path) -> Iterator[TestClient]:
    with TestClient(make_application(Settings(own_db)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def reconciled_client(own_db: Path) -> Iterator[TestClient]:
    """Pages of the examples after their reports were compared."""
    with open_ledger(own_db, write=True) as ledger:
        reconcile(ledger, "2026-01-01T00:00:00+00:00")
    with TestClient(make_application(Settings(own_db)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def ledger(examples_db: Path) -> Iterator[Ledger]:
    with open_ledger(examples_db) as ledger:
        yield ledger
