"""An entry to the reports that tell it, the entries that may be the same, and what was decided about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from kronik.errors import UsageError
from kronik.model import Decision, DecisionKind
from kronik.show.web.queries.entries import Entry, entries_of
from kronik.store import decisions
from kronik.store.connection import Connection
from kronik.store.explaining import Explained, explain
from kronik.store.ledger import Ledger

Json = dict[str, Any]

VERDICTS = {"same": "same-event", "different": "different-event", "unsure": "unsure-event", "wrong": "wrong"}
"""What a person may say, and the kind of decision that it is."""

BY_A_PERSON = "person"

COMPARED_AT_ONCE = 100
"""So many reports that are new are compared while somebody waits for his judgement to show."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision about an entry: of what kind, about which other, by whom, when and why."""

    kind: str
    other: str
    made_by: str
    score: float
    reasons: tuple[str, ...]
    made_at: str
    withdrawn_at: str | None
    by_person: bool


def tellings(connection: Connection, id: str) -> tuple[list[Entry], Json | None]:
    """The event of each report that tells the entry, the first told first, and what reconciling says of them."""
    row = connection.execute(
        "SELECT told FROM entry JOIN entry_event ON entry_event.entry = entry.id WHERE event = ?", (id,)
    ).fetchone()
    told: Json | None = json.loads(row[0]) if row else None
    ids = told["events"] if told else [id]
    marks = ", ".join("?" * len(ids))
    keys = [row[0] for row in connection.execute(f"SELECT key FROM event WHERE id IN ({marks})", ids)]
    order = {one: place for place, one in enumerate(ids)}
    return sorted(entries_of(connection, keys), key=lambda one: order[one.id]), told


def is_wrong(connection: Connection, id: str) -> bool:
    """Whether a person said that the report does not tell this event, and it was not taken back."""
    found = connection.execute(
        "SELECT 1 FROM decision WHERE kind = 'wrong' AND left_id = ? AND withdrawn_at IS NULL", (id,)
    )
    return found.fetchone() is not None


def similar_entries(connection: Connection, id: str, event: Json, limit: int = 6) -> list[Entry]:
    """Entries of other reports that a person may compare: same type, a common participant, the nearest in time."""
    names = sorted({who["name"] for key in ("actors", "recipients") for who in event[key]})
    if not names:
        return []
    marks = ", ".join("?" * len(names))
    row = connection.execute("SELECT key, report, first_day FROM event WHERE id = ?", (id,)).fetchone()
    if row is None:
        return []
    rows = connection.execute(
        "SELECT event.key FROM event JOIN participant ON participant.event = event.key"
        f" WHERE event.type = ? AND event.report <> ? AND role <> 'source' AND name IN ({marks}) GROUP BY event.key"
        " ORDER BY count(DISTINCT name) DESC, abs(julianday(event.first_day) - julianday(?)) IS NULL,"
        " abs(julianday(event.first_day) - julianday(?)), event.key LIMIT ?",
        (event["type"], row["report"], *names, row["first_day"], row["first_day"], limit),
    )
    return entries_of(connection, [row[0] for row in rows])


def judgements(connection: Connection, id: str) -> list[Judgement]:
    """All that was decided about the entry, also what was withdrawn, the latest first."""
    rows = connection.execute(
        "SELECT * FROM decision WHERE left_id = ? OR right_id = ? ORDER BY key DESC LIMIT 50", (id, id)
    )
    return [
        Judgement(
            row["kind"],
            row["right_id"] if row["left_id"] == id else row["left_id"],
            row["made_by"],
            row["score"],
            tuple(json.loads(row["reasons"])),
            row["made_at"],
            row["withdrawn_at"],
            bool(row["by_person"]),
        )
        for row in rows
    ]


def record(ledger: Ledger, id: str, other: str, verdict: str, reason: str) -> None:
    """Keep what a person says of an entry as a decision; an earlier one about the same is withdrawn, not erased.

    The stories and entries follow. Raises UsageError where the verdict is none or the other entry is not named,
    LedgerError where there is no such entry.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"verdict {verdict!r} is none: choose one of {', '.join(VERDICTS)}")
    if verdict == "wrong":
        other = id
    elif not other or other == id:
        raise UsageError("the other entry is missing: give its id")
    left, right = (_explained(ledger, one) for one in sorted((id, other)))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    decision = Decision(
        cast(DecisionKind, VERDICTS[verdict]), left.id, right.id, BY_A_PERSON, 1.0, (reason,) if reason else (), now,
        by_person=True, left_report=left.stored.id, right_report=right.stored.id,
        left_words=left.event["evidence"], right_words=right.event["evidence"],
    )  # fmt: skip
    with ledger.writing() as connection:
        _withdraw(connection, left.id, right.id, now)
        decisions.record(connection, [decision])
    _follow(ledger, now)


def withdraw(ledger: Ledger, id: str, other: str) -> None:
    """Take back what people judged of an entry and another (or of the entry alone, where they are the same)."""
    left, right = sorted((id, other))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with ledger.writing() as connection:
        _withdraw(connection, left, right, now)
    _follow(ledger, now)


def _follow(ledger: Ledger, now: str) -> None:
    """Make stories and entries anew; where many reports were never compared, that waits for `kronik reconcile`."""
    from kronik.reconcile.running import reconcile  # here, as comparing takes long to import and few judge
    from kronik.store.comparing import waiting

    with ledger.speaking() as connection:
        few = len(waiting(connection)) <= COMPARED_AT_ONCE
    if few:
        reconcile(ledger, now)


def _withdraw(connection: Connection, left: str, right: str, now: str) -> None:
    keys = [
        row[0]
        for row in connection.execute(
            "SELECT key FROM decision WHERE left_id = ? AND right_id = ? AND by_person AND withdrawn_at IS NULL",
            (left, right),
        )
    ]
    decisions.withdraw(connection, keys, now, "a person decided anew")


def _explained(ledger: Ledger, id: str) -> Explained:
    found = explain(ledger, id)
    if not isinstance(found, Explained):
        raise UsageError(f"{id}: is a report: give the id of an entry ({id}#1)")
    return found
