"""A window to what may belong to an event told in it: its mentions, times and things, and dates from outside of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kronik.model import Span
from kronik.reader.given import Given
from kronik.reader.windows import Window

# Where a candidate stands: in the window, or a date that the report gave before it: its first, its last, its own.
Stands = Literal["inside", "first", "last", "published"]
PUBLISHED = -1  # the number of the day of publication, which is no expression of the text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention or time of the report by its ``number``, or a thing; ``span`` is None outside of the window."""

    kind: Literal["mention", "time", "item"]
    number: int
    span: Span | None
    stands: Stands = "inside"


def of_window(window: Window, given: Given, items: Sequence[Span]) -> tuple[Candidate, ...]:
    """The candidates of a window: its mentions, the dated times in it and before it, and the ``items`` found in it."""
    start, end = window.words[0].span.start, window.words[-1].span.end
    found = [
        Candidate("mention", number, mention.span)
        for number, mention in enumerate(given.mentions)
        if start <= mention.span.start < end
    ]
    dated = [n for n, time in enumerate(given.times) if time.start is not None or time.end is not None]
    found += [Candidate("time", n, given.times[n].span) for n in dated if start <= given.times[n].span.start < end]
    before = [n for n in dated if given.times[n].span.start < start]
    if before:
        found.append(Candidate("time", before[0], None, "first"))
    if len(before) > 1:
        found.append(Candidate("time", before[-1], None, "last"))
    if given.published is not None:
        found.append(Candidate("time", PUBLISHED, None, "published"))
    found += [Candidate("item", number, span) for number, span in enumerate(items)]
    return tuple(found)
