"""Every command and page on a ledger in PostgreSQL says what it says on the same ledger in a file."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("fastapi", reason="the web pages need fastapi")

from fastapi.testclient import TestClient
from made_server import start

from kronik.show.command_line import commands
from kronik.show.web.application import make_application
from kronik.show.web.connections import FRESH_SECONDS
from kronik.show.web.serving import prepare
from kronik.show.web.settings import Settings
from kronik.store.location import Location, located

sys.path.insert(0, str(Path(__file__).parents[1] / "reconcile"))
from reconciled_examples import filled, pages

REPORT = "en-kim-putin-vostochny"
CHANGING = re.compile(r"[0-9a-f]{64}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(\+00:00|Z| UTC)?")
COMMANDS = [
    "timeline", "timeline --json", "timeline --type CONSULT --since 2023-09 --limit 5", "timeline --country RUS",
    "timeline --participant Putin --json", "timeline --place Vostochny --source nothing", "find Kim --json",
    'find "Kim Jong Un" --anywhere', f"show {REPORT}", f"show {REPORT} --json", f"show {REPORT} --page",
    f"show {REPORT}#1", "show none", f"explain {REPORT}", f"explain {REPORT}#1", "stories", "stories --json",
    f"lineage {REPORT}", f"lineage {REPORT} --json", "failed", "export --to jsonl --what reports",
    "export --to csv --what quotes", "export --to jsonl --what entities", "export --to jsonl --what entries",
    "export --to jsonl --what lineage", "export --to jsonl --what stories", "export --to csv --type CONSULT Kim",
    "export --to plover --once", "export --to polecat", "export --to gdelt", "export --to ftm", "export --to geojson",
    "export --to jsonld", "dossier Putin -o -", "dossier Russia -o -", "dossier Vostochny -o -",
]  # fmt: skip
LEDGERS = {
    "visits": ("date", "who", "with", "place"), "meetings": ("type", "source"), "agreements": ("status",),
    "transfers": ("items", "quantity"), "sanctions": ("with",), "statements": ("date", "who", "words", "source"),
}  # fmt: skip
ADDRESSES = [
    "/", "/?order=newest", "/?type=CONSULT&since=2023&until=2023", "/?since=2023-09&until=2023-09", "/?text=Kim&page=2",
    "/?participant=Putin&country=RUS&place=Vostochny", "/map", "/network", "/network?level=countries", "/stories",
    f"/lineage/{REPORT}", f"/report/{REPORT}", f"/entry/{REPORT}%231", f"/entry/{REPORT}%232", "/add", "/country/RUS",
    "/who/Vladimir%20Putin", "/api/timeline", "/api/find?text=Kim&order=newest", f"/api/show/{REPORT}",
    f"/api/explain/{REPORT}%231", "/api/stories", f"/api/lineage/{REPORT}", "/api/who/Vladimir%20Putin",
    "/api/export?what=entries", "/api/dossier?query=Putin", "/feed.atom", "/feed.atom?country=RUS",
    "/ledger/visits.csv", "/ledger/statements?text=said&participant=Putin&since=2023",
    *(f"/ledger/{name}?sort={way}{sort}" for name, sorts in LEDGERS.items() for sort in sorts for way in ("", "-")),
]  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Location, Location]]:
    """The bundled examples, reconciled and served once, in a file and on a server."""
    for server in start():
        with server.database() as address:
            places = (tmp_path_factory.mktemp("team") / "chronicle.db", located(address))
            for place in places:
                filled(place, pages()).close()
                prepare(place)
            yield places


def said(place: Location, line: str) -> tuple[int, str, str]:
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
    db = place.address if not isinstance(place, Path) else str(place)
    result = CliRunner().invoke(commands, [*words, "--db", db])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    told = [CHANGING.sub("…", text).replace(str(place), "LEDGER") for text in (result.stdout, result.stderr)]
    return result.exit_code, told[0], told[1]


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_say_the_same(both: tuple[Location, Location], line: str) -> None:
    in_file, on_server = (said(place, line) for place in both)
    assert on_server == in_file
    assert in_file[0] == (1 if line == "show none" else 0), in_file[2]


@pytest.fixture(scope="module")
def clients(both: tuple[Location, Location]) -> Iterator[tuple[TestClient, TestClient]]:
    one, other = (TestClient(make_application(Settings(p, secret="x" * 40)), base_url="http://127.0.0.1") for p in both)
    with one, other:
        yield one, other


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_show_the_same(clients: tuple[TestClient, TestClient], address: str) -> None:
    in_file, on_server = (client.get(address) for client in clients)
    assert (in_file.status_code, on_server.status_code) == (200, 200)
    assert CHANGING.sub("…", on_server.text) == CHANGING.sub("…", in_file.text)


def test_what_is_judged_and_added_counts_at_once(both: tuple[Location, Location], tmp_path: Path) -> None:
    """Last, as it changes both ledgers."""
    story = max(map(json.loads, said(both[0], "stories --json")[1].splitlines()), key=lambda one: len(one["reports"]))
    left, right = story["reports"][:2]
    (tmp_path / "void.txt").write_text("")
    (tmp_path / "rice.txt").write_text(
        "Minister Ana Lee visited Beijing on 5 May 2024.\n\nShe met officials there.\n" * 3
    )
    for place in both:
        with TestClient(make_application(Settings(place)), base_url="http://127.0.0.1") as client:
            before = client.get("/api/timeline?size=1").json()["total"]
            assert said(place, f"judge {left} {right} --stories --say different --by ana")[0] == 0
            assert said(place, f"add {tmp_path} --fast --jobs 1")[0] == 1
            assert "void.txt" in said(place, "failed")[1]
            assert said(place, "retry --fast --jobs 1")[0] == 1
            time.sleep(FRESH_SECONDS)  # so long what was worked out is shown
            assert client.get("/api/timeline?size=1").json()["total"] > before
    assert said(both[0], "stories --json") == said(both[1], "stories --json")
    assert said(both[0], "timeline") == said(both[1], "timeline")
    assert story not in [json.loads(line) for line in said(both[1], "stories --json")[1].splitlines()]
