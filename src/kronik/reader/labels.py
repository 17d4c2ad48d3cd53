"""What the model's outputs mean: types with modes, statuses, roles, and the tags of triggers and of names."""

from __future__ import annotations

from typing import Literal, get_args

from kronik.model import EntityKind, EventType, MentionForm, Status
from kronik.world import plover

Role = Literal["actor", "recipient", "place", "source"]
# How a candidate belongs to an event: a mention in a role, a time as when it was, a thing as what it was done with.
Link = Literal["actor", "recipient", "place", "source", "time", "item"]

TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
ROLES: tuple[Role, ...] = get_args(Role)
LINKS: tuple[Link, ...] = get_args(Link)
KINDS: tuple[EntityKind, ...] = get_args(EntityKind)
FORMS: tuple[MentionForm, ...] = get_args(MentionForm)

# One output a type and mode; the first of a type means no mode.
MODES: tuple[tuple[EventType, str | None], ...] = tuple(
    (event_type, mode) for event_type in TYPES for mode in (None, *sorted(plover.modes()[event_type]))
)

# Acts of which all who take part are actors: nearly all annotated ones have no recipient.
MUTUAL: frozenset[tuple[EventType, str | None]] = frozenset(
    {("CONSULT", None), ("CONSULT", "phone"), ("CONSULT", "multilateral")}
)
# Acts that are done to somebody: at least three of four annotated ones have a recipient.
DONE_TO: frozenset[EventType] = frozenset(
    {"ACCUSE", "AID", "COERCE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"}
)

OUTSIDE = 0
ITEM_KINDS = 1  # things are tagged, and not told apart


def tags(kinds: int) -> int:
    """How many tags mark spans of so many kinds: outside, then for each kind its begin and its inside."""
    return 1 + 2 * kinds


def begin(kind: int) -> int:
    """The tag of a span's first word."""
    return 1 + 2 * kind


def inside(kind: int) -> int:
    """The tag of a span's further words."""
    return 2 + 2 * kind
