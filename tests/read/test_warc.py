"""WARC archives to pages: what is read, what is passed over, and what is damaged."""

import gzip
import io
import sys
import zlib
from datetime import date

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from kronik.model import Page
from kronik.read import gzip_members
from kronik.read.json_lines import url_id
from kronik.read.sources import Unreadable, read_pages

pytest.importorskip("fastwarc", reason="fastwarc is not installed")

from made_archives import html, http, packed, record, response, sha1, unsigned

A, B, C = (f"https://news.example/{name}" for name in "abc")


@pytest.fixture
def read(tmp_path):
    def reading(data, name="news.warc.gz", **options):
        path = tmp_path / name
        path.write_bytes(data)
        return list(read_pages(path, **options))

    return reading


def urls(found):
    return [one.url for one in found if isinstance(one, Page)]


def told(found):
    """What was said, without the folder before it."""
    return [str(one).rpartition("/")[2] for one in found if isinstance(one, Unreadable)]


def test_a_page_has_its_address_and_day_from_the_record(read, tmp_path):
    [page] = read(packed(record("warcinfo", b"software: made\r\n"), response(A)))
    assert page == Page(
        url_id(A), f"{tmp_path / 'news.warc.gz'}:2", html(A).decode(), "html", url=A, seen=date(2023, 9, 17)
    )


@pytest.mark.parametrize("pack", [packed, lambda *all: b"".join(all), lambda *all: gzip.compress(b"".join(all))])
def test_packed_by_record_plain_and_packed_as_a_whole(read, pack):
    found = read(pack(response(A), record("request", b"GET / HTTP/1.1\r\n\r\n"), response(B), response(C)))
    assert urls(found) == [A, B, C]
    assert [one.origin.rpartition(":")[2] for one in found] == ["1", "3", "4"]


def test_known_by_its_beginning_whatever_its_name(read):
    assert urls(read(packed(response(A)), name="download.bin")) == [A]


@pytest.mark.parametrize("before", [b"\r\n", b"garbage " * 50 + b"\r\n", response(B)[100:]])
def test_known_by_its_name_where_its_beginning_is_damaged(read, before):
    found = read(before + response(A), name="news.warc")
    assert urls(found) == [A]
    assert read(b"", name="empty.warc")[0].reason.startswith("an archive without pages")


def test_in_a_folder_and_from_standard_input(read, tmp_path, monkeypatch):
    read(packed(response(A)))
    assert urls(read_pages(tmp_path)) == [A]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(packed(response(B)))))
    assert [page.origin for page in read_pages("-")] == ["standard input:1"]


@pytest.mark.parametrize(
    "other",
    [
        record("revisit", http(b""), {"WARC-Target-URI": B, "Content-Type": "application/http"}),
        record("resource", html(), {"WARC-Target-URI": B, "Content-Type": "text/html"}),
        record("conversion", b"words", {"WARC-Target-URI": B, "Content-Type": "text/plain"}),
        record("metadata", b"fetchTimeMs: 5\r\n"),
        record("a kind of its own", b"anything"),
        response(B, http(html(), status="404 Not Found")),
        response(B, http(html(), status="301 Moved", headers={"Location": A})),
        response(B, http(b"\x89PNG", headers={"Content-Type": "image/png"})),
        response(B, http(b"{}", headers={"Content-Type": "application/json"})),
        response("https://news.example/robots.txt", http(b"Disallow:", headers={"Content-Type": "text/plain"})),
        response("dns:news.example", b"20230917 news.example A 1", {"Content-Type": "text/dns"}),
        response(B, http(b"")),
    ],
)  # fmt: skip
def test_other_records_are_passed_over(read, other):
    found = read(packed(response(A), other, response(C)))
    assert urls(found) == [A, C]
    assert told(found) == []


def test_text_is_read_and_named_so(read):
    [page] = read(packed(response(A, http(b"JAKARTA. <b> The minister came.", headers={"Content-Type": "text/plain"}))))
    assert page.format == "text"


def test_the_encoding_is_that_of_the_header_and_else_of_the_page(read):
    body = "<html><body><p>São Tomé dan Príncipe</p></body></html>".encode("cp1254")
    named = {"Content-Type": "text/html; charset=windows-1254"}
    meta = b'<html><meta charset="windows-1254">' + body
    for block in (http(body, headers=named), http(meta, headers={"Content-Type": "text/html"})):
        [page] = read(packed(response(A, block)))
        assert "São Tomé dan Príncipe" in page.body


def chunked(data):
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (data[:30], data[30:])) + b"0\r\n\r\n"


RAW_DEFLATE = zlib.compress(html(), wbits=-15)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(html()), {"Transfer-Encoding": "chunked"}),
        (gzip.compress(html()), {"Content-Encoding": "gzip"}),
        (zlib.compress(html()), {"Content-Encoding": "deflate"}),
        (RAW_DEFLATE, {"Content-Encoding": "deflate"}),
        (chunked(gzip.compress(html())), {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        # as crawlers keep them that have put together and unpacked the body but not changed its head
        (html(), {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        (html(), {"Content-Encoding": "br"}),
    ],
)
def test_a_body_is_put_together_and_unpacked(read, body, headers):
    [page] = read(packed(response(A, http(body, headers=headers))))
    assert page.body == html().decode()


def test_brotli(read):
    brotli = pytest.importorskip("brotli")
    [page] = read(packed(response(A, http(brotli.compress(html()), headers={"Content-Encoding": "br"}))))
    assert page.body == html().decode()


def test_a_payload_s_digest_may_be_of_the_body_in_any_state(read):
    sent = chunked(gzip.compress(html(), mtime=0))
    headers = {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}
    for state in (sent, gzip.compress(html(), mtime=0), html()):
        found = read(packed(response(A, http(sent, headers=headers), {"WARC-Payload-Digest": sha1(state)})))
        assert urls(found) == [A]


@pytest.mark.parametrize("written", ["sha1:" + "0" * 40, "sha1:nonsense", sha1(b"other"), "sha256:" + "A" * 64])
@pytest.mark.parametrize("header", ["WARC-Block-Digest", "WARC-Payload-Digest"])
def test_a_wrong_digest_sets_the_record_aside_and_no_other(read, header, written):
    found = read(packed(response(A), response(B, headers={header: written}), response(C)))
    assert urls(found) == [A, C]
    [line] = told(found)
    assert line.startswith("news.warc.gz:2: a damaged record, its")
    assert "digest is wrong" in line


def test_digests_in_hexadecimal_and_of_unknown_kinds(read):
    import hashlib

    block = http(html())
    written = {"WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}", "WARC-Payload-Digest": "own:12"}
    assert urls(read(packed(response(A, block, written)))) == [A]


@pytest.mark.parametrize("pack", [packed, lambda *all: b"".join(all)], ids=["packed", "plain"])
@pytest.mark.parametrize("make", [response, unsigned])
@pytest.mark.parametrize("length", ["20", "90", "180", "300", "100000", "99999999999", "-5", "many", ""])
def test_a_wrong_length_sets_the_record_aside_and_no_other(read, pack, make, length):
    wrong = make(B, headers={"Content-Length": length}) if make is response else make(B, Content_Length=length)
    found = read(pack(response(A), wrong, response(C)), name="news.warc")
    assert urls(found) == [A, C]
    assert told(found)
    assert all("damaged record" in line or "larger than" in line or "no WARC" in line for line in told(found))
    assert len(told(found)) <= 2


def test_bytes_of_a_record_changed_in_its_gzip(read):
    broken = bytearray(packed(response(B)))
    broken[80:84] = b"\xff\xff\xff\xff"
    found = read(packed(response(A)) + bytes(broken) + packed(response(C)))
    assert urls(found) == [A, C]
    assert told(found) == ["news.warc.gz:2: damaged gzip: get the file again"]


@pytest.mark.parametrize(
    "between", [b"\x00" * 512, b"garbage\r\n" * 20, b"\x1f\x8b\x08 no gzip", packed(response(B))[:-20]]
)
def test_what_stands_between_the_members_costs_no_record(read, between):
    found = read(packed(response(A)) + between + packed(response(C)))
    assert [url for url in urls(found) if url != B] == [A, C]


@pytest.mark.parametrize(
    "between", [b"\x00" * 512, b"garbage\r\n" * 20, response(B)[:-40], b"WARC/1.0\r\nWARC-Type: response"]
)
def test_what_stands_between_plain_records_costs_no_other(read, between):
    found = read(response(A) + between + b"\r\n\r\n" + response(C), name="news.warc")
    assert urls(found) == [A, C]
    assert told(found)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.95])
def test_an_archive_that_is_cut_off_gives_what_is_whole(read, kept):
    last = packed(unsigned(B, http(html("word " * 400))))
    found = read(packed(response(A)) + last[: int(kept * len(last))])
    assert urls(found) == [A]
    assert told(found) == ["news.warc.gz:2: damaged gzip, cut off in the middle: get the file again"]
    last = unsigned(B, http(html("word " * 400)))
    found = read(response(A) + last[: int(kept * len(last))], name="news.warc")
    assert urls(found) == [A]
    assert told(found) == ["news.warc:2: a damaged record, cut off: get the archive again"]


def test_an_intact_record_is_not_searched_for_others(read):
    """A page that holds the beginning of a record must not become one by what stands after it."""
    planted = html() + b"\r\n\r\n" + response("https://trusted.example/planted") + b"</html>"
    found = read(response(A, http(planted)) + b"garbage" * 5 + b"\r\n" + response(C), name="news.warc")
    assert urls(found) == [A, C]


def test_a_record_over_the_limit_is_told_and_skipped(read):
    for pack in (packed, lambda *all: b"".join(all)):
        found = read(
            pack(response(A), response(B, http(b"x" * 300_000)), response(C)), name="n.warc", max_bytes=100_000
        )
        assert urls(found) == [A, C]
        assert "n.warc:2: larger than the limit of 0.1 MB" in told(found)[0]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_page_that_unpacks_to_more_than_the_limit(read, encoding):
    bomb = (gzip.compress if encoding == "gzip" else zlib.compress)(b"x" * 5_000_000)
    found = read(packed(response(A, http(bomb, headers={"Content-Encoding": encoding}))), max_bytes=1_000_000)
    assert "larger than the limit of 1 MB" in told(found)[0]


@pytest.mark.parametrize("filling", [b"\r\n", b"\x00", record("warcinfo", b"")])
def test_gzip_without_end(read, monkeypatch, filling):
    monkeypatch.setattr(gzip_members, "SPARE", 1_000_000)
    endless = gzip.compress(response(A) + filling * (30_000_000 // len(filling)))
    found = read(endless)
    assert urls(found) == [A]
    assert any("unpacks to more than 100 times its size" in line or "no WARC" in line for line in told(found))
    assert len(told(found)) <= 2


def test_an_archive_that_is_nothing_but_damage_is_given_up(read, monkeypatch):
    from kronik.read import warc_records

    monkeypatch.setattr(warc_records, "DAMAGES", 5)
    found = read(response(A) + b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 50, name="news.warc")
    assert urls(found) == [A]
    assert len(told(found)) == 6
    assert told(found)[-1].endswith("more than 5 damaged places: the rest was not read")


def test_no_page_in_it(read):
    assert told(read(packed(record("warcinfo", b"software: made\r\n")))) == [
        "news.warc.gz: an archive without pages, no HTML or text response of status 200 in it: give another"
    ]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://name:secret@news.example/", "holds a user name"),
        ("https:///nowhere", "no valid address"),
        ("https://news.example/\x07bell", "no valid address"),
        ("https://[news/", "no valid address"),
        ("", "gives no address"),
    ],
)
def test_addresses_that_cannot_be(read, url, words):
    found = read(packed(response(url), response(C)))
    assert urls(found) == [C]
    assert words in told(found)[0]


@pytest.mark.parametrize(("written", "day"), [("2023-09-17T22:10:00.123Z", date(2023, 9, 17)), ("yesterday", None)])
def test_the_day(read, written, day):
    [page] = read(packed(response(A, headers={"WARC-Date": written})))
    assert page.seen == day


def test_null_bytes_and_heads_without_end(read):
    bad = [
        response(B, http(b"<p>a\x00b\x00c</p>" * 20)),
        response(B, b"\x00" * 5000),
        response(B, b"HTTP/1.1 200 OK" * 9999),
    ]
    found = read(packed(response(A), *bad, response(C)))
    assert urls(found) == [A, C]
    assert len(told(found)) == 2
    long_head = response(B, headers={"WARC-Long": "x" * 300_000})
    for pack in (packed, lambda *all: b"".join(all)):
        assert urls(read(pack(response(A), long_head, response(C)), name="n.warc")) == [A, C]


def test_memory_stays_bounded_whatever_the_archive_s_size(tmp_path):
    import tracemalloc

    path = tmp_path / "large.warc.gz"
    one = packed(response(A, http(html("word " * 20_000))))
    path.write_bytes(one * 400)  # 40 MB unpacked
    tracemalloc.start()
    pages = sum(1 for _ in read_pages(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert pages == 400
    assert peak < 5_000_000


WHOLE = [response(A), record("request", b"GET / HTTP/1.1\r\n\r\n"), response(B), response(C)]


@settings(max_examples=60, deadline=None)
@for_any(plain=st.booleans(), at=st.floats(0, 1), change=st.binary(max_size=12), drop=st.integers(0, 40))
def test_damage_anywhere_never_raises_and_makes_no_page(tmp_path_factory, plain, at, change, drop):
    data = b"".join(WHOLE) if plain else packed(*WHOLE)
    place = int(at * len(data))
    path = tmp_path_factory.getbasetemp() / ("any.warc" if plain else "any.warc.gz")
    path.write_bytes(data[:place] + change + data[place + drop :])
    for one in read_pages(path):
        assert isinstance(one, Page | Unreadable)
        if isinstance(one, Page) and one.url in (A, B, C):
            assert one.body == html(one.url).decode() or place < 600


def test_without_fastwarc_it_is_said_how_to_get_it(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    assert told(read(packed(response(A)))) == [
        "news.warc.gz: this needs the package fastwarc: install it with `pip install 'kronik[archives]'`"
    ]
