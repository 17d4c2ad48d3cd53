"""Mentions to participants: pronouns to whom they mean, "both sides" to the two, a capital that acts to its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kronik.languages import Language
from kronik.model import Entity, Event, Mention, Participant, Quote, Report, Span
from kronik.world import World


@dataclass(frozen=True)
class Cast:
    """Everybody of one report: its mentions in order, the entities that they number, its quotes, and the world."""

    report: Report
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    language: Language
    world: World

    def participants(
        self, mention: Mention, together: tuple[Participant, ...] = (), *, acting: bool
    ) -> tuple[Participant, ...]:
        """Whom the mention means; two for "both sides", none where the text leaves it open.

        ``together`` are those who did the last thing that several did: a pronoun for several means them.

        ``acting``: as an actor or speaker, where a capital stands for its state and no other place can stand; elsewhere
        a place stands for the state that it lies in.
        """
        if mention.entity is None:
            number = _number(self.language).get(mention.span.of(self.report.text).lower())
            if number == "plural" and mention.form == "pronoun":
                return together
            return (together or self._both(mention)) if number == "dual" else ()
        entity = self.entities[mention.entity]
        if entity.kind == "place":
            iso3 = entity.stands_for or ("" if acting else entity.country or "")
            state = self.world.countries.get(iso3)
            if state is None:
                return ()
            return (Participant(state.name, entity.text, "country", mention.span, iso3, state.wikidata),)
        return (participant(entity, mention.span),)

    def speaker_around(self, span: Span) -> Participant | None:
        """Who speaks in the direct quote that holds the span."""
        for quote in self.quotes:
            if quote.direct and quote.span.contains(span):
                return quote.speaker
        return None

    def sources_of(self, span: Span) -> tuple[Participant, ...]:
        """Whom the report names as saying what stands at the span, innermost first."""
        around = sorted(
            (quote for quote in self.quotes if quote.span.contains(span) and quote.speaker is not None),
            key=lambda quote: quote.span.end - quote.span.start,
        )
        seen: list[Participant] = []
        for quote in around:
            if quote.speaker and all(quote.speaker.name != other.name for other in seen):
                seen.append(quote.speaker)
        return tuple(seen)

    def _both(self, mention: Mention) -> tuple[Participant, ...]:
        """The two entities of the pronoun's kind that were named last before it, in the order in which they came."""
        wanted = "country" if mention.kind in ("group", "country") else mention.kind
        last: dict[int, Mention] = {}
        for other in self.mentions:
            if other.span.start >= mention.span.start:
                break
            if other.entity is not None and self.entities[other.entity].kind == wanted:
                last[other.entity] = other
        latest = sorted(last, key=lambda number: last[number].span.start)[-2:]
        if len(latest) < 2:
            return ()
        return tuple(participant(self.entities[number], mention.span) for number in latest)


def participant(entity: Entity, span: Span) -> Participant:
    """The entity as it takes part at ``span``."""
    return Participant(entity.name, entity.text, entity.kind, span, entity.country, entity.wikidata)


def distinct(participants: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Each name once, at its first place."""
    return tuple({participant.name: participant for participant in reversed(participants)}.values())[::-1]


def together(events: Sequence[Event]) -> tuple[Participant, ...]:
    """The actors of the last event that several did together: whom "they" or "both leaders" then means."""
    return next((event.actors for event in reversed(events) if len(event.actors) > 1), ())


@lru_cache
def _number(language: Language) -> dict[str, str]:
    """Singular, plural or dual, by pronoun."""
    return {row["text"]: row["number"] for row in language.table("pronouns")}
