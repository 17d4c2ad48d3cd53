"""A ledger to how long each web page takes: the first page, every filter, every view, as a reader would wait."""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from pathlib import Path

import httpx
import uvicorn

from kronik.show.web.application import make_application
from kronik.show.web.queries.choices import choices
from kronik.show.web.serving import prepare, settings_for, warm_up
from kronik.store.ledger import open_ledger

FIRST_PAGE_MS = 200
FILTER_MS = 300
PORT = 8917


def views(db: Path) -> dict[str, list[str]]:
    """Addresses by what they are held to; names, countries and publishers are the ledger's own."""
    with open_ledger(db) as ledger:
        held = choices(ledger)
    country, name, place = held.countries[-1], held.participants[0], held.places[0]
    filters = [
        "q=president", "q=pre", "q=a", "type=CONSULT", "type=CONSULT&type=AID&status=occurred", "mode=visit",
        "status=planned", "language=id", "language=en", "min_confidence=0.8", "since=2023&until=2023", "since=2020",
        f"participant={name}", f"country={country}", "country=IDN", "country=USA", f"place={place}", "order=newest",
        "page=3", "q=president&type=CONSULT&country=IDN&min_confidence=0.6",
        *(f"source={held.sources[n]}" for n in (0, len(held.sources) // 2) if held.sources),
    ]  # fmt: skip
    return {
        "first page": ["/"],
        "filter": [f"/?{one}" for one in filters],
        "view": ["/map", "/map?country=IDN", "/network", "/network?language=id", "/network?level=countries",
                 "/ledger/visits", "/ledger/meetings?sort=-who", "/ledger/transfers", "/ledger/statements",
                 "/ledger/statements?q=president", f"/who/{name}", "/country/USA", "/stories", "/feed.atom",
                 "/api/timeline?size=50"],
    }  # fmt: skip


def main() -> None:
    """Serve the ledger, ask each address, print the milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--times", type=int, default=5, help="how often each address is asked")
    wish = parser.parse_args()
    prepare(wish.ledger)
    with open_ledger(wish.ledger) as ledger:
        reports, events = ledger.connection.execute(
            "SELECT (SELECT count(*) FROM report WHERE superseded_at IS NULL), (SELECT count(*) FROM event)"
        ).fetchone()
    application = make_application(settings_for(wish.ledger, "127.0.0.1", None))
    warm_up(application.state.connections)
    server = uvicorn.Server(uvicorn.Config(application, port=PORT, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    print(f"{reports:,} reports, {events:,} events; milliseconds: waited, of the processor; waited when asked again")
    slow = 0
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60, trust_env=False) as client:

        def asked(address: str) -> tuple[float, float]:
            begun, worked = time.perf_counter(), time.process_time()
            client.get(address).raise_for_status()
            return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)

        for kind, addresses in views(wish.ledger).items():
            limit = FIRST_PAGE_MS if kind == "first page" else FILTER_MS
            for address in addresses:
                first, again = [], []
                for _ in range(wish.times):
                    application.state.connections.forget()
                    warm_up(
                        application.state.connections
                    )  # as at the start, and by the first who asks after an addition
                    first.append(asked(address))
                    again.append(asked(address)[0])
                waited, worked = (statistics.median(one[n] for one in first) for n in (0, 1))
                late = waited > limit
                slow += late
                times = f"{waited:6.0f} {worked:6.0f} {statistics.median(again):6.0f}"
                print(f"{times}  {'SLOW ' if late else ''}{address}", flush=True)
    server.should_exit = True
    print("all within limits" if not slow else f"{slow} beyond {FIRST_PAGE_MS} ms (first page) or {FILTER_MS} ms")


if __name__ == "__main__":
    main()
