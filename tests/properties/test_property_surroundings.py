"""No reading depends on the clock, the locale, the time zone or the seed of hashes: it follows from its page alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from made_reports import FRAME

import kronik
from kronik.model import Page
from kronik.pipeline import read_one

# Told without a year, so that only the page may say which year it is.
ENGLISH = f"""<html><head><title>Putin visits Beijing</title></head><body><article>
<p>BEIJING (Reuters) - Vladimir Putin met Xi Jinping on Wednesday, June 14, and will visit Pyongyang next week.</p>
<p>{FRAME["en"]}</p><p>“We meet again tomorrow in İstanbul,” Putin said yesterday.</p>
</article><aside>Other news of the day</aside></body></html>"""
INDONESIAN = f"""Kim Jong Un Bertemu Putin

Kamis, 14 September

{FRAME["id"]}

Kim Jong Un memberi Putin lima drone pada Rabu (13/9). Pekan depan ia akan mengunjungi Iran.

Baca juga: Harga Naik Lagi

(abc/def)"""
DATED = f"{FRAME['en']}\n\nRussia attacked Ukraine last Monday."
PAGES = [
    Page("en", "en.html", ENGLISH, "html"),
    Page("id", "id.txt", INDONESIAN, "text"),
    Page("dated", "dated.txt", DATED, "text", published=date(2023, 9, 17)),
]

ELSEWHERE = """
import datetime, json, sys, time

NOW = 4_000_000_000  # in the year 2096

class Day(datetime.date):
    @classmethod
    def today(cls):
        return datetime.date.fromtimestamp(NOW)

class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(NOW, tz)
    @classmethod
    def today(cls):
        return cls.now()
    @classmethod
    def utcnow(cls):
        return cls.now()

datetime.date, datetime.datetime = Day, Moment
time.time = lambda: float(NOW)
assert datetime.date.today().year == 2096
import kronik
import test_property_surroundings as here
print(json.dumps(here.told()))
"""


def told() -> list[dict[str, object]]:
    """What the pages tell, as JSON."""
    return [kronik.to_json(read_one(page, fast=True)) for page in PAGES]


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "4294967295", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "America/Adak"},
    ],
    ids=["far east", "Turkish"],
)
def test_a_reading_follows_from_its_page_alone(surroundings: dict[str, str]) -> None:
    elsewhere = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **surroundings, "PYTHONPATH": str(Path(__file__).parent)},
    )
    expected = told()
    assert all(reading["events"] for reading in expected)
    assert json.loads(elsewhere.stdout) == json.loads(json.dumps(expected))
