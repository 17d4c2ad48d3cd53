"""FollowTheMoney entities, validated by its own model."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kronik.show.exports.follow_the_money import SCHEMAS


def test_entities_are_as_the_model_wants_them(exported: Any) -> None:
    text, left_out = exported("ftm", unconfirmed=True)
    entities = {data["id"]: data for data in map(json.loads, text.splitlines())}
    assert len(entities) == len(text.splitlines()), "each entity once"
    assert not left_out
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    for data in entities.values():
        schema = ftm.model.get(data["schema"])
        assert schema is not None
        assert not schema.abstract
        schema.validate(data)
        cleaned = ftm.model.get_proxy(data, cleaned=False)
        kept = {name: sorted(values) for name, values in cleaned.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in data["properties"].items()}, "cleaning changes nothing"
        for prop, value in cleaned.itervalues():
            if prop.type.name == "entity":
                assert ftm.model.get(entities[value]["schema"]).is_a(prop.range), prop.name


@pytest.mark.parametrize("schema", sorted(set(SCHEMAS.values())))
def test_every_kind_of_participant_may_take_part(schema: str) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    assert not ftm.model.get(schema).abstract
    assert ftm.model.get(schema).is_a(ftm.model.get("Event").get("involved").range)


def test_what_is_told(exported: Any) -> None:
    text, left_out = exported("ftm")
    entities = [json.loads(line) for line in text.splitlines()]
    events = [entity["properties"] for entity in entities if entity["schema"] == "Event"]
    assert events[0]["startDate"] == ["2024-04-08"]
    assert events[0]["keywords"] == ["CONSULT", "visit", "occurred"]
    assert events[2]["startDate"] == ["2025"], "the granularity is kept"
    links = [entity["properties"] for entity in entities if entity["schema"] == "UnknownLink"]
    assert [(link["role"], link["status"]) for link in links] == [
        (["CONSULT visit"], ["occurred"]),
        (["AID"], ["occurred"]),
    ]
    assert left_out == {"denied events": 1}
