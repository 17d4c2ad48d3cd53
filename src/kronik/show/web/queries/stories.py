"""Stories, and how one went from report to report: copies, translations, credits, updates."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from kronik.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Story:
    """Reports about the same happening; the first one told it first."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    reports: int


@dataclass(slots=True)
class Told:
    """A report of a story, how it was taken from the one above it, and what was taken from it.

    ``credits`` are outlets that it names, none of whose reports is known.
    """

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str
    kinds: list[str] = field(default_factory=list)
    score: float | None = None
    reasons: tuple[str, ...] = ()
    credits: list[str] = field(default_factory=list)
    taken: list[Told] = field(default_factory=list)


def stories(connection: Connection, limit: int, offset: int = 0) -> tuple[int, list[Story]]:
    """How many stories two reports or more tell, and one page of them, those with most reports first."""
    total = connection.execute(
        "SELECT count(*) FROM (SELECT id FROM story GROUP BY id HAVING count(*) > 1) AS several"
    ).fetchone()[0]
    rows = connection.execute(
        "SELECT story.id, report.title, report.publisher, report.published, report.language, story.number FROM"
        " (SELECT id, count(*) AS number FROM story GROUP BY id HAVING count(*) > 1 ORDER BY number DESC, id"
        " LIMIT ? OFFSET ?) AS story JOIN report ON report.id = story.id AND report.superseded_at IS NULL"
        " ORDER BY story.number DESC, story.id",
        (limit, offset),
    )
    return total, [Story(*row) for row in rows]


def lineage(connection: Connection, id: str) -> list[Told]:
    """The reports of the story that a report belongs to, as trees from each original to the last copy."""
    found = connection.execute("SELECT id FROM story WHERE report = ?", (id,)).fetchone()
    ids = [row[0] for row in connection.execute("SELECT report FROM story WHERE id = ?", found)] if found else [id]
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        "SELECT id, title, publisher, published, language FROM report WHERE superseded_at IS NULL"
        f" AND id IN ({marks}) ORDER BY published IS NULL, published, key",
        ids,
    )
    reports = {row["id"]: Told(*row) for row in rows}
    decisions = connection.execute(
        "SELECT kind, left_id, right_id, score, reasons FROM decision WHERE withdrawn_at IS NULL AND kind IN"
        f" ('copy', 'translation', 'credit', 'update') AND left_id IN ({marks})"
        " ORDER BY kind = 'credit', score DESC, key",
        ids,
    ).fetchall()
    above: dict[str, str] = {}
    for row in decisions:
        one, origin = reports.get(row["left_id"]), reports.get(row["right_id"])
        if one is None:
            continue
        if origin is None:
            if row["kind"] == "credit":
                one.credits.append(row["right_id"])
            continue
        if one.id not in above and not _descends(origin, one):
            above[one.id] = origin.id
            one.score = row["score"]
            origin.taken.append(one)
        if above.get(one.id) == origin.id:
            one.kinds.append(row["kind"])
            one.reasons += tuple(json.loads(row["reasons"]))
    return [one for one in reports.values() if one.id not in above]


def _descends(one: Told, other: Told) -> bool:
    """Whether ``one`` was taken, over whatever steps, from ``other``: then it can't be its origin."""
    return one is other or any(_descends(one, child) for child in other.taken)
