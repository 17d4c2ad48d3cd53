"""The API says what the command line says; the feed is Atom; the ledgers download."""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from lxml import etree

from kronik.contract import schema
from kronik.store.exporting import json_lines
from kronik.store.finding import find
from kronik.store.ledger import Ledger

ATOM = "{http://www.w3.org/2005/Atom}"


def test_pages_of_the_timeline_make_the_timeline(client: TestClient, ledger: Ledger) -> None:
    found, address = [], "/api/timeline?size=30"
    while address:
        answer = client.get(address).json()
        found += answer["entries"]
        address = answer["next"]
    expected = {one.id: one.to_json() for one in find(ledger)}
    assert answer["total"] == len(found) == len(expected)
    assert all(expected[one["id"]] == one for one in found)


def test_filters_are_those_of_the_pages(client: TestClient) -> None:
    answer = client.get("/api/find", params={"q": "putin", "type": ["CONSULT", "AID"], "status": "occurred"}).json()
    assert answer["entries"]
    assert {one["type"] for one in answer["entries"]} <= {"CONSULT", "AID"}
    assert {one["status"] for one in answer["entries"]} == {"occurred"}
    assert client.get("/api/timeline?since=soon").status_code == 400
    assert client.get("/api/timeline?size=9999").status_code == 422


def test_a_report_is_shown_as_the_schema_has_it(client: TestClient) -> None:
    assert client.get("/api/schema").json() == schema()
    reading = client.get("/api/show/en-vostochny-talks").json()
    Draft202012Validator(schema()).validate(reading)
    event = client.get("/api/show/en-vostochny-talks%231").json()
    assert event["evidence"] == reading["events"][0]["evidence"]
    explained = client.get("/api/explain/en-vostochny-talks%231").json()
    assert explained["because"] == reading["events"][0]["because"]
    assert event["evidence"] in explained["paragraph"]
    assert client.get("/api/show/none").status_code == 404


def test_a_text_is_read_and_added(own_client: TestClient) -> None:
    text = "President Joko Widodo visited Beijing on 17 October 2023 and met President Xi Jinping, the palace said."
    reading = own_client.post("/api/read", json={"text": text}).json()
    Draft202012Validator(schema()).validate(reading)
    assert reading["events"]
    added = own_client.post("/api/add", json={"text": text, "published": "2023-10-18"}).json()
    assert added["outcome"] == "added"
    assert own_client.get(f"/api/show/{added['id']}").json()["report"]["published"] == "2023-10-18"
    assert own_client.post("/api/add", json={"text": text, "published": "2023-10-18"}).json()["outcome"] == "unchanged"
    assert own_client.post("/api/read", json={}).status_code == 400


@pytest.mark.parametrize("what", ["reports", "events", "quotes", "entities"])
def test_exports_are_those_of_the_command_line(client: TestClient, ledger: Ledger, what: str) -> None:
    lines = client.get(f"/api/export?what={what}").text.splitlines()
    assert lines == list(json_lines(ledger, what))  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(client.get(f"/api/export?what={what}&to=csv").text)))
    assert len(rows) == len(lines) + 1


def test_parquet_holds_what_the_other_exports_hold(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for query in ({"what": "events", "type": "CONSULT"}, {"what": "reports"}):
        answer = client.get("/api/export", params={**query, "to": "parquet"})
        assert answer.headers["content-type"] == "application/vnd.apache.parquet"
        assert answer.headers["content-disposition"] == f'attachment; filename="{query["what"]}.parquet"'
        lines = client.get("/api/export", params=query).text.splitlines()
        ids = parquet.read_table(io.BytesIO(answer.content)).column("id").to_pylist()
        assert ids == [json.loads(line)["id"] for line in lines] != []
    assert "jsonl or csv" in client.get("/api/export?to=parquet&what=stories").json()["error"]
    assert client.get("/api/export?to=parquet&once=true").status_code == 400
    assert list(tmp_path.iterdir()) == []


def test_parquet_without_its_package_is_told_and_leaves_nothing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = client.get("/api/export?to=parquet")
    assert answer.status_code == 422
    assert "kronik[parquet]" in answer.json()["error"]
    assert list(tmp_path.iterdir()) == []


def test_the_formats_of_the_field_and_filters(client: TestClient) -> None:
    everything = client.get("/api/export?to=geojson").json()
    some = client.get("/api/export?to=geojson&type=CONSULT&country=RUS").json()
    assert 0 < len(some["features"]) < len(everything["features"])
    assert "BEGIN:VCALENDAR" in client.get("/api/export?to=ics").text
    assert client.get("/api/export?to=gdelt&what=quotes").status_code == 400
    assert client.get("/api/export?to=gdelt&once=true").text
    assert client.get("/api/export?to=csv&once=true").status_code == 400


def test_an_export_takes_what_the_chronicle_takes(client: TestClient, ledger: Ledger) -> None:
    everything = list(find(ledger))
    publisher = next(one.publisher for one in everything if one.publisher)
    for query, expected in (
        ({"source": publisher}, [one for one in everything if one.publisher == publisher]),
        ({"min_confidence": "0.8"}, [one for one in everything if one.event["confidence"] >= 0.8]),
    ):
        found = [json.loads(line)["id"] for line in client.get("/api/export", params=query).text.splitlines()]
        assert 0 < len(found) < len(everything)
        assert sorted(found) == sorted(one.id for one in expected)
    assert client.get("/api/export?min_confidence=2").status_code == 422
    some = client.get("/api/dossier", params={"query": "Russia", "source": publisher, "to": "markdown"}).text
    assert 0 < len(some) < len(client.get("/api/dossier?query=Russia&to=markdown").text)


def test_a_dossier_is_saved_not_shown(client: TestClient) -> None:
    answer = client.get("/api/dossier?query=Vladimir Putin&language=id")
    assert answer.headers["content-disposition"] == 'attachment; filename="Vladimir-Putin.html"'
    assert 'lang="id"' in answer.text
    assert client.get("/api/dossier?query=Nobody at all").status_code == 404


def test_everything_is_described(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.")
    verbs = {"read", "add", "timeline", "find", "show/{id}", "explain/{id}", "export", "schema"}
    verbs |= {"reconcile", "lists", "check"}
    assert {f"/api/{verb}" for verb in verbs} <= set(described["paths"])
    assert all(path.startswith("/api/") for path in described["paths"])
    assert all(call.get("summary") for calls in described["paths"].values() for call in calls.values())


def test_the_feed_is_atom(client: TestClient, ledger: Ledger) -> None:
    answer = client.get("/feed.atom?type=CONSULT")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for node in (feed, *entries):
        assert all(node.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    address = entries[0].find(f"{ATOM}link").get("href")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["visits", "meetings", "transfers", "statements", "agreements", "sanctions"])
def test_a_ledger_downloads_what_it_shows(client: TestClient, name: str) -> None:
    page = client.get(f"/ledger/{name}?sort=-source").text
    rows = list(csv.DictReader(io.StringIO(client.get(f"/ledger/{name}.csv?sort=-source").text)))
    assert page.count("<tr>") - 1 == min(len(rows), 100)
    publishers = [row["publisher"] for row in rows if row["publisher"]]
    assert publishers == sorted(publishers, reverse=True)


def test_examples_are_whole_enough_for_these_tests(examples_db: Path, ledger: Ledger) -> None:
    assert examples_db.exists()
    assert sum(1 for _ in find(ledger)) > 40
    assert json.loads(next(json_lines(ledger, "quotes")))["text"]
