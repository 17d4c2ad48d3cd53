"""A page as it was found to its compressed row in the ledger, and back."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

from kronik.model import Page
from kronik.store.connection import Connection
from kronik.store.identity import digest_of, place_of
from kronik.store.ledger import Ledger

LARGEST = 2_000_000
"""A page that is larger is read but not kept, in bytes of UTF-8."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The page of one version of a report, as it was found and decoded."""

    report: str
    version: int
    format: Literal["html", "text"]
    body: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page as the ledger has to know it, also where it was read on another machine.

    ``page`` may lack its body, of which there is the ``digest`` and, where it is to be kept, ``packed``. ``place`` is
    where the page was found, ``engine`` what read it.
    """

    page: Page
    place: str
    digest: str
    engine: str
    packed: bytes | None


def found(page: Page, engine: str, *, keep_pages: bool) -> Found:
    """What the ledger has to know of a page that was found and read here."""
    return Found(page, place_of(page.origin), digest_of(page), engine, packed(page) if keep_pages else None)


def packed(page: Page) -> bytes | None:
    """The page's body, compressed (zlib); None where it is larger than what is kept."""
    body = page.body.encode("utf-8", "replace")
    return zlib.compress(body) if len(body) <= LARGEST else None


def unpacked(body: bytes) -> str:
    """What ``packed`` made of a page's body, and never more than what is kept, whoever made the ledger."""
    return zlib.decompressobj().decompress(body, LARGEST).decode("utf-8", "replace")


def keep_page(connection: Connection, report: str, version: int, page: Page, body: bytes) -> None:
    """Keep the packed page of that version of a report; one that is kept already stays. Inside a transaction."""
    connection.execute(
        "INSERT INTO page VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", (report, version, page.format, body)
    )


def is_kept(connection: Connection, report: str, version: int) -> bool:
    """Whether the page of that version of a report is in the ledger."""
    found = connection.execute("SELECT 1 FROM page WHERE report = ? AND version = ?", (report, version))
    return found.fetchone() is not None


def kept_page(ledger: Ledger, report: str, version: int) -> KeptPage | None:
    """The page of that version of a report; None where it was left out, was too large, or was added before kronik kept
    pages. Raises LedgerError where the ledger cannot be read.
    """
    with ledger.speaking() as connection:
        row = connection.execute(
            "SELECT format, body FROM page WHERE report = ? AND version = ?", (report, version)
        ).fetchone()
    if row is None:
        return None
    return KeptPage(report, version, row["format"], unpacked(row["body"]))
