import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")
sys.path.insert(0, BENCHMARKS)
import kills  # noqa: E402

sys.path.remove(BENCHMARKS)

STORE = str(Path(__file__).parents[1] / "store")
sys.path.insert(0, STORE)
from made_readings import page, read  # noqa: E402

sys.path.remove(STORE)

from kronik.store.ledger import open_ledger  # noqa: E402
from kronik.store.writing import add  # noqa: E402


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_killed_commands_lose_double_and_damage_nothing(tmp_path: Path) -> None:
    verdict = kills.survive(3, tmp_path, copies=1)
    assert verdict.kills.total() == 3
    assert verdict.ledgers >= 1


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (
            "DELETE FROM participant; DELETE FROM item; DELETE FROM event WHERE number = 1",
            "3 events in the table, 4 in the readings",
        ),
        ("DELETE FROM page", "1 reports, 0 pages"),
        ("INSERT INTO quote (report, number, direct, text) VALUES (99, 1, 0, 'x')", "rows without their report"),
    ],
)
def test_what_a_kill_could_do_would_be_seen(tmp_path: Path, harm: str, told: str) -> None:
    path = tmp_path / "chronicle.db"
    with open_ledger(path, write=True) as ledger:
        add(ledger, page(), read)
    assert kills.check(path) == 1
    before = kills.content(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(harm)
    assert kills.content(path) != before
    with pytest.raises(AssertionError, match=told):
        kills.check(path)
