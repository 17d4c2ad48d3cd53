"""Decisions to rows of the ledger and back: recorded, found, withdrawn, never altered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kronik.model import Decision
from kronik.store.connection import Connection

KINDS_OF_EVENTS = ("same-event", "different-event", "unsure-event")
KINDS_OF_STORIES = ("same-story", "different-story", "unsure-story")
KINDS_OF_LINEAGE = ("copy", "translation", "credit", "update")

_COLUMNS = (
    "kind, left_id, right_id, made_by, score, reasons, made_at, withdrawn_at, by_person, left_report, right_report,"
    " left_words, right_words, withdrawn_because"
)


_ABOUT = (
    "SELECT key FROM decision WHERE withdrawn_at IS NULL AND left_report = ?"
    " UNION SELECT key FROM decision WHERE withdrawn_at IS NULL AND right_report = ?"
)  # one question for each index


def record(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Record decisions; one of the same kind about the same two that stands already is withdrawn first."""
    for one in decisions:
        standing = connection.execute(
            "SELECT key FROM decision WHERE left_id = ? AND right_id = ? AND kind = ? AND withdrawn_at IS NULL",
            (one.left, one.right, one.kind),
        ).fetchone()
        if standing:
            withdraw(connection, [standing[0]], one.made_at, "decided anew")
        connection.execute(
            f"INSERT INTO decision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, NULL)",
            (one.kind, one.left, one.right, one.made_by, one.score, json.dumps(one.reasons, ensure_ascii=False),
             one.made_at, one.by_person, one.left_report, one.right_report, one.left_words, one.right_words),
        )  # fmt: skip


def withdraw(connection: Connection, keys: Iterable[int], now: str, because: str) -> None:
    """Withdraw decisions; their rows stay."""
    connection.executemany(
        "UPDATE decision SET withdrawn_at = ?, withdrawn_because = ? WHERE key = ?",
        [(now, because, key) for key in keys],
    )


def withdraw_about(connection: Connection, report: str, now: str, because: str) -> None:
    """Withdraw what was decided by comparing about a report or its events; what people judged stays."""
    connection.execute(
        f"UPDATE decision SET withdrawn_at = ?, withdrawn_because = ? WHERE NOT by_person AND key IN ({_ABOUT})",
        (now, because, report, report),
    )


def withdraw_of_others(connection: Connection, made_by: str, now: str, because: str) -> None:
    """Withdraw what was decided by comparing in any way but this; what people judged stays."""
    connection.execute(
        "UPDATE decision SET withdrawn_at = ?, withdrawn_because = ?"
        " WHERE withdrawn_at IS NULL AND NOT by_person AND made_by <> ?",
        (now, because, made_by),
    )


def bare(connection: Connection, kinds: Iterable[str]) -> Iterator[Decision]:
    """The decisions of these kinds that stand, in a fixed order, without reasons and dates: for making the views."""
    wanted = tuple(kinds)
    for row in connection.execute(
        "SELECT kind, left_id, right_id, made_by, score, by_person, left_report, right_report, left_words, right_words"
        f" FROM decision WHERE withdrawn_at IS NULL AND kind IN ({', '.join('?' * len(wanted))})"
        " ORDER BY left_id, right_id, kind",
        wanted,
    ):
        kind, left, right, made_by, score, by_person, *rest = row
        yield Decision(kind, left, right, made_by, score, (), "", None, bool(by_person), *rest)


def standing(
    connection: Connection, kinds: Iterable[str] = (), *, report: str | None = None, withdrawn: bool = False
) -> Iterator[Decision]:
    """The decisions that stand, of these kinds (of all where none is said) and about this report, in a fixed order.

    With ``withdrawn`` those that were withdrawn as well.
    """
    wanted = tuple(kinds)
    conditions, values = ["TRUE" if withdrawn else "withdrawn_at IS NULL"], list[Any](wanted)
    if wanted:
        conditions.append(f"kind IN ({', '.join('?' * len(wanted))})")
    if report is not None:
        about = _ABOUT.replace("withdrawn_at IS NULL", "TRUE") if withdrawn else _ABOUT
        conditions.append(f"key IN ({about})")
        values += [report, report]
    for row in connection.execute(
        f"SELECT {_COLUMNS} FROM decision WHERE {' AND '.join(conditions)} ORDER BY left_id, right_id, kind, key",
        values,
    ):
        yield Decision(
            kind=row["kind"],
            left=row["left_id"],
            right=row["right_id"],
            made_by=row["made_by"],
            score=row["score"],
            reasons=tuple(json.loads(row["reasons"])),
            made_at=row["made_at"],
            withdrawn_at=row["withdrawn_at"],
            by_person=bool(row["by_person"]),
            left_report=row["left_report"],
            right_report=row["right_report"],
            left_words=row["left_words"],
            right_words=row["right_words"],
            withdrawn_because=row["withdrawn_because"],
        )
