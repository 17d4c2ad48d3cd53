"""The two grades of reading: with the trained reader, and by the frames alone."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

from kronik.model import Report
from kronik.pipeline import read_report

REPORT = Report(
    id="grades",
    language="en",
    text="Russian President Vladimir Putin met Kim Jong Un at the Vostochny Cosmodrome on Wednesday.",
    published=date(2023, 9, 15),
    published_from="meta",
)


def test_both_grades_read_a_plain_meeting() -> None:
    for fast in (False, True):
        (event,) = read_report(REPORT, fast=fast).events
        assert (event.type, event.start) == ("CONSULT", "2023-09-13")
        assert {actor.name for actor in event.actors} == {"Vladimir Putin", "Kim Jong Un"}


def test_an_event_says_which_grade_made_it() -> None:
    assert read_report(REPORT).events[0].because[0].startswith("the reader takes “met” for CONSULT")
    assert read_report(REPORT, fast=True).events[0].because[0].startswith("frame “")


def test_reading_is_the_same_every_time() -> None:
    assert read_report(REPORT) == read_report(REPORT)


def test_the_fast_grade_loads_no_model() -> None:
    code = (
        "import sys; from kronik.model import Report; from kronik.pipeline import read_report;"
        "read_report(Report('x', 'en', 'France attacked Mali on Monday.'), fast=True);"
        "print('onnxruntime' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
