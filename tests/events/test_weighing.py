"""What a report tells around an act to how likely the act is a happening of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

import kronik.pipeline
from kronik.events.passages import Passage
from kronik.events.weighing import LEAST, Judge, features, weigh
from kronik.model import Event, Report
from kronik.reader.proposals import Proposal

TEXT = "France attacked Mali. France attacked Mali. Ghana visited Togo."


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    found: list[Passage] = []
    kronik.pipeline.read_report(Report("made", "en", TEXT, title="Mali attacked"), fast=True, watch=found.append)
    return [replace(passage, proposals=tuple(map(proposal, passage.events))) for passage in found]


def proposal(event: Event) -> Proposal:
    return Proposal(event.trigger, event.type, event.mode, event.status, event.confidence)


def judging(happens: float, sure: float) -> Judge:
    """A judge to whom all events are alike."""

    def judge(rows: Sequence[Mapping[str, float]]) -> list[tuple[float, float]]:
        return [(happens, sure) for _ in rows]

    return judge


def test_how_sure_the_actors_are_is_the_confidence(passages: list[Passage]) -> None:
    weighed = weigh(passages, judging(0.9, 0.25))
    assert [e.confidence for p in weighed for e in p.events] == [0.25, 0.25, 0.25]


def test_what_is_unlikely_to_happen_is_taken_out_and_still_shown(passages: list[Passage]) -> None:
    weighed = weigh(passages, judging(LEAST - 0.01, 0.9))
    assert [passage.events for passage in weighed] == [(), (), ()]
    assert [[(e.confidence, h) for e, h in p.weighed] for p in weighed] == [[(0.9, LEAST - 0.01)]] * 3


def test_what_a_frame_tells_whole_stays() -> None:
    found: list[Passage] = []
    text = "France gave Mali five drones. France attacked Mali."
    kronik.pipeline.read_report(Report("made", "en", text), fast=True, watch=found.append)
    weighed = weigh(found, judging(LEAST - 0.01, 0.1))
    assert [[event.type for event in passage.events] for passage in weighed] == [["AID"], []]


def test_a_repeat_knows_what_was_told_before_of_the_same_parties(passages: list[Passage]) -> None:
    first, second, other = features(passages)
    assert first["before: parties"] == 0
    assert second["before: parties"] == second["before: type"] > 0
    assert second["before: trigger"] > second["before: type"]  # the same word counts beside the same parties
    assert other["before: type"] == 0
    assert first["after: parties"] == second["before: parties"]


def test_an_event_knows_its_place_in_the_report(passages: list[Passage]) -> None:
    first, second, other = features(passages)
    assert (first["first sentence"], second["second sentence"], other["position"]) == (1, 1, 2 / 3)
    assert (first["trigger in title"], other["trigger in title"]) == (1, 0)
    assert first["events of the report"] == other["events of the report"] > 0


def test_an_event_knows_how_surely_the_reader_links_its_parties(passages: list[Passage]) -> None:
    first = passages[0]
    (event,) = first.events
    linked = replace(proposal(event), roles=((0, "actor", 0.8), (1, "recipient", 0.6)))
    (sure, *_) = features([replace(first, proposals=(linked,)), *passages[1:]])
    (unsure, *_) = features(passages)
    assert (sure["surest actor"], sure["least sure recipient"]) == (0.8, 0.6)
    assert unsure["surest actor"] == 0
    assert sure["an actor is a country"] == sure["a frame names the same actors"] == 1
    assert sure["a frame names other actors"] == 0


def test_no_events_no_features() -> None:
    assert list(features([])) == []
    assert weigh([], judging(1, 1)) == []
