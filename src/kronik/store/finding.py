"""What is looked for to the events of the ledger that match, in order of time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kronik.errors import UsageError
from kronik.store.dates import first_day, last_day
from kronik.store.ledger import Ledger, plain_words

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: an event must meet every condition that is given, and of each condition one of its values.

    ``text`` are words that the event's own words and names hold, all of them; ``anywhere`` looks in the whole report
    instead. ``participants`` and ``places`` hold whole words of a name, in English or as the report writes it;
    ``countries`` are ISO 3166-1 alpha-3 codes of a participant or of the place. ``since`` and ``until`` are dates of
    any granularity; undated events meet neither.
    """

    text: str = ""
    anywhere: bool = False
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the chronicle. ``event`` is its object in the reading; the rest says which report tells it."""

    id: str
    report: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    url: str | None
    event: Json

    def to_json(self) -> Json:
        """The entry as one flat object: its id and report, then the event as the reading has it."""
        return {
            "id": self.id,
            "report": self.report,
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published,
            "language": self.language,
            "url": self.url,
            **self.event,
        }


def find(ledger: Ledger, wanted: Wanted | None = None) -> Iterator[Entry]:
    """The events that match, in order of time, the undated last; all events where nothing is said.

    Raises UsageError where a date is none or the text holds no word, LedgerError where the ledger cannot be read.
    """
    conditions, values = _conditions(wanted or Wanted())
    limit = wanted.limit if wanted and wanted.limit is not None else -1
    sql = (
        "SELECT event.id, report.id, report.title, report.publisher, report.published, report.language, report.url,"
        " event.told FROM event JOIN report ON report.key = event.report"
        f" WHERE {' AND '.join(conditions) or '1'}"
        " ORDER BY event.first_day IS NULL, event.first_day, event.last_day, report.published, report.id, event.number"
        " LIMIT ?"
    )
    with ledger.speaking() as connection:
        for row in connection.execute(sql, (*values, limit)):
            fields: Any = (*row[:7], json.loads(row["told"]))
            yield Entry(*fields)


def reports_holding(ledger: Ledger, text: str) -> int:
    """How many reports hold all of these words in their title or text."""
    with ledger.speaking() as connection:
        found = connection.execute("SELECT count(*) FROM report_words WHERE report_words MATCH ?", (_match(text),))
        return int(found.fetchone()[0])


def _conditions(wanted: Wanted) -> tuple[list[str], list[str]]:
    """SQL conditions, and the values for their question marks."""
    conditions: list[str] = []
    values: list[str] = []

    def one_of(condition: str, those: tuple[str, ...], times: int = 1) -> None:
        if those:
            conditions.append("(" + " OR ".join([condition] * len(those)) + ")")
            for value in those:
                values.extend([value] * times)

    if wanted.text.strip():
        table, key = ("report_words", "report.key") if wanted.anywhere else ("event_words", "event.key")
        conditions.append(f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
        values.append(_match(wanted.text))
    one_of("event.type = ?", tuple(kind.upper() for kind in wanted.types))
    one_of("event.mode = ?", wanted.modes)
    one_of("event.status = ?", wanted.statuses)
    one_of("report.language = ?", wanted.languages)
    one_of("report.id = ?", wanted.reports)
    one_of(
        "EXISTS (SELECT 1 FROM participant WHERE participant.event = event.key AND role <> 'source' AND"
        " (instr(plain_words(name), ?) OR instr(plain_words(text), ?)))",
        tuple(map(plain_words, wanted.participants)),
        times=2,
    )
    one_of(
        "(event.place_country = ? OR EXISTS (SELECT 1 FROM participant WHERE participant.event = event.key"
        " AND role <> 'source' AND participant.country = ?))",
        wanted.countries,
        times=2,
    )
    one_of(
        "(instr(plain_words(place_name), ?) OR instr(plain_words(place_text), ?))",
        tuple(map(plain_words, wanted.places)),
        times=2,
    )
    if wanted.since:
        conditions.append("event.last_day >= ?")
        values.append(_checked(first_day, wanted.since))
    if wanted.until:
        conditions.append("event.first_day <= ?")
        values.append(_checked(last_day, wanted.until))
    return conditions, values


def _checked(day: Any, told: str) -> str:
    try:
        return str(day(told))
    except ValueError:
        raise UsageError(f"{told!r} is no date: write 2023, 2023-11 or 2023-11-05") from None


def _match(text: str) -> str:
    """The text as an FTS5 query: all words, those in double quotes as a phrase, a ``*`` at the end of a word kept."""
    terms = []
    for quoted, word in re.findall(r'"([^"]*)"|([^\s"]+)', text):
        words = (quoted or word).strip()
        if re.search(r"\w", words):
            terms.append(f'"{words.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    if not terms:
        raise UsageError(f"{text!r} holds no word to look for")
    return " ".join(terms)
