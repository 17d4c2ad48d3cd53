"""Events to JSON-LD in the words of schema.org: actions, who takes part, where, and the articles that tell them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from kronik.show.exports import parties
from kronik.show.exports.places import located
from kronik.show.exports.telling import Told
from kronik.show.exports.words import title
from kronik.store.exporting import item_words

Json = dict[str, Any]

TYPES = {"person": "Person", "organisation": "Organization", "group": "Organization", "country": "Country",
         "place": "Place"}  # fmt: skip
ACTIONS = {"AID": "GiveAction", "AGREE": "AgreeAction", "CONSULT": "InteractAction"}
"""The kinds of action that mean what the type means; a visit is a TravelAction, and what has none is an Action."""
OTHER_SIDE = {"GiveAction": "recipient", "Action": "object"}
"""What a recipient is to an action; a participant where nothing else is said."""
STATUS = {"occurred": "CompletedActionStatus", "planned": "PotentialActionStatus"}


def schema_org_lines(events: Iterable[Told], left_out: Counter[str], *, unconfirmed: bool = False) -> Iterator[str]:
    """One JSON-LD document, one node of its graph a line. Denied and possible events go to ``left_out``.

    With ``unconfirmed`` they are written without a status, which says that nothing is known of it.
    """
    yield '{"@context":"https://schema.org","@graph":['
    written: set[str] = set()
    before = "\n"
    for told in events:
        status = told.event["status"]
        if status not in STATUS and not unconfirmed:
            left_out[f"{status} events"] += 1
            continue
        for node in nodes(told):
            if node["@id"] not in written:
                written.add(node["@id"])
                yield before + json.dumps(node, ensure_ascii=False, separators=(",", ":"))
                before = ",\n"
    yield "\n]}\n"


def nodes(told: Told) -> Iterator[Json]:
    """The article, those who take part, the place, and the action itself."""
    event = told.event
    article = _article(told)
    yield article
    sides = {role: [_party(who, told) for who in event[role]] for role in ("actors", "recipients")}
    yield from (party for those in sides.values() for party in those)
    place = _place(event["place"]) if event["place"] else None
    if place:
        yield place
    kind = "TravelAction" if event["mode"] == "visit" else ACTIONS.get(event["type"], "Action")
    things = [{"@type": "Thing", "name": item_words(item)} for item in event["items"]]
    yield _filled(
        {
            "@type": kind,
            "@id": f"urn:kronik:event:{quote(told.id)}",
            "additionalType": " ".join(part for part in (event["type"], event["mode"]) if part),
            "name": title(event),
            "description": event["evidence"],
            "agent": [{"@id": party["@id"]} for party in sides["actors"]],
            OTHER_SIDE.get(kind, "participant"): [{"@id": party["@id"]} for party in sides["recipients"]],
            "object" if kind == "GiveAction" else "instrument": things,
            "location": {"@id": place["@id"]} if place else None,
            "startTime": event["start"],
            "endTime": event["end"],
            "actionStatus": f"https://schema.org/{STATUS[event['status']]}" if event["status"] in STATUS else None,
            "subjectOf": {"@id": article["@id"]},
            "disambiguatingDescription": None if event["status"] in STATUS else f"told as {event['status']}",
        }
    )


def _article(told: Told) -> Json:
    report = told.report
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": report["url"] or f"urn:kronik:report:{quote(told.reading['id'])}",
            "headline": report["title"],
            "author": {"@type": "Person", "name": report["byline"]} if report["byline"] else None,
            "publisher": {"@type": "Organization", "name": report["publisher"]} if report["publisher"] else None,
            "datePublished": report["published"],
            "inLanguage": report["language"],
            "url": report["url"],
        }
    )


def _party(who: Json, told: Told) -> Json:
    wikidata = f"http://www.wikidata.org/entity/{who['wikidata']}" if who["wikidata"] else None
    person = who["kind"] == "person"
    return _filled(
        {
            "@type": TYPES[who["kind"]],
            "@id": wikidata or f"urn:kronik:{who['kind']}:{who['country'] or ''}:{quote(who['name'])}",
            "name": who["name"],
            "jobTitle": parties.office(who, told.reading) if person else None,
            "nationality": _country(who["country"]) if person else None,
        }
    )


def _place(place: Json) -> Json:
    geo = {"@type": "GeoCoordinates", "latitude": place["latitude"], "longitude": place["longitude"]}
    return _filled(
        {
            "@type": "Place",
            "@id": f"urn:kronik:site:{place['country'] or ''}:{quote(place['name'])}",
            "name": place["name"],
            "geo": geo if located(place) else None,
            "address": {"@type": "PostalAddress", "addressCountry": place["country"]} if place["country"] else None,
        }
    )


def _country(iso3: str | None) -> Json | None:
    return {"@type": "Country", "name": parties.country_name(iso3), "identifier": iso3} if iso3 else None


def _filled(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
