"""Pages to rows of the ledger, one transaction a page: new reports, new versions, and what could not be read."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from kronik.contract import to_json
from kronik.errors import KronikError
from kronik.model import Page, Reading
from kronik.store.dates import interval
from kronik.store.engine import engine
from kronik.store.ledger import Ledger

Kind = Literal["added", "new version", "read again", "unchanged", "failed"]
Json = dict[str, Any]

STANDARD_INPUT = "standard input"
"""The origin of pages that were piped in: the one place that says nothing about which report it is."""

_HALVES = "holds halves of characters (lone surrogates): save it anew as UTF-8"


class Unread(Protocol):
    """A source that gave no page, and why."""

    @property
    def origin(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page. ``id`` is the report's; ``reason`` says why a page failed."""

    kind: Kind
    origin: str
    id: str | None = None
    version: int | None = None
    events: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Current:
    """The current row of a report."""

    key: int
    id: str
    version: int
    digest: str
    engine: str
    origin: str
    page_url: str | None


def add_all(
    ledger: Ledger, found: Iterable[Page | Unread], read: Callable[[Page], Reading], *, again: bool = False
) -> Iterator[Outcome]:
    """Add what was found, one by one; a page that fails is recorded and the next one follows.

    Each outcome is yielded when it is safe on the disk. Raises LedgerError where the ledger cannot be written.
    """
    for one in found:
        if isinstance(one, Page):
            yield add(ledger, one, read, again=again)
        else:
            yield _failed(ledger, one.origin, None, one.reason)


def add(ledger: Ledger, page: Page, read: Callable[[Page], Reading], *, again: bool = False) -> Outcome:
    """Read a page and keep what it tells; one that is in the ledger already, read by the same engine, stays as it is.

    The report is found again by the address given with the page, else by its id. Files of the same name in different
    folders are different reports: the later one's id gets a number ("index-2"). With ``again`` the page is read in any
    case, and its reading replaces the older one where it differs. Raises LedgerError where it cannot be written.
    """
    origin = _place(page.origin)
    digest = digest_of(page)
    while True:
        with ledger.speaking() as connection:
            id_, current = _identified(connection, page, origin, digest)
        if current and current.digest == digest and current.engine == engine() and not again:
            _forget_failure(ledger, origin)
            return Outcome("unchanged", page.origin, id_, current.version)
        try:
            reading = to_json(read(replace(page, id=id_)))
            kept = json.dumps(reading, ensure_ascii=False, separators=(",", ":"))
            kept.encode("utf-8")
            days = [_days(event, reading) for event in reading["events"]]
        except KronikError as wrong:
            return _failed(ledger, page.origin, id_, str(wrong))
        except UnicodeEncodeError:
            return _failed(ledger, page.origin, id_, _HALVES)
        except Exception as wrong:  # a fault of kronik on one page must not lose the others
            return _failed(
                ledger, page.origin, id_, f"kronik failed on it ({type(wrong).__name__}: {wrong}): report this page"
            )
        with ledger.writing() as connection:
            if _identified(connection, page, origin, digest) == (id_, current):
                _erase_failure(connection, origin)
                return _keep(connection, page, origin, digest, id_, current, reading, kept, days)
        # another kronik wrote this report while the page was read: look again


def fault_words(wrong: Exception) -> str:
    """What is said where kronik itself fails on a page."""
    return f"kronik failed on it ({type(wrong).__name__}: {wrong}): please report this page to its makers"


def digest_of(page: Page) -> str:
    """A digest of the page as found: its body and what was given beside it. The day it was seen does not count."""
    parts = (page.body, page.format, page.url, page.title, page.publisher, page.published, page.language)
    told = json.dumps([None if part is None else str(part) for part in parts])  # ASCII, also where the body is unsound
    return hashlib.blake2b(told.encode("ascii"), digest_size=16).hexdigest()


def _keep(
    connection: sqlite3.Connection,
    page: Page,
    origin: str,
    digest: str,
    id_: str,
    current: _Current | None,
    reading: Json,
    kept: str,
    days: list[tuple[str, str] | tuple[None, None]],
) -> Outcome:
    """Put the reading in as the current one of its report; inside a transaction."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kind: Kind = "added"
    version = 1
    if current:
        changed = current.digest != digest
        kind, version = ("new version", current.version + 1) if changed else ("read again", current.version)
        older = connection.execute("SELECT reading FROM report WHERE key = ?", (current.key,)).fetchone()[0]
        if not changed and older == kept:
            connection.execute("UPDATE report SET engine = ? WHERE key = ?", (engine(), current.key))
            return Outcome("unchanged", page.origin, id_, version)
        _supersede(connection, current.key, now)
    head = reading["report"]
    key = connection.execute(
        "INSERT INTO report (id, version, digest, engine, origin, page_url, added_at, language, title, publisher,"
        " published, url, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (id_, version, digest, engine(), origin, page.url, now, head["language"], head["title"], head["publisher"],
         head["published"], head["url"], kept),
    ).lastrowid  # fmt: skip
    assert key is not None
    _derive(connection, key, id_, reading, days)
    return Outcome(kind, page.origin, id_, version, len(reading["events"]))


def _supersede(connection: sqlite3.Connection, key: int, now: str) -> None:
    """Keep the row, and take what was derived from it out of the tables that are asked."""
    connection.execute("UPDATE report SET superseded_at = ? WHERE key = ?", (now, key))
    connection.execute("DELETE FROM event_words WHERE rowid IN (SELECT key FROM event WHERE report = ?)", (key,))
    connection.execute("DELETE FROM report_words WHERE rowid = ?", (key,))
    connection.execute("DELETE FROM event WHERE report = ?", (key,))  # participants and items go with it
    connection.execute("DELETE FROM quote WHERE report = ?", (key,))
    connection.execute("DELETE FROM entity WHERE report = ?", (key,))


def _derive(
    connection: sqlite3.Connection, key: int, id_: str, reading: Json, days: list[tuple[str, str] | tuple[None, None]]
) -> None:
    """The tables that are asked, from one reading."""
    head = reading["report"]
    connection.execute(
        "INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)", (key, head["title"] or "", head["text"])
    )
    for number, (event, (first, last)) in enumerate(zip(reading["events"], days, strict=True), 1):
        place = event["place"] or {}
        event_key = connection.execute(
            "INSERT INTO event (report, number, id, type, mode, status, confidence, trigger_words, evidence,"
            " place_name, place_text, place_country, latitude, longitude, start_date, end_date, first_day, last_day,"
            " told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, number, f"{id_}#{number}", event["type"], event["mode"], event["status"], event["confidence"],
             event["trigger"], event["evidence"], place.get("name"), place.get("text"), place.get("country"),
             place.get("latitude"), place.get("longitude"), event["start"], event["end"], first, last,
             json.dumps(event, ensure_ascii=False, separators=(",", ":"))),
        ).lastrowid  # fmt: skip
        words = [event["type"], event["mode"] or "", event["trigger"], event["evidence"]]
        words += [place[key] for key in ("name", "text") if place]
        for role, those in (("actor", "actors"), ("recipient", "recipients"), ("source", "sources")):
            for position, who in enumerate(event[those], 1):
                words += [who["name"], who["text"]]
                connection.execute(
                    "INSERT INTO participant VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (event_key, role, position, who["name"], who["text"], who["kind"], who["country"], who["wikidata"]),
                )
        for position, item in enumerate(event["items"], 1):
            words += [item["name"], item["text"]]
            connection.execute(
                "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)",
                (event_key, position, item["name"], item["text"], item["quantity"], item["unit"]),
            )
        connection.execute("INSERT INTO event_words (rowid, words) VALUES (?, ?)", (event_key, "\n".join(words)))
    for number, quote in enumerate(reading["quotes"], 1):
        speaker = quote["speaker"] or {}
        connection.execute(
            "INSERT INTO quote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, number, quote["direct"], speaker.get("name"), speaker.get("text"), speaker.get("kind"),
             speaker.get("country"), quote["cue"], quote["text"]),
        )  # fmt: skip
    for number, entity in enumerate(reading["entities"], 1):
        connection.execute(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, number, entity["name"], entity["text"], entity["kind"], entity["country"], entity["wikidata"],
             entity["office"], len(entity["mentions"])),
        )  # fmt: skip


def _days(event: Json, reading: Json) -> tuple[str, str] | tuple[None, None]:
    published: str | None = reading["report"]["published"]
    return interval(event["start"], event["end"], published)


def _identified(connection: sqlite3.Connection, page: Page, origin: str, digest: str) -> tuple[str, _Current | None]:
    """The id that the page's report has or gets, and its current row."""
    columns = "SELECT key, id, version, digest, engine, origin, page_url FROM report WHERE superseded_at IS NULL AND "
    if page.url:
        row = connection.execute(columns + "page_url = ? ORDER BY key LIMIT 1", (page.url,)).fetchone()
        if row:
            return row["id"], _Current(*row)
    candidates: list[_Current] = []
    id_ = page.id
    while row := connection.execute(columns + "id = ?", (id_,)).fetchone():
        candidates.append(_Current(*row))
        id_ = f"{page.id}-{len(candidates) + 1}"
    candidates = [one for one in candidates if not (page.url and one.page_url)]  # another address, another report
    by_place = _named_by_place(page)
    for one in candidates:
        if one.origin == origin and page.origin != STANDARD_INPUT:
            return one.id, one
    for one in candidates:
        if one.digest == digest or not by_place:
            return one.id, one
    return id_, None


def _named_by_place(page: Page) -> bool:
    """Whether the id was only made from where the page was found, so that it need not be that report's alone."""
    if page.origin == STANDARD_INPUT:
        return True
    file, _, line = _parted(page.origin)
    name = file.rpartition("/")[2].removesuffix(".gz")
    stem = name.rpartition(".")[0] or name
    return page.id == (f"{stem}-{line}" if line else stem)


def _place(origin: str) -> str:
    """Where the page was found; for a file its full path, so that it is known again from another folder."""
    file, colon, line = _parted(origin)
    return _sound(str(Path(file).absolute()) + colon + line if Path(file).exists() else origin)


def _parted(origin: str) -> tuple[str, str, str]:
    """The file and the line of an origin ("reports.jsonl:12"); the line is empty where there is none."""
    numbered = re.fullmatch(r"(.+)(:)(\d+)", origin)
    return (numbered[1], numbered[2], numbered[3]) if numbered and not Path(origin).exists() else (origin, "", "")


def _sound(text: str) -> str:
    """The text with what UTF-8 cannot hold (undecodable bytes of a file's name) replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _failed(ledger: Ledger, origin: str, id_: str | None, reason: str) -> Outcome:
    reason = _sound(reason)
    place = _place(origin)
    with ledger.writing() as connection:
        connection.execute(
            "INSERT INTO failure (origin, id, reason, failed_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (origin) DO UPDATE SET id = excluded.id, reason = excluded.reason,"
            " failed_at = excluded.failed_at WHERE reason <> excluded.reason",
            (place, id_, reason, datetime.now(UTC).isoformat(timespec="seconds")),
        )
    return Outcome("failed", _sound(origin), id_, reason=reason)


def _forget_failure(ledger: Ledger, origin: str) -> None:
    """Take the record of an earlier failure out, writing only where there is one."""
    with ledger.speaking() as connection:
        recorded = connection.execute("SELECT 1 FROM failure WHERE origin = ?", (origin,)).fetchone()
    if recorded:
        with ledger.writing() as connection:
            _erase_failure(connection, origin)


def _erase_failure(connection: sqlite3.Connection, origin: str) -> None:
    connection.execute("DELETE FROM failure WHERE origin = ?", (origin,))
