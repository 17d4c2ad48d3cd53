"""A reading to the time expressions of its text, which the reading itself does not keep."""

from __future__ import annotations

from typing import Any

from kronik import pipeline
from kronik.contract import from_json
from kronik.errors import KronikError

Json = dict[str, Any]


def times_of(reading: Json) -> tuple[Json, ...]:
    """The time expressions with their days; none where the language is not at hand any more."""
    find = getattr(pipeline, "find_times", None)
    if find is None:
        return ()
    try:
        found = find(from_json(reading).report)
    except KronikError:
        return ()
    return tuple(
        {"span": (time.span.start, time.span.end), "start": time.start, "end": time.end, "rule": time.rule}
        for time in found
    )
