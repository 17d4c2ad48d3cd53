"""Events with coordinates to GeoJSON (RFC 7946): one FeatureCollection of points."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kronik.show.exports.places import located
from kronik.show.exports.telling import Told
from kronik.store.exporting import item_words

Json = dict[str, Any]


def geojson_lines(events: Iterable[Told], left_out: Counter[str]) -> Iterator[str]:
    """The collection, one feature a line. Events without coordinates are counted in ``left_out``."""
    yield '{"type":"FeatureCollection","features":['
    before = "\n"
    for told in events:
        if not located(told.event["place"]):
            left_out["events without coordinates"] += 1
            continue
        yield before + json.dumps(feature(told), ensure_ascii=False, separators=(",", ":"))
        before = ",\n"
    yield "\n]}\n"


def feature(told: Told) -> Json:
    """One event as a feature; the first and last day are there to filter by, ``start`` and ``end`` are as told."""
    event, report = told.event, told.report
    place = event["place"]
    first, last = told.days
    return {
        "type": "Feature",
        "id": told.id,
        "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
        "properties": {
            "type": event["type"],
            "mode": event["mode"],
            "status": event["status"],
            "start": event["start"],
            "end": event["end"],
            "first_day": first,
            "last_day": last,
            "actors": [who["name"] for who in event["actors"]],
            "recipients": [who["name"] for who in event["recipients"]],
            "items": list(map(item_words, event["items"])),
            "place": place["name"],
            "country": place["country"],
            "evidence": event["evidence"],
            "sources": [who["name"] for who in event["sources"]],
            "confidence": event["confidence"],
            "report": told.reading["id"],
            "title": report["title"],
            "publisher": report["publisher"],
            "published": report["published"],
            "language": report["language"],
            "url": report["url"],
            **({key: told.entry[key] for key in ("reports", "independent", "disputed")} if told.entry else {}),
        },
    }
