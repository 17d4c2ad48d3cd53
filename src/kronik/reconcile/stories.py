"""Decisions about pairs of reports to stories: groups of reports that tell one happening."""

from __future__ import annotations

from collections.abc import Iterable

from kronik.model import Decision
from kronik.reconcile.grouping import grouped

CLOSE = 0.35
"""Two groups are one story where the mean score over all their pairs is at least this; undecided pairs count as 0."""


def stories_of(decisions: Iterable[Decision]) -> list[tuple[str, ...]]:
    """The stories of several reports, each sorted by id; a function of the decisions, whatever their order.

    What a person judged counts over what comparing found: ``same-story`` binds, ``different-story`` parts, always.
    """
    scores: dict[tuple[str, str], float] = {}
    bound, parted = set(), set()
    for one in decisions:
        pair = (min(one.left, one.right), max(one.left, one.right))
        if one.by_person and one.kind == "same-story":
            bound.add(pair)
        elif one.by_person and one.kind == "different-story":
            parted.add(pair)
        elif one.kind == "same-story":
            scores[pair] = max(scores.get(pair, 0.0), one.score)
    return grouped(scores, bound, parted, CLOSE)
