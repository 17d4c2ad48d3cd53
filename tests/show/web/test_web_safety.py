"""Who is answered, what a browser may do with an answer, and what is never fetched or shown raw."""

from __future__ import annotations

import base64
import csv
import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kronik.errors import UsageError
from kronik.model import Event, Page, Participant, Reading, Removed, Report, Span
from kronik.show.web.application import make_application
from kronik.show.web.serving import settings_for
from kronik.show.web.settings import Settings
from kronik.store.ledger import open_ledger
from kronik.store.writing import add

TOKEN = "a token that is long enough"
HOSTILE = '<script>alert(1)</script> visited <img src=x onerror=alert(2)> "Rome" & left.'


@pytest.fixture
def guarded(examples_db: Path) -> TestClient:
    return TestClient(
        make_application(Settings(examples_db, TOKEN)), base_url="http://127.0.0.1", follow_redirects=False
    )


def test_a_page_of_another_name_pointed_here_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


def test_every_answer_has_the_policy(client: TestClient) -> None:
    for path in ("/", "/static/kronik.css", "/api/schema", "/nowhere"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
@pytest.mark.parametrize("path", ["/add/read", "/add/keep", "/judge", "/api/add", "/sign-in"])
def test_what_another_site_sends_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, headers=headers).status_code == 403


def test_a_form_without_its_token_changes_nothing(own_client: TestClient, own_db: Path) -> None:
    answer = own_client.post("/judge", data={"id": "en-vostochny-talks#1", "verdict": "wrong", "form_token": "x"})
    assert answer.status_code == 400
    with open_ledger(own_db) as ledger:
        assert ledger.connection.execute("SELECT count(*) FROM decision").fetchone()[0] == 0


def test_the_api_takes_no_form(own_client: TestClient) -> None:
    answer = own_client.post("/api/add", content="text=x", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422
    assert list(answer.json()) == ["error"]
    assert own_client.get("/api/timeline?page=0").json()["error"].startswith("page: ")


def test_what_is_sent_has_a_length_that_can_be_held(own_client: TestClient) -> None:
    assert own_client.post("/api/read", content=iter([b"{}"])).status_code == 411
    assert own_client.post("/api/read", content=b"{}", headers={"Content-Length": "99999999999"}).status_code == 413


def test_a_fault_of_kronik_is_told_without_its_inside(examples_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the inside")

    monkeypatch.setattr("kronik.show.web.pages.stories.stories", fail)
    client = TestClient(
        make_application(Settings(examples_db)), base_url="http://127.0.0.1", raise_server_exceptions=False
    )
    answer = client.get("/stories")
    assert answer.status_code == 500
    assert "ZeroDivisionError" in answer.text
    assert "the inside" not in answer.text


def test_beyond_this_machine_only_with_a_token(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--token"):
        settings_for(tmp_path / "a.db", "0.0.0.0", None)
    with pytest.raises(UsageError, match="too short"):
        settings_for(tmp_path / "a.db", "0.0.0.0", "short")
    assert settings_for(tmp_path / "a.db", "0.0.0.0", TOKEN).hosts == frozenset()
    for host in ("127.0.0.1", "localhost", "::1"):
        assert settings_for(tmp_path / "a.db", host, None).hosts


def test_without_the_token_nothing_is_shown(guarded: TestClient) -> None:
    for path in ("/", "/report/en-vostochny-talks", "/ledger/visits.csv"):
        answer = guarded.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")
    for path in ("/api/timeline", "/api/openapi.json", "/feed.atom"):
        assert guarded.get(path).status_code == 401
    assert guarded.get("/api/timeline", headers={"Authorization": "Bearer wrong"}).status_code == 401
    guarded.cookies.set("kronik_session", "0" * 64)
    assert guarded.get("/").status_code == 303


def test_with_the_token_all_is_shown(guarded: TestClient) -> None:
    assert guarded.get("/api/timeline", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    basic = base64.b64encode(f"reader:{TOKEN}".encode()).decode()
    assert guarded.get("/feed.atom", headers={"Authorization": f"Basic {basic}"}).status_code == 200
    form = form_token(guarded, "/sign-in")
    assert guarded.post("/sign-in", data={"token": "wrong", "form_token": form}).status_code == 403
    answer = guarded.post("/sign-in", data={"token": TOKEN, "form_token": form, "next": "/map"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/map")
    assert TOKEN not in str(answer.headers)
    assert guarded.get("/").status_code == 200


@pytest.mark.parametrize("next", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(guarded: TestClient, next: str) -> None:
    form = form_token(guarded, "/sign-in")
    answer = guarded.post("/sign-in", data={"token": TOKEN, "form_token": form, "next": next})
    assert answer.headers["location"] == "/"


def form_token(client: TestClient, path: str) -> str:
    return client.get(path).text.split('name="form_token" value="')[1].split('"')[0]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://localhost:1/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/",
                "http://0x7f000001/", "http://[::ffff:127.0.0.1]/"],
)  # fmt: skip
def test_addresses_of_this_network_are_not_fetched(own_client: TestClient, address: str) -> None:
    answer = own_client.post("/api/read", json={"address": address})
    assert answer.status_code == 422
    assert "not public" in answer.json()["error"] or "resolved" in answer.json()["error"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x.example/", "-", "/etc/passwd", "javascript:1"])
def test_what_is_no_web_address_is_refused(own_client: TestClient, address: str) -> None:
    assert own_client.post("/api/read", json={"address": address}).status_code == 400


def hostile_reading(page: Page) -> Reading:
    whole = Span(0, len(HOSTILE))
    who = Participant("=cmd|' /C calc'!A0", "<b>x</b>", "person", Span(0, 8), None, '"><script>')
    event = Event("CONSULT", "visit", Span(26, 33), whole, "occurred", 0.9, actors=(who,), because=("<i>rule</i>",))
    report = Report(page.id, "en", HOSTILE, title="<script>t</script>", publisher='"><script>p',
                    url="javascript:alert(3)", not_article=(Removed("<iframe src=//x>", "menu"),))  # fmt: skip
    return Reading(report, (event,))


def test_what_a_report_holds_is_shown_as_text(tmp_path: Path) -> None:
    db = tmp_path / "hostile.db"
    with open_ledger(db, write=True) as ledger:
        add(ledger, Page("x", "x.txt", HOSTILE, "text"), hostile_reading)
    client = TestClient(make_application(Settings(db)), base_url="http://127.0.0.1")
    for path in ("/", "/report/x", "/entry/x%231", "/map", "/network", "/ledger/visits", "/lineage/x", "/?q=<script>"):
        text = client.get(path).text
        for raw in ("<script>", "<img src=x", "<iframe", "<i>rule", "<b>x", "javascript:"):
            assert raw not in text.replace('<script src="', "").replace('<script type="module"', ""), (path, raw)
    cells = list(csv.DictReader(io.StringIO(client.get("/ledger/visits.csv").text)))
    assert cells[0]["actors"].startswith("'=")


def test_a_page_that_is_too_large_is_refused(own_client: TestClient) -> None:
    form = form_token(own_client, "/add")
    answer = own_client.post(
        "/add/read", data={"form_token": form}, files={"file": ("big.txt", b"a" * 5_000_001, "text/plain")}
    )
    assert answer.status_code == 422
    assert "larger than 5 MB" in answer.text
