"""Files, folders and standard input to pages; everything that can be wrong with them."""

import gzip
import io
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as with_any
from hypothesis import strategies as st

from kronik.errors import UsageError
from kronik.model import Page
from kronik.read.sources import Unreadable, read_pages

HTML = "<!doctype html><html><body><article><p>Presiden tiba di Jakarta.</p></article></body></html>"
TEXT = "JAKARTA – Presiden tiba di Jakarta, Selasa (5/9)."


def one(*args, **options):
    (result,) = read_pages(*args, **options)
    return result


def told(*args, **options):
    result = one(*args, **options)
    assert isinstance(result, Unreadable)
    line = str(result)
    assert "\n" not in line
    assert ": " in line
    return line


def standard_input(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_an_html_file(tmp_path):
    path = tmp_path / "id-1.html"
    path.write_text(HTML)
    os.utime(path, (0, datetime(2023, 9, 18, 12, tzinfo=UTC).timestamp()))
    assert one([path]) == Page(id="id-1", origin=str(path), body=HTML, format="html", seen=date(2023, 9, 18))


def test_a_text_file_and_what_the_call_gives(tmp_path):
    path = tmp_path / "talks.v2.txt"
    path.write_text(TEXT)
    page = one(str(path), format="html", language="id", published=date(2023, 9, 5))
    assert (page.id, page.format, page.language, page.published) == ("talks.v2", "html", "id", date(2023, 9, 5))
    assert one(path).format == "text"


def test_gzipped_files_are_known_by_their_bytes(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(HTML.encode()))
    (tmp_path / "b.txt").write_bytes(gzip.compress(TEXT.encode()))
    pages = list(read_pages([tmp_path]))
    assert [(page.id, page.format) for page in pages] == [("a", "html"), ("b", "text")]


def test_a_folder_in_order_without_hidden_files_and_other_kinds(tmp_path):
    for name in ("b.txt", "a.HTM", "c/z.txt", "c/a.txt", ".hidden.txt", ".git/x.txt", "picture.png", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    (tmp_path / "d.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    (tmp_path / "e.ndjson.gz").write_bytes(gzip.compress(b'{"text": "three"}'))
    assert [page.id for page in read_pages([tmp_path])] == ["a", "b", "a", "z", "d-1", "d-2", "e-1"]


def test_links_in_a_folder_are_followed_without_circles(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text(TEXT)
    (inner / "up").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(inner / "a.txt")
    assert [page.id for page in read_pages([tmp_path])] == ["b", "a"]


def test_a_bad_file_in_a_folder_does_not_stop_the_rest(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "c.txt").write_text("")
    (tmp_path / "d.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "e.txt")
    (tmp_path / "f.txt").write_text(TEXT)
    results = list(read_pages([tmp_path]))
    assert [r.id for r in results if isinstance(r, Page)] == ["a", "f"]
    reasons = [r.reason.split(":")[0] for r in results if isinstance(r, Unreadable)]
    assert reasons == [
        "binary, not a page",
        "empty, nothing to read",
        f"a link to {tmp_path}/nowhere, which does not exist",
        "no regular file",
    ]


def test_a_folder_without_pages(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"x")
    assert "a folder without pages" in told(tmp_path)


def test_a_dangling_link_given_by_itself(tmp_path):
    link = tmp_path / "a.html"
    link.symlink_to(tmp_path / "gone.html")
    assert "gone.html, which does not exist" in told(link)


def test_a_page_over_the_limit(tmp_path):
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "larger than the limit of 20 MB" in told(path)
    path.write_text(HTML)
    assert "10 bytes" in told(path, max_bytes=10)
    assert isinstance(one(path, max_bytes=len(HTML)), Page)


def test_a_small_gzip_that_unpacks_to_a_large_page(tmp_path):
    path = tmp_path / "bomb.html.gz"
    path.write_bytes(gzip.compress(b"<p>x</p>" * 1_000_000))
    assert "larger than the limit" in told(path, max_bytes=1_000_000)


@pytest.mark.parametrize("spoil", [lambda data: data[:-12], lambda data: data[:15] + b"\xff" * 20 + data[35:]])
def test_a_damaged_gzip(tmp_path, spoil):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(spoil(gzip.compress(os.urandom(300).hex().encode())))
    assert "damaged gzip" in told(path)


def test_json_over_several_lines(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{\n  "text": "x"\n}')
    assert "not one report a line" in told(path)
    path.write_text('{"text": "x"}')
    assert one(path).body == "x"


def test_no_permission(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "no permission to read it" in told(path)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "no permission to read it" in told(tmp_path)


def test_a_file_name_that_is_no_utf_8(tmp_path):
    path = os.fsencode(tmp_path) + b"/a\xff\nb.txt"
    Path(os.fsdecode(path)).write_text(TEXT)
    page = one(os.fsdecode(path))
    assert page.id == "a\ufffd\ufffdb"
    page.origin.encode()


def test_standard_input(monkeypatch):
    standard_input(monkeypatch, HTML.encode())
    page = one("-")
    assert (page.id, page.origin, page.format) == ("stdin", "standard input", "html")
    standard_input(monkeypatch, b'{"text": "one"}\n{"text": "two"}\n')
    assert [page.id for page in read_pages(["-"])] == ["stdin-1", "stdin-2"]
    standard_input(monkeypatch, gzip.compress(TEXT.encode()))
    assert one("-").body == TEXT
    assert not sys.stdin.closed
    standard_input(monkeypatch, b"")
    assert "empty" in told("-")


def test_a_format_given_reads_json_as_text(monkeypatch):
    standard_input(monkeypatch, b'{"text": "one"}')
    assert one("-", format="text").body == '{"text": "one"}'


def test_several_sources_in_their_order(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT)
    standard_input(monkeypatch, TEXT.encode())
    assert [page.id for page in read_pages([tmp_path / "a.txt", "-", tmp_path])] == ["a", "stdin", "a"]


@pytest.mark.parametrize(
    "source",
    [
        "no/such/file.html",
        "",
        "a\x00b",
        "x" * 5000,
        "ftp://news.example/1",
        "http://",
        "http://[broken",
        "http://news.example:port/",
        "https://user:secret@news.example/",
        "http://news.example/a\nb",
    ],
)
def test_a_wrong_source_is_refused_before_anything_is_read(source):
    with pytest.raises(UsageError) as refused:
        read_pages(["-", source])
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "options", [{"format": "pdf"}, {"language": "xx"}, {"max_bytes": 0}, {"timeout": 0}, {"timeout": float("nan")}]
)
def test_a_wrong_option_is_refused(options):
    with pytest.raises(UsageError):
        read_pages([], **options)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@with_any(st.binary(max_size=300), st.sampled_from(["a.html", "a.txt", "a.jsonl", "a.html.gz", "a"]), st.booleans())
def test_any_bytes_in_a_file_never_raise(tmp_path, data, name, packed):
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if packed else data)
    results = list(read_pages([path]))
    assert results
    for result in results:
        f"{result}".encode()
        assert isinstance(result, Page) or "\n" not in str(result)
