"""The API reconciles, checks and asks sanctions lists as the command line does, and refuses what it must."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from kronik.checking import count_examples
from kronik.lists.index import ListedName, save
from kronik.reconcile import running
from kronik.reconcile.running import Result
from kronik.show.command_line import commands
from kronik.show.web import maintenance, serving
from kronik.show.web.application import make_application
from kronik.show.web.settings import Settings
from kronik.store import chronicle
from kronik.store.ledger import open_ledger

PATIENCE = 30.0


def test_reconciling_compares_what_is_new_and_shows_at_once(own_client: TestClient, own_db: Path) -> None:
    assert own_client.get("/api/stories").json()["total"] == 0
    first = own_client.post("/api/reconcile").json()
    assert first["reports"] == 12
    assert sum(first["decided"].values()) > 0
    assert own_client.get("/api/stories").json()["total"] == first["stories"] > 0
    with open_ledger(own_db) as ledger:
        assert sum(len(one["events"]) > 1 for one in chronicle.entries(ledger)) == first["entries"] > 0
    again = own_client.post("/api/reconcile").json()
    assert again == {**first, "reports": 0, "decided": {}}


def test_a_long_run_holds_nobody_up_and_is_not_begun_twice(
    own_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, end = threading.Event(), threading.Event()

    def long(*_: object) -> Result:
        begun.set()
        assert end.wait(PATIENCE)
        return Result(reports=1)

    monkeypatch.setattr(maintenance.running, "reconcile", long)
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(own_client.post("/api/reconcile")))
    asking.start()
    try:
        assert begun.wait(PATIENCE)
        assert own_client.get("/api/timeline?size=1").status_code == 200
        text = "President Joko Widodo visited Beijing on 17 October 2023, the palace said."
        assert own_client.post("/api/add", json={"text": text}).json()["outcome"] == "added"
        refused = own_client.post("/api/reconcile")
        assert (refused.status_code, refused.json()) == (
            409, {"error": "reconcile is under way already: ask again when it is done"},
        )  # fmt: skip
    finally:
        end.set()
        asking.join(PATIENCE)
    assert answers[0].json()["reports"] == 1
    assert own_client.post("/api/reconcile").status_code == 200


def test_a_run_that_fails_lets_the_next_one_begin(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Result:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(running, "reconcile", fail)
        with pytest.raises(ZeroDivisionError):
            own_client.post("/api/reconcile")
    assert own_client.post("/api/reconcile").status_code == 200


def test_without_a_ledger_none_is_made(tmp_path: Path) -> None:
    client = TestClient(make_application(Settings(tmp_path / "none.db")), base_url="http://127.0.0.1")
    assert client.post("/api/reconcile").status_code == 404
    assert not (tmp_path / "none.db").exists()


def test_who_may_not_write_may_not_reconcile(examples_db: Path) -> None:
    token = "a token that is long enough"
    client = TestClient(make_application(Settings(examples_db, token)), base_url="http://127.0.0.1")
    let_in = {"Authorization": f"Bearer {token}"}
    for call in ("reconcile", "lists?name=x", "check", "export?to=parquet"):
        answer = client.request("POST" if call == "reconcile" else "GET", f"/api/{call}")
        assert answer.status_code == 401, call
    assert client.get("/api/reconcile", headers=let_in).status_code == 405
    assert client.post("/api/reconcile", headers={**let_in, "Origin": "https://evil.example"}).status_code == 403
    assert client.post("/api/reconcile", headers=let_in, content=iter([b""])).status_code == 411
    assert client.post("/api/reconcile", headers=let_in, content=b"x" * 16_000_000).status_code == 413


def test_lists_are_asked_as_on_the_command_line(
    examples_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "lists.tsv"
    save(
        [
            ListedName("Made List", "2024-02-03", "MLi.001", "individual", "MADE", "TESK, Orval", "Orval Tesk"),
            ListedName("Other List", "", "17", "individual", "", "QUENBY, Orv", "Orvál Tesk", weak=True),
        ],
        index,
    )
    served: list[Settings] = []
    monkeypatch.setattr(serving, "serve", lambda settings, host, port: served.append(settings))
    CliRunner().invoke(commands, ["serve", "--db", str(examples_db), "--lists", str(index)])
    client = TestClient(make_application(served[0]), base_url="http://127.0.0.1")
    printed = CliRunner().invoke(commands, ["lists", "find", "ORVAL-TESK", "--json", "--lists", str(index)]).stdout
    found = client.get("/api/lists", params={"name": "ORVAL-TESK"}).json()
    assert found == [json.loads(line) for line in printed.splitlines()]
    assert [one["id"] for one in found] == ["MLi.001", "17"]
    assert client.get("/api/lists?name=Nobody at all").json() == []
    for wrong in ("", "?name=", f"?name={'x' * 501}"):
        assert list(client.get(f"/api/lists{wrong}").json()) == ["error"], wrong
        assert client.get(f"/api/lists{wrong}").status_code == 422


def test_without_an_index_it_is_told_how_one_is_made(client: TestClient) -> None:
    answer = client.get("/api/lists?name=x")
    assert answer.status_code == 404
    assert "kronik lists update" in answer.json()["error"]


def test_languages_are_checked_once_each(examples_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(make_application(Settings(examples_db)), base_url="http://127.0.0.1")
    checked: list[str] = []

    def faults(code: str) -> list[str]:
        checked.append(code)
        return [f"frames/{code}.toml: a fault"]

    monkeypatch.setattr(maintenance, "check_language", faults)
    (one,) = client.get("/api/check?language=id&language=id").json()
    assert one == {"code": "id", "examples": count_examples("id"), "problems": ["frames/id.toml: a fault"]}
    for _ in range(2):
        assert [one["code"] for one in client.get("/api/check").json()] == ["en", "id", "ms"]
    assert checked == ["id", "en", "ms"]
    wrong = client.get("/api/check?language=xx")
    assert wrong.status_code == 400
    assert "'xx' is no language that kronik has" in wrong.json()["error"]


def test_their_refusals_are_described(client: TestClient) -> None:
    paths: dict[str, dict[str, dict[str, Any]]] = client.get("/api/openapi.json").json()["paths"]
    refusals: Callable[[str, str], set[str]] = lambda path, method: set(paths[path][method]["responses"])  # noqa: E731
    assert {"200", "400", "401", "404", "409", "411", "413"} <= refusals("/api/reconcile", "post")
    assert {"200", "401", "404", "422"} <= refusals("/api/lists", "get")
    assert {"200", "400", "401", "409"} <= refusals("/api/check", "get")
