"""The events of a report's sentences to how likely each is a happening of its own, which its report tells there.

A word that names an act may tell a new happening, point back to one that was told, or tell none. What decides that
stands in the whole report: what else is told, of whom, and how surely. Two likelihoods are learnt, on reports that the
reader was not trained on (training/weighing.py): that the event is a happening of its type, which decides whether it
stays, and that its actors are right as well, which is its confidence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kronik.events.passages import Passage
from kronik.events.proposed import is_told_whole, same_act
from kronik.model import Event, Participant
from kronik.reader.labels import KINDS
from kronik.reader.proposals import Proposal

# Features of events by name, to how likely each is a happening of its type, and how likely its actors are right too.
Judge = Callable[[Sequence[Mapping[str, float]]], Sequence[tuple[float, float]]]

LEAST = 0.3  # the probability of a happening that an event needs, which gave the best F1 of typed events
STEM = 5  # letters in which the first words of two triggers must agree to be forms of one
LATE = 15  # sentences, after which a report mostly tells the background
ALIKE = 0.3  # what a like trigger counts for where the parties differ


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what is asked of it again and again.

    ``proposal`` is the reader's that it was made of, None where a frame alone made it; ``framed`` are the events that
    frames make of the same act.
    """

    event: Event
    sentence: int
    stem: str
    parties: frozenset[str]
    proposal: Proposal | None
    framed: Sequence[Event]


def weigh(passages: Sequence[Passage], judge: Judge) -> list[Passage]:
    """The passages with each event's confidence as the judge gives it; those that are too unlikely are taken out.

    What a frame reads and tells whole stays: it is of a kind that few were learnt from. ``weighed`` of a passage keeps
    them all.
    """
    found = iter(judge(list(features(passages))))
    weighed = []
    for passage in passages:
        judged = []
        for event in passage.events:
            happens, sure = next(found)
            judged.append((replace(event, confidence=round(sure, 3)), round(happens, 3)))
        kept = tuple(e for e, happens in judged if happens >= LEAST or _is_told_whole(e, passage))
        weighed.append(replace(passage, events=kept, weighed=tuple(judged)))
    return weighed


def features(passages: Sequence[Passage]) -> Iterator[dict[str, float]]:
    """For each event of the passages, in order, what a judge is asked by, by name."""
    told = [_told(number, event, passage) for number, passage in enumerate(passages) for event in passage.events]
    whole = {
        "events of the report": math.log(1.0 + sum(one.event.confidence for one in told)),
        "sentences of the report": math.log(max(1, len(passages))),
    }
    for number, one in enumerate(told):
        cast = passages[one.sentence].cast
        yield {
            **whole,
            **_of_event(one, len(passages), (cast.report.title or "").lower()),
            **_of_speech(one.event, passages[one.sentence]),
            **_of_parties(one),
            **_beside(one, told[:number], "before"),
            **_beside(one, told[number + 1 :], "after"),
            **_beside(one, [o for o in told if o.sentence == one.sentence and o is not one], "in the sentence"),
            **_beside(one, [o for o in told if o.event.confidence > one.event.confidence], "likelier"),
            **_among(one, told),
        }


def _told(number: int, event: Event, passage: Passage) -> Told:
    text = passage.cast.report.text
    return Told(
        event,
        number,
        event.trigger.of(text).lower().split()[0][:STEM],
        _names(event.actors) | _names(event.recipients),
        next((proposal for proposal in passage.proposals or () if proposal.trigger == event.trigger), None),
        _framed(event, passage),
    )


def _is_told_whole(event: Event, passage: Passage) -> bool:
    """Whether a frame reads the act and tells it whole."""
    return any(map(is_told_whole, _framed(event, passage)))


def _framed(event: Event, passage: Passage) -> list[Event]:
    return same_act(event, (a.outcome for a in passage.attempts if isinstance(a.outcome, Event)))


def _names(parties: Sequence[Participant]) -> frozenset[str]:
    return frozenset(party.name.casefold() for party in parties)


def _of_event(one: Told, sentences: int, title: str) -> dict[str, float]:
    event = one.event
    bounded = min(max(event.confidence, 1e-4), 1 - 1e-4)
    return {
        "logit": math.log(bounded / (1 - bounded)),
        f"type {event.type}": 1.0,
        f"status {event.status}": 1.0,
        "a frame reads it too": float(bool(one.framed)),
        "by a frame alone": float(one.proposal is None),
        "position": one.sentence / max(1, sentences),
        "first sentence": float(one.sentence == 0),
        "second sentence": float(one.sentence == 1),
        "late": float(one.sentence > LATE),
        "has actors": float(bool(event.actors)),
        "actors": float(min(3, len(event.actors))),
        "has recipients": float(bool(event.recipients)),
        "has a place": float(bool(event.place)),
        "has a date": float(bool(event.start)),
        "has things": float(bool(event.items)),
        "has sources": float(bool(event.sources)),
        "length of trigger": float(min(30, event.trigger.end - event.trigger.start)) / 10,
        "trigger in title": float(one.stem in title),
    }


def _of_speech(event: Event, passage: Passage) -> dict[str, float]:
    around = [quote for quote in passage.cast.quotes if quote.span.contains(event.trigger)]
    return {
        "in direct speech": float(any(quote.direct for quote in around)),
        "in indirect speech": float(any(not quote.direct for quote in around)),
    }


def _of_parties(one: Told) -> dict[str, float]:
    """How sure the reader is of whom it links to the act, what they are, and whether a frame names the same actors."""
    event = one.event
    linked = one.proposal.roles if one.proposal else ()
    actors = [score for _, role, score in linked if role == "actor"]
    same = [_names(other.actors) == _names(event.actors) for other in one.framed if other.actors]
    return {
        "least sure actor": min(actors, default=0.0),
        "surest actor": max(actors, default=0.0),
        "least sure recipient": min((score for _, role, score in linked if role == "recipient"), default=0.0),
        "a frame names the same actors": float(any(same)),
        "a frame names other actors": float(not all(same)),
        "actors are known": float(bool(event.actors) and all(a.wikidata or a.country for a in event.actors)),
        **{f"an actor is a {kind}": float(any(a.kind == kind for a in event.actors)) for kind in KINDS},
    }


def _beside(one: Told, others: Sequence[Told], where: str) -> dict[str, float]:
    """How like the event others of its type are, each counted as far as it is likely itself."""
    parties = trigger = of_type = date = 0.0
    for other in others:
        if other.event.type != one.event.type:
            continue
        likely = other.event.confidence
        shared = _shared(one.parties, other.parties)
        of_type = max(of_type, likely)
        parties = max(parties, likely * shared)
        if other.stem == one.stem:
            trigger = max(trigger, likely * (ALIKE + shared))
        if other.event.start and other.event.start == one.event.start:
            date = max(date, likely * shared)
    return {
        f"{where}: parties": parties,
        f"{where}: trigger": trigger,
        f"{where}: type": of_type,
        f"{where}: date": date,
    }


def _among(one: Told, told: Sequence[Told]) -> dict[str, float]:
    beside = [other for other in told if other.sentence == one.sentence and other is not one]
    return {
        "another type in the sentence": max(
            (o.event.confidence for o in beside if o.event.type != one.event.type), default=0.0
        ),
        "events in the sentence": float(min(5, len(beside) + 1)),
        "rank": sum(other.event.confidence > one.event.confidence for other in told) / 10,
    }


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How many parties two events share, as F1; half where neither names any."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.5
