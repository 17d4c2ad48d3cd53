"""Every view of real pages: the gold reports, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from kronik.pipeline import read_one
from kronik.read.sources import read_pages
from kronik.reconcile.running import reconcile
from kronik.show.web.application import make_application
from kronik.show.web.settings import Settings
from kronik.store.ledger import open_ledger
from kronik.store.writing import add_all

GOLD = Path(__file__).parents[4] / "shared" / "gold"
PAGES = 24


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    files = sorted(
        one for part in ("seed", "train") for one in (GOLD / part).glob("*") if one.suffix in (".html", ".txt")
    )
    if not files:
        pytest.skip("the gold reports are not at hand")
    db = tmp_path_factory.mktemp("gold") / "gold.db"
    with open_ledger(db, write=True) as ledger:
        kinds = [one.kind for one in add_all(ledger, read_pages(files[:PAGES]), read_one)]
        reconcile(ledger, "2026-01-01T00:00:00+00:00")
    assert kinds.count("added") > PAGES // 2
    return TestClient(make_application(Settings(db)), base_url="http://127.0.0.1")


def test_every_view_of_every_report(gold: TestClient) -> None:
    entries = gold.get("/api/timeline?size=500").json()["entries"]
    reports = sorted({one["report"] for one in entries})
    assert len(reports) > PAGES // 2
    for report in reports:
        page = html.fromstring(gold.get(f"/report/{report}").text)
        marked = "".join(page.xpath("//mark")[0].itertext())
        assert marked.strip()
        told = gold.get(f"/api/show/{report}").json()
        paragraphs = [one.text_content() for one in page.xpath("//div[@class='text']/p")]
        assert len(paragraphs) == len(told["report"]["text"].split("\n\n"))
        assert gold.get(f"/lineage/{report}").status_code == 200
    for one in entries[:40]:
        assert gold.get(f"/entry/{one['id'].replace('#', '%23')}").status_code == 200
        for who in (*one["actors"], *one["recipients"])[:2]:
            path = f"/country/{who['country']}" if who["kind"] == "country" else f"/who/{who['name']}"
            assert gold.get(path).status_code == 200, path
    for view in ("/", "/map", "/network", "/stories", "/ledger/visits", "/ledger/statements", "/feed.atom"):
        assert gold.get(view).status_code == 200
