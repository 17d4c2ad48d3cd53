"""The page as it was found stands beside the text, as text only."""

from __future__ import annotations

import time
from pathlib import Path

from fastapi.testclient import TestClient
from lxml import html

from kronik.show.web.original import passages
from kronik.store.ledger import open_ledger
from kronik.store.pages import LARGEST, KeptPage

SOURCE = """<html><head><title>Rice is dear in the harbour town</title>
<script>var rice = "Rice is dear in Jakarta today";</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<!-- Rice is dear in Jakarta today -->
<p>Rice is dear in <b>Jakarta</b> today &amp; tomorrow.</p><div class="also">Also read: cheap noodles</div>
</body></html>
"""
READING = {
    "report": {
        "text": "Rice is dear in Jakarta today & tomorrow.", "title": "Rice is dear in the harbour town",
        "byline": None, "publisher": None, "dateline_place": None, "not_article": ["Also read: cheap noodles"],
    }
}  # fmt: skip


def sorted_lines(source: str, form: str = "html") -> list[tuple[str, str]]:
    kept = KeptPage("rice", 1, form, source)  # type: ignore[arg-type]
    return [(passage.sort, line.text) for passage in passages(kept, READING) for line in passage.lines]


def test_what_was_read_and_what_was_taken_out_is_known_in_the_source() -> None:
    sorts = [sort for sort, _ in sorted_lines(SOURCE)]
    assert sorts == ["read", "markup", "other", "markup", "read", "markup"]  # the last but one mostly
    minified = SOURCE.replace("\n", "") + " " * 200
    found = {text: sort for sort, text in sorted_lines(minified)}
    assert found["<p>Rice is dear in <b>Jakarta</b> today &amp; tomorrow.</p>"] == "read"
    assert found['<div class="also">Also read: cheap noodles</div></body></html>' + " " * 200] == "removed"
    assert found['<script>var rice = "Rice is dear in Jakarta today";</script></head>'] == "markup"


def test_a_dateline_before_the_words_does_not_hide_them() -> None:
    line = "<p><b>JAKARTA, Made News</b> - Rice is dear in Jakarta today &amp; tomorrow</p>"
    assert sorted_lines(line) == [("read", line)]
    assert sorted_lines("<p>Rice is dear to many people in Kendari, who eat it twice a day</p>")[0][0] == "other"


def test_nothing_of_the_source_is_lost_or_changed() -> None:
    lines = [text for _, text in sorted_lines(SOURCE)]
    assert "\n".join(lines) == SOURCE.rstrip("\n")
    assert [sort for sort, _ in sorted_lines(READING["report"]["text"], "text")] == ["read"]  # type: ignore[arg-type]


def test_broken_and_hostile_markup_is_quick() -> None:
    for piece in ("<!--", "<script", "<", "<p", "</", "İ<P>", "<p>a"):
        began = time.process_time()
        assert sorted_lines(piece * (LARGEST // 8 // len(piece)))
        assert time.process_time() - began < 3, piece


def test_the_page_stands_beside_the_text_and_only_as_text(own_client: TestClient) -> None:
    evil = (
        "<html><body><script>alert('x')</script><img src=x onerror=alert(1)><iframe src='https://evil.example'>"
        "</iframe><p>President Joko Widodo visited Beijing on 17 October 2023 and met President Xi Jinping there.</p>"
    )
    added = own_client.post("/api/add", json={"text": evil}).json()
    address = f"/report/{added['id']}"
    plain = own_client.get(address).text
    assert "onerror" not in plain
    (link,) = html.fromstring(plain).xpath("//a[contains(@href, 'beside=original')]/@href")
    answer = own_client.get(link)
    seen = html.fromstring(answer.text)
    assert seen.xpath("//*[@class='source-lines']//*[not(self::pre or self::details or self::summary)]") == []
    assert not seen.xpath("//iframe | //img | //script[not(@src)] | //*[@onerror]")
    assert "".join(seen.xpath("//pre//text()")).count("onerror=alert(1)") == 1
    told = own_client.get(f"/api/page/{added['id']}")
    assert told.json()["page"] == evil
    assert told.headers["content-type"] == "application/json"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert "Joko Widodo" in seen.xpath("//pre[@class='read']")[0].text_content()
    assert seen.xpath("//*[@class='evidence']"), "the text as it was read stands beside it"


def test_a_report_without_its_page_says_so(own_client: TestClient, own_db: Path) -> None:
    with open_ledger(own_db, write=True) as ledger:
        ledger.connection.execute("DELETE FROM page")
    answer = own_client.get("/report/en-vostochny-talks?beside=original")
    assert "The page itself is not in the ledger." in answer.text
    assert "source-lines" not in answer.text
