"""A ledger on a PostgreSQL server: what is found is what a file finds, and what goes wrong is told in one line."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from made_readings import TEXT, page, read
from made_server import MadeServer
from test_writing import content, never

from kronik.errors import DataError, LedgerError, UsageError
from kronik.store import dialect
from kronik.store import ledger as ledgers
from kronik.store.backup import back_up, restore
from kronik.store.connection import Connection, streamed
from kronik.store.exporting import json_lines
from kronik.store.failures import failures
from kronik.store.finding import Wanted, find, reports_holding
from kronik.store.ledger import Ledger, open_ledger, plain_words
from kronik.store.location import Server, located
from kronik.store.writing import add, add_all

PROCESS = Path(__file__).parent / "adding_process.py"
SCHEMAS = Path(__file__).parent / "schemas"


def refused(address: str, *, write: bool = False) -> str:
    with pytest.raises(LedgerError) as refusal:
        open_ledger(address, write=write)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def columns(ledger: Ledger) -> list[tuple[object, ...]]:
    rows = ledger.connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY table_name, column_name"
    )
    return [tuple(row) for row in rows]


def test_an_address_is_told_from_a_path_and_its_password_never_shown() -> None:
    address = "postgresql://ana:secret@db.example.org:5433/news?sslmode=require&password=again"
    for named in (address, Path(address)):
        server = located(named)
        assert isinstance(server, Server)
        assert server.address == address
        assert "secret" not in f"{server} {server!r}"
        assert "again" not in f"{server} {server!r}"
        assert str(server).startswith("postgresql://ana@db.example.org:5433/news")
    assert located("postgres://db/news") == Server("postgresql://db/news")
    assert located("postgresql.db") == Path("postgresql.db")


def test_statements_are_turned() -> None:
    assert dialect.statement("SELECT '50% ?' WHERE a = ? AND words_of MATCH ? AND b LIKE ?") == (
        "SELECT '50%% ?' WHERE a = %s AND words_of.words @@ %s::tsquery AND b LIKE %s",
        frozenset({1}),
    )
    assert dialect.query_of_words('"kim jong" "dron"* "_"') == "('kim' <-> 'jong') & ('dron':*)"
    assert dialect.vector_of_words("Rice, rice", "Tea") == "'rice':1,2 'tea':4"


def test_both_find_the_same(database: str, tmp_path: Path) -> None:
    bodies = [
        TEXT, "Über “Erdoğan's” visit: 5,000 tonnes, e-mail to a@b.org; http://example.org/a?b=1 …",
        "KIM Jong-un’s G20 trip\x00 cost 1e5 or 3.14; _under_score_",
        "", "word " * 20_000 + "last one",
    ]  # fmt: skip
    pages = [page(f"report-{n}", body) for n, body in enumerate(bodies)] + [page("bad", "!")]
    queries = [
        "rice", "erdogan s", '"jong un"', "g20", "1e5", "3.14", "14 3", "under", "ex*", "exampl",
        "a@b.org", '"a b org"', "tonnes", '"5 000"', "last", "word", "uber visit", "' OR", "%", "\\", "b'",
    ]  # fmt: skip
    told = []
    for place in (tmp_path / "chronicle.db", database):
        with open_ledger(place, write=True) as ledger:
            outcomes = [(one.kind, one.id) for one in add_all(ledger, pages, read)]
            found = [reports_holding(ledger, query) if any(map(str.isalnum, query)) else None for query in queries]
            told.append((outcomes, found, list(json_lines(ledger, "reports")), list(json_lines(ledger, "events"))))
    assert told[0] == told[1]
    assert sum(number or 0 for number in told[0][1]) > 10


def test_words_are_plain_on_the_server_as_they_are_here(database: str) -> None:
    told = [
        "Kim Jong-un",
        "ERDOĞAN İstanbul",
        "Straße",
        "ΟΔΥΣΣΕΥΣ",
        "a_b  c",
        "…",
        "ﬁnance №5 ½",
        "مُحَمَّد",
        "Việt Nam",
        "金正恩",
    ]
    with open_ledger(database, write=True) as ledger:
        for words in told:
            here = ledger.connection.execute("SELECT plain_words(?)", (words,)).fetchone()[0]
            assert here.split() == plain_words(words).split(), words
        assert ledger.connection.execute("SELECT plain_words(NULL)").fetchone()[0] is None


def test_an_older_schema_is_lifted(database: str, server: MadeServer) -> None:
    with server.database() as other, open_ledger(other, write=True) as ledger:
        present = columns(ledger)
    with open_ledger(database, write=True) as ledger:
        connection = ledger.connection
        connection.script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")  # type: ignore[attr-defined]
        first = (SCHEMAS / "0001.sql").read_text("utf-8")
        connection.script(dialect.tables(first) + dialect.functions())  # type: ignore[attr-defined]
        connection.execute("CREATE TABLE kronik_ledger (version BIGINT NOT NULL, writings BIGINT NOT NULL)")
        connection.execute("INSERT INTO kronik_ledger VALUES (1, 0)")
    with open_ledger(database) as ledger:  # reading lifts as well
        assert columns(ledger) == present
    with open_ledger(database, write=True) as ledger:
        assert add(ledger, page(), read).kind == "added"


def test_what_is_no_ledger_of_this_kronik_is_told(database: str) -> None:
    assert "holds no kronik ledger yet" in refused(database)
    with open_ledger(database, write=True) as ledger:
        ledger.connection.execute("UPDATE kronik_ledger SET version = version + 1")
    assert "upgrade kronik" in refused(database)
    assert "upgrade kronik" in refused(database, write=True)
    assert "cannot be reached" in refused("postgresql://kronik:secret@/none?host=/nowhere")
    assert "secret" not in refused("postgresql://kronik:secret@/none?host=/nowhere")
    assert "cannot be reached" in refused("postgresql://[")
    for address in (
        "postgresql://ana:sec/ret@db/news",
        "postgresql://ana:sec:ret@[db/news",
        "postgresql://ana:sec@ret@/n?host=/no",
    ):
        assert not re.search(r"\bsec|ret\b", refused(address))


def test_reading_writes_nothing(database: str) -> None:
    open_ledger(database, write=True).close()
    with open_ledger(database) as ledger, pytest.raises(LedgerError, match="cannot be written"):
        add(ledger, page(), read)


def test_one_writes_at_a_time(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "WAIT_SECONDS", 0.1)
    with open_ledger(database, write=True) as one, open_ledger(database, write=True) as other:
        with one.writing():
            with pytest.raises(LedgerError, match="another program is writing"):
                add(other, page(), read)
            assert list(find(other)) == []  # who reads need not wait
        assert add(other, page(), read).kind == "added"


def test_two_who_add_the_same_leave_it_once(database: str, tmp_path: Path) -> None:
    pages = [page(f"report-{n}", TEXT if n % 2 else f"Report {n}.") for n in range(20)]

    done = []

    def work() -> None:
        with open_ledger(database, write=True) as ledger:  # one of them makes the tables
            done.append(len(list(add_all(ledger, pages, read))))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [20, 20, 20]
    with open_ledger(database) as ledger:
        kept = content(ledger)
    assert len(kept["report"]) == 20
    assert len(kept["event"]) == len(kept["event_words"]) == 40


def fail_midway(connection: Connection) -> None:
    connection.execute("INSERT INTO failure VALUES (?, ?, ?, ?)", ("a", None, "b", "c"))
    raise RuntimeError


def test_a_transaction_that_fails_leaves_nothing(database: str) -> None:
    with open_ledger(database, write=True) as ledger:
        with pytest.raises(RuntimeError), ledger.writing() as connection:
            fail_midway(connection)
        with pytest.raises(LedgerError, match="the ledger failed"), ledger.writing() as connection:
            connection.execute("INSERT INTO nothing VALUES (1)")
        assert ledger.connection.execute("SELECT count(*) FROM failure").fetchone()[0] == 0
        assert add(ledger, page(), read).kind == "added"


def test_many_rows_are_read_while_other_questions_are_asked(database: str) -> None:
    with open_ledger(database, write=True) as ledger:
        list(add_all(ledger, (page(f"report-{n}") for n in range(60)), read))
        sql = "SELECT event.key FROM event JOIN event AS other ON other.key <= ? ORDER BY event.key"
        count = 0
        for _ in streamed(ledger.connection, sql, (3,)):
            count += 1
            if count % 100 == 0:
                assert next(find(ledger, Wanted(limit=1))).report == "report-0"
        assert count == 3 * 240
        assert ledger.connection.execute("SELECT count(*) FROM pg_cursors").fetchone()[0] == 0


def test_a_connection_that_is_ended_is_told(database: str) -> None:
    with open_ledger(database, write=True) as ledger, open_ledger(database) as other:
        number = other.connection.execute("SELECT pg_backend_pid()").fetchone()[0]
        ledger.connection.execute("SELECT pg_terminate_backend(?, 5000)", (number,))
        with pytest.raises(LedgerError, match="run the same command again"):
            list(find(other))
        assert other.lost
        assert not ledger.lost


def test_who_serves_opens_it_again_where_the_connection_was_ended(database: str) -> None:
    with open_ledger(database, write=True) as ledger, open_ledger(database) as other:
        number = other.connection.execute("SELECT pg_backend_pid()").fetchone()[0]
        assert not other.lost
        ledger.connection.execute("SELECT pg_terminate_backend(?, 5000)", (number,))
        assert other.lost  # before anything was asked


def test_a_server_makes_its_own_copies(database: str, tmp_path: Path) -> None:
    with open_ledger(database, write=True) as ledger, pytest.raises(UsageError, match="pg_dump"):
        back_up(ledger, tmp_path / "copy.db")
    with open_ledger(tmp_path / "chronicle.db", write=True) as ledger:
        back_up(ledger, tmp_path / "copy.db")
    with pytest.raises(UsageError, match="pg_dump"):
        restore(tmp_path / "copy.db", Server(database))


def test_killed_runs_end_as_an_undisturbed_one(server: MadeServer) -> None:
    with server.database() as killed, server.database() as whole:
        for moment in (0.0, 0.02, 0.1):
            command = [sys.executable, str(PROCESS), killed, "60", "first"]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout
                process.stdout.readline()
                time.sleep(moment)
                process.kill()
        for database in (killed, whole):
            for part in ("first", "changed"):
                subprocess.run([sys.executable, str(PROCESS), database, "60", part], check=True, capture_output=True)
        with open_ledger(killed) as one, open_ledger(whole) as other:
            left, right = content(one), content(other)
        # The keys may differ, as PostgreSQL does not give a key again that a killed run had taken.
        assert {table: len(rows) for table, rows in left.items()} == {table: len(rows) for table, rows in right.items()}
        for table in ("report", "event"):
            assert sorted(row[-1] for row in left[table]) == sorted(row[-1] for row in right[table])
        assert left["event_words"]
        assert left["participant"]


def test_what_is_longer_than_an_index_takes_stops_no_run(database: str) -> None:
    chance = random.Random(7)
    long = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=9000))
    words = " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _ in range(100_000))
    found = [
        page("long", url=f"https://example.org/{long}"), page("far", origin=f"https://example.org/{long}"), page(),
        page("gone", "!", origin=f"https://example.org/{long}:2"), page("words", words),
    ]  # fmt: skip
    with open_ledger(database, write=True) as ledger:
        outcomes = list(add_all(ledger, found, read))
        assert [one.kind for one in outcomes] == ["failed", "added", "added", "failed", "added"]
        assert "longer than a ledger on a server takes" in str(outcomes[0].reason)
        assert [one.page_kept for one in failures(ledger)] == [True, True]
        assert reports_holding(ledger, words.split()[0]) == 1
        assert [one.kind for one in add_all(ledger, found[1:3], never)] == ["unchanged", "unchanged"]


ONLY_OF_SQLITE = re.compile(
    r"INSERT OR |\.lastrowid|sqlite3|\bIS NOT \?|PRAGMA |json_each|\bGLOB\b|group_concat|ifnull\(",
    re.IGNORECASE,
)
KNOW_THE_FILE = {"ledger.py", "backup.py", "connection.py", "connections.py"}


def test_all_sql_is_of_both() -> None:
    """What is found here works in a file and fails on a server: store/connection.py says what works on both."""
    source = Path(ledgers.__file__).parents[1]
    found = {
        str(path.relative_to(source)): words.group()
        for part in ("store", "reconcile", "show", "cluster")
        for path in (source / part).rglob("*.py")
        if path.name not in KNOW_THE_FILE and (words := ONLY_OF_SQLITE.search(path.read_text("utf-8")))
    }
    assert found == {}


def test_what_speaks_to_a_server_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DataError, match=re.escape("pip install 'kronik[postgresql]'")):
        open_ledger("postgresql://db/news")
