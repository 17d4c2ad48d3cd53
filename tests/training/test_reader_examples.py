"""Annotated reports to examples: triggers, evidence and participants found again."""

import sys
from datetime import date
from pathlib import Path

import pytest

from kronik.model import Page
from kronik.reader.candidates import PUBLISHED

sys.path.insert(0, str(Path(__file__).parents[2]))
from training import examples

TEXT = (
    "Israel bombed the port of Hodeidah in Yemen on Monday.\n\n"
    "Iran condemned the bombing. Israel said it had bombed the port to stop weapons from reaching the Houthis."
)
BOMBING = {
    "type": "ASSAULT",
    "mode": "aerial",
    "trigger": "bombed",
    "evidence": "Israel bombed  the port of Hodeidah in Yemen on Monday",
    "actors": [{"name": "Israel", "text": "Israel"}],
    "recipients": [{"name": "Atlantis", "text": "Atlantis"}],
    "place": {"name": "Hodeidah", "text": "Hodeidah"},
    "start": "2024-05-06",
    "end": "2024-05-06",
    "status": "occurred",
    "sources": [],
}


@pytest.fixture(scope="module")
def example() -> examples.Example:
    page = Page("made-up", "made-up", TEXT, "text", title="Port bombed", published=date(2024, 5, 6), language="en")
    found = examples.read(page, {"id": "made-up", "report": {"language": "en"}, "events": [BOMBING]})
    assert found is not None
    return found


def words(example: examples.Example, role: str) -> set[str]:
    (mark,) = example.marks
    return {example.mentions[n].span.of(example.report.text) for n, filled in mark.roles if filled == role}


def test_the_trigger_is_found_inside_its_evidence(example):
    (mark,) = example.marks
    assert mark.trigger.of(example.report.text) == "bombed"
    assert mark.trigger.start < example.report.text.index("Iran")


def test_participants_are_the_mentions_in_the_evidence(example):
    assert words(example, "actor") == {"Israel"}
    assert words(example, "place") == {"Hodeidah"}


def test_further_mentions_of_a_participant_are_left_open(example):
    (mark,) = example.marks
    text = example.report.text
    assert any(example.mentions[n].span.start > text.index("condemned") for n in mark.open)


def test_a_participant_without_mention_is_counted_as_lost(example):
    (mark,) = example.marks
    assert mark.lost == 1


def test_the_day_is_told_by_its_words_and_is_that_of_publication(example):
    (mark,) = example.marks
    told = {example.times[n].span.of(example.report.text) for n in mark.times if n != PUBLISHED}
    assert told == {"Monday"}
    assert PUBLISHED in mark.times


def test_words_like_the_trigger_elsewhere_are_repeats(example):
    told = {span.of(example.report.text) for span in example.repeats}
    assert "bombed" in told
    assert "condemned" not in told


def test_evidence_that_is_not_in_the_text_marks_nothing():
    page = Page("other", "other", TEXT, "text", language="en")
    gold = {"id": "other", "report": {"language": "en"}, "events": [{**BOMBING, "evidence": "Nobody bombed anything"}]}
    found = examples.read(page, gold)
    assert found is not None
    assert found.marks == ()


def test_the_frames_own_sentences_are_examples():
    found = list(examples.from_frames("en"))
    assert len(found) > 50
    assert all(len(e.marks) == 1 and e.blind for e in found)


def test_gold_is_found_again_nearly_whole():
    folder = Path(__file__).parents[3] / "shared" / "gold" / "seed"
    if not folder.is_dir():
        pytest.skip("the gold reports are not beside the repository")
    found = list(examples.from_gold(folder))
    assert sum(len(e.marks) for e in found) >= 0.9 * sum(len(e.gold["events"]) for e in found)
