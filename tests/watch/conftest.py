"""A news site on this machine that counts what it is asked, and a clock that no test waits for."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kronik.watch.fetching import Fetcher
from kronik.watch.hosts import Hosts
from kronik.watch.state import State


@dataclass
class Site:
    """What each path answers: its status, its headers, its body. ``asked`` are the paths in order."""

    address: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def put(self, path, body=b"", status=200, **headers):
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, data)

    def feed(self, *pages, **headers):
        items = "".join(
            f"<item><title>About {page}</title><link>/{page}</link>"
            "<pubDate>Sun, 17 Sep 2023 06:10:00 +0700</pubDate></item>"
            for page in pages
        )
        self.put("/feed", f"<rss><channel>{items}</channel></rss>", Content_Type="application/rss+xml", **headers)

    def article(self, page, words):
        body = f"<html><head><title>{page}</title></head><body><article><p>{words}</p></article></body></html>"
        self.put(f"/{page}", body, Content_Type="text/html; charset=utf-8")

    def times(self, path):
        return Counter(self.asked)[path]


@pytest.fixture
def site():
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            made.asked.append(self.path)
            made.headers.append(dict(self.headers))
            status, headers, body = made.answers.get(self.path, (404, {}, b""))
            if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    at: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def now(self):
        return self.at

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def state(tmp_path):
    with State(tmp_path / "news.watch") as opened:
        yield opened


@pytest.fixture
def hosts(state, clock):
    return Hosts(state, interval=5.0, now=clock.now, sleep=clock.sleep, jitter=lambda: 1.0)


@pytest.fixture
def fetcher(state, hosts):
    return Fetcher(state, hosts, public_only=False, timeout=5.0)
