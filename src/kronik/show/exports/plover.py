"""Events to PLOVER JSON: one record a line with the field names of PLOVER's manual (0.8, chapter 6)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kronik.show.exports import parties
from kronik.show.exports.codes import QUADS, event_code
from kronik.show.exports.strict_plover import strict, why_left_out
from kronik.show.exports.telling import Told, engine

Json = dict[str, Any]


def plover_lines(events: Iterable[Told], left_out: Counter[str], *, unconfirmed: bool = False) -> Iterator[str]:
    """One JSON object a line, with line ends. What has no place in PLOVER is counted in ``left_out``.

    Besides the manual's fields, which it lets providers add to, a record has ``status``, ``date_as_told``, ``items``
    and ``sources``, which PLOVER has no field for, and of what several reports tell ``reports`` and ``independent``.
    """
    for told in events:
        coded = strict(told.event, unconfirmed=unconfirmed)
        if coded is None:
            left_out[why_left_out(told.event)] += 1
        elif told.day is None:
            left_out["undated events of undated reports"] += 1
        else:
            yield json.dumps(record(told, *coded), ensure_ascii=False, separators=(",", ":")) + "\n"


def record(told: Told, event_type: str, mode: str | None) -> Json:
    """One PLOVER record; fields that are empty are left out, as the manual allows for all that it doesn't require."""
    event, report = told.event, told.report
    first, last = told.days
    start, end = event["evidence_span"]
    fields = {
        "id": told.id,
        "has_event": True,
        "date": told.day,
        "enddate": last if event["end"] and last != first else None,
        "actor": [_entity(who, told) for who in event["actors"]] or [{"sector": "UNK"}],
        "recipient": [_entity(who, told) for who in event["recipients"]],
        "event": [event_type],
        "event_loc": _location(event["place"]) if event["place"] else None,
        "event_text": [event["evidence"]],
        "quad_code": QUADS[event_type],
        "event_scale": event_code(event_type, mode).score,
        "mode": [mode] if mode else [],
        "context": event["contexts"],
        "text_info": {"start": start, "end": end},
        "cite_info": _filled(
            {
                "citation": told.reading["id"],
                "url": report["url"],
                "title": report["title"],
                "language": report["language"],
                "publication": report["publisher"],
                "coder": engine(),
                "codebook": "PLOVER 0.8",
            }
        ),
        "coder": engine(),
        "status": event["status"],
        "date_as_told": [event["start"], event["end"]],
        "items": event["items"],
        "sources": [_entity(who, told) for who in event["sources"]],
        "reports": told.entry["reports"] if told.entry else [],
        "independent": told.entry["independent"] if told.entry else None,
    }
    return _filled(fields)


def _entity(who: Json, told: Told) -> Json:
    return _filled(
        {
            "code": parties.country(who),
            "sector": parties.sector(who, told.day),
            "entity_text": who["text"],
            "identifier_id": f"https://www.wikidata.org/wiki/{who['wikidata']}" if who["wikidata"] else None,
            "identifier_text": who["name"],
            "office": parties.office(who, told.reading),
        }
    )


def _location(place: Json) -> Json:
    return _filled(
        {
            "extracted_place": place["text"],
            "resolved_place": place["name"],
            "lat": place["latitude"],
            "lon": place["longitude"],
            "country": parties.country_name(place["country"]),
            "country_code": place["country"],
        }
    )


def _filled(fields: Json) -> Json:
    """The fields that hold something; a score or coordinate of 0 does."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, [None, None])}
