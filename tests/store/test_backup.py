import sqlite3
import threading
from pathlib import Path

import pytest
from made_readings import page, read
from test_writing import content

from kronik.errors import LedgerError, UsageError
from kronik.store.backup import back_up, restore
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add, add_all


def reports(path: Path) -> int:
    with open_ledger(path) as ledger:
        return int(ledger.connection.execute("SELECT count(*) FROM report").fetchone()[0])


@pytest.mark.parametrize("ledger", ["file"], indirect=True)
def test_a_copy_is_the_ledger_and_goes_back(ledger: Ledger, tmp_path: Path) -> None:
    list(add_all(ledger, [page(), page("bad", "!")], read))
    before = content(ledger)
    copy = tmp_path / "copy.db"
    assert back_up(ledger, copy) == copy.stat().st_size
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.db"]
    add(ledger, page("later", "A later report."), read)
    with pytest.raises(UsageError, match="holds 2 reports, which would be lost"):
        restore(copy, ledger.path)
    assert restore(copy, ledger.path, replace=True) == 1
    assert content(ledger) == before  # seen by a connection that was open all the time
    assert restore(copy, tmp_path / "other.db") == 1
    with open_ledger(tmp_path / "other.db") as other:
        assert content(other) == before
    add(ledger, page("later", "A later report."), read)
    assert back_up(ledger, copy)
    assert reports(copy) == 2  # the older copy is replaced


@pytest.mark.parametrize("ledger", ["file"], indirect=True)
def test_a_copy_made_while_another_writes_is_of_one_moment(ledger: Ledger, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with open_ledger(ledger.path, write=True) as other:
            for number in range(100_000):
                if stop.is_set():
                    return
                add(other, page(f"report-{number}"), read)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with open_ledger(ledger.path) as reading:
            for number in range(5):
                while not reading.connection.execute("SELECT count(*) > ? FROM report", (number,)).fetchone()[0]:
                    pass
                back_up(reading, tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with open_ledger(tmp_path / f"{number}.db") as copy:
            kept, events = copy.connection.execute(
                "SELECT count(*), (SELECT count(*) FROM event) FROM report"
            ).fetchone()
            assert kept > number
            assert events == 4 * kept


@pytest.mark.parametrize("ledger", ["file"], indirect=True)
def test_what_is_no_copy_is_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, page(), read)
    other = tmp_path / "thesis.txt"
    other.write_text("years of work")
    with pytest.raises(UsageError, match="left alone"):
        back_up(ledger, other)
    with pytest.raises(UsageError, match="the ledger itself"):
        back_up(ledger, ledger.path)
    with pytest.raises(UsageError, match="is a folder"):
        back_up(ledger, tmp_path)
    for wrong in (other, tmp_path / "none.db"):
        with pytest.raises(LedgerError, match="is no copy"):
            restore(wrong, ledger.path, replace=True)
    assert other.read_text() == "years of work"
    assert reports(ledger.path) == 1


@pytest.mark.parametrize("ledger", ["file"], indirect=True)
def test_a_damaged_copy_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    list(add_all(ledger, (page(f"report-{n}", f"Report {n}. " * 200) for n in range(50)), read))
    copy = tmp_path / "copy.db"
    back_up(ledger, copy)
    data = bytearray(copy.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = b"x" * 20_000
    copy.write_bytes(data)
    with pytest.raises(LedgerError, match="is damaged"):
        restore(copy, ledger.path, replace=True)
    assert reports(ledger.path) == 50


def test_a_copy_of_an_older_kronik_is_lifted(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    connection = sqlite3.connect(old)
    connection.executescript((Path(__file__).parent / "schemas" / "0002.sql").read_text("utf-8"))
    connection.execute("PRAGMA application_id = 1802661742")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    assert restore(old, tmp_path / "new.db") == 0
    with open_ledger(tmp_path / "new.db", write=True) as ledger:
        assert add(ledger, page(), read).kind == "added"


@pytest.mark.parametrize("ledger", ["file"], indirect=True)
def test_a_copy_that_finds_no_room_leaves_nothing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add(ledger, page(), read)
    copy = tmp_path / "full" / "copy.db"
    copy.parent.mkdir()
    back_up(ledger, copy)
    before = copy.read_bytes()
    connect = sqlite3.connect

    def small(*given: object, **named: object) -> sqlite3.Connection:
        connection = connect(*given, **named)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 3")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr("kronik.store.backup.sqlite3.connect", small)
    with pytest.raises(LedgerError, match="disk is full"):
        back_up(ledger, copy)
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    assert copy.read_bytes() == before
