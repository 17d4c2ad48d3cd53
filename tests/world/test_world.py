"""The world's tables hold together, and its lookups find what a reader of news would expect."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from kronik import languages, world
from kronik.errors import LanguageDataError

WIDTHS = {
    "armed_forces": 2,
    "countries": 6,
    "country_names": 5,
    "offices": 7,
    "organisation_names": 4,
    "organisations": 6,
    "outlets": 5,
    "people": 4,
    "people_names": 4,
    "place_names": 5,
    "places": 7,
}


def rows(table: str) -> list[list[str]]:
    lines = files("kronik.world").joinpath(f"{table}.tsv").read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.mark.parametrize("table", WIDTHS)
def test_rows_are_whole_sorted_and_told_once(table: str) -> None:
    found = rows(table)
    assert found
    assert {len(row) for row in found} == {WIDTHS[table]}
    assert found == sorted(found)
    assert len({tuple(row) for row in found}) == len(found)
    assert not [row for row in found if any(cell != cell.strip() for cell in row)]


@pytest.mark.parametrize(("table", "key"), [("countries", 1), ("organisations", 1), ("people", 1), ("places", 2)])
def test_each_known_thing_stands_once(table: str, key: int) -> None:
    doubles = [name for name, n in Counter(tuple(row[:key]) for row in rows(table)).items() if n > 1]
    assert doubles == []


def test_a_canonical_name_means_one_thing_only() -> None:
    """A state, an organisation and a person of one name could not be told apart in a reading."""
    names = [row[1] for row in rows("countries")]
    names += [row[0] for table in ("organisations", "people") for row in rows(table)]
    assert [name for name, n in Counter(names).items() if n > 1] == []


def test_country_codes_are_known() -> None:
    known = {row[0] for row in rows("countries")} | {""}
    used = {row[0] for table in ("country_names", "armed_forces", "offices") for row in rows(table)}
    used |= {row[2] for table in ("organisations", "people") for row in rows(table)}
    used |= {row[4] for row in rows("organisations")} | {row[3] for row in rows("outlets")}
    used |= {row[1] for table in ("places", "place_names") for row in rows(table)}
    assert used <= known
    assert all(re.fullmatch("[A-Z]{3}", code) for code in known - {""})


def test_wikidata_ids_are_ids_and_point_to_one_thing() -> None:
    ids = [row[2] for row in rows("countries")] + [row[1] for row in rows("people")]
    ids = [wikidata for wikidata in ids if wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", wikidata) for wikidata in ids)
    assert len(set(ids)) == len(ids)


def test_languages_are_those_of_kronik() -> None:
    allowed = {*languages.codes(), "*"}
    for table, column in (("country_names", 1), ("organisation_names", 1), ("place_names", 2), ("people_names", 1)):
        assert {row[column] for row in rows(table)} <= allowed


def test_coordinates_are_on_earth() -> None:
    for known in (*world.load().places, *world.load().countries.values()):
        assert (known.latitude is None) == (known.longitude is None), known
        if known.latitude is not None and known.longitude is not None:
            assert -90 <= known.latitude <= 90, known
            assert -180 <= known.longitude <= 180, known


def test_every_capital_is_a_place_with_coordinates() -> None:
    capitals = {(row[0], row[3]) for row in rows("countries") if row[3]}
    places = {(row[1], row[0]) for row in rows("places") if row[2]}
    # City states, whose capital has the country's own name.
    states = {(row[0], row[1]) for row in rows("countries")}
    assert capitals - places - states == set()


def test_no_one_leaves_office_before_coming_to_it() -> None:
    assert [h for h in world.load().holdings if h.start and h.end and h.end < h.start] == []


def test_an_alias_of_one_outlet_is_not_anothers() -> None:
    keys = [
        key.casefold() for row in rows("outlets") for key in {row[0].casefold(), *row[4].casefold().split("|")} if key
    ]
    assert [key for key, n in Counter(keys).items() if n > 1] == []


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Korut", "id", "North Korea"),
        ("AS", "id", "United States"),
        ("Perancis", "id", "France"),
        ("Britain", "en", "United Kingdom"),
        ("DK PBB", "id", "United Nations Security Council"),
        ("Badan Energi Atom Internasional", "id", "International Atomic Energy Agency"),
        ("Houthis", "en", "Houthi movement"),
        ("Kemlu Iran", "id", "Ministry of Foreign Affairs (Iran)"),
        ("Jokowi", "id", "Joko Widodo"),
        ("Sergei Lavrov", "en", "Sergey Lavrov"),
        ("Selat Hormuz", "id", "Strait of Hormuz"),
        ("Kosmodrom Vostochny", "id", "Vostochny Cosmodrome"),
        ("Jawa Barat", "id", "West Java"),
    ],
)
def test_a_writing_finds_what_it_names(text: str, language: str, name: str) -> None:
    assert name in {known.known.name for known in world.load().known_as(text, language)}


def test_a_capital_is_a_place_and_speaks_for_its_state() -> None:
    meanings = {(n.sense, n.known.kind, n.known.name) for n in world.load().known_as("Moskow", "id")}
    assert meanings == {("name", "place", "Moscow"), ("capital", "country", "Russia")}


def test_un_is_no_name_of_the_united_nations() -> None:
    """The last part of Kim Jong Un's name is what older coders took for the United Nations."""
    assert world.load().known_as("Un", "en") == ()
    assert world.load().known_as("UN", "en")[0].known.name == "United Nations"


def test_names_of_a_language_hold_its_own_and_the_common_ones() -> None:
    texts = {name.text for name in world.load().names_in("id")}
    assert {"Korea Utara", "Kim Jong Un"} <= texts
    assert "Russians" not in texts
    assert world.load().names_in("xx")  # a language without names of its own still has the common ones


@pytest.mark.parametrize(
    ("country", "office", "day", "person"),
    [
        ("RUS", "foreign-minister", date(2023, 9, 17), "Sergey Lavrov"),
        ("IDN", "head-of-state", date(2024, 10, 19), "Joko Widodo"),
        ("IDN", "head-of-state", date(2024, 10, 20), "Prabowo Subianto"),
        ("GBR", "head-of-government", date(2006, 5, 1), "Tony Blair"),
        ("", "un-secretary-general", date(2016, 12, 31), "Ban Ki-moon"),
    ],
)
def test_who_held_an_office_on_a_day(country: str, office: str, day: date, person: str) -> None:
    held = world.load().office_holder(country, office, day)
    assert held is not None
    assert held.name == person


def test_no_one_is_guessed_for_an_office_that_nobody_is_known_to_have_held() -> None:
    assert world.load().office_holder("RUS", "foreign-minister", date(1912, 1, 1)) is None
    assert world.load().office_holder("RUS", "astronomer-royal") is None


def test_a_person_has_different_offices_on_different_days() -> None:
    def title(on: date) -> str | None:
        held = world.load().held_office("Prabowo Subianto", on)
        return held.title if held else None

    assert title(date(2022, 1, 1)) == "Minister of Defense"
    assert title(date(2025, 1, 1)) == "President of Indonesia"
    assert title(date(2015, 1, 1)) is None
    assert [h.title for h in world.load().offices_of("Prabowo Subianto")] == [
        "Minister of Defense",
        "President of Indonesia",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kompas.com", "Kompas.com"),
        ("https://news.detik.com/berita/d-1", "Detik.com"),
        ("www.reuters.com", "Reuters"),
        ("ASSOCIATED PRESS", "AP"),
        ("Channel NewsAsia", "CNA"),
        ("example.org", None),
    ],
)
def test_outlets_are_found_by_name_alias_and_address(text: str, name: str | None) -> None:
    outlet = world.load().outlet(text)
    assert (outlet and outlet.name) == name


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2021-08-05", date(2021, 8, 5), date(2021, 8, 5)),
        ("", None, None),
    ],
)
def test_dates_that_lack_day_or_month_span_all_of_it(text: str, first: date | None, last: date | None) -> None:
    assert world.first_day(text) == first
    assert world.last_day(text) == last


def test_armed_forces_belong_to_their_state() -> None:
    forces = world.load().armed_forces
    assert forces["ISR"].name == "Israel Defense Forces"
    assert all(known.country == iso3 for iso3, known in forces.items())


def test_a_row_that_points_nowhere_is_refused_with_its_place(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "people.tsv").write_text("name\twikidata\tcountry\tsource\n", "utf-8")
    (tmp_path / "people_names.tsv").write_text("name\tlanguage\ttext\tsource\nNobody\t*\tNobody\tx\n", "utf-8")
    monkeypatch.setattr(world, "files", lambda _: tmp_path)
    with pytest.raises(LanguageDataError, match=r"people_names\.tsv:2: 'Nobody'"):
        world._people([])
