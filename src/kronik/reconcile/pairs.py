"""Pairs of events, and how their reports are related, to the decisions that two events are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kronik.model import Decision
from kronik.reconcile.happenings import Happening, features_of
from kronik.reconcile.scoring import DECIDED, reasons, score


def relation(decided: Sequence[Decision]) -> tuple[float, float]:
    """How surely two reports tell one story, and how surely one is of the other, by what was decided of them."""
    story = max((one.score for one in decided if one.kind == "same-story"), default=0.0)
    return story, max((one.score for one in decided if one.kind in ("copy", "translation")), default=0.0)


def same_events(pairs: Iterable[tuple[Happening, Happening, float, float]]) -> Iterator[Decision]:
    """Those of the pairs that are one event, each given with the ``relation`` of its reports.

    Pure. ``made_by`` and ``made_at`` are left to the caller.
    """
    for one, other, story, line in pairs:
        left, right = (one, other) if one.id < other.id else (other, one)
        features = features_of(left, right, story, line)
        alike = score("event", features)
        if alike >= DECIDED:
            yield Decision(
                "same-event", left.id, right.id, "", alike, reasons("event", features),
                left_report=left.report, right_report=right.report,
            )  # fmt: skip
