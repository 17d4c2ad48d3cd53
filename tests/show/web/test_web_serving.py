"""`kronik serve` makes what it needs, shows what it may not write, and tells in one line what is wrong."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from kronik.errors import DataError, LedgerError
from kronik.show.command_line import commands
from kronik.show.web.application import make_application
from kronik.show.web.queries.filters import view_address
from kronik.show.web.queries.indexes import INDEXES
from kronik.show.web.serving import address_of, is_loopback, prepare, serve, settings_for
from kronik.show.web.settings import Settings
from kronik.store.finding import Wanted
from kronik.store.ledger import open_ledger


def test_a_ledger_is_made_and_its_pages_say_that_it_is_empty(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    prepare(db)
    client = TestClient(make_application(Settings(db)), base_url="http://127.0.0.1")
    for view in ("/", "/map", "/network", "/ledger/visits", "/ledger/statements", "/stories", "/feed.atom"):
        assert client.get(view).status_code == 200, view
    assert "The chronicle is empty." in client.get("/").text


def test_the_indexes_are_made_once_and_used(own_db: Path) -> None:
    prepare(own_db)
    prepare(own_db)
    with open_ledger(own_db) as ledger:
        made = {row[0] for row in ledger.connection.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'web_%'")}
        assert len(made) == len(INDEXES)
        plan = ledger.connection.execute("EXPLAIN QUERY PLAN SELECT count(*) FROM event WHERE status = 'planned'")
        assert "COVERING INDEX web_event" in str([tuple(row) for row in plan])


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("not a ledger at all, but a text that is long enough to be read")
    with pytest.raises(LedgerError):
        prepare(other)


def test_a_port_that_is_taken_is_told(own_db: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DataError, match=f"127.0.0.1:{port}: cannot be listened on"):
            serve(settings_for(own_db, "127.0.0.1", None), "127.0.0.1", port)


def test_the_command_refuses_to_let_everybody_in(own_db: Path) -> None:
    result = CliRunner().invoke(commands, ["serve", "--db", str(own_db), "--host", "0.0.0.0"], env={"KRONIK_TOKEN": ""})
    assert result.exit_code == 2
    assert "--token" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_only_this_machine_reaches_its_own_addresses(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", ""])
def test_others_reach_all_other_addresses(host: str) -> None:
    assert not is_loopback(host)


def test_addresses_are_written_as_browsers_read_them() -> None:
    assert address_of("::1", 8000) == "http://[::1]:8000/"
    assert view_address(Wanted()) == "/"
