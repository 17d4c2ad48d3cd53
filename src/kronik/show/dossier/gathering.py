"""A subject to all that its dossier shows: entries with every report's words, statements, and the reports cited."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any

from kronik import world
from kronik.show.dossier.subject import Subject
from kronik.store.chronicle import Chronicled, alone, chronicle
from kronik.store.dates import first_day, interval, last_day
from kronik.store.ledger import Ledger, plain_words
from kronik.world import Holding

Json = dict[str, Any]

AT_ONCE = 500
"""How many ids one query asks for."""
A_MONTH = 31
"""Days within which two entries may be about the same."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One report of the bibliography, by its number there."""

    number: int
    id: str
    title: str | None
    publisher: str | None
    byline: str | None
    published: str | None
    url: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's own words for an entry."""

    id: str
    event: Json
    cited: Cited


@dataclass(frozen=True, slots=True)
class DossierEntry:
    """One happening: the event that leads, every telling of it, and what the tellings differ in.

    ``differences``: for each field its values, each with the numbers of the reports that tell it so.
    """

    number: int
    event: Json
    tellings: tuple[Telling, ...]
    independent: int
    disputed: bool
    differences: dict[str, dict[str, tuple[int, ...]]]

    @property
    def days(self) -> tuple[str, str] | tuple[None, None]:
        """The first and the last day, ISO; Nones where it is undated."""
        return interval(self.event["start"], self.event["end"], self.tellings[0].cited.published)

    def near(self, other: DossierEntry) -> bool:
        """Whether both happened, or else were told, within a month of each other; so it is where no date is known."""
        days = [one.days[0] or one.tellings[0].cited.published for one in (self, other)]
        left, right = (date.fromisoformat(day) if day else None for day in days)
        return left is None or right is None or abs((left - right).days) <= A_MONTH

    @property
    def statuses(self) -> tuple[str, ...]:
        """Every status that a report tells, the leading event's first."""
        return tuple(dict.fromkeys([self.event["status"], *(one.event["status"] for one in self.tellings)]))


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is quoted as saying."""

    speaker: str
    text: str
    direct: bool
    cited: Cited


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody who takes part in the same entries, and in how many of each type."""

    name: str
    kind: str
    country: str | None
    count: int
    types: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Dossier:
    """All that one page shows."""

    subject: Subject
    entries: tuple[DossierEntry, ...]
    statements: tuple[Statement, ...]
    reports: tuple[Cited, ...]
    counterparts: tuple[Counterpart, ...]
    offices: tuple[Holding, ...] = ()
    listed: tuple[Json, ...] = ()
    """The entries of sanctions lists that bear the subject's name: list, date, id, name."""

    @property
    def contested(self) -> tuple[DossierEntry, ...]:
        """The entries that are denied, doubted, or that reports tell differently."""
        return tuple(
            one for one in self.entries if one.differences or {"denied", "possible"} & set(one.statuses)
        )  # fmt: skip

    def like(self, entry: DossierEntry) -> tuple[DossierEntry, ...]:
        """Entries of the same type between the same two at least, about the same time, told with another status."""
        found = {
            other.number: other
            for pair in combinations(sorted(_named(entry.event)), 2)
            for other in self._by_pair.get((entry.event["type"], *pair), ())
            if other.event["status"] != entry.event["status"] and entry.near(other)
        }
        return tuple(found[number] for number in sorted(found))

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str, str], list[DossierEntry]]:
        found: dict[tuple[str, str, str], list[DossierEntry]] = {}
        for one in self.entries:
            for left, right in combinations(sorted(_named(one.event)), 2):
                found.setdefault((one.event["type"], left, right), []).append(one)
        return found


def gather(ledger: Ledger, subject: Subject) -> Dossier:
    """All that the ledger holds of a subject. Raises LedgerError where it cannot be read."""
    lines = list(chronicle(ledger, subject.wanted))
    told = _tellings(ledger, [id for line in lines for id in _said(line)["events"]])
    said = list(_statements(ledger, subject))
    heads = {row["report"]: row for row in (*told.values(), *(row for row, _ in said))}
    reports = tuple(_bibliography(heads.values()))
    cited = {one.id: one for one in reports}
    entries = tuple(_entry(number, line, told, cited) for number, line in enumerate(lines, 1))
    statements = tuple(
        Statement(row["speaker_name"], row["text"], bool(row["direct"]), cited[row["report"]]) for row, _ in said
    )
    offices = world.load().offices_of(subject.who["name"]) if subject.who else ()
    listed = tuple(_listings(ledger, subject.who["name"])) if subject.who else ()
    return Dossier(subject, entries, statements, reports, tuple(_counterparts(subject, entries)), offices, listed)


def _said(line: Chronicled) -> Json:
    return line.entry or alone(line.event)


def _entry(number: int, line: Chronicled, told: dict[str, Json], cited: dict[str, Cited]) -> DossierEntry:
    says = _said(line)
    tellings = [
        Telling(id, json.loads(told[id]["told"]), cited[told[id]["report"]]) for id in says["events"] if id in told
    ]
    tellings.sort(key=lambda one: (one.id != line.event.id, one.cited.number))
    differences = {
        field: {
            value: tuple(sorted({cited[told[id]["report"]].number for id in ids if id in told}))
            for value, ids in values.items()
        }
        for field, values in says["differences"].items()
    }
    return DossierEntry(number, line.event.event, tuple(tellings), says["independent"], says["disputed"], differences)


def _tellings(ledger: Ledger, ids: list[str]) -> dict[str, Json]:
    """The events of those ids, each with what is known of its report."""
    found: dict[str, Json] = {}
    with ledger.speaking() as connection:
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            marks = ", ".join("?" * len(some))
            for row in connection.execute(
                f"SELECT event.id, event.told, {_HEAD} FROM event JOIN report ON report.key = event.report"
                f" WHERE event.id IN ({marks})",
                some,
            ):
                found[row["id"]] = dict(row)
    return found


_HEAD = (
    "report.id AS report, report.title, report.publisher, report.published, report.url, report.language,"
    " json_extract(report.reading, '$.report.byline') AS byline"
)


def _statements(ledger: Ledger, subject: Subject) -> Iterator[tuple[Json, str]]:
    """What the subject is quoted as saying; of a text, the quotes that hold its words. In order of publication.

    Of the conditions those that can be asked of a quote: who published it and when.
    """
    condition, value = {
        "country": ("quote.speaker_country = ?", subject.country or ""),
        "participant": ("instr(plain_words(quote.speaker_name), ?) > 0", plain_words(subject.query)),
        "text": ("instr(plain_words(quote.text), ?) > 0", plain_words(subject.query)),
    }[subject.kind]
    values, wanted = [value], subject.wanted
    if wanted.sources:
        condition += f" AND plain_words(report.publisher) IN ({', '.join('?' * len(wanted.sources))})"
        values += map(plain_words, wanted.sources)
    if wanted.since:
        condition += " AND report.published >= ?"
        values.append(first_day(wanted.since))
    if wanted.until:
        condition += " AND report.published <= ?"
        values.append(last_day(wanted.until))
    with ledger.speaking() as connection:
        for row in connection.execute(
            f"SELECT quote.speaker_name, quote.text, quote.direct, {_HEAD} FROM quote"
            f" JOIN report ON report.key = quote.report WHERE report.superseded_at IS NULL AND {condition}"
            " AND quote.speaker_name IS NOT NULL"
            " ORDER BY report.published IS NULL, report.published, report.id, quote.number",
            values,
        ):
            yield dict(row), row["text"]


def _listings(ledger: Ledger, name: str) -> Iterator[Json]:
    """The entries of sanctions lists that bear a name, as the latest report that names it was marked with them."""
    with ledger.speaking() as connection:
        row = connection.execute(
            "SELECT reading FROM report WHERE key ="
            " (SELECT max(entity.report) FROM entity JOIN report ON report.key = entity.report"
            " WHERE entity.name = ? AND superseded_at IS NULL)",
            (name,),
        ).fetchone()
    for one in json.loads(row["reading"])["entities"] if row else ():
        if one["name"] == name:
            yield from one.get("listed", ())


def _bibliography(heads: Iterable[Json]) -> Iterator[Cited]:
    """The reports in order of publication, numbered."""
    ordered = sorted(heads, key=lambda row: (row["published"] is None, row["published"] or "", row["report"]))
    for number, row in enumerate(ordered, 1):
        yield Cited(number, row["report"], row["title"], row["publisher"], row["byline"], row["published"], row["url"],
                    row["language"])  # fmt: skip


def _counterparts(subject: Subject, entries: Iterable[DossierEntry]) -> Iterator[Counterpart]:
    """Who else takes part, most entries first. Denied entries do not count."""
    types: dict[tuple[str, str, str | None], Counter[str]] = {}
    own = {subject.who["name"]} if subject.who else set(subject.names)
    for one in entries:
        if one.event["status"] == "denied":
            continue
        others = {
            (who["name"], who["kind"], who["country"])
            for role in ("actors", "recipients")
            for who in one.event[role]
            if who["name"] not in own and not (subject.kind == "country" and who["country"] == subject.country)
        }
        for other in others:
            types.setdefault(other, Counter())[one.event["type"]] += 1
    ordered = sorted(types.items(), key=lambda pair: (-pair[1].total(), pair[0][0]))
    for (name, kind, country), counts in ordered:
        yield Counterpart(name, kind, country, counts.total(), tuple(counts.most_common()))


def _named(event: Json) -> set[str]:
    return {who["name"] for role in ("actors", "recipients") for who in event[role]}
