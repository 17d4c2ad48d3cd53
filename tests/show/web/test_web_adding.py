"""A page given is read and shown, and added only when somebody says so; a person's judgement is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from kronik.lists.index import ListedName, save
from kronik.pipeline import read_one
from kronik.show.list_commands import marking_reader
from kronik.show.web.application import make_application
from kronik.show.web.serving import settings_for
from kronik.store.ledger import open_ledger

STORY = (
    "President Joko Widodo visited Beijing on 17 October 2023. He met President Xi Jinping there, the palace said.\n\n"
    "“We agreed to build the railway together,” Widodo said."
)


def count(db: Path, table: str, where: str = "1") -> int:
    with open_ledger(db) as ledger:
        return int(ledger.connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


def form_of(text: str, action: str) -> dict[str, str]:
    form = html.fromstring(text).xpath(f"//form[@action='{action}']")[0]
    return {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}


@pytest.mark.parametrize("way", ["text", "file"])
def test_a_page_is_shown_first_and_added_then(own_client: TestClient, own_db: Path, way: str) -> None:
    before = count(own_db, "report")
    form = form_of(own_client.get("/add").text, "/add/read")
    if way == "text":
        shown = own_client.post("/add/read", data={**form, "text": STORY})
    else:
        shown = own_client.post("/add/read", data=form, files={"file": ("../story one.txt", STORY, "text/plain")})
    assert shown.status_code == 200
    assert "Xi Jinping" in shown.text
    assert 'class="evidence' in shown.text
    assert count(own_db, "report") == before
    kept = own_client.post("/add/keep", data=form_of(shown.text, "/add/keep"))
    assert kept.status_code == 200
    assert kept.url.path.startswith("/report/")
    assert count(own_db, "report") == before + 1
    again = own_client.post("/add/keep", data=form_of(shown.text, "/add/keep"))
    assert again.status_code == 400


def test_names_of_a_page_given_are_marked_with_sanctions_lists(own_db: Path, tmp_path: Path) -> None:
    index = tmp_path / "lists.tsv"
    save([ListedName("Made List", "2024-02-03", "MLi.001", "individual", "", "XI JINPING", "Xi Jinping")], index)
    settings = settings_for(own_db, "127.0.0.1", None, read_one=marking_reader(read_one, index))
    with TestClient(make_application(settings), base_url="http://127.0.0.1") as client:
        form = form_of(client.get("/add").text, "/add/read")
        shown = client.post("/add/read", data={**form, "text": STORY})
        assert "Made List" in shown.text
        kept = client.post("/add/keep", data=form_of(shown.text, "/add/keep"))
        assert "Made List" in kept.text
        assert "MLi.001" in client.get("/who/Xi Jinping").text
        told = client.post("/api/read", json={"text": STORY}).json()
        assert [one["name"] for one in told["entities"] if one.get("listed")] == ["Xi Jinping"]


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "nothing was given"), ({"text": "Buku."}, ""), ({"text": STORY, "published": "soon"}, "no date"),
     ({"address": "gopher://x"}, "http")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_the_form(own_client: TestClient, data: dict[str, str], words: str) -> None:
    form = form_of(own_client.get("/add").text, "/add/read")
    answer = own_client.post("/add/read", data={**form, **data})
    assert answer.status_code == 422
    alert = html.fromstring(answer.text).xpath("//*[@role='alert']")[0].text_content()
    assert words in alert
    assert data.get("text", "") in answer.text


def judged(client: TestClient, id: str, **wish: str) -> int:
    page = client.get(f"/entry/{id.replace('#', '%23')}")
    return client.post("/judge", data={**form_of(page.text, "/judge"), **wish}).status_code


def test_what_a_person_calls_wrong_leaves_the_chronicle_and_comes_back(
    reconciled_client: TestClient, own_db: Path
) -> None:
    client = reconciled_client
    id = next(e["id"] for e in entries(client) if "entry" not in e)  # told by one report alone
    assert judged(client, id, verdict="wrong", reason="it is a headline") == 200
    assert id not in {one["id"] for one in entries(client)}
    page = client.get(f"/entry/{id.replace('#', '%23')}")
    assert "it is a headline" in page.text
    assert client.post("/unjudge", data=form_of(page.text, "/unjudge")).status_code == 200
    assert id in {one["id"] for one in entries(client)}
    assert count(own_db, "decision", "kind = 'wrong' AND withdrawn_at IS NOT NULL") == 1


def entries(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/timeline?size=500").json()["entries"]
    return found


def test_two_entries_that_a_person_calls_the_same_are_one(reconciled_client: TestClient) -> None:
    client = reconciled_client
    before = entries(client)
    alone = [one for one in before if "entry" not in one]
    one = alone[0]["id"]
    other = next(e["id"] for e in alone if e["report"] != alone[0]["report"])
    assert judged(client, one, verdict="same", other=other) == 200
    assert len(entries(client)) == len(before) - 1
    page = client.get(f"/entry/{one.replace('#', '%23')}").text
    assert html.fromstring(page).xpath("//div[@class='side-by-side']/article").__len__() == 2
    assert judged(client, one, verdict="different", other=other) == 200
    assert len(entries(client)) == len(before)


def test_entries_of_several_reports_show_them_side_by_side(reconciled_client: TestClient) -> None:
    several = [one for one in entries(reconciled_client) if "entry" in one]
    assert several
    for one in several[:5]:
        page = html.fromstring(reconciled_client.get(f"/entry/{one['entry'].replace('#', '%23')}").text)
        assert len(page.xpath("//div[@class='side-by-side']/article")) == len(one["events"])


def test_the_lineage_leads_from_the_original_to_its_translation(reconciled_client: TestClient) -> None:
    assert "/lineage/" in reconciled_client.get("/stories").text
    trees = reconciled_client.get("/api/lineage/id-kim-putin-vostochny").json()
    waiting, above = list(trees), {}
    while waiting:
        one = waiting.pop()
        above.update({taken["id"]: (one["id"], taken["kinds"]) for taken in one["taken"]})
        waiting += one["taken"]
    origin, kinds = above["id-kim-putin-vostochny"]
    assert origin in ("en-kim-putin-vostochny", "en-vostochny-talks")  # one is a copy of the other
    assert "translation" in kinds
    page = html.fromstring(reconciled_client.get("/lineage/id-kim-putin-vostochny").text)
    nested = page.xpath("//ul[@class='lineage']//ul[@class='lineage']//a/@href")
    assert "/report/id-kim-putin-vostochny" in nested


def test_a_judgement_must_name_two_entries(own_client: TestClient) -> None:
    assert judged(own_client, "en-vostochny-talks#1", verdict="same") == 400
    assert judged(own_client, "en-vostochny-talks#1", verdict="same", other="en-vostochny-talks") == 400
    assert judged(own_client, "en-vostochny-talks#1", verdict="maybe", other="x#1") == 400
    assert judged(own_client, "en-vostochny-talks#1", verdict="same", other="x#1") == 404
