"""What the frames find in a report to hints for the reader: words that may name an act, and the events made of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kronik.events.chunks import lay_out
from kronik.events.frames import fitting, lexicon
from kronik.events.grammar import grammar
from kronik.events.participants import Cast
from kronik.events.reading import framed_event
from kronik.events.triggers import find_triggers
from kronik.languages import Language
from kronik.model import Entity, Event, Mention, Quote, Report, Sentence
from kronik.reader.labels import Role
from kronik.reader.proposals import Hint
from kronik.world import World


def find_hints(
    report: Report,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
    language: Language,
    world: World,
) -> tuple[Hint, ...]:
    """Every trigger that a frame offers, in order; where a frame makes an event of one, with that event's roles."""
    rules, words = grammar(language), lexicon(language)
    cast = Cast(report, tuple(mentions), tuple(entities), tuple(quotes), language, world)
    starts = [mention.span.start for mention in mentions]
    found: dict[tuple[int, int, str], Hint] = {}
    for row in lay_out(sentences, mentions, (), rules):  # without times, as the reader was trained
        fits = fitting(row.sentence.span.of(report.text))
        for alternatives in find_triggers(row.chunks, words, rules):
            made = False
            for trigger in alternatives:
                for frame in trigger.frames:
                    if not fits(frame):
                        continue
                    event = None if made else framed_event(frame, trigger, row.chunks, rules, cast)
                    key = (trigger.span.start, trigger.span.end, frame.type)
                    if event is not None:
                        made = True
                        found[key] = Hint(
                            trigger.span, frame.type, True, event.status, _roles(event, starts), event.mode
                        )
                    else:
                        found.setdefault(key, Hint(trigger.span, frame.type))
    return tuple(found.values())


def _roles(event: Event, starts: Sequence[int]) -> tuple[tuple[int, Role], ...]:
    """The event's participants as numbers of mentions."""
    of_role: tuple[tuple[Role, Sequence[int]], ...] = (
        ("place", [event.place.span.start] if event.place else []),
        ("recipient", [participant.span.start for participant in event.recipients]),
        ("actor", [participant.span.start for participant in event.actors]),
    )
    found: dict[int, Role] = {}
    for role, places in of_role:
        for place in places:
            number = bisect_left(starts, place)
            if number < len(starts) and starts[number] == place:
                found[number] = role
    return tuple(sorted(found.items()))
