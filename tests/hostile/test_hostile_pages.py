"""Every hostile page is read within its limits, or set aside with one clear line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from kronik.errors import PageError
from kronik.model import Page
from kronik.pipeline import read_one
from kronik.read.files import read_standard_input
from kronik.read.page import Given, make_page
from kronik.show.text import clean as on_one_line

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")
sys.path.insert(0, BENCHMARKS)
import hostile  # noqa: E402
from hostile_pages import NAMED, PAGES, PROMPT, PROSE, STEERING, WORDS  # noqa: E402

sys.path.remove(BENCHMARKS)

SECONDS = 2.0
"""Of one core, for a page cut to ``LONGEST``; `benchmarks/hostile.py` measures the whole pages."""
LONGEST = {name: 6_000 if name in WORDS else 25_000 for name in PAGES}


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    if Path("/proc/self/clear_refs").exists():
        hostile.warm_up(fast=True)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="measures memory as Linux tells it")
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_answered_within_its_limits(name: str) -> None:
    answer = hostile.answer_to(PAGES[name]()[: LONGEST[name]], True, SECONDS)
    assert not answer.failed, answer.words
    assert answer.seconds < SECONDS
    assert answer.megabytes < hostile.MEGABYTES[True]
    assert answer.words == "read" or (len(answer.words) < 300 and answer.words.isprintable())


def page(text: str) -> Page:
    return make_page(f"{PROSE * 3}\n\n{text}".encode(), Given(format="text"), id="x", origin="x")


def test_what_no_report_is_as_long_as_is_set_aside() -> None:
    with pytest.raises(PageError, match=r"x: its article has [\d,]+ characters, more than any report \(100,000\)"):
        read_one(page("\n\n".join(f"{n}. {PROSE * 9}" for n in range(100))), fast=True)


def test_an_entity_names_no_file_and_grows_no_text() -> None:
    for name in ("entity bomb", "foreign entity"):
        body = PAGES[name]()
        read = read_one(make_page(body, Given(), id="x", origin="x"), fast=True)
        assert "root:" not in read.report.text
        assert len(read.report.text) < len(body)


def test_what_steers_a_terminal_is_no_part_of_a_text_and_turning_signs_are_not_printed() -> None:
    read = read_one(page(STEERING + " " + PROSE * 30), fast=True)
    assert not set(read.report.text) & set(map(chr, [*range(9), *range(0xB, 0x20), 0x7F, *range(0x80, 0xA0)]))
    shown = on_one_line(read.report.text)
    assert not set(shown) & set("\u202e\u2066\u2069\u202c\u200e\u200f\x1b\x9b")
    assert "President Putin" in shown


def test_words_that_speak_to_a_machine_are_words() -> None:
    """They may be told like any other words of the page; they set nothing."""
    told = read_one(page(PROMPT), fast=True)
    assert all(event.confidence < 1 for event in told.events)
    assert all(event.evidence.of(told.report.text) in told.report.text for event in told.events)


def test_script_in_names_stays_text() -> None:
    read = read_one(page(NAMED), fast=True)
    assert "<script>alert(5)</script>" in read.report.text


def test_a_stream_that_is_cut_gives_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Standard:
        buffer = io.BytesIO(b'{"text": "' + PROSE.encode())

    monkeypatch.setattr(sys, "stdin", Standard())
    (one,) = read_standard_input(Given())
    assert "no valid JSON" in str(one)
