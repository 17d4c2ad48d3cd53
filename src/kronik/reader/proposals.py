"""What goes into the model beside the text, the rules' hints, and what comes out, proposals of events."""

from __future__ import annotations

from dataclasses import dataclass

from kronik.model import EventType, Span, Status
from kronik.reader.labels import Role


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that a frame takes for a trigger of a type.

    ``made``: the frame made an event of them; then ``status``, ``mode`` and ``roles`` (number of the mention, role) are
    that event's.
    """

    span: Span
    type: EventType
    made: bool = False
    status: Status | None = None
    roles: tuple[tuple[int, Role], ...] = ()
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event as the model reads it.

    ``roles`` are (number of the mention, role, score), of each entity and role the mention with the highest score;
    ``confidence`` is the probability, from 0 to 1, that the words name an act of that type. ``time`` is (number of the
    time, score), candidates.PUBLISHED for the day of publication; ``items`` are (where the thing is named, score).
    """

    trigger: Span
    type: EventType
    mode: str | None
    status: Status
    confidence: float
    roles: tuple[tuple[int, Role, float], ...] = ()
    time: tuple[int, float] | None = None
    items: tuple[tuple[Span, float], ...] = ()
