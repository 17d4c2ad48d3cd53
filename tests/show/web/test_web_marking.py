"""The marked text is the text, and the marks stand where the reading says."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from lxml import html

from kronik import pipeline
from kronik.model import Report, Span, Time
from kronik.show.web.marking import Piece, paragraphs
from kronik.store.exporting import json_lines
from kronik.store.ledger import Ledger


def readings(ledger: Ledger) -> list[dict[str, object]]:
    return [json.loads(line) for line in json_lines(ledger, "reports")]


def flat(reading: dict, **wish: object) -> list[Piece]:
    return [piece for paragraph in paragraphs(reading, **wish) for piece in paragraph]


def test_the_pieces_are_the_text(ledger: Ledger) -> None:
    for reading in readings(ledger):
        text = reading["report"]["text"]
        assert ["".join(p.text for p in paragraph) for paragraph in paragraphs(reading)] == text.split("\n\n")


def test_evidence_triggers_and_names_are_marked_where_they_stand(ledger: Ledger) -> None:
    for reading in readings(ledger):
        pieces = flat(reading)
        for number, event in enumerate(reading["events"], 1):
            inside = [p for p in pieces if number in p.events and "evidence" in p.kinds]
            assert event["evidence"].replace("\n\n", "") in "".join(p.text for p in inside)
            assert sum(number in p.begins for p in pieces) == 1
            assert any(number in p.ends for p in pieces)
        named = {p.who["name"] for p in pieces if p.who}
        assert named <= {one["name"] for one in reading["entities"]}
        assert len(named) > 0.5 * len({one["name"] for one in reading["entities"]})


def test_one_event_alone_within_its_paragraph(ledger: Ledger) -> None:
    reading = readings(ledger)[0]
    start, end = reading["events"][0]["evidence_span"]
    pieces = flat(reading, only=(start, end), event=1)
    assert "".join(p.text for p in pieces) == reading["events"][0]["evidence"]
    assert {number for p in pieces for number in p.events} == {1}


def test_times_are_marked_with_their_day() -> None:
    reading = {"report": {"text": "On Monday it rained."}, "events": [], "quotes": [], "entities": []}
    times = ({"span": (3, 9), "start": "2024-04-08", "end": "2024-04-08", "rule": ""},)
    pieces = flat(reading, times=times)
    assert [(p.text, p.kinds, p.time) for p in pieces] == [
        ("On ", (), None), ("Monday", ("time",), "2024-04-08"), (" it rained.", (), None),
    ]  # fmt: skip


def test_times_found_by_the_engine_are_marked_on_the_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_times(report: Report) -> tuple[Time, ...]:
        return (Time(Span(0, 5), "2023-09-13", "2023-09-13", "made"),)

    monkeypatch.setattr(pipeline, "find_times", find_times, raising=False)
    page = html.fromstring(client.get("/report/en-vostochny-talks").text)
    assert page.xpath("//div[@class='text']//time/@datetime")[0] == "2023-09-13"
