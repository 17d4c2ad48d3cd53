"""What was worked out is remembered until the ledger changes, and worked out by one reader for all."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from kronik.errors import LedgerError
from kronik.show.web import connections
from kronik.show.web.connections import Connections
from kronik.store.ledger import Ledger, open_ledger


class Work:
    """Counts how often it is done."""

    def __init__(self, takes: float = 0.0) -> None:
        self.done = 0
        self.takes = takes

    def __call__(self, ledger: Ledger) -> int:
        time.sleep(self.takes)
        self.done += 1
        return self.done


def write(db: Path) -> None:
    with open_ledger(db, write=True) as ledger, ledger.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO failure VALUES ('here', NULL, 'a reason', ?)", (str(time.time()),))


def test_it_is_remembered_until_somebody_writes(own_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(connections, "SHARE", 0)
    opened, work = Connections(own_db), Work()
    assert [opened.once("x", work), opened.once("x", work)] == [1, 1]
    write(own_db)
    assert opened.once("x", work) == 2
    assert opened.once("y", work) == 3


def test_for_some_seconds_the_former_is_good_enough_but_not_for_who_wrote(own_db: Path) -> None:
    opened, work = Connections(own_db), Work()
    opened.once("x", work)
    write(own_db)
    assert opened.once("x", work) == 1
    opened.forget()
    assert opened.once("x", work) == 2


def test_one_works_for_all(own_db: Path) -> None:
    opened, work = Connections(own_db), Work(takes=0.3)
    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(opened.once("x", work))) for _ in range(20)]
    for one in readers:
        one.start()
    for one in readers:
        one.join(10)
    assert found == [1] * 20


def test_a_fault_reaches_who_asked_and_the_next_one_tries_again(own_db: Path) -> None:
    opened = Connections(own_db)

    def fail(ledger: Ledger) -> int:
        raise LedgerError("no")

    with pytest.raises(LedgerError):
        opened.once("x", fail)
    assert opened.once("x", Work()) == 1


def test_what_was_begun_before_a_writing_is_not_remembered(own_db: Path) -> None:
    opened, work = Connections(own_db), Work()

    def interrupted(ledger: Ledger) -> int:
        opened.forget()
        return -1

    assert opened.once("x", interrupted) == -1
    assert opened.once("x", work) == 1
