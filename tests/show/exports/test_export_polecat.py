"""POLECAT's columns, against the header of its files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from kronik.show.exports.polecat import COLUMNS

SCHEMAS = Path(__file__).parents[4] / "shared" / "data" / "events" / "schemas.md"


def test_the_columns_are_polecats() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 40
    if not SCHEMAS.exists():
        pytest.skip("the data sets' headers are not beside the repository")
    assert ", ".join(COLUMNS) in SCHEMAS.read_text("utf-8")


def test_rows(exported: Any) -> None:
    text, left_out = exported("polecat")
    visit, rice, plan = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    assert tuple(visit) == COLUMNS
    assert None not in visit.values(), "no cell is missing"
    wanted = {
        "Event Type": "CONSULT", "Event Mode": "visit", "Event Date": "2024-04-08", "Intensity": "4",
        "Quad Code": "VERBAL COOPERATION", "Actor Name": "Sergey Lavrov", "Actor Country": "Russia",
        "Actor COW": "365", "Primary Actor Sector": "GOV", "Recipient Name": "China", "City": "Beijing",
        "Country": "China", "GeoNames ID": "None", "Language": "English", "Publication Date": "2024-04-10",
        "Story People": "Sergey Lavrov",
    }  # fmt: skip
    assert {column: visit[column] for column in wanted} == wanted
    assert (rice["Event Type"], rice["Quad Code"], rice["Placename"]) == ("AID", "MATERIAL COOPERATION", "None")
    assert (plan["Event Type"], plan["Event Mode"]) == ("AGREE", "None")
    assert left_out == {"denied events": 1}
