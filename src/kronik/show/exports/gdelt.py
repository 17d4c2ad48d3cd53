"""Events to the 61 columns of GDELT 2.0's event files, parted by tabs, without a head."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, product
from typing import Any

from kronik.show.exports import parties
from kronik.show.exports.codes import country_code, event_code
from kronik.show.exports.places import feature, located
from kronik.show.exports.strict_plover import strict, why_left_out
from kronik.show.exports.telling import Told

Json = dict[str, Any]

ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor{number}{column}" for number in (1, 2) for column in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{where}Geo_{column}" for where in ("Actor1", "Actor2", "Action") for column in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The names of GDELT's code book (2.0), in its order."""

CAMEO_COUNTRY = {"ROU": "ROM", "TLS": "TMP"}
"""Where CAMEO writes a country otherwise than ISO 3166-1."""
KNOWN_GROUPS = {"UNO": "UNO", "EUR": "EEC"}
"""CAMEO's codes of the bodies that PLOVER has among its countries."""
MUTUAL = ("CONSULT", "COOPERATE", "AGREE", "ASSAULT")
"""Types whose several actors act on one another, where there is no recipient."""
GEO_TYPES = {"country": 1, "city": 4, "capital": 4, "region": 5}
GEO_TYPES_IN_USA = {"country": 1, "city": 3, "capital": 3, "region": 2}
"""GDELT's resolution of a place, by its feature; 0 where there is none."""


def gdelt_lines(events: Iterable[Told], left_out: Counter[str], *, unconfirmed: bool = False) -> Iterator[str]:
    """One line a pair of an actor and a recipient, as GDELT's events are, with line ends.

    What has no place in PLOVER is counted in ``left_out``.
    """
    for told in events:
        coded = strict(told.event, unconfirmed=unconfirmed)
        if coded is None:
            left_out[why_left_out(told.event)] += 1
        elif told.day is None:
            left_out["undated events of undated reports"] += 1
        else:
            shared = _event(told, *coded)
            for number, (actor, recipient) in enumerate(pairs(told.event)):
                cells = shared | {"GlobalEventID": _number(told, number)}
                cells |= _actor(1, actor, told.day) | _actor(2, recipient, told.day)
                yield "\t".join(" ".join(str(cells.get(column, "")).split()) for column in COLUMNS) + "\n"


def pairs(event: Json) -> list[tuple[Json | None, Json | None]]:
    """Who acts on whom, one by one. Those who meet, cooperate, agree or fight are paired with one another."""
    actors, recipients = event["actors"], event["recipients"]
    if not recipients and len(actors) > 1 and event["type"] in MUTUAL:
        return list(combinations(actors, 2))
    return list(product(actors or [None], recipients or [None]))


def _event(told: Told, event_type: str, mode: str | None) -> dict[str, object]:
    event, report = told.event, told.report
    day = date.fromisoformat(told.day or "")
    code = event_code(event_type, mode)
    root = int(code.cameo[:2])
    lead = "\n\n" not in report["text"][: event["evidence_span"][0]]
    return {
        "Day": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": f"{day:%Y}",
        "FractionDate": f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}",
        "IsRootEvent": int(lead),
        "EventCode": code.cameo,
        "EventBaseCode": code.cameo,
        "EventRootCode": code.cameo[:2],
        "QuadClass": 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4,
        "GoldsteinScale": f"{code.goldstein:g}",
        "NumMentions": (len(told.entry["events"]) if told.entry else 1) + len(event["further"]),
        "NumSources": told.entry["independent"] if told.entry else 1,
        "NumArticles": len(told.entry["reports"]) if told.entry else 1,
        "Actor1Geo_Type": 0,
        "Actor2Geo_Type": 0,
        **_place(event["place"]),
        "DATEADDED": f"{report['published'].replace('-', '')}000000" if report["published"] else "",
        "SOURCEURL": report["url"] or "",
    }


def _actor(number: int, who: Json | None, day: str) -> dict[str, object]:
    if who is None:
        return {}
    code = parties.country(who)
    group = KNOWN_GROUPS.get(code, "")
    country = "" if group else CAMEO_COUNTRY.get(who["country"], who["country"] or "")
    sector = parties.sector(who, day)
    return {
        f"Actor{number}Code": f"{group or country}{sector}",
        f"Actor{number}Name": who["name"].upper(),
        f"Actor{number}CountryCode": country,
        f"Actor{number}KnownGroupCode": group,
        f"Actor{number}Type1Code": sector,
    }


def _place(place: Json | None) -> dict[str, object]:
    if place is None:
        return {"ActionGeo_Type": 0}
    kind = feature(place)
    types = GEO_TYPES_IN_USA if place["country"] == "USA" else GEO_TYPES
    fips = country_code(place["country"]).fips
    country = parties.country_name(place["country"])
    cells: dict[str, object] = {
        "ActionGeo_Type": types.get(kind or "", 0),
        "ActionGeo_Fullname": ", ".join(dict.fromkeys(part for part in (place["name"], country) if part)),
        "ActionGeo_CountryCode": fips,
        "ActionGeo_ADM1Code": fips if kind == "country" else "",
    }
    if located(place):
        cells |= {"ActionGeo_Lat": f"{place['latitude']:g}", "ActionGeo_Long": f"{place['longitude']:g}"}
    return cells


def _number(told: Told, pair: int) -> int:
    """A whole number of 60 bits that stands for this pair of this event, the same in every export."""
    key = f"{told.report['url'] or ''} {told.id} {pair}"
    return int(hashlib.sha256(key.encode()).hexdigest()[:15], 16)
