"""A ledger to a reconciled ledger: what is new in it compared with what may belong to it, and the views made anew."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, TypeVar

from kronik import languages
from kronik.model import Decision
from kronik.reconcile import happenings, keys, lineage
from kronik.reconcile.entries import Telling, entries_of, families_of, summary
from kronik.reconcile.happenings import Happening, happening_of
from kronik.reconcile.pairs import relation, same_events
from kronik.reconcile.profiles import Profile, packed, profile_of, unpacked
from kronik.reconcile.stories import stories_of
from kronik.store import chronicle, comparing, decisions
from kronik.store.connection import Connection
from kronik.store.ledger import Ledger

Json = dict[str, Any]
Kept = TypeVar("Kept")

TOGETHER = 50
"""So many reports are compared in one transaction; a run that is stopped goes on after the last of them."""

KEPT = 3000
"""So many profiles and lists of events are held in memory at most."""


@dataclass(slots=True)
class Result:
    """What a run did: reports and pairs compared, decisions by kind, and how many stories and entries of several."""

    reports: int = 0
    pairs: int = 0
    event_pairs: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    withdrawn_about: int = 0
    stories: int = 0
    entries: int = 0


def reconcile(ledger: Ledger, now: str, progress: Callable[[int, int], None] | None = None) -> Result:
    """Compare what is new in the ledger, record what is decided, and make the stories and entries anew.

    ``now`` (UTC, ISO) is written into the decisions. A report is new that was added, changed or read anew since,
    or that an older method compared. The stories, entries and standing decisions do not depend on the order in which
    reports were added or on how often reconciling ran between. ``progress`` is told how many reports are done and of
    how many.
    Raises LedgerError where the ledger cannot be written.
    """
    result = Result()
    by = method()
    with ledger.writing() as connection:
        if anew := comparing.forget_others(connection, by):
            decisions.withdraw_of_others(connection, by, now, "compared anew by another kronik")
            result.withdrawn_about += anew
        for report, id_ in comparing.outdated(connection):
            comparing.forget(connection, report)
            decisions.withdraw_about(connection, id_, now, "the report was read anew")
            result.withdrawn_about += 1
    with ledger.speaking() as connection:
        waiting = comparing.waiting(connection)
    memory = _Memory()
    for at in range(0, len(waiting), TOGETHER):
        with ledger.writing() as connection:
            for report in waiting[at : at + TOGETHER]:
                made = [
                    replace(one, made_by=by, made_at=now) for one in _compared(connection, report, by, memory, result)
                ]
                decisions.record(connection, made)
                result.decided.update(one.kind for one in made)
                result.reports += 1
        if progress:
            progress(result.reports, len(waiting))
    with ledger.writing() as connection:
        result.stories, result.entries = derive_views(connection)
    return result


def derive_views(connection: Connection) -> tuple[int, int]:
    """Make stories and entries from the decisions that stand; how many of each hold several reports or events."""
    told = stories_of(decisions.bare(connection, decisions.KINDS_OF_STORIES))
    groups = entries_of(_known_again(connection, decisions.bare(connection, decisions.KINDS_OF_EVENTS)))
    families = families_of(decisions.bare(connection, ("copy", "translation", "update")))
    tellings = [found for group in groups if len(found := _tellings(connection, group)) > 1]
    chronicle.replace_views(connection, told, (summary(found, families) for found in tellings))
    return len(told), len(tellings)


@lru_cache(maxsize=1)
def method() -> str:
    """What makes the decisions: kronik's version with a digest of what reconciling is made of."""
    digest = hashlib.blake2b(digest_size=4)
    folder = files("kronik.reconcile")
    parts = [f for f in folder.iterdir() if f.name.endswith((".py", ".tsv"))]
    parts += [files("kronik.languages").joinpath(code, "word_frequencies.tsv") for code in languages.codes()]
    for part in sorted(parts, key=str):
        digest.update(part.read_bytes())
    return f"kronik {version('kronik')}+{digest.hexdigest()}"


class _Memory:
    """Profiles and events of reports that were looked at last, so that they are not read from the ledger each time."""

    def __init__(self) -> None:
        self.profiles: OrderedDict[int, Profile] = OrderedDict()
        self.events: OrderedDict[int, tuple[tuple[int, Happening], ...]] = OrderedDict()

    def profile(self, connection: Connection, report: int) -> Profile:
        if report not in self.profiles:
            self.profiles[report] = unpacked(*comparing.profile_row(connection, report))
        return _touched(self.profiles, report)

    def happenings(self, connection: Connection, report: int) -> tuple[tuple[int, Happening], ...]:
        if report not in self.events:
            of = self.profile(connection, report)
            self.events[report] = tuple(
                (key, happening_of(id_, of.id, of.language, of.published, json.loads(told), of.characters))
                for key, id_, told in comparing.events_of(connection, report)
            )
        return _touched(self.events, report)


def _touched(held: OrderedDict[int, Kept], key: int) -> Kept:
    held.move_to_end(key)
    if len(held) > KEPT:
        held.popitem(last=False)
    return held[key]


def _compared(connection: Connection, report: int, by: str, memory: _Memory, result: Result) -> list[Decision]:
    """Compare a report with those before it, keep its profile and keys, and give what is decided."""
    mine = profile_of(json.loads(comparing.reading_of(connection, report)))
    report_keys = keys.keys_of(mine)
    made = lineage.credits_of(mine)
    related: dict[int, tuple[float, float]] = {}
    for other in comparing.sharing(connection, report_keys):
        decided = lineage.decide(mine, memory.profile(connection, other))
        result.pairs += 1
        if decided:
            made += decided
            related[other] = relation(decided)
    about, figures = packed(mine)
    comparing.keep(connection, report, by, about, figures, report_keys)
    memory.profiles[report] = mine
    told = memory.happenings(connection, report)
    pairs: dict[tuple[int, int], tuple[Happening, Happening, float, float]] = {}
    for other, (story, line) in related.items():
        for theirs_key, theirs in memory.happenings(connection, other):
            for key, event in told:
                if happenings.comparable(event, theirs):
                    pairs[key, theirs_key] = event, theirs, story, line
    for key, event in told:
        event_keys = happenings.keys_of(event)
        for theirs_key in comparing.events_sharing(connection, event_keys):
            other = comparing.report_of_event(connection, theirs_key)
            if other != report and (key, theirs_key) not in pairs:
                theirs = dict(memory.happenings(connection, other))[theirs_key]
                if happenings.comparable(event, theirs):
                    pairs[key, theirs_key] = event, theirs, *related.get(other, (0.0, 0.0))
        comparing.keep_event(connection, key, event_keys)
    result.event_pairs += len(pairs)
    made += same_events(pairs.values())
    return made


def _tellings(connection: Connection, events: Iterable[str]) -> list[Telling]:
    """The tellings of these events, without those of reports that were read anew and not compared since."""
    found = []
    for event in events:
        row = connection.execute(
            "SELECT event.number, event.told, report.id, report.published, profile.about FROM event"
            " JOIN report ON report.key = event.report JOIN profile ON profile.report = report.key WHERE event.id = ?",
            (event,),
        ).fetchone()
        if row:
            about = json.loads(row[4])
            credits = tuple(about["credits"])
            found.append(Telling(event, row[2], row[0], row[3], about["outlet"], credits, json.loads(row[1])))
    return found


def _known_again(connection: Connection, those: Iterable[Decision]) -> Iterator[Decision]:
    """The decisions about events, those of people about the events that are now told by the words that they judged.

    A report that was read anew may count its events otherwise. A judgement whose event is told no more rests.
    """
    for one in those:
        if not one.by_person:
            yield one
            continue
        left = _event_told(connection, one.left, one.left_report, one.left_words, one.made_at)
        right = _event_told(connection, one.right, one.right_report, one.right_words, one.made_at)
        if left and right:
            yield replace(one, left=left, right=right)


def _event_told(connection: Connection, id_: str, report: str, words: str | None, judged_at: str) -> str | None:
    """The event of the report that is told by those words; of several the one of the type that was judged."""
    rows = connection.execute(
        "SELECT event.id, evidence, type FROM event JOIN report ON report.key = event.report"
        " WHERE report.id = ? AND superseded_at IS NULL ORDER BY number",
        (report,),
    ).fetchall()
    told = [row for row in rows if row[1] == words]
    told = told or [row for row in rows if words and (words in row[1] or row[1] in words)]
    if len(told) < 2:
        return told[0][0] if told else None
    judged = _type_judged(connection, id_, report, words, judged_at)
    return str(min(told, key=lambda row: (row[2] != judged, row[0] != id_, row[0]))[0])


def _type_judged(connection: Connection, id_: str, report: str, words: str | None, judged_at: str) -> str | None:
    """The type that the event had when it was judged, by the reading that held then."""
    number = int(id_.rpartition("#")[2])
    for (reading,) in connection.execute(
        "SELECT reading FROM report WHERE id = ? AND (superseded_at IS NULL OR superseded_at >= ?) ORDER BY version",
        (report, judged_at),
    ):
        events = json.loads(reading)["events"]
        if number <= len(events) and events[number - 1]["evidence"] == words:
            return str(events[number - 1]["type"])
    return None
