"""Fifty people read while another kronik adds pages: no error, no wait for a lock, and what is added shows."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
from browser import server

from kronik.show.web.connections import FRESH_SECONDS
from kronik.store.ledger import open_ledger

READERS = 50
PAGES = 30
SECONDS = 60
VIEWS = ("/", "/?q=putin", "/?type=CONSULT&country=RUS", "/map", "/network", "/ledger/visits", "/ledger/statements",
         "/report/en-vostochny-talks", "/who/Vladimir%20Putin", "/api/timeline?size=20", "/feed.atom")  # fmt: skip


def pages(folder: Path, number: int) -> Path:
    folder.mkdir()
    for n in range(number):
        (folder / f"page{n}.txt").write_text(
            f"President Joko Widodo visited Beijing on {n % 28 + 1} October 2023 and met President Xi Jinping.\n\n"
            f"“We agreed on {n + 2} points,” Widodo said in Beijing after the talks about railways.",
            "utf-8",
        )
    return folder


def test_fifty_read_while_another_adds(own_db: Path, tmp_path: Path) -> None:
    folder = pages(tmp_path / "pages", PAGES)
    wrong: list[str] = []
    slowest = 0.0
    done = threading.Event()
    began = time.monotonic()

    def read(number: int, address: str) -> None:
        nonlocal slowest
        with httpx.Client(base_url=address, timeout=SECONDS, trust_env=False) as client:
            turn = number
            while turn < number + 2 or not (done.is_set() or time.monotonic() - began > SECONDS):
                view = VIEWS[turn % len(VIEWS)]
                asked = time.monotonic()
                answer = client.get(view)
                slowest = max(slowest, time.monotonic() - asked)
                if answer.status_code != 200 or 'role="alert"' in answer.text:
                    wrong.append(f"{view}: {answer.status_code}")
                turn += 1
                time.sleep(0.1)  # as people do, and so that the one who adds has a turn as well

    with server(own_db) as address:
        command = [sys.executable, "-c", "from kronik.show.command_line import main; main()", "add", str(folder)]
        adding = subprocess.Popen([*command, "--db", str(own_db)], stderr=subprocess.PIPE, text=True)
        readers = [threading.Thread(target=read, args=(number, address)) for number in range(READERS)]
        for one in readers:
            one.start()
        said = adding.communicate(timeout=2 * SECONDS)[1]
        done.set()
        for one in readers:
            one.join(2 * SECONDS)
        assert adding.returncode == 0, said
        assert wrong == []
        time.sleep(FRESH_SECONDS + 0.1)
        shown = httpx.get(f"{address}/api/timeline", params={"q": "Xi Jinping", "size": 1}, trust_env=False).json()
    with open_ledger(own_db) as ledger:
        assert ledger.connection.execute("SELECT count(*) FROM report WHERE id LIKE 'page%'").fetchone()[0] == PAGES
    assert shown["total"] >= PAGES
    assert slowest < SECONDS / 4
