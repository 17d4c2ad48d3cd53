"""What a person says of two events or reports, as decisions that outlive every later run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from kronik.errors import LedgerError, UsageError
from kronik.model import Decision
from kronik.reconcile.running import derive_views
from kronik.store import decisions
from kronik.store.connection import Connection
from kronik.store.explaining import Explained, Stored, explain
from kronik.store.ledger import Ledger

Json = dict[str, Any]
Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two events or two reports that comparing takes to be one, to be judged: the ids, the score and the reasons."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]


def doubts(ledger: Ledger, of: Literal["event", "story"], limit: int) -> list[Doubt]:
    """The pairs that comparing was least sure of and nobody has judged, the most doubtful first."""
    with ledger.speaking() as connection:
        rows = connection.execute(
            "SELECT left_id, right_id, score, key FROM decision AS one WHERE kind = ? AND withdrawn_at IS NULL"
            " AND NOT by_person AND NOT EXISTS (SELECT 1 FROM decision WHERE left_id = one.left_id"
            " AND right_id = one.right_id AND by_person AND withdrawn_at IS NULL)"
            " ORDER BY score, left_id, right_id LIMIT ?",
            (f"same-{of}", limit),
        ).fetchall()
        return [Doubt(row[0], row[1], row[2], _reasons(connection, row[3])) for row in rows]


def two_of_a_kind(ledger: Ledger, left: str, right: str) -> tuple[Stored | Explained, Stored | Explained]:
    """The two reports or two events of these ids; raises as ``judge`` does."""
    if left == right:
        raise UsageError(f"{left}: is given twice: name two events or two reports")
    one, other = explain(ledger, left), explain(ledger, right)
    if isinstance(one, Stored) != isinstance(other, Stored):
        raise UsageError(f"{left}, {right}: one is a report and the other an event: name two of a kind")
    return one, other


def judge(ledger: Ledger, left: str, right: str, verdict: Verdict, by: str, now: str) -> Decision:
    """Record what a person says of two events (``report#3``) or two reports, and make the views anew.

    What was said before of the same two is withdrawn. Raises LedgerError where the ledger does not hold them,
    UsageError where one is an event and the other a report, or both are the same.
    """
    left, right = min(left, right), max(left, right)
    one, other = two_of_a_kind(ledger, left, right)
    of = "story" if isinstance(one, Stored) else "event"
    made = Decision(
        kind=f"{verdict}-{of}",  # type: ignore[arg-type]
        left=left,
        right=right,
        made_by=by,
        score=1.0,
        reasons=("a person says so",),
        made_at=now,
        by_person=True,
        left_report=one.id if isinstance(one, Stored) else one.stored.id,
        right_report=other.id if isinstance(other, Stored) else other.stored.id,
        left_words=None if isinstance(one, Stored) else one.event["evidence"],
        right_words=None if isinstance(other, Stored) else other.event["evidence"],
    )
    with ledger.writing() as connection:
        before = connection.execute(
            "SELECT key FROM decision WHERE left_id = ? AND right_id = ? AND by_person AND withdrawn_at IS NULL",
            (left, right),
        ).fetchall()
        decisions.withdraw(connection, [row[0] for row in before], now, "a person said otherwise later")
        decisions.record(connection, [made])
        if of == "event" and not _reconciled(connection, made):
            raise LedgerError(f"{left}, {right}: their reports are not reconciled yet: run `kronik reconcile` first")
        derive_views(connection)
    return made


def _reconciled(connection: Connection, made: Decision) -> bool:
    """Whether both reports have been compared, so that the views can be made of their events."""
    held = connection.execute(
        "SELECT count(DISTINCT id) FROM report JOIN profile ON profile.report = report.key"
        " WHERE superseded_at IS NULL AND id IN (?, ?)",
        (made.left_report, made.right_report),
    ).fetchone()[0]
    return bool(held == len({made.left_report, made.right_report}))


def _reasons(connection: Connection, key: int) -> tuple[str, ...]:
    return tuple(json.loads(connection.execute("SELECT reasons FROM decision WHERE key = ?", (key,)).fetchone()[0]))
