"""GeoJSON, against a schema of the parts of RFC 7946 that it uses."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

POSITION = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "minItems": 2,
    "maxItems": 2,
}  # fmt: skip
RFC_7946 = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "type": "object",
                        "required": ["type", "coordinates"],
                        "properties": {"type": {"const": "Point"}, "coordinates": POSITION},
                    },
                },
            },
        },
    },
}


def test_a_collection_of_points(exported: Any) -> None:
    text, left_out = exported("geojson")
    collection = json.loads(text)
    jsonschema.validate(collection, RFC_7946)
    visit, plan = collection["features"]
    assert visit["geometry"]["coordinates"] == [116.4074, 39.9042], "longitude first"
    assert visit["properties"]["actors"] == ["Sergey Lavrov"]
    assert (plan["properties"]["status"], plan["properties"]["last_day"]) == ("planned", "2025-12-31")
    assert left_out == {"events without coordinates": 2}


def test_an_empty_collection_is_one() -> None:
    from collections import Counter

    from kronik.show.exports import event_lines

    jsonschema.validate(json.loads("".join(event_lines("geojson", [], Counter()))), RFC_7946)
