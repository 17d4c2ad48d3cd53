"""A trigger in its sentence to when and where: the time expression and the place that belong to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kronik.events.chunks import Chunk
from kronik.events.grammar import Grammar
from kronik.events.participants import Cast
from kronik.events.triggers import Trigger
from kronik.model import Event, Mention, Place, Span, Time

PLACE_REACH = 22  # chunks that a place may lie after its trigger
COMMA = 40  # characters that a comma counts for
OTHERS = 60  # and a trigger to which a time on the left may belong
FAR = 1000  # characters; more than any sentence has
PLACE_KINDS = frozenset({"place", "country"})


def with_time(event: Event, triggers: Sequence[Span], times: Sequence[Time], text: str) -> Event:
    """The event with the time that is told of it: of the ``times`` of its sentence the nearest to its trigger.

    A comma between makes it farther, and so does, on the left, another of the ``triggers`` that the time follows. A
    time past another trigger counts as farther than any before it; one past two of them is not taken, nor one of the
    telling.
    """
    best: tuple[int, Time] | None = None
    for time in times:
        if time.of_telling or (time.start is None and time.end is None):
            continue
        between = _triggers_between(triggers, event.trigger, time.span)
        distance = between * FAR + _gap(event.trigger, time.span) + COMMA * _between_text(event, time, text).count(",")
        if time.span.start < event.trigger.start and any(other.end <= time.span.start for other in triggers):
            # Left of a comma and after another trigger it is that one's time: "X, who came in March, met Y".
            distance += 2 * FAR if "," in _between_text(event, time, text) else OTHERS
        if best is None or distance < best[0]:
            best = (distance, time)
    if best is None or best[0] >= 2 * FAR:
        return event
    found = best[1]
    because = (*event.because, f"time “{found.span.of(text)}”: {found.rule}")
    return replace(event, start=found.start, end=found.end, because=because)


def _triggers_between(triggers: Sequence[Span], one: Span, other: Span) -> int:
    """How many of the triggers, which are in order and apart, lie wholly between two spans."""
    left, right = sorted((one, other))
    ended = bisect_right(triggers, right.start, key=lambda span: span.end)
    begun = bisect_left(triggers, left.end, key=lambda span: span.start)
    return max(0, ended - begun)


def _between_text(event: Event, time: Time, text: str) -> str:
    left, right = sorted((event.trigger, time.span))
    return text[left.end : max(left.end, right.start)]


def _gap(one: Span, other: Span) -> int:
    left, right = sorted((one, other))
    return max(0, right.start - left.end)


def find_place(
    trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar, cast: Cast, also: Sequence[int] = ()
) -> Place | None:
    """The most precise place that a preposition of place governs near the trigger, and the chunk where it stands.

    ``also``: chunks whose mention is a place of the event by its frame (the place visited).
    """
    found: list[tuple[int, int]] = [(0, at) for at in also]
    last = min(len(chunks), trigger.after + PLACE_REACH)
    for at in range(trigger.after, last):
        if chunks[at].part == "stop" and chunks[at].lower not in "()":
            break
        if _is_place(at, chunks, grammar, cast):
            found.append((1, at))
            break
    if len(found) == len(also):
        for at in range(trigger.first - 1, -1, -1):
            if _is_place(at, chunks, grammar, cast):
                found.append((2, at))
                break
    places = [(rank, at, place) for rank, at in found if (place := place_of(chunks[at].mention, cast))]
    if not places:
        return None
    # A named site or town says more than the country around it.
    _, _, place = min(places, key=lambda p: (p[2].latitude is None, _is_country(chunks[p[1]], cast), p[0]))
    return place


def _is_place(at: int, chunks: Sequence[Chunk], grammar: Grammar, cast: Cast) -> bool:
    mention = chunks[at].mention
    if mention is None or mention.entity is None or cast.entities[mention.entity].kind not in PLACE_KINDS:
        return False
    before = at - 1
    while before >= 0 and chunks[before].part in ("determiner", "word") and at - before <= 4:
        before -= 1
    return before >= 0 and chunks[before].lower in grammar.place_prepositions


def _is_country(chunk: Chunk, cast: Cast) -> bool:
    mention = chunk.mention
    return mention is not None and mention.entity is not None and cast.entities[mention.entity].kind == "country"


def place_of(mention: Mention | None, cast: Cast) -> Place | None:
    """The place that the mention names; None where it names none."""
    if mention is None or mention.entity is None:
        return None
    entity = cast.entities[mention.entity]
    if entity.kind not in PLACE_KINDS:
        return None
    return Place(entity.name, entity.text, mention.span, entity.latitude, entity.longitude, entity.country)
