"""Every span of a reading reads back to the words that it claims, whatever the page."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from made_reports import pages

import kronik
from kronik.model import Page
from kronik.pipeline import read_one


@settings(max_examples=60, deadline=None, derandomize=True)
@given(pages())
def test_every_span_of_a_page_reads_back(page: Page) -> None:
    reading = read_one(page, fast=True)
    assert_reads_back(kronik.to_json(reading))


def assert_reads_back(told: dict[str, Any]) -> None:
    """That each pair of numbers in the JSON of a reading is a stretch of its text that holds what stands beside it."""
    text = told["report"]["text"]
    for event in told["events"]:
        assert event["trigger"] == words(text, event["trigger_span"])
        assert event["evidence"] == words(text, event["evidence_span"])
        assert event["trigger"] in event["evidence"]
        assert all(words(text, span) for span in event["further"])
        for item in event["items"]:
            assert item["text"] == words(text, item["span"])
        for who in [*event["actors"], *event["recipients"], *event["sources"], *filter(None, [event["place"]])]:
            assert words(text, who["span"])
            assert who["text"] in text
    for quote in told["quotes"]:
        assert quote["text"] == words(text, quote["span"])
        assert quote["cue"] is None or quote["cue"] == words(text, quote["cue_span"])
        if quote["speaker"]:
            assert words(text, quote["speaker"]["span"])
    for entity in told["entities"]:
        assert entity["text"] in [words(text, span) for span in entity["mentions"]]


def words(text: str, span: list[int]) -> str:
    """The words of a span, which are there, inside of the text, and begin and end with a sign that is printed."""
    start, end = span
    assert 0 <= start < end <= len(text)
    found = text[start:end]
    assert found == found.strip()
    return found
