"""Decisions about what one report is of another, to rows that are shown and exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronik.store.decisions import KINDS_OF_LINEAGE, standing
from kronik.store.ledger import Ledger

Json = dict[str, Any]


def lineage(ledger: Ledger, report: str | None = None) -> Iterator[Json]:
    """What reports are of others: {report, of, kind, score, reasons, made_by, made_at}, ordered by report.

    ``of`` is a report, or in a credit also the name of an outlet. Where the page of a report changed, each version
    is an update of the one before (``of`` is ``ID version N``). With ``report`` only rows that this report stands in.
    """
    with ledger.speaking() as connection:
        rows: list[Json] = [
            {
                "report": one.left,
                "of": one.right,
                "kind": one.kind,
                "score": one.score,
                "reasons": list(one.reasons),
                "made_by": one.made_by,
                "made_at": one.made_at,
            }
            for one in standing(connection, KINDS_OF_LINEAGE, report=report)
        ]
        for row in connection.execute(
            "SELECT id, version, min(added_at), min(engine) FROM report WHERE version > 1 AND (? IS NULL OR id = ?)"
            " GROUP BY id, version",
            (report, report),
        ):
            rows.append(
                {
                    "report": row[0],
                    "of": f"{row[0]} version {row[1] - 1}",
                    "kind": "update",
                    "score": 1.0,
                    "reasons": [f"the page was found changed: version {row[1]}"],
                    "made_by": f"kronik {row[3]}",
                    "made_at": row[2],
                }
            )
    yield from sorted(rows, key=lambda one: (one["report"], one["kind"], one["of"]))
