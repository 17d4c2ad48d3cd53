"""What a query means, and what is gathered of it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from kronik.errors import UsageError
from kronik.show.dossier.subject import subject
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger


@pytest.mark.parametrize(
    ("query", "kind", "name", "country"),
    [
        ("Sergey Lavrov", "participant", "Sergey Lavrov", "RUS"),
        ("lavrov", "participant", "Sergey Lavrov", "RUS"),
        ("RUS", "country", "Russia", "RUS"),
        ("russia", "country", "Russia", "RUS"),
        ("Korea Utara", "country", "North Korea", "PRK"),
        ("rice", "text", "rice", None),
    ],
)
def test_a_query_is_a_country_or_a_participant_or_a_text(
    filled: Ledger, query: str, kind: str, name: str, country: str | None
) -> None:
    found = subject(filled, query, Wanted(since="2024"))
    assert (found.kind, found.name, found.country) == (kind, name, country)
    assert found.wanted.since == "2024", "the conditions stay"


def test_a_query_without_words_is_refused(gathered: Any) -> None:
    with pytest.raises(UsageError, match="no word"):
        gathered("!!!")


def test_entries_have_every_telling_and_its_number_in_the_bibliography(gathered: Any) -> None:
    dossier = gathered("Lavrov")
    assert [one.id for one in dossier.reports] == ["other", "visit"]
    visit = dossier.entries[0]
    assert {(one.id, one.cited.number) for one in visit.tellings} == {("visit#1", 2), ("other#1", 1)}
    assert visit.independent == 2
    assert visit.differences == {"start": {"2024-04-08": (2,), "2024-04-09": (1,)}}
    assert [one.text for one in dossier.statements] == ["We shall meet again in Astana next year,"] * 2
    assert [on["id"] for on in dossier.listed] == ["EX.7"]
    assert [(one.name, one.count) for one in dossier.counterparts] == [("China", 1)]


def test_what_is_contested(gathered: Any) -> None:
    dossier = gathered("Russia")
    assert [one.event["status"] for one in dossier.contested] == ["occurred", "denied", "denied"]
    denied = dossier.contested[1]
    assert not dossier.like(denied), "nobody tells it otherwise"
    told = dataclasses.replace(denied, number=99, event=denied.event | {"status": "occurred"})
    years_before = dataclasses.replace(told, number=98, event=told.event | {"start": "2019", "end": "2019"})
    other = dataclasses.replace(dossier, entries=(*dossier.entries, told, years_before))
    assert [one.number for one in other.like(denied)] == [99], "the same two, at about that time"
    assert [one.name for one in dossier.counterparts] == ["China"], "what is denied counts nothing"


def test_a_text_finds_events_and_statements(gathered: Any) -> None:
    assert [one.event["type"] for one in gathered("rice").entries] == ["AID", "AID"]
    assert not gathered("nothing-of-the-kind").entries
