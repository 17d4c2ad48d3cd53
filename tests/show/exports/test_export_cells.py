"""Words of pages that would break a format."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from typing import Any

import pytest

from kronik.show.exports import FORMATS, Format, event_lines
from kronik.show.exports.gdelt import COLUMNS as GDELT
from kronik.show.exports.polecat import COLUMNS as POLECAT
from kronik.show.exports.telling import Told

NASTY = 'Ani\t\r\nDewi\u2028\x85 "; <b>\\n,BEGIN:VEVENT'


@pytest.fixture
def nasty(told: list[Told]) -> Told:
    """The visit, with a nasty name for everything."""
    visit = told[0]
    who = [one | {"name": NASTY, "text": NASTY, "country": None} for one in visit.event["actors"]]
    place = visit.event["place"] | {"name": NASTY, "text": NASTY, "country": None}
    event = visit.event | {"actors": who, "place": place, "evidence": NASTY}
    reading = visit.reading | {"id": NASTY, "report": visit.report | {"title": NASTY, "publisher": NASTY, "url": None}}
    return dataclasses.replace(visit, event=event, reading=reading)


def written(form: Format, one: Told) -> str:
    if form == "ics":
        pytest.importorskip("icalendar", reason="icalendar is not installed")
    return "".join(event_lines(form, [one], Counter()))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_breaks_out(nasty: Told, form: Format) -> None:
    text = written(form, nasty)
    if form in ("plover", "ftm"):
        assert all(json.loads(line) for line in text.rstrip("\n").split("\n"))
    elif form in ("geojson", "jsonld"):
        json.loads(text)
    elif form == "ics":
        assert text.count("\r\nBEGIN:VEVENT\r\n") == 1
        assert all(ord(sign) >= 32 for line in text.split("\r\n") for sign in line if sign != "\t")
    else:
        lines = text.rstrip("\n").split("\n")
        assert {line.count("\t") + 1 for line in lines} == {len(GDELT if form == "gdelt" else POLECAT)}
        assert len(lines) == (1 if form == "gdelt" else 2)


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("geojson", "ics")])
def test_what_is_bare_is_written_as_well(told: list[Told], form: Format) -> None:
    visit: dict[str, Any] = told[0].event | {"actors": [], "recipients": [], "place": None, "start": None, "end": None}
    head = told[0].report | dict.fromkeys(("title", "publisher", "byline", "url"))
    bare = dataclasses.replace(told[0], event=visit, reading=told[0].reading | {"report": head, "entities": []})
    assert len(written(form, bare)) > 100
    undated = dataclasses.replace(bare, reading=bare.reading | {"report": head | {"published": None}})
    written(form, undated)
