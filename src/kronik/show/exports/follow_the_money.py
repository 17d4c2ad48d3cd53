"""Events to entities of FollowTheMoney, one a line: events, who takes part, who acts on whom, places and articles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha1
from itertools import product
from typing import Any

from kronik.show.exports import parties
from kronik.show.exports.codes import country_code, language_code
from kronik.show.exports.places import located
from kronik.show.exports.telling import Told
from kronik.show.exports.words import story, title
from kronik.store.exporting import item_words

Json = dict[str, Any]

SCHEMAS = {
    "person": "Person",
    "organisation": "Organization",
    "country": "PublicBody",
    "group": "Organization",
    "place": "LegalEntity",
}
"""FollowTheMoney's schema of a participant, by its kind. A state takes part through its government."""


def ftm_lines(events: Iterable[Told], left_out: Counter[str], *, unconfirmed: bool = False) -> Iterator[str]:
    """One entity a line, with line ends, each once. Denied and possible events go to ``left_out``."""
    written: set[str] = set()
    for told in events:
        status = told.event["status"]
        if status in ("denied", "possible") and not unconfirmed:
            left_out[f"{status} events"] += 1
            continue
        for entity in entities(told):
            if entity["id"] not in written:
                written.add(entity["id"])
                yield json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def entities(told: Told) -> Iterator[Json]:
    """The event, what it points to, and a link from each actor to each recipient."""
    event, report = told.event, told.report
    article = _article(told)
    yield article
    involved = {role: [_party(who, told) for who in event[role]] for role in ("actors", "recipients")}
    yield from (party for those in involved.values() for party in those)
    place = event["place"]
    address = _address(place) if place else None
    if address:
        yield address
    shared = {
        "proof": article["id"],
        "sourceUrl": report["url"],
        "publisher": report["publisher"],
        "recordId": told.id,
        "startDate": event["start"],
        "endDate": event["end"],
    }
    yield _entity(
        _id("event", article["id"], told.id),
        "Event",
        **shared,
        name=title(event),
        description=story(event, report),
        involved=[party["id"] for those in involved.values() for party in those],
        country=country_code(place["country"]).iso2.lower() if place else None,
        location=place["name"] if place else None,
        addressEntity=address["id"] if address else None,
        keywords=[event["type"], event["mode"], event["status"], *map(item_words, event["items"])],
    )
    for actor, recipient in product(involved["actors"], involved["recipients"]):
        yield _entity(
            _id("link", article["id"], told.id, actor["id"], recipient["id"]),
            "UnknownLink",
            **shared,
            subject=actor["id"],
            object=recipient["id"],
            role=" ".join(part for part in (event["type"], event["mode"]) if part),
            status=event["status"],
        )


def _article(told: Told) -> Json:
    report = told.report
    return _entity(
        _id("article", report["url"] or told.reading["id"]),
        "Article",
        title=report["title"],
        author=report["byline"],
        publisher=report["publisher"],
        publishedAt=report["published"],
        language=language_code(report["language"]),
        sourceUrl=report["url"],
    )


def _party(who: Json, told: Told) -> Json:
    country = country_code(who["country"]).iso2.lower()
    return _entity(
        who["wikidata"] or _id("party", who["kind"], who["country"] or "", who["name"]),
        SCHEMAS[who["kind"]],
        name=who["name"],
        country=country,
        wikidataId=who["wikidata"],
        position=parties.office(who, told.reading) if who["kind"] == "person" else None,
    )


def _address(place: Json) -> Json:
    coordinates = {key: f"{place[key]:g}" for key in ("latitude", "longitude")} if located(place) else {}
    country = country_code(place["country"]).iso2.lower()
    return _entity(_id("address", place["country"] or "", place["name"]), "Address",
                   full=place["name"], name=place["name"], country=country, **coordinates)  # fmt: skip


def _entity(id: str, schema: str, **given: Any) -> Json:
    """An entity with the properties that hold something, each a list of strings."""
    properties: dict[str, list[str]] = {}
    for name, value in given.items():
        values = [one for one in (value if isinstance(value, list) else [value]) if one]
        if values:
            properties[name] = list(dict.fromkeys(values))
    return {"id": id, "schema": schema, "properties": properties}


def _id(*parts: str) -> str:
    """The same id for the same thing, in every export."""
    return f"kronik-{sha1('|'.join(parts).encode(), usedforsecurity=False).hexdigest()}"
