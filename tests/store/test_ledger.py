import os
import re
import sqlite3
from pathlib import Path

import pytest
from made_readings import page, read

from kronik.errors import LedgerError
from kronik.store import ledger as ledgers
from kronik.store.finding import find
from kronik.store.ledger import Ledger, migrate, migrations, open_ledger, plain_words
from kronik.store.writing import add

SCHEMAS = Path(__file__).parent / "schemas"


def refused(path: Path, *, write: bool = False) -> str:
    """The one line with which opening is refused."""
    with pytest.raises(LedgerError) as refusal:
        open_ledger(path, write=write)
    message = str(refusal.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


@pytest.mark.parametrize("ledger", ["file"], indirect=True)
def test_a_new_ledger_is_marked_and_checked(ledger: Ledger) -> None:
    def pragma(name: str) -> object:
        return ledger.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("application_id") == ledgers.APPLICATION
    assert pragma("user_version") == ledgers.VERSION
    assert pragma("journal_mode") == "wal"
    assert pragma("foreign_keys") == 1


@pytest.mark.parametrize("write", [False, True])
def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "chronicle.db"
    with open_ledger(path, write=True) as ledger:
        add(ledger, page(), read)
        ledger.connection.execute(f"PRAGMA user_version = {ledgers.VERSION + 1}")
    before = path.read_bytes()
    assert "upgrade kronik" in refused(path, write=write)
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [False, True])
def test_other_files_are_refused_and_left_alone(tmp_path: Path, write: bool) -> None:
    text = tmp_path / "notes.db"
    text.write_text("Not a database at all, but long enough to be taken for one by its length. " * 20)
    assert "no kronik ledger" in refused(text, write=write)
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    assert "something else" in refused(other, write=write)
    assert other.read_bytes() == before


def test_missing_places_are_told(tmp_path: Path) -> None:
    assert "kronik add" in refused(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    assert "folder" in refused(tmp_path, write=True)
    assert "does not exist" in refused(tmp_path / "none" / "chronicle.db", write=True)
    (tmp_path / "empty.db").touch()
    assert "kronik add" in refused(tmp_path / "empty.db")


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a place where no file can be made")
def test_a_place_that_cannot_be_written_is_told() -> None:
    assert "cannot be opened" in refused(Path("/proc/chronicle.db"), write=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_ledger_can_be_read_but_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = folder / "chronicle.db"
    with open_ledger(path, write=True) as ledger:
        add(ledger, page(), read)
    path.chmod(0o400)
    folder.chmod(0o500)
    try:
        with open_ledger(path) as ledger:
            assert len(list(find(ledger))) == 4
        assert "cannot be" in refused(path, write=True)
    finally:
        folder.chmod(0o700)


def test_reading_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "chronicle.db"
    with open_ledger(path, write=True) as ledger:
        add(ledger, page(), read)
    with open_ledger(path) as ledger, pytest.raises(LedgerError, match="cannot be written"):
        add(ledger, page(id="other"), read)


def test_every_older_schema_is_lifted_to_the_present_one(tmp_path: Path) -> None:
    def tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        return [(name, re.sub(r"\s*--[^\n]*|\s+", " ", sql)) for name, sql in rows]

    with open_ledger(tmp_path / "new.db", write=True) as ledger:
        present = tables(ledger.connection)
    known = sorted(SCHEMAS.glob("*.sql"))
    assert [int(path.stem) for path in known] == list(range(1, ledgers.VERSION + 1)), "keep a copy of every schema"
    for schema in known:
        path = tmp_path / f"{schema.stem}.db"
        connection = sqlite3.connect(path)
        connection.executescript(schema.read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {ledgers.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {int(schema.stem)}")
        connection.close()
        with open_ledger(path) as ledger:  # reading lifts as well
            assert tables(ledger.connection) == present
    assert sorted(migrations()) == list(range(2, ledgers.VERSION + 1))


def test_a_step_that_fails_changes_nothing() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    steps = {2: "CREATE TABLE two (a);", 3: "CREATE TABLE three (a); CREATE TABLE two (a);"}
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, 1, steps, 3)
    connection.execute("ROLLBACK")
    assert connection.execute("PRAGMA user_version").fetchone()[0] == 2
    assert [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")] == ["two"]


def test_a_busy_ledger_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "WAIT_SECONDS", 0.05)
    path = tmp_path / "chronicle.db"
    with open_ledger(path, write=True) as one, open_ledger(path, write=True) as other:
        one.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another program is writing"):
            add(other, page(), read)


def test_words_are_compared_without_case_accents_and_signs() -> None:
    assert plain_words("Kim Jong-un") == " kim jong un "
    assert plain_words("Erdoğan") == plain_words("ERDOGAN") == " erdogan "


class Refusing:
    """In the place of a connection: refuses the first so many statements without waiting, then none."""

    def __init__(self, times: int, code: int) -> None:
        self.times, self.code, self.asked = times, code, 0

    def execute(self, sql: str) -> None:
        self.asked += 1
        if self.asked <= self.times:
            wrong = sqlite3.OperationalError("database is locked")
            wrong.sqlite_errorcode = self.code
            raise wrong


def test_what_is_refused_without_waiting_is_asked_for_again() -> None:
    connection = Refusing(2, sqlite3.SQLITE_BUSY)
    ledgers._log_ahead(connection)  # type: ignore[arg-type]
    assert connection.asked == 3


def test_another_fault_is_told_at_once() -> None:
    connection = Refusing(1, sqlite3.SQLITE_IOERR)
    with pytest.raises(sqlite3.OperationalError):
        ledgers._log_ahead(connection)  # type: ignore[arg-type]
    assert connection.asked == 1


def test_asking_again_ends_when_the_waiting_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "WAIT_SECONDS", 0.0)
    connection = Refusing(9, sqlite3.SQLITE_BUSY)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        ledgers._log_ahead(connection)  # type: ignore[arg-type]
    assert connection.asked == 1
