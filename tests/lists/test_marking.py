"""Entities that bear a listed name are marked with it: whole names only."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from made_lists import write_lists

from kronik import languages, world
from kronik.contract import from_json, schema, to_json
from kronik.lists.files import UN, read_list
from kronik.lists.index import ListedName, SanctionsLists
from kronik.lists.marking import mark
from kronik.model import Entity, EntityKind, Listing, Report
from kronik.pipeline import read_report

TEXT = "President Orval Tesk Quenby met Joe Biden in Geneva on Monday. Quenby left on Tuesday."


@pytest.fixture
def lists(tmp_path: Path) -> SanctionsLists:
    un, ofac = write_lists(tmp_path)
    return SanctionsLists([*read_list(un), *read_list(ofac)])


def listed(lists: SanctionsLists, name: str, kind: EntityKind, text: str = "") -> list[str]:
    (entity,) = mark((Entity(name, text or name, kind),), lists, languages.load("en"), world.load())
    return [on.id for on in entity.listed]


def test_whole_names_are_marked_by_canonical_name_or_writing(lists: SanctionsLists) -> None:
    assert listed(lists, "Orval Tesk Quenby", "person") == ["MLi.001", "17"]
    assert listed(lists, "somebody", "person", "Orvál Tesk-Quenby") == ["MLi.001", "17"]
    assert listed(lists, "Tesk Mining Bureau", "organisation") == ["MLe.002"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Quenby", "person"),
        ("Orval", "person"),
        ("Tesk", "person"),
        ("Abu Tesk", "person"),  # a weak alias
        ("Orval Tesk Quenby", "organisation"),
        ("Tesk Mining Bureau", "person"),
        ("Tesk Mining Bureau", "place"),
        ("Teskmine", "organisation"),  # one word, and the world knows no such organisation
        ("TSC", "organisation"),
        ("Orval Star", "organisation"),  # a vessel
    ],
)
def test_what_is_no_whole_name_of_the_kind_is_not_marked(lists: SanctionsLists, name: str, kind: EntityKind) -> None:
    assert listed(lists, name, kind) == []


def test_a_known_organisation_is_marked_by_any_of_its_names_but_not_by_an_acronym() -> None:
    entries = [
        ListedName(UN, "2024-02-03", "X.1", "entity", "P", "HISBULLAH", "HISBULLAH"),
        ListedName(UN, "2024-02-03", "X.2", "entity", "P", "IRGC", "IRGC"),
    ]
    lists = SanctionsLists(entries)
    assert listed(lists, "Hezbollah", "group") + listed(lists, "Hezbollah", "organisation") == ["X.1"]
    assert listed(lists, "Islamic Revolutionary Guard Corps", "organisation") == []


def test_bynames_of_persons_and_names_of_any_body_are_not_compared() -> None:
    entries = [
        ListedName(UN, "2024-02-03", "X.1", "individual", "P", "Somebody Else", "Abu Mazen"),
        ListedName(UN, "2024-02-03", "X.2", "individual", "P", "Hasan NASRALLAH", "Hasan NASRALLAH"),
        ListedName(UN, "2024-02-03", "X.3", "entity", "P", "MINISTRY OF DEFENCE", "MINISTRY OF DEFENCE"),
    ]
    lists = SanctionsLists(entries)
    assert "Abu Mazen" in world.load().writings_of("Mahmoud Abbas", "person")
    assert listed(lists, "Mahmoud Abbas", "person") == []
    assert listed(lists, "Hassan Nasrallah", "person") == ["X.2"]
    assert listed(lists, "Ministry of Defence", "organisation") == []


def test_a_reading_is_marked_only_where_lists_are_given(lists: SanctionsLists) -> None:
    report = Report("r", "en", TEXT)
    assert not any(entity.listed for entity in read_report(report).entities)
    reading = read_report(report, lists)
    marked = {entity.name: entity.listed for entity in reading.entities if entity.listed}
    assert list(marked) == ["Orval Tesk Quenby"]
    assert marked["Orval Tesk Quenby"][0] == Listing(UN, "2024-02-03", "MLi.001", "ORVAL TESK QUENBY")
    assert read_report(report, lists) == reading


def test_the_marks_stand_in_the_contract(lists: SanctionsLists) -> None:
    reading = read_report(Report("r", "en", TEXT), lists)
    data = to_json(reading)
    Draft202012Validator(schema()).validate(data)
    assert from_json(data) == reading
    for entity in data["entities"]:
        del entity["listed"]  # as readings of earlier versions are
    assert not any(entity.listed for entity in from_json(data).entities)
