"""What kronik prints is what its schema says, reads back the same, and points at the words it tells of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import kronik
from kronik.model import Page, Reading, Report, Span
from kronik.pipeline import read_one, read_report
from kronik.read.sources import read_pages

EXAMPLES = Path(__file__).parents[1] / "examples"
VALIDATOR = Draft202012Validator(kronik.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def pages() -> list[Page]:
    return [page for page in read_pages([EXAMPLES]) if isinstance(page, Page) and page.id != "README"]


def made(text: str, code: str = "en", published: date | None = date(2023, 9, 17)) -> Reading:
    return read_report(Report("made", code, text, published=published, published_from="text" if published else None))


OWN = {
    "a gift, a quote and a visit": made(
        "Vladimir Putin gave Kim Jong Un five drones on Wednesday. “We will visit Pyongyang in October,” Putin said."
        "\n\nTalks between Russia and North Korea in Vladivostok ended on Saturday, the Kremlin said."
    ),
    "items with a unit": made("Germany sent 2.5 tonnes of wheat and five tanks to Sudan."),
    "the same in Indonesian": made(
        "Vladimir Putin memberi Kim Jong Un lima drone pada Rabu. “Kami akan mengunjungi Pyongyang pada Oktober,” kata "
        "Putin.\n\nPerundingan Rusia dan Korea Utara di Vladivostok berakhir pada Sabtu, kata Kremlin.",
        "id",
    ),
    "no date of publication": made("Russia attacked Ukraine on Monday.", published=None),
    "nothing told": made("Rain is expected in the hills."),
    "no text at all": made(""),
    "a page with warts": read_one(
        Page(
            "warts", "warts.txt",
            "Putin visits Beijing\n\nBEIJING (Reuters) - Vladimir Putin visited China on Tuesday.\n\nAlso read: Other "
            "news of the day\n\nAdvertisement\n\n\"It was a very good visit,\" Putin said on Wednesday.",
            "text", published=date(2023, 10, 18), url="https://example.org/a",
        )
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=[*(p.id for p in pages()), *OWN])
def reading(request: pytest.FixtureRequest) -> Reading:
    if request.param in OWN:
        return OWN[request.param]
    return read_one(next(page for page in pages() if page.id == request.param))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(kronik.schema())


def test_real_output_is_valid(reading: Reading) -> None:
    faults = [f"{fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(kronik.to_json(reading))]
    assert not faults


def test_what_the_schema_does_not_name_is_refused() -> None:
    whole = kronik.to_json(OWN["a gift, a quote and a visit"])
    assert VALIDATOR.is_valid(whole)
    assert not VALIDATOR.is_valid({**whole, "extra": 1})
    assert not VALIDATOR.is_valid({key: value for key, value in whole.items() if key != "events"})
    assert whole["events"]
    for key, wrong in (("type", "VISIT"), ("status", "done"), ("start", "Monday"), ("trigger_span", [1])):
        event = {**whole["events"][0], key: wrong}
        assert not VALIDATOR.is_valid({**whole, "events": [event]}), key


def test_it_reads_back_the_same(reading: Reading) -> None:
    written = json.dumps(kronik.to_json(reading), ensure_ascii=False)
    assert kronik.from_json(json.loads(written)) == reading


def test_items_keep_number_and_unit() -> None:
    items = [item for event in kronik.to_json(OWN["items with a unit"])["events"] for item in event["items"]]
    assert [(i["name"], i["quantity"], i["unit"]) for i in items] == [("wheat", 2.5, "tonne"), ("tank", 5, None)]
    assert isinstance(items[1]["quantity"], int)


def spans(reading: Reading) -> Iterator[tuple[Span, str | None]]:
    """Every span of a reading, with the text that stands beside it where one does."""
    for event in reading.events:
        yield event.trigger, None
        yield event.evidence, None
        yield from ((span, None) for span in event.further)
        yield from ((p.span, None) for p in (*event.actors, *event.recipients, *event.sources))
        yield from ((item.span, item.text) for item in event.items)
        if event.place:
            yield event.place.span, None
    for quote in reading.quotes:
        yield quote.span, None
        if quote.cue:
            yield quote.cue, None
        if quote.speaker:
            yield quote.speaker.span, None
    for entity in reading.entities:
        yield from ((span, None) for span in entity.mentions)


def assert_grounded(reading: Reading) -> None:
    text = reading.report.text
    for span, words in spans(reading):
        assert 0 <= span.start < span.end <= len(text)
        if words is not None:
            assert span.of(text) == words
    for event in reading.events:
        assert event.evidence.contains(event.trigger)
    for entity in reading.entities:
        assert entity.text in text
        assert any(span.of(text) == entity.text for span in entity.mentions)


def test_every_span_reads_back_its_words(reading: Reading) -> None:
    assert_grounded(reading)


def test_the_words_of_the_json_are_those_of_the_text(reading: Reading) -> None:
    told = kronik.to_json(reading)
    text = told["report"]["text"]
    for event in told["events"]:
        for key in ("trigger", "evidence"):
            start, end = event[f"{key}_span"]
            assert text[start:end] == event[key]
    for quote in told["quotes"]:
        start, end = quote["span"]
        assert text[start:end] == quote["text"]


def test_reading_twice_gives_the_same() -> None:
    page = pages()[0]
    assert read_one(page) == read_one(page)


PHRASES = [
    "Russia", "Ukraine", "Kim Jong Un", "Vladimir Putin", "the Kremlin", "UN", "Beijing", "Rusia", "Presiden", "He",
    "Menteri Luar Negeri Sergei Lavrov", "pasukan", "they", "kedua negara", "both sides", "O'Brien", "USA", "attacked",
    "menyerang", "was attacked by", "diserang", "met", "bertemu", "said", "mengatakan bahwa", "will visit", "denied",
    "akan mengunjungi", "membantah", "sent five drones to", "mengirim lima drone ke", "talks between", "yang", "who",
    "perundingan antara", "and", "dan", ",", "kata", "according to", "menurut", ".", "?", " on Monday.", ",”", "”",
    " pada Senin (11/9).", " in 2023.", "“", '"', "'", "…", " - ", "\n\n", " (", ")", "5,5",
]  # fmt: skip
NAME_OR_NUMBER = st.from_regex(r"[A-Z][a-z]{2,8}|\d{1,4}", fullmatch=True)
WORDS = st.lists(st.one_of(st.sampled_from(PHRASES), NAME_OR_NUMBER, st.text(max_size=6)), max_size=25)
TEXTS = st.one_of(WORDS.map(" ".join), WORDS.map("".join), st.text(max_size=120))
DAYS = st.sampled_from([None, date(2023, 9, 17), date(1, 1, 1), date(9999, 12, 31)])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXTS, code=st.sampled_from(["id", "en"]), published=DAYS)
def test_any_text_is_read_without_fault_and_every_span_lies_in_it(text: str, code: str, published: date | None) -> None:
    reading = made(text, code, published)
    assert_grounded(reading)
    written = kronik.to_json(reading)
    assert VALIDATOR.is_valid(written)
    assert kronik.from_json(json.loads(json.dumps(written))) == reading
