"""What is looked for to the events of the ledger that match, in order of time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kronik.errors import UsageError
from kronik.store.connection import streamed
from kronik.store.dates import first_day, last_day
from kronik.store.ledger import Ledger, plain_words

Json = dict[str, Any]

_ALL = 2**62
"""A limit that is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: an event must meet every condition that is given, and of each condition one of its values.

    ``text`` are words that the event's own words and names hold, all of them; ``anywhere`` looks in the whole report
    instead; ``unfinished`` says that somebody still types: the last word may go on, and a text without a word asks for
    nothing yet. ``participants`` and ``places`` hold whole words of a name, in English or as the report writes it;
    ``countries`` are ISO 3166-1 alpha-3 codes of a participant or of the place; ``sources`` are whole names of
    publishers, whatever their capitals, accents and signs. ``since`` and ``until`` are dates of any granularity;
    undated events meet neither. ``min_confidence`` is between 0 and 1.
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
    sources: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None
    limit: int | None = None
    unfinished: bool = False

    def __bool__(self) -> bool:
        return self != Wanted()


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
    where, values = conditions(wanted or Wanted())
    limit = wanted.limit if wanted and wanted.limit is not None else _ALL
    sql = (
        "SELECT event.id, report.id, report.title, report.publisher, report.published, report.language, report.url,"
        " event.told FROM event JOIN report ON report.key = event.report"
        f" WHERE {where}"
        " ORDER BY event.first_day IS NULL, event.first_day, event.last_day,"
        " report.published NULLS FIRST, report.id, event.number"
        " LIMIT ?"
    )
    with ledger.speaking() as connection:
        for row in streamed(connection, sql, (*values, limit)):
            fields: Any = (*row[:7], json.loads(row["told"]))
            yield Entry(*fields)


def reports_holding(ledger: Ledger, text: str) -> int:
    """How many reports hold all of these words in their title or text."""
    with ledger.speaking() as connection:
        found = connection.execute("SELECT count(*) FROM report_words WHERE report_words MATCH ?", (matching(text),))
        return int(found.fetchone()[0])


def conditions(wanted: Wanted) -> tuple[str, list[Any]]:
    """The SQL condition on ``event``, and the values for its question marks. Raises UsageError as ``find``."""
    found: list[str] = []
    values: list[Any] = []

    def add(condition: str, *those: Any) -> None:
        found.append(condition)
        values.extend(those)

    def one_of(column: str, those: tuple[str, ...]) -> None:
        if those:
            add(f"{column} IN ({_marks(those)})", *those)

    if wanted.text.strip() and (words := matching(wanted.text, unfinished=wanted.unfinished)):
        table, key = ("report_words", "event.report") if wanted.anywhere else ("event_words", "event.key")
        add(f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", words)
    one_of("event.type", tuple(kind.upper() for kind in wanted.types))
    one_of("event.mode", wanted.modes)
    one_of("event.status", wanted.statuses)
    for column, those in (
        ("language", wanted.languages),
        ("plain_words(publisher)", tuple(map(plain_words, wanted.sources))),
        ("id", wanted.reports),
    ):
        if those:
            reports = f"SELECT key FROM report WHERE superseded_at IS NULL AND {column} IN ({_marks(those)})"
            add(f"event.report IN ({reports})", *those)
    for name, those in (("participant", wanted.participants), ("place", wanted.places)):
        if those:
            add("(" + " OR ".join([_NAMED[name]] * len(those)) + ")")
            for words in map(plain_words, those):
                values.extend((f'"{words.strip()}"', words, words))
    if wanted.countries:
        marks = _marks(wanted.countries)
        add(
            f"event.key IN (SELECT key FROM event WHERE place_country IN ({marks}) UNION ALL"
            f" SELECT event FROM participant WHERE country IN ({marks}) AND role <> 'source')",
            *wanted.countries,
            *wanted.countries,
        )
    if wanted.since:
        add("event.last_day >= ?", _checked(first_day, wanted.since))
    if wanted.until:
        add("event.first_day <= ?", _checked(last_day, wanted.until))
    if wanted.min_confidence:
        add("event.confidence >= ?", wanted.min_confidence)
    return " AND ".join(found) or "TRUE", values


# The index of words finds the events in which a name may stand; the second condition looks whether it does.
_NAMED = {
    "participant": (
        "event.key IN (SELECT participant.event FROM event_words JOIN participant ON participant.event ="
        " event_words.rowid WHERE event_words MATCH ? AND role <> 'source' AND"
        " (instr(plain_words(name), ?) > 0 OR instr(plain_words(text), ?) > 0))"
    ),
    "place": (
        "event.key IN (SELECT place.key FROM event_words JOIN event AS place ON place.key = event_words.rowid"
        " WHERE event_words MATCH ?"
        " AND (instr(plain_words(place_name), ?) > 0 OR instr(plain_words(place_text), ?) > 0))"
    ),
}


def matching(text: str, *, unfinished: bool = False) -> str:
    """The text as an FTS5 query: all words, those in double quotes as a phrase, a ``*`` at the end of a word kept.

    ``unfinished``: the last word may only begin one, and "" is given where there is no word. Raises UsageError where
    there is none else.
    """
    terms: list[str] = []
    pieces = re.findall(r'"([^"]*)"|([^\s"]+)', text)
    for number, (quoted, word) in enumerate(pieces, 1):
        if words := re.findall(r"\w+", quoted or word):
            going_on = unfinished and number == len(pieces) and text[-1:].isalnum()
            terms.append(f'"{" ".join(words)}"' + ("*" if word and (word.endswith("*") or going_on) else ""))
    if not terms and not unfinished:
        raise UsageError(f"{text!r} holds no word to look for")
    return " ".join(terms)


def _marks(those: tuple[str, ...]) -> str:
    return ", ".join("?" * len(those))


def _checked(day: Any, told: str) -> str:
    try:
        return str(day(told))
    except ValueError:
        raise UsageError(f"{told!r} is no date: write 2023, 2023-11 or 2023-11-05") from None
