"""The page itself is kept beside what was read from it, and left out where that is said or it is too large."""

from __future__ import annotations

import zlib

import pytest
from made_readings import TEXT, page, read

from kronik.store import pages
from kronik.store.ledger import Ledger
from kronik.store.pages import kept_page
from kronik.store.writing import add


def body(ledger: Ledger, version: int = 1, id: str = "visit") -> str | None:
    kept = kept_page(ledger, id, version)
    return kept and kept.body


def test_the_page_of_every_version_is_kept_as_it_was_found(ledger: Ledger) -> None:
    add(ledger, page(), read)
    add(ledger, page(body="Rice is dear. <b>Ünïcode</b>\r\n"), read)
    assert body(ledger, 1) == TEXT
    assert body(ledger, 2) == "Rice is dear. <b>Ünïcode</b>\r\n"
    kept = kept_page(ledger, "visit", 1)
    assert kept is not None
    assert kept.format == "html"
    assert body(ledger, 3) is None
    stored = ledger.connection.execute("SELECT body FROM page WHERE version = 1").fetchone()[0]
    assert len(stored) < len(TEXT.encode())
    assert zlib.decompress(stored).decode() == TEXT


def test_it_is_left_out_where_that_is_said_and_kept_when_the_page_is_added_again(ledger: Ledger) -> None:
    add(ledger, page(), read, keep_pages=False)
    assert body(ledger) is None
    assert add(ledger, page(), read, keep_pages=False).kind == "unchanged"
    assert body(ledger) is None
    assert add(ledger, page(), read).kind == "unchanged"
    assert body(ledger) == TEXT
    with ledger.writing() as connection:
        connection.execute("UPDATE page SET body = ?", (b"as it was",))
    add(ledger, page(), read)
    assert ledger.connection.execute("SELECT body FROM page").fetchone()[0] == b"as it was"


def test_a_page_that_is_too_large_is_read_and_not_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LARGEST", len(TEXT.encode()) - 1)
    assert add(ledger, page(), read).kind == "added"
    assert body(ledger) is None


def test_a_page_that_cannot_be_read_is_not_kept(ledger: Ledger) -> None:
    assert add(ledger, page(body="! none"), read).kind == "failed"
    assert ledger.connection.execute("SELECT count(*) FROM page").fetchone()[0] == 0


def test_no_more_is_unpacked_than_was_ever_packed(ledger: Ledger) -> None:
    add(ledger, page(), read)
    bomb = zlib.compress(b" " * (pages.LARGEST * 3))
    ledger.connection.execute("UPDATE page SET body = ?", (bomb,))
    assert len(body(ledger) or "") == pages.LARGEST


def test_half_a_sign_does_no_harm(ledger: Ledger) -> None:
    add(ledger, page("rice", "Rice \ud800 is dear."), lambda found: read(page(found.id, "Rice is dear.")))
    assert body(ledger, id="rice") == "Rice ? is dear."
