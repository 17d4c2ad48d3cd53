"""What a report tells around an act to how likely the act is a happening of its own."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import kronik.pipeline
from kronik.events.passages import Passage
from kronik.events.weighing import BIAS, LEAST, features, weigh
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


def logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def test_without_other_weights_the_confidence_stays(passages: list[Passage]) -> None:
    before = [event.confidence for passage in passages for event in passage.events]
    weighed = weigh(passages, {BIAS: 0.0, "logit": 1.0})
    assert [e.confidence for p in weighed for e in p.events] == pytest.approx(before, abs=0.001)


def test_what_falls_under_the_threshold_is_taken_out_and_still_shown(passages: list[Passage]) -> None:
    weighed = weigh(passages, {BIAS: logit(LEAST) - 0.1})
    assert [passage.events for passage in weighed] == [(), (), ()]
    assert [len(passage.weighed) for passage in weighed] == [1, 1, 1]
    assert all(event.confidence < LEAST for passage in weighed for event in passage.weighed)


def test_what_a_frame_tells_whole_stays() -> None:
    found: list[Passage] = []
    text = "France gave Mali five drones. France attacked Mali."
    kronik.pipeline.read_report(Report("made", "en", text), fast=True, watch=found.append)
    weighed = weigh(found, {BIAS: logit(LEAST) - 0.1})
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


def test_no_events_no_features() -> None:
    assert list(features([])) == []
    assert weigh([], {BIAS: 0.0}) == []
