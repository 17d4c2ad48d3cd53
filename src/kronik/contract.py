"""A Reading to the public JSON object and back, and the JSON Schema of that object."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from kronik.model import (
    Entity,
    EntityKind,
    Event,
    EventType,
    Item,
    Listing,
    Participant,
    Place,
    PublishedFrom,
    Quote,
    Reading,
    Removed,
    Report,
    Span,
    Status,
)

Json = dict[str, Any]


@lru_cache(maxsize=1)
def schema() -> Json:
    """The JSON Schema (2020-12) of one reading."""
    return cast(Json, json.loads(files("kronik").joinpath("reading.schema.json").read_text("utf-8")))


def to_json(reading: Reading) -> Json:
    """The reading as the public JSON object, in the words of the annotation guidelines and ``kronik schema``."""
    report = reading.report
    text = report.text
    return {
        "id": report.id,
        "report": {
            "language": report.language,
            "title": report.title,
            "publisher": report.publisher,
            "byline": report.byline,
            "dateline_place": report.dateline_place,
            "published": report.published.isoformat() if report.published else None,
            "published_from": report.published_from,
            "credits": list(report.credits),
            "not_article": [removed.text for removed in report.not_article],
            "not_article_reasons": [removed.reason for removed in report.not_article],
            "url": report.url,
            "text": text,
        },
        "events": [_event(event, text) for event in reading.events],
        "quotes": [_quote(quote, text) for quote in reading.quotes],
        "entities": [_entity(entity) for entity in reading.entities],
    }


def from_json(data: Json) -> Reading:
    """The reading that ``to_json`` made the object from. Raises KeyError where a key of the contract is missing."""
    head = data["report"]
    report = Report(
        id=data["id"],
        language=head["language"],
        text=head["text"],
        title=head["title"],
        publisher=head["publisher"],
        byline=head["byline"],
        dateline_place=head["dateline_place"],
        published=date.fromisoformat(head["published"]) if head["published"] else None,
        published_from=cast("PublishedFrom | None", head["published_from"]),
        credits=tuple(head["credits"]),
        not_article=tuple(map(Removed, head["not_article"], head["not_article_reasons"])),
        url=head["url"],
    )
    return Reading(
        report=report,
        events=tuple(map(_event_from, data["events"])),
        quotes=tuple(map(_quote_from, data["quotes"])),
        entities=tuple(map(_entity_from, data["entities"])),
    )


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _participant(participant: Participant) -> Json:
    return {
        "name": participant.name,
        "text": participant.text,
        "kind": participant.kind,
        "country": participant.country,
        "wikidata": participant.wikidata,
        "span": _span(participant.span),
    }


def _event(event: Event, text: str) -> Json:
    place = event.place
    return {
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "trigger": event.trigger.of(text),
        "trigger_span": _span(event.trigger),
        "evidence": event.evidence.of(text),
        "evidence_span": _span(event.evidence),
        "actors": [_participant(p) for p in event.actors],
        "recipients": [_participant(p) for p in event.recipients],
        "place": place
        and {
            "name": place.name,
            "text": place.text,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "country": place.country,
            "span": _span(place.span),
        },
        "start": event.start,
        "end": event.end,
        "items": [
            {"name": i.name, "text": i.text, "quantity": _number(i.quantity), "unit": i.unit, "span": _span(i.span)}
            for i in event.items
        ],
        "status": event.status,
        "sources": [_participant(p) for p in event.sources],
        "confidence": round(event.confidence, 3),
        "because": list(event.because),
        "further": [_span(span) for span in event.further],
    }


def _number(quantity: float | None) -> float | int | None:
    """A whole quantity as an integer, as gold and readers write it."""
    return int(quantity) if quantity is not None and quantity == int(quantity) else quantity


def _quote(quote: Quote, text: str) -> Json:
    return {
        "speaker": quote.speaker and _participant(quote.speaker),
        "text": quote.span.of(text),
        "span": _span(quote.span),
        "direct": quote.direct,
        "cue": quote.cue.of(text) if quote.cue else None,
        "cue_span": _span(quote.cue) if quote.cue else None,
        "rule": quote.rule,
    }


def _entity(entity: Entity) -> Json:
    return {
        "name": entity.name,
        "text": entity.text,
        "kind": entity.kind,
        "country": entity.country,
        "wikidata": entity.wikidata,
        "office": entity.office,
        "stands_for": entity.stands_for,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
        "mentions": [_span(span) for span in entity.mentions],
        "listed": [{"list": on.list, "date": on.date, "id": on.id, "name": on.name} for on in entity.listed],
    }


def _participant_from(data: Json) -> Participant:
    return Participant(
        name=data["name"],
        text=data["text"],
        kind=cast(EntityKind, data["kind"]),
        span=Span(*data["span"]),
        country=data["country"],
        wikidata=data["wikidata"],
    )


def _event_from(data: Json) -> Event:
    place = data["place"]
    return Event(
        type=cast(EventType, data["type"]),
        mode=data["mode"],
        trigger=Span(*data["trigger_span"]),
        evidence=Span(*data["evidence_span"]),
        status=cast(Status, data["status"]),
        confidence=data["confidence"],
        contexts=tuple(data["contexts"]),
        actors=tuple(map(_participant_from, data["actors"])),
        recipients=tuple(map(_participant_from, data["recipients"])),
        place=place
        and Place(
            name=place["name"],
            text=place["text"],
            span=Span(*place["span"]),
            latitude=place["latitude"],
            longitude=place["longitude"],
            country=place["country"],
        ),
        start=data["start"],
        end=data["end"],
        items=tuple(Item(i["name"], i["text"], Span(*i["span"]), i["quantity"], i["unit"]) for i in data["items"]),
        sources=tuple(map(_participant_from, data["sources"])),
        because=tuple(data["because"]),
        further=tuple(Span(*span) for span in data["further"]),
    )


def _quote_from(data: Json) -> Quote:
    return Quote(
        span=Span(*data["span"]),
        direct=data["direct"],
        speaker=data["speaker"] and _participant_from(data["speaker"]),
        cue=Span(*data["cue_span"]) if data["cue_span"] else None,
        rule=data["rule"],
    )


def _entity_from(data: Json) -> Entity:
    mentions = tuple(Span(*span) for span in data["mentions"])
    listed = tuple(Listing(**on) for on in data.get("listed", ()))  # readings of earlier versions lack the key
    return Entity(**{**data, "mentions": mentions, "listed": listed})
