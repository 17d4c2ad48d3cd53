"""Numbers and dates that no ledger can hold are refused in one line, on the command line and by the API."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from kronik.model import Page
from kronik.pipeline import read_one
from kronik.show.command_line import commands
from kronik.show.web.application import make_application
from kronik.show.web.settings import Settings
from kronik.store.dates import first_day
from kronik.store.ledger import open_ledger
from kronik.store.writing import add

HUGE = "9" * 30


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calls") / "calls.db"
    with open_ledger(path, write=True) as ledger:
        page = Page("x", "x", "Russia attacked Ukraine on Monday and the president said so in the city.", "text")
        add(ledger, page, partial(read_one, fast=True))
    return path


@pytest.mark.parametrize(
    "call",
    [
        ["timeline", "--limit", HUGE], ["find", "x", "--limit", HUGE], ["show", "x", "--version", HUGE],
        ["explain", "x", "--version", HUGE], ["timeline", "--since", HUGE], ["stories", "--limit", HUGE],
        ["judge", "--limit", HUGE],
    ],
)  # fmt: skip
def test_a_number_that_is_too_large_is_a_wrong_call(db: Path, call: list[str]) -> None:
    result = CliRunner().invoke(commands, [*call, "--db", str(db)])
    assert result.exit_code == 2
    assert HUGE in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "address", ["/?since=", "/?page=", "/stories?page=", "/api/timeline?page=", "/api/stories?page=",
                "/api/timeline?since=", "/api/show/x?version=", "/api/page/x?version=", "/report/x?version="],
)  # fmt: skip
def test_no_address_makes_the_server_fail(db: Path, address: str) -> None:
    client = TestClient(make_application(Settings(db)), base_url="http://127.0.0.1", raise_server_exceptions=False)
    for value in (HUGE, "-" + HUGE, "0", "%00", "²", "٢٠٢٣", "1e400", "NaN", "'", "%F0%9F%87%AE"):
        assert client.get(address + value).status_code < 500, value


@pytest.mark.parametrize("told", ["٢٠٢٣", "+2023", "2_023", " 2023", "2023-", "2023-09-05-01", HUGE, "", "0"])
def test_what_only_looks_like_a_date_is_none(told: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        first_day(told)


def test_the_api_describes_its_refusals(db: Path) -> None:
    client = TestClient(make_application(Settings(db)), base_url="http://127.0.0.1")
    for path, operations in client.get("/api/openapi.json").json()["paths"].items():
        for operation in operations.values():
            assert {"400", "404", "422"} <= set(operation["responses"]), path
    assert list(client.get("/api/timeline?since=soon").json()) == ["error"]
