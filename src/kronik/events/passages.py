"""What one sentence was tried for and what came of it, as records: the trail that `kronik read --trace` shows."""

from __future__ import annotations

from dataclasses import dataclass

from kronik.events.chunks import Row
from kronik.events.frames import Frame
from kronik.events.participants import Cast
from kronik.events.triggers import Trigger
from kronik.model import Event, Time
from kronik.reader.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a frame makes no event of a trigger: the kind of reason, and the reason in words."""

    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A frame tried on a trigger that it offers, and the event that it made or why it made none."""

    trigger: Trigger
    frame: Frame
    outcome: Event | Rejected


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence laid out, what the frames and the reader made of it, and the events decided on, not yet merged.

    ``proposals`` are None where the reader was left out; their roles number ``cast.mentions``, their times ``times``,
    the report's. ``weighed`` are the events before those were taken out that are too unlikely a happening of their own,
    each with how likely it is one.
    """

    row: Row
    cast: Cast
    attempts: tuple[Attempt, ...]
    proposals: tuple[Proposal, ...] | None
    events: tuple[Event, ...]
    weighed: tuple[tuple[Event, float], ...] = ()
    times: tuple[Time, ...] = ()
