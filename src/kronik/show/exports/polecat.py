"""Events to the 40 columns of POLECAT's weekly files, parted by tabs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kronik import languages
from kronik.show.exports import parties
from kronik.show.exports.codes import QUADS, country_code, event_code
from kronik.show.exports.places import feature, located
from kronik.show.exports.strict_plover import strict, why_left_out
from kronik.show.exports.telling import Told, engine

Json = dict[str, Any]

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
NONE = "None"
"""What stands in an empty cell, as in POLECAT's files."""
QUAD_WORDS = ("", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")


def polecat_lines(events: Iterable[Told], left_out: Counter[str], *, unconfirmed: bool = False) -> Iterator[str]:
    """The head and one line an event, with line ends; lists are joined with "; ".

    What has no place in PLOVER is counted in ``left_out``.
    """
    yield "\t".join(COLUMNS) + "\n"
    for told in events:
        coded = strict(told.event, unconfirmed=unconfirmed)
        if coded is None:
            left_out[why_left_out(told.event)] += 1
        elif told.day is None:
            left_out["undated events of undated reports"] += 1
        else:
            cells = row(told, *coded)
            yield "\t".join(" ".join(cells.get(column, "").split()) or NONE for column in COLUMNS) + "\n"


def row(told: Told, event_type: str, mode: str | None) -> dict[str, str]:
    """The cells of an event by their columns; those that are not filled are left out."""
    event, report = told.event, told.report
    named = {kind: [e["name"] for e in told.reading["entities"] if e["kind"] in kind.split()]
             for kind in ("person", "organisation group", "country place")}  # fmt: skip
    language: str = report["language"]
    return {
        "Event ID": told.id,
        "Event Date": told.day or "",
        "Event Type": event_type,
        "Event Mode": mode or "",
        "Intensity": f"{event_code(event_type, mode).score:g}",
        "Quad Code": QUAD_WORDS[QUADS[event_type]],
        "Contexts": _joined(event["contexts"]),
        **_party("Actor", event["actors"], told),
        **_party("Recipient", event["recipients"], told),
        **(_place(event["place"]) if event["place"] else {}),
        "Source": report["publisher"] or "",
        "Publication Date": report["published"] or "",
        "Story People": _joined(named["person"]),
        "Story Organizations": _joined(named["organisation group"]),
        "Story Locations": _joined(named["country place"]),
        "Language": str(languages.load(language).rules("language")["name"]),
        "Version": engine(),
    }


def _party(role: str, those: list[Json], told: Told) -> dict[str, str]:
    sectors = [sector for who in those if (sector := parties.sector(who, told.day))]
    codes = list(dict.fromkeys(code for who in those if (code := parties.country(who))))
    return {
        f"{role} Name": _joined(who["name"] for who in those),
        f"{role} Country": _joined(map(parties.country_name, codes)),
        f"{role} COW": _joined(dict.fromkeys(country_code(who["country"]).cow for who in those)),
        f"Primary {role} Sector": sectors[0] if sectors else "",
        f"{role} Sectors": _joined(dict.fromkeys(sectors)),
        f"{role} Title": _joined(parties.office(who, told.reading) for who in those),
        f"{role} Name Raw": _joined(who["text"] for who in those),
    }


def _place(place: Json) -> dict[str, str]:
    kind = feature(place)
    cells = {
        "Placename": place["name"],
        "City": place["name"] if kind in ("city", "capital") else "",
        "Province": place["name"] if kind == "region" else "",
        "Country": parties.country_name(place["country"]),
        "Raw Placename": place["text"],
        "Feature Type": kind or "",
    }
    if located(place):
        cells |= {"Latitude": f"{place['latitude']:g}", "Longitude": f"{place['longitude']:g}"}
    return cells


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)
