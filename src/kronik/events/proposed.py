"""The reader's proposals to events: whom its roles mean, and the items, time, place and sources that the rules find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kronik.events.chunks import Chunk, Row
from kronik.events.grammar import Grammar
from kronik.events.items import item_at, items_near
from kronik.events.participants import Cast, distinct, together
from kronik.events.setting import place_of, with_time
from kronik.events.status import find_status
from kronik.events.triggers import Trigger
from kronik.model import Event, Item, Participant, Place, Span, Time
from kronik.reader.candidates import PUBLISHED
from kronik.reader.labels import Role
from kronik.reader.proposals import Proposal


def events_of(
    row: Row,
    proposals: Sequence[Proposal],
    framed: Sequence[Event],
    before: Sequence[Event],
    cast: Cast,
    rules: Grammar,
    times: Sequence[Time],
) -> list[Event]:
    """The events that the proposals of one sentence make, not merged.

    ``times`` are the report's, as the reader numbers them; ``framed`` are what the frames make of the sentence,
    ``before`` the report's events so far. Where a frame reads the same act, its parties count where they are some of
    the reader's or the reader has none, which measured better.
    """
    text = cast.report.text
    events = [
        _with_frame(_when(event, proposal, times, cast), framed, text)
        for proposal in proposals
        if (event := _event(proposal, row, before, cast, rules))
    ]
    triggers = sorted([event.trigger for event in events] + [f.trigger for f in framed])
    # Where the reader links no time, the nearest of the sentence has measured better than none.
    events = [e if e.start or e.end else with_time(e, triggers, row.times, text) for e in events]
    events += [
        with_time(f, triggers, row.times, text)
        for f in framed
        if is_told_whole(f) and not any(f.trigger.overlaps(event.trigger) for event in events)
    ]
    return events


def _when(event: Event, proposal: Proposal, times: Sequence[Time], cast: Cast) -> Event:
    """The event with the time that the reader links to it, if it links one."""
    if proposal.time is None:
        return event
    number, score = proposal.time
    sure = f"by the reader (probability {score:.2f})"
    if number == PUBLISHED:
        day = cast.report.published.isoformat() if cast.report.published else None
        return replace(event, start=day, end=day, because=(*event.because, f"time: the day of publication, {sure}"))
    time = times[number]
    because = f"time “{time.span.of(cast.report.text)}”: {time.rule}, {sure}"
    return replace(event, start=time.start, end=time.end, because=(*event.because, because))


def _with_frame(event: Event, framed: Sequence[Event], text: str) -> Event:
    """The event with what the frame that reads the same act knows better."""
    same = next(iter(same_act(event, framed)), None)
    if same is None:
        return event
    marked = _is_marked(same)
    actors = same.actors if marked or _narrows(same.actors, event.actors) else event.actors
    recipients = same.recipients if marked or _narrows(same.recipients, event.recipients) else event.recipients
    recipients = tuple(party for party in recipients if all(party.name != actor.name for actor in actors))
    return replace(
        event,
        actors=actors,
        recipients=recipients,
        because=(*event.because, f"{same.because[0]} reads the same act"),
    )


def same_act(event: Event, framed: Iterable[Event]) -> list[Event]:
    """Those of the frames' events that read the act of an event: of its type, at its words."""
    return [other for other in framed if other.type == event.type and other.trigger.overlaps(event.trigger)]


def _is_marked(framed: Event) -> bool:
    """Whether a frame reads a passive with both its parties: who does it is marked then ("oleh", "by")."""
    return bool(framed.actors and framed.recipients) and framed.because[0].endswith("(passive)")


def is_told_whole(framed: Event) -> bool:
    """Whether a frame reads a transfer with both its parties and its thing, or a denial with who denies.

    Such an act is kept where the reader misses it: it has seen few, and what is not done is what other ledgers lose.
    """
    if framed.status == "denied" and framed.sources:
        return True
    return bool(framed.actors and framed.recipients and framed.items)


def _narrows(ones: Sequence[Participant], others: Sequence[Participant]) -> bool:
    """Whether some parties are named that are a part of the others, or the others are none."""
    return bool(ones) and (not others or {one.name for one in ones} < {other.name for other in others})


def _event(proposal: Proposal, row: Row, before: Sequence[Event], cast: Cast, rules: Grammar) -> Event | None:
    trigger = _placed(proposal.trigger, row.chunks)
    if trigger is None:
        return None
    text = cast.report.text
    actors = _filling(proposal, "actor", before, cast)
    recipients = tuple(
        party for party in _filling(proposal, "recipient", before, cast) if all(party.name != a.name for a in actors)
    )
    status = find_status(trigger, row.chunks, rules, cast.language)
    if status.status == "denied":
        # Who says that nothing was done is the source of the denial, and no party to the act.
        actors = tuple(a for a in actors if all(a.name != s.name for s in cast.sources_of(proposal.trigger)))
    items = _items(proposal, trigger, row, cast, rules)
    place = _place(proposal, cast)
    named = _filling(proposal, "source", before, cast) or cast.sources_of(proposal.trigger)
    inside = [
        cast.mentions[number].span
        for number, role, _ in proposal.roles
        if role != "source" and row.sentence.span.contains(cast.mentions[number].span)
    ]
    spans = [proposal.trigger, *inside, *(item.span for item in items)]
    sure = f"{proposal.confidence:.2f}"
    return Event(
        type=proposal.type,
        mode=proposal.mode,
        trigger=proposal.trigger,
        evidence=Span(min(span.start for span in spans), max(span.end for span in spans)),
        status="denied" if status.status == "denied" else proposal.status,
        confidence=proposal.confidence,
        actors=actors,
        recipients=recipients,
        place=place,
        items=items,
        sources=tuple(party for party in named if all(party.name != a.name for a in actors)),
        because=(
            f"the reader takes “{proposal.trigger.of(text)}” for {proposal.type} (probability {sure})",
            *(
                f"{role}: “{cast.mentions[number].span.of(text)}”, by the reader (probability {score:.2f})"
                for number, role, score in proposal.roles
            ),
            f"status {proposal.status}: by the reader" if status.status != "denied" else f"status {status.rule}",
        ),
    )


def _items(proposal: Proposal, trigger: Trigger, row: Row, cast: Cast, rules: Grammar) -> tuple[Item, ...]:
    """The things that the rules find near the act; where they find none, those that the reader links to it."""
    return items_near(trigger, row.chunks, proposal.type, cast, rules) or tuple(
        item
        for span, _ in proposal.items
        if row.sentence.span.contains(span)
        and (item := item_at(span, row.chunks, cast.report.text, rules, cast.language))
    )


def _placed(span: Span, chunks: Sequence[Chunk]) -> Trigger | None:
    """The span as a trigger among the chunks; None where none of them lies in it."""
    covered = [number for number, chunk in enumerate(chunks) if chunk.span.overlaps(span)]
    return Trigger(covered[0], covered[-1] + 1, span, "active", ()) if covered else None


def _filling(proposal: Proposal, role: Role, before: Sequence[Event], cast: Cast) -> tuple[Participant, ...]:
    """Whom the mentions of a role mean, in the order of the text."""
    numbers = sorted(number for number, of_role, _ in proposal.roles if of_role == role)
    group = together(before)
    return distinct(
        tuple(party for number in numbers for party in cast.participants(cast.mentions[number], group, acting=True))
    )


def _place(proposal: Proposal, cast: Cast) -> Place | None:
    scored = sorted(((score, number) for number, role, score in proposal.roles if role == "place"), reverse=True)
    return next((place for _, number in scored if (place := place_of(cast.mentions[number], cast))), None)
