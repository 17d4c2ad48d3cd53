"""WACZ archives to pages, and ZIPs that want to do harm."""

import hashlib
import io
import json
import zipfile

import pytest

from kronik.model import Page
from kronik.read import wacz as reading
from kronik.read.sources import Unreadable, read_pages

pytest.importorskip("fastwarc", reason="fastwarc is not installed")

from made_archives import packed, record, response, wacz

A, B = "https://news.example/a", "https://news.example/b"
ONE, TWO = packed(record("warcinfo", b"x: y\r\n"), response(A)), packed(response(B))


@pytest.fixture
def read(tmp_path):
    def reading(data, **options):
        path = tmp_path / "news.wacz"
        path.write_bytes(data)
        return list(read_pages(tmp_path, **options))

    return reading


def urls(found):
    return [one.url for one in found if isinstance(one, Page)]


def told(found):
    return [str(one).partition("news.wacz")[2] for one in found if isinstance(one, Unreadable)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_pages_of_all_warcs_numbered_through(read, method):
    hashes = [{"path": "archive/1.warc.gz", "hash": f"sha256:{hashlib.sha256(ONE).hexdigest()}"}]
    package = json.dumps({"resources": hashes}).encode()
    files = {
        "datapackage.json": package,
        "archive/2.warc": response(B),
        "archive/1.warc.gz": ONE,
        "pages/pages.jsonl": b"{}",
    }
    found = read(wacz(files, method))
    assert urls(found) == [A, B]
    assert [one.origin.rpartition(":")[2] for one in found] == ["2", "3"]


def test_a_wrong_digest_in_the_package_is_told(read):
    package = json.dumps({"resources": [{"path": "archive/1.warc.gz", "hash": f"sha256:{'0' * 64}"}]}).encode()
    found = read(wacz({"datapackage.json": package, "archive/1.warc.gz": ONE}))
    assert urls(found) == [A]
    assert told(found) == [": archive/1.warc.gz: its SHA-256 is not the one that datapackage.json gives"]


@pytest.mark.parametrize(
    "package", [b"", b"[]", b'{"resources": 5}', b'{"resources": [[]]}', b"[" * 100_000, b"\xff\x00"]
)
def test_a_package_that_cannot_be_read_costs_nothing(read, package):
    assert urls(read(wacz({"datapackage.json": package, "archive/1.warc.gz": ONE}))) == [A]


@pytest.mark.parametrize(
    "name", ["../outside.warc.gz", "/etc/outside.warc.gz", "archive/../../x.warc.gz", "c:\\x.warc.gz"]
)
def test_names_that_point_outside_are_left_out(read, name):
    found = read(wacz({name: ONE, "archive/2.warc.gz": TWO}))
    assert urls(found) == [B]
    [line] = told(found)
    assert line.endswith("its name points out of the archive, made to do harm: left out")


def test_a_bomb_is_left_out(read, monkeypatch):
    monkeypatch.setattr(reading, "SPARE", 100_000)
    bomb = {"archive/1.warc": response(A) + b"\r\n" * 5_000_000, "archive/2.warc.gz": TWO}
    found = read(wacz(bomb, zipfile.ZIP_DEFLATED))
    assert urls(found) == [B]
    assert told(found) == [": archive/1.warc: unpacks to more than 100 times its size, made to do harm: left out"]


def test_files_that_lie_over_one_another(read):
    data = bytearray(wacz({"archive/1.warc.gz": ONE * 50, "archive/2.warc.gz": TWO}))
    for start in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        data[start + 20 : start + 24] = len(data).to_bytes(4, "little")
    assert told(read(bytes(data))) == [": a ZIP whose files lie over one another, made to do harm: leave it out"]


def test_too_many_files(read, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_FILES", 3)
    found = read(wacz({f"archive/{n}.warc.gz": TWO for n in range(4)}))
    assert "a ZIP of more than 3 files" in told(found)[0]
    data = bytearray(wacz({"archive/1.warc.gz": ONE}))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (2_000_000_000).to_bytes(4, "little")
    assert "too many files" in told(read(bytes(data)))[0]


def test_an_encrypted_one(read):
    data = bytearray(wacz({"archive/1.warc.gz": ONE}))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert told(read(bytes(data))) == [": archive/1.warc.gz: encrypted: unlock it and pack it again"]


def test_what_is_no_warc_or_no_zip(read):
    assert "no WARC archive" in told(read(wacz({"archive/1.warc.gz": b"%PDF"})))[0]
    assert told(read(b"PK\x03\x04 and no more")) == [": a damaged ZIP: get the archive again"]
    assert "an archive without pages" in told(read(wacz({"pages/pages.jsonl": b"{}"})))[0]


def test_damage_anywhere_never_raises(read):
    whole = wacz({"archive/1.warc.gz": ONE, "archive/2.warc": response(B)}, zipfile.ZIP_DEFLATED)
    for place in range(4, len(whole), 29):
        changed = bytearray(whole)
        changed[place : place + 3] = b"\xff\x00\x7f"
        assert all(isinstance(one, Page | Unreadable) for one in read(bytes(changed)))
        assert all(isinstance(one, Page | Unreadable) for one in read(whole[:place]))


def test_a_zip_that_is_no_wacz_is_no_page(tmp_path):
    (tmp_path / "papers.zip").write_bytes(wacz({"a.txt": b"words"}))
    assert "a ZIP archive or an office document" in str(*read_pages(tmp_path / "papers.zip"))


def test_one_that_is_piped_in(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(wacz({"archive/1.warc.gz": ONE}))))
    assert "a ZIP archive" in str(*read_pages("-"))
