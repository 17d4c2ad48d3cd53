"""A ledger with all examples, reconciled."""

from __future__ import annotations

import pytest
from reconciled_examples import filled, pages

from kronik.store.ledger import Ledger


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """All examples, reconciled; not to be written to."""
    return filled(tmp_path_factory.mktemp("reconciled") / "examples.db", pages())
