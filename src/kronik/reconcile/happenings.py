"""An event as a report tells it to what is compared of it: its keys, and the features of two of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any
from zlib import crc32

from kronik.reconcile.features import Features
from kronik.reconcile.frequencies import rarity, term_frequencies
from kronik.reconcile.terms import words_of
from kronik.store.dates import first_day, last_day

Json = dict[str, Any]

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""In these all take part alike: who is actor and who recipient depends on how a report puts it."""

NEAR_KM = 60.0
"""Places that lie nearer than this may be one."""

SHORT_DAYS = 3
"""An event of so many days at most is told to the day."""

MANY_WORDS = 6
"""From so many words on it says something that the words are the same."""

VERY_RARE = 8.0
"""The rarity of names that counts as 1 in the feature ``rare``."""

SAME_PARTY = 0.3
"""Parties that are alike by less are others."""

_PAIR = 4 << 60


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: canonical name, Wikidata id, country (iso3) and kind."""

    name: str
    wikidata: str | None
    country: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What is compared of one event. Days are ordinals; ``at`` is where it is told (0 to 1)."""

    id: str
    report: str
    language: str
    published: int | None
    type: str
    mode: str | None
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    first: int | None
    last: int | None
    items: frozenset[str]
    words: frozenset[str]
    at: float


def happening_of(id_: str, report: str, language: str, published: str | None, told: Json, length: int) -> Happening:
    """What is compared of an event; ``told`` is its object in the reading, ``length`` the text's in characters."""
    place = told["place"] or {}
    start, end = told["start"], told["end"]
    return Happening(
        id=id_,
        report=report,
        language=language,
        published=date.fromisoformat(published).toordinal() if published else None,
        type=told["type"],
        mode=told["mode"],
        status=told["status"],
        actors=_parties(told["actors"]),
        recipients=_parties(told["recipients"]),
        place=place.get("name"),
        place_country=place.get("country"),
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        first=date.fromisoformat(first_day(start or end)).toordinal() if start or end else None,
        last=date.fromisoformat(last_day(end or start)).toordinal() if start or end else None,
        items=frozenset(item["name"] for item in told["items"]),
        words=frozenset(word for word in words_of(told["evidence"]) if len(word) > 3 or word.isdigit()),
        at=told["trigger_span"][0] / max(1, length),
    )


def keys_of(one: Happening) -> tuple[int, ...]:
    """The keys by which events are found again in reports of other stories: type, day, and two names that take part.

    An event that is not told to the day, or with fewer names, is compared only with those of reports that hang together
    with its own. Events a day apart share a key, as reports from different time zones put them.
    """
    if one.first is None or one.last is None or one.last - one.first >= SHORT_DAYS:
        return ()
    names = {party.name for party in (*one.actors, *one.recipients) if party.kind != "group"}
    if one.place is not None:
        names.add(one.place)
    pairs = [f"{one.type}+{a}+{b}" for a, b in combinations(sorted(names), 2)]
    return tuple(sorted({_PAIR | crc32(f"{pair}+{day // 2}".encode()) for pair in pairs for day in _around(one)}))


def comparable(one: Happening, other: Happening) -> bool:
    """Whether two events can be one at all: of one type, of two reports."""
    return one.type == other.type and one.report != other.report


def features_of(one: Happening, other: Happening, story: float, lineage: float) -> Features:
    """The features of a pair of events; ``story`` and ``lineage`` are the scores of their reports (0 where undecided).

    What a report leaves out says nothing: only what both tell speaks for or against.
    """
    features: Features = {"story": story, "lineage": lineage}
    if lineage:
        features["position"] = max(0.0, 1.0 - 8.0 * abs(one.at - other.at))
    if one.type in MUTUAL:
        sides = [((*one.actors, *one.recipients), (*other.actors, *other.recipients))]
    else:
        sides = [(one.actors, other.actors), (one.recipients, other.recipients)]
    sides = [(mine, theirs) for mine, theirs in sides if mine and theirs]
    told = [_alike(mine, theirs) for mine, theirs in sides]
    if told:
        features["others"] = float(sum(_others(mine, theirs) and _others(theirs, mine) for mine, theirs in sides))
        features["who"] = sum(told) / len(told)
        features["strangers"] = float(sum(alike < SAME_PARTY for alike in told))
    names = {p.name for p in (*one.actors, *one.recipients)} & {p.name for p in (*other.actors, *other.recipients)}
    features["rare"] = min(1.0, sum(map(_rarity, names)) / (2 * VERY_RARE))
    _when(one, other, features)
    _where(one, other, features)
    if one.items and other.items:
        features["same_items" if one.items & other.items else "other_items"] = 1.0
    if one.mode and other.mode:
        features["same_mode" if one.mode == other.mode else "other_mode"] = 1.0
    if (one.status == "planned") != (other.status == "planned"):
        features["ahead"] = 1.0
    if one.language == other.language and one.words and other.words:
        all_words = len(one.words | other.words)
        features["words"] = len(one.words & other.words) / all_words * min(1.0, all_words / MANY_WORDS)
    return features


def _parties(those: list[Json]) -> tuple[Party, ...]:
    return tuple(Party(who["name"], who["wikidata"], who["country"], who["kind"]) for who in those)


def _around(one: Happening) -> range:
    """The days of an event and the one before and after."""
    assert one.first is not None
    assert one.last is not None
    return range(one.first - 1, one.last + 2)


def _alike(mine: tuple[Party, ...], theirs: tuple[Party, ...]) -> float:
    """How well the fewer parties are found among the more, from 0 to 1."""
    fewer, more = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return sum(max(_same(one, other) for other in more) for one in fewer) / len(fewer)


def _others(mine: tuple[Party, ...], theirs: tuple[Party, ...]) -> bool:
    """Whether some of mine are nobody of theirs."""
    return any(all(_same(one, other) < SAME_PARTY for other in theirs) for one in mine)


def _same(one: Party, other: Party) -> float:
    if one.name == other.name or (one.wikidata is not None and one.wikidata == other.wikidata):
        return 1.0
    if one.country is not None and one.country == other.country:
        if "country" in (one.kind, other.kind):
            return 0.8  # a state and who acts for it
        return 0.4 if one.kind != other.kind else 0.1
    return 0.0


@lru_cache(maxsize=16384)
def _rarity(name: str) -> float:
    return rarity(term_frequencies().get(f"name:{name}"))


def _when(one: Happening, other: Happening, features: Features) -> None:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        if one.published is not None and other.published is not None:
            features["undated"] = math.log1p(abs(one.published - other.published))
        return
    gap = max(one.first, other.first) - min(one.last, other.last)
    if gap > 0:
        features["apart"] = math.log1p(gap)
    elif max(one.last - one.first, other.last - other.first) < SHORT_DAYS:
        features["same_day"] = 1.0
    else:
        features["overlap"] = 1.0


def _where(one: Happening, other: Happening, features: Features) -> None:
    if one.place is None or other.place is None:
        return
    if one.place == other.place:
        features["same_place"] = 1.0
    elif one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        if one.place_country is not None and one.place_country == other.place_country:
            features["same_place"] = 0.5
        elif one.place_country is not None and other.place_country is not None:
            features["elsewhere"] = 1.0
    elif kilometres(one.latitude, one.longitude, other.latitude, other.longitude) <= NEAR_KM:
        features["same_place"] = 0.7
    else:
        features["elsewhere"] = 1.0


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance of two points on the globe (haversine)."""
    one, other = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
