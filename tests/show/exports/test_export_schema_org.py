"""JSON-LD, against the properties that schema.org (29) gives to the types that are used."""

from __future__ import annotations

import json
from typing import Any

THING = {"@id", "@type", "name", "description", "disambiguatingDescription", "additionalType", "url", "subjectOf",
         "identifier", "sameAs"}  # fmt: skip
ACTION = THING | {"agent", "object", "participant", "instrument", "location", "startTime", "endTime", "actionStatus",
                  "result", "target", "error"}  # fmt: skip
PROPERTIES = {
    "Thing": THING,
    "Action": ACTION,
    "TravelAction": ACTION | {"distance", "fromLocation", "toLocation"},
    "InteractAction": ACTION,
    "AgreeAction": ACTION,
    "GiveAction": ACTION | {"recipient", "fromLocation", "toLocation"},
    "NewsArticle": THING | {"headline", "author", "publisher", "datePublished", "inLanguage"},
    "Person": THING | {"jobTitle", "nationality"},
    "Organization": THING,
    "Country": THING | {"geo", "address"},
    "Place": THING | {"geo", "address"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "PostalAddress": THING | {"addressCountry"},
}


def check(node: Any) -> None:
    if isinstance(node, list):
        for one in node:
            check(one)
    elif isinstance(node, dict) and set(node) != {"@id"}:
        assert set(node) <= PROPERTIES[node["@type"]], node
        for value in node.values():
            check(value)


def test_nodes_hold_only_what_their_types_have(exported: Any) -> None:
    text, left_out = exported("jsonld", unconfirmed=True)
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    check(document["@graph"])
    ids = [node["@id"] for node in document["@graph"]]
    assert len(ids) == len(set(ids))
    assert not left_out


def test_what_is_told(exported: Any) -> None:
    text, left_out = exported("jsonld")
    graph = {node["@id"]: node for node in json.loads(text)["@graph"]}
    visit = graph["urn:kronik:event:visit%231"]
    assert (visit["@type"], visit["actionStatus"]) == ("TravelAction", "https://schema.org/CompletedActionStatus")
    assert graph[visit["agent"][0]["@id"]]["name"] == "Sergey Lavrov"
    assert graph[visit["location"]["@id"]]["geo"]["latitude"] == 39.9042
    rice = graph["urn:kronik:event:visit%232"]
    assert (rice["object"][0]["name"], graph[rice["recipient"][0]["@id"]]["name"]) == ("rice (20 tonne)", "Russia")
    assert graph["urn:kronik:event:visit%233"]["actionStatus"].endswith("PotentialActionStatus")
    assert graph[visit["subjectOf"]["@id"]]["headline"] == "Lavrov in Beijing"
    assert left_out == {"denied events": 1}
