"""Whole pages of a language that was added as a folder are read: its main event, who speaks, what is no article."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from kronik.contract import to_json
from kronik.model import Page
from kronik.pipeline import read_one
from kronik.read.sources import read_pages

PAGES = Path(__file__).parent


@lru_cache
def reading(name: str) -> dict[str, Any]:
    (page,) = read_pages([PAGES / f"{name}.html"])
    assert isinstance(page, Page)
    return to_json(read_one(page, fast=True))


def told(name: str, type: str, mode: str | None) -> list[dict[str, Any]]:
    return [event for event in reading(name)["events"] if (event["type"], event["mode"]) == (type, mode)]


def names(participants: list[dict[str, Any]]) -> list[str]:
    return [participant["name"] for participant in participants]


@pytest.mark.parametrize("name", ["ms-li-qiang-putrajaya", "ms-serangan-beirut"])
def test_the_page_is_told_to_be_malay(name: str) -> None:
    assert reading(name)["report"]["language"] == "ms"


def test_a_malay_page_on_a_visit_is_read() -> None:
    (meeting,) = told("ms-li-qiang-putrajaya", "CONSULT", None)
    assert names(meeting["actors"]) == ["Anwar Ibrahim", "Li Qiang"]
    assert meeting["start"] == "2024-06-19"
    assert meeting["status"] == "occurred"
    (visit,) = told("ms-li-qiang-putrajaya", "CONSULT", "visit")
    assert (names(visit["actors"]), names(visit["recipients"])) == (["Li Qiang"], ["Malaysia"])
    assert visit["start"] == "2024-06-18"
    (agreement,) = told("ms-li-qiang-putrajaya", "AGREE", None)
    assert names(agreement["actors"]) == ["Malaysia", "China"]
    (request,) = told("ms-li-qiang-putrajaya", "REQUEST", "yield")
    assert (names(request["actors"]), names(request["recipients"])) == (["Anwar Ibrahim"], ["Israel"])
    assert told("ms-li-qiang-putrajaya", "RETREAT", "ceasefire") == []


def test_a_malay_page_on_an_attack_is_read() -> None:
    (attack,) = told("ms-serangan-beirut", "ASSAULT", "aerial")
    assert (names(attack["actors"]), names(attack["recipients"])) == (["Israel Defense Forces"], ["Hezbollah"])
    assert attack["start"] == "2024-09-27"
    (killing,) = told("ms-serangan-beirut", "ASSAULT", "targeted")
    assert (names(killing["actors"]), names(killing["recipients"])) == (["Israel"], ["Hassan Nasrallah"])
    (condemnation,) = told("ms-serangan-beirut", "ACCUSE", "disapprove")
    assert (names(condemnation["actors"]), names(condemnation["recipients"])) == (["Iran"], ["Israel"])


def test_a_malay_quote_has_its_speaker() -> None:
    (quote,) = reading("ms-li-qiang-putrajaya")["quotes"]
    assert quote["direct"]
    assert quote["speaker"]["name"] == "Anwar Ibrahim"
    assert quote["text"].startswith("Kami mahu")


def test_what_is_no_article_is_taken_out_of_a_malay_page() -> None:
    taken = {
        line["text"] if isinstance(line, dict) else line
        for line in reading("ms-li-qiang-putrajaya")["report"]["not_article"]
    }
    assert any("BACA:" in str(line) for line in taken)
    assert any("Ikuti kami" in str(line) for line in taken)
