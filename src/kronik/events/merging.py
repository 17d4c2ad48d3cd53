"""The events of one report, some telling the same happening, to one event a happening with the fullest evidence."""

from __future__ import annotations

import heapq
from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kronik.model import Event, EventType, Participant, Span, Status

BREATH = 90  # characters within which an attack is told again by what it did
NOBODY: frozenset[str] = frozenset()
Key = tuple[EventType, Status, frozenset[str], frozenset[str] | None]


def merge(events: Sequence[Event]) -> tuple[Event, ...]:
    """One event for each happening, in the order of the text; the others' evidence is kept as ``further``.

    Two events are one happening where type and status agree, their parties are compatible (what both name is the same)
    and their dates do not contradict. The one with more filled fields stays.
    """
    kept: list[Event] = []
    blocks = _Blocks()
    for event in sorted(events, key=lambda e: e.trigger):
        number = next((n for n in blocks.near(event) if same_happening(event, kept[n])), len(kept))
        if number == len(kept):
            kept.append(event)
        else:
            blocks.take(number, kept[number])
            kept[number] = _united(kept[number], event)
        blocks.put(number, kept[number])
    return tuple(sorted(kept, key=lambda e: e.trigger))


class _Blocks:
    """The numbers of the kept events by what ``same_happening`` demands, so that an event meets only those it may be.

    Most events differ in type, status or actors from all others; those are never compared. Attacks told in a breath
    may differ in actors: of them all are met that stand near enough.
    """

    def __init__(self) -> None:
        self._alike: defaultdict[Key, list[int]] = defaultdict(list)
        self._attacks: defaultdict[Status, dict[int, Span]] = defaultdict(dict)

    def near(self, event: Event) -> Iterator[int]:
        """The numbers, rising, of all kept events that may tell the same happening as one that stands after them."""
        actors, recipients = _names(event.actors), _names(event.recipients)
        blocks = []
        if actors or recipients:
            blocks.append(self._alike.get((event.type, event.status, actors, recipients or None), []))
        if actors and recipients:
            blocks.append(self._alike.get((event.type, event.status, actors, NOBODY), []))
        if event.type == "ASSAULT":
            attacks = self._attacks[event.status]
            for number in [n for n, trigger in attacks.items() if event.trigger.start - trigger.end > BREATH]:
                del attacks[number]  # and farther still from all that follow
            blocks.append(sorted(attacks))
        return heapq.merge(*blocks)

    def put(self, number: int, event: Event) -> None:
        """Take in a kept event."""
        for key in _keys(event):
            insort(self._alike[key], number)
        if event.type == "ASSAULT":
            self._attacks[event.status][number] = event.trigger

    def take(self, number: int, event: Event) -> None:
        """Take a kept event out, which is put in again as another."""
        for key in _keys(event):
            self._alike[key].remove(number)


def _keys(event: Event) -> tuple[Key, Key]:
    """The blocks of an event: that of its parties, and that of its actors with whatever recipients."""
    actors = _names(event.actors)
    return (event.type, event.status, actors, _names(event.recipients)), (event.type, event.status, actors, None)


def same_happening(one: Event, other: Event) -> bool:
    """Whether two events of one report tell the same happening."""
    if one.type != other.type or one.status != other.status:
        return False
    if one.mode and other.mode and one.mode != other.mode:
        return False
    if one.start and other.start and not _compatible_dates(one.start, other.start):
        return False
    if _told_in_a_breath(one, other):
        return True
    left, right = _names(one.actors + one.recipients), _names(other.actors + other.recipients)
    if not left or not right:
        return False
    to_one, to_other = _names(one.recipients), _names(other.recipients)
    return _names(one.actors) == _names(other.actors) and (to_one == to_other or not to_one or not to_other)


def _told_in_a_breath(one: Event, other: Event) -> bool:
    """Whether two attacks are one, told again at once: "an attack that killed twelve"."""
    first, second = sorted((one, other), key=lambda event: event.trigger)
    if one.type != "ASSAULT" or second.actors or second.trigger.start - first.trigger.end > BREATH:
        return False
    return not second.recipients or _names(first.recipients) == _names(second.recipients)


def _names(participants: Sequence[Participant]) -> frozenset[str]:
    return frozenset(p.name.casefold() for p in participants)


def _compatible_dates(one: str, other: str) -> bool:
    """Whether one date equals or holds the other ("2023-09" holds "2023-09-13")."""
    return one.startswith(other) or other.startswith(one)


def fullness(event: Event) -> int:
    """How much the event tells: the number of its fields that are filled."""
    return (
        2 * bool(event.actors)
        + 2 * bool(event.recipients)
        + bool(event.place)
        + 2 * bool(event.start)
        + bool(event.items)
        + bool(event.mode)
    )


def _united(first: Event, second: Event) -> Event:
    fuller, lesser = (second, first) if fullness(second) > fullness(first) else (first, second)
    return replace(
        fuller,
        mode=fuller.mode or lesser.mode,
        recipients=fuller.recipients or lesser.recipients,
        place=fuller.place or lesser.place,
        start=fuller.start or lesser.start,
        end=fuller.end or (lesser.end if not fuller.start else None),
        items=fuller.items or lesser.items,
        sources=fuller.sources or lesser.sources,
        confidence=max(fuller.confidence, lesser.confidence),
        further=tuple(sorted((*fuller.further, *lesser.further, lesser.evidence))),
    )
