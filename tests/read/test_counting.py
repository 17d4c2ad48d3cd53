import gzip
from pathlib import Path

import pytest

from kronik.read.counting import count_pages
from kronik.read.sources import read_pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.html").write_text("<p>One.</p>")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.txt").write_text("Two.")
    (tmp_path / "deep" / "c.jsonl").write_text('{"text": "Three."}\n{"text": "Four."}')
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Five."}\n'))
    (tmp_path / "e.ndjson.gz").write_bytes(b"\x1f\x8bdamaged")
    (tmp_path / "picture.png").write_bytes(b"no page")
    return tmp_path


def test_as_many_are_counted_as_are_read(folder: Path) -> None:
    assert count_pages([folder]) == len(list(read_pages([folder]))) == 6
    assert count_pages([str(folder / "a.html"), "https://example.org/"]) == 2
    lines = folder / "lines.txt"
    lines.write_text('{"text": "Six."}\n{"text": "Seven."}\n')
    assert count_pages([lines], lines=True) == 2


def test_what_is_piped_in_cannot_be_counted() -> None:
    assert count_pages(["-"]) is None


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz", "news.WACZ"])
def test_what_an_archive_holds_cannot_be_counted(folder: Path, name: str) -> None:
    (folder / "deep" / name).write_bytes(b"")
    assert count_pages([folder]) is None
