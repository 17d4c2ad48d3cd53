"""When and where an event is told to have happened."""

from __future__ import annotations

import pytest
from made_frames import read


@pytest.mark.parametrize(
    ("code", "text", "start", "end"),
    [
        ("en", "Russia attacked Ukraine on Tuesday.", "2023-09-12", "2023-09-12"),
        ("en", "On 24 February 2022 Russia attacked Ukraine.", "2022-02-24", "2022-02-24"),
        ("en", "Russia attacked Ukraine in 2014.", "2014", "2014"),
        ("en", "Russia will attack Ukraine in November.", "2023-11", "2023-11"),
        ("en", "Russia attacked Ukraine.", None, None),
        ("id", "Rusia menyerang Ukraina pada Selasa.", "2023-09-12", "2023-09-12"),
        ("id", "Pada 24 Februari 2022, Rusia menyerang Ukraina.", "2022-02-24", "2022-02-24"),
        ("id", "Rusia menyerang Ukraina pada 2014.", "2014", "2014"),
        ("id", "Rusia akan menyerang Ukraina pada November.", "2023-11", "2023-11"),
        ("id", "Rusia menyerang Ukraina.", None, None),
    ],
)
def test_when(code: str, text: str, start: str | None, end: str | None) -> None:
    (event,) = read(code, text)
    assert (event.start, event.end) == (start, end)
    assert any(reason.startswith("time “") for reason in event.because) == (start is not None)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Russia attacked Ukraine on Monday, while France left Mali on Friday."),
        ("en", "Russia attacked Ukraine on Monday and left Mali on Friday."),
        ("en", "Russia, which attacked Ukraine on Monday, left Mali on Friday."),
        ("id", "Rusia menyerang Ukraina pada Senin dan meninggalkan Mali pada Jumat."),
        ("id", "Rusia, yang menyerang Ukraina pada Senin, meninggalkan Mali pada Jumat."),
        ("id", "Rusia menyerang Ukraina pada Senin, sementara Prancis meninggalkan Mali pada Jumat."),
    ],
)
def test_each_event_takes_the_time_beside_it(code: str, text: str) -> None:
    assert [(e.type, e.start) for e in read(code, text)] == [("ASSAULT", "2023-09-11"), ("RETREAT", "2023-09-15")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Russia, which attacked Ukraine on Monday, left Mali."),
        ("id", "Rusia, yang menyerang Ukraina pada Senin, meninggalkan Mali."),
    ],
)
def test_the_time_of_a_relative_clause_stays_there(code: str, text: str) -> None:
    assert [(e.type, e.start) for e in read(code, text)] == [("ASSAULT", "2023-09-11"), ("RETREAT", None)]


@pytest.mark.parametrize(
    ("code", "text", "place"),
    [
        ("en", "Xi Jinping met Vladimir Putin in Vladivostok.", "Vladivostok"),
        ("en", "In Vladivostok, Xi Jinping met Vladimir Putin.", "Vladivostok"),
        ("en", "Xi Jinping visited Russia.", "Russia"),
        ("en", "Xi Jinping met Vladimir Putin.", None),
        ("id", "Xi Jinping bertemu Vladimir Putin di Vladivostok.", "Vladivostok"),
        ("id", "Di Vladivostok, Xi Jinping bertemu Vladimir Putin.", "Vladivostok"),
        ("id", "Xi Jinping mengunjungi Rusia.", "Russia"),
        ("id", "Xi Jinping bertemu Vladimir Putin.", None),
    ],
)
def test_where(code: str, text: str, place: str | None) -> None:
    (event,) = read(code, text)
    assert (event.place.name if event.place else None) == place


@pytest.mark.parametrize(
    ("code", "text"), [("en", "Israel attacked Lebanon in Tyre."), ("id", "Israel menyerang Lebanon di Beirut.")]
)
def test_a_town_says_more_than_its_country(code: str, text: str) -> None:
    (event,) = read(code, text)
    assert event.place is not None
    assert event.place.country == "LBN"
    assert event.place.name != "Lebanon"
    assert event.place.latitude is not None


def test_a_state_attacked_is_where_it_happens() -> None:
    (event,) = read("en", "Russia attacked Ukraine.")
    assert event.place is not None
    assert (event.place.name, event.place.country) == ("Ukraine", "UKR")


def test_a_date_of_the_telling_is_not_taken() -> None:
    for event in read("id", "Rusia menyerang Ukraina, kata Dmitry Peskov, dikutip AFP, Kamis (14/9)."):
        assert event.start is None
