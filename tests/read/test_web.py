"""Addresses to pages, against a server on this machine."""

import gzip
import socket
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from kronik.model import Page
from kronik.read import public_address, web
from kronik.read.json_lines import url_id
from kronik.read.sources import Unreadable, read_pages

HTML = b"<!doctype html><html><body><p>Menteri tiba di Jakarta.</p></body></html>"
LATIN = "<html><body><p>São Tomé dan Príncipe</p></body></html>".encode("latin-1")


class Site(BaseHTTPRequestHandler):
    """A site whose every path is something that goes well or wrong."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path.startswith("/hop/"):
            left = int(path.rsplit("/", 1)[1])
            return self.redirect(f"/hop/{left - 1}" if left else "/page")
        match path:
            case "/page":
                self.answer(HTML)
            case "/latin":
                self.answer(LATIN, "text/html; charset=ISO-8859-1")
            case "/plain":
                self.answer("JAKARTA – Menteri tiba.".encode(), "text/plain; charset=utf-8")
            case "/untyped":
                self.answer(HTML, None)
            case "/packed":
                self.answer(gzip.compress(HTML), extra={"Content-Encoding": "gzip"})
            case "/badly-packed":
                self.answer(b"no gzip at all", extra={"Content-Encoding": "gzip"})
            case "/bomb":
                self.answer(gzip.compress(b"x" * 5_000_000), extra={"Content-Encoding": "gzip"})
            case "/pdf":
                self.answer(b"%PDF-1.7", "application/pdf")
            case "/hidden-pdf":
                self.answer(b"%PDF-1.7")
            case "/empty":
                self.answer(b"")
            case "/large":
                self.answer(b"x" * 3_000_000)
            case "/endless":
                self.start(200, {"Content-Type": "text/html", "Connection": "close"})
                try:
                    while True:
                        self.wfile.write(b"<p>again</p>" * 1000)
                except OSError:
                    pass
            case "/slow":
                time.sleep(1)
                self.answer(HTML)
            case "/drip":
                self.start(200, {"Content-Type": "text/html", "Content-Length": "1000"})
                try:
                    for _ in range(40):
                        self.wfile.write(b"x")
                        time.sleep(0.05)
                except OSError:
                    pass
            case "/cut":
                self.start(200, {"Content-Type": "text/html", "Content-Length": "1000"})
                self.wfile.write(b"<p>")
                self.close_connection = True
            case "/circle":
                self.redirect("/circle")
            case "/to-ftp":
                self.redirect("ftp://news.example/a")
            case "/to-file":
                self.redirect("file:///etc/hostname")
            case "/to-user":
                self.redirect("http://user:secret@127.0.0.1/")
            case "/to-nonsense":
                self.redirect("http://news.example:port/")
            case "/to-nowhere":
                self.start(302, {"Content-Length": "0"})
            case "/host":
                self.answer(b"<p>" + self.headers["Host"].encode() + b"</p>")
            case _ if path[1:].isdigit():
                self.answer(b"<p>sorry</p>", status=int(path[1:]))
            case _:
                self.answer(b"<p>not here</p>", status=404)

    def start(self, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def answer(self, body, media_type="text/html", status=200, extra=None):
        headers = {"Content-Length": str(len(body)), **(extra or {})}
        if media_type:
            headers["Content-Type"] = media_type
        self.start(status, headers)
        self.wfile.write(body)

    def redirect(self, to):
        self.start(302, {"Location": to, "Content-Length": "0"})

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # a client that hangs up is what the tests are about


@pytest.fixture(scope="module")
def site():
    server = Server(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def one(url, **options):
    (result,) = read_pages([url], **options)
    return result


def told(url, **options):
    result = one(url, **options)
    assert isinstance(result, Unreadable), result
    assert result.origin == url
    assert "\n" not in result.reason
    assert ": " in result.reason  # what is wrong, then what to do
    return result.reason


def test_a_page(site):
    url = f"{site}/page"
    page = one(url)
    assert page == Page(
        id=url_id(url), origin=url, body=HTML.decode(), format="html", url=url, seen=datetime.now(UTC).date()
    )


def test_the_part_after_the_hash_names_no_other_page(site):
    assert one(f"{site}/page#comments").id == one(f"{site}/page").id
    assert one(f"{site}/page?a=1").id != one(f"{site}/page").id


def test_encodings_and_formats(site):
    assert "São Tomé dan Príncipe" in one(f"{site}/latin").body
    assert one(f"{site}/plain").format == "text"
    assert one(f"{site}/plain", format="html").format == "html"
    assert one(f"{site}/untyped").format == "html"
    assert one(f"{site}/packed").body == HTML.decode()


def test_redirects_are_followed_to_the_final_address(site):
    page = one(f"{site}/hop/{web.MAX_REDIRECTS - 1}")
    assert page.url == f"{site}/page"
    assert page.id == url_id(f"{site}/hop/{web.MAX_REDIRECTS - 1}")


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/hop/5", "more than 5 redirects"),
        ("/circle", "circle"),
        ("/to-ftp", "leads to a ftp address"),
        ("/to-file", "leads to a file address"),
        ("/to-user", "user name"),
        ("/to-nonsense", "cannot be fetched"),
        ("/to-nowhere", "302"),
        ("/nothing", "404 Not Found, no such page"),
        ("/403", "403 Forbidden, the site refuses"),
        ("/429", "429 Too Many Requests"),
        ("/503", "503 Service Unavailable, the site fails"),
        ("/599", "599, the site fails"),
        ("/pdf", "is application/pdf, not a page"),
        ("/hidden-pdf", "a PDF, not a page"),
        ("/empty", "empty"),
        ("/badly-packed", "damaged answer"),
        ("/cut", "cannot be fetched"),
    ],
)
def test_what_goes_wrong_is_told(site, path, word):
    reason = told(f"{site}{path}")
    assert word in reason
    assert "secret" not in reason


@pytest.mark.parametrize("path", ["/large", "/endless", "/bomb"])
def test_a_page_over_the_limit(site, path):
    assert "larger than the limit of 1 MB" in told(f"{site}{path}", max_bytes=1_000_000)


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_a_page_that_takes_too_long(site, path):
    started = time.monotonic()
    reason = told(f"{site}{path}", timeout=0.3)
    assert time.monotonic() - started < 0.9
    assert "try again later" in reason


def test_no_server_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be fetched (Connection refused)" in told(f"http://127.0.0.1:{port}/")


def test_a_bad_address_does_not_stop_the_rest(site):
    results = list(read_pages([f"{site}/404", f"{site}/page"]))
    assert [type(result) for result in results] == [Unreadable, Page]


def test_public_only_refuses_this_machine(site):
    assert "not public (127.0.0.1)" in told(f"{site}/page", public_only=True)
    assert "not public" in told(site.replace("127.0.0.1", "localhost"), public_only=True)


def test_public_only_refuses_a_redirect_to_a_private_address(site, monkeypatch):
    port = int(site.rsplit(":", 1)[1])

    def resolve(host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7" if host == "10.0.0.7" else "127.0.0.1", port))]

    monkeypatch.setattr(public_address.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(public_address, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(
        Site, "redirect", lambda self, to: self.start(302, {"Location": "http://10.0.0.7/", "Content-Length": "0"})
    )
    assert "10.0.0.7 is not public" in told(f"http://news.example:{port}/circle", public_only=True)


def test_public_only_connects_to_the_address_that_was_checked_and_asks_by_name(site, monkeypatch):
    port = int(site.rsplit(":", 1)[1])
    monkeypatch.setattr(web, "public_addresses", lambda host, port: ("127.0.0.1",))
    page = one(f"http://news.example:{port}/host", public_only=True)
    assert page.body == f"<p>news.example:{port}</p>"
    assert page.url == f"http://news.example:{port}/host"


def test_the_pinned_request_keeps_the_name_for_the_certificate():
    with httpx.Client() as client:
        request = web._pinned(client, httpx.URL("https://news.example/a?b"), "news.example", "2001:db8::1")
    assert str(request.url) == "https://[2001:db8::1]/a?b"
    assert request.headers["Host"] == "news.example"
    assert request.extensions["sni_hostname"] == "news.example"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
    ],
)
def test_is_public(address, public):
    assert public_address.is_public(address) is public


def test_a_host_that_cannot_be_resolved():
    assert "cannot be resolved" in told("http://no-such-host.invalid/", public_only=True)
    assert "cannot be fetched" in told("http://no-such-host.invalid/")
