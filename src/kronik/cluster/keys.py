"""A reading to the blocking keys of its report and of its events, by which reconciling finds what to compare."""

from __future__ import annotations

import json
from typing import Any

from kronik.reconcile import happenings
from kronik.reconcile import keys as of_reports
from kronik.reconcile.profiles import profile_of

Json = dict[str, Any]
Keys = tuple[int, ...]


def keys_of(kept: str) -> tuple[Keys, tuple[Keys, ...]]:
    """The keys of a reading (JSON text): its report's, and each event's in order.

    A pure function of the reading and of kronik's data: the same that ``kronik reconcile`` keeps in the ledger, made
    wherever the report is read.
    """
    reading: Json = json.loads(kept)
    profile = profile_of(reading)
    head = (reading["id"], profile.language, profile.published)
    told = (
        happenings.happening_of(f"{head[0]}#{number}", *head, event, profile.characters)
        for number, event in enumerate(reading["events"], 1)
    )
    return of_reports.keys_of(profile), tuple(map(happenings.keys_of, told))
