from typing import Any

import pytest

from kronik.reconcile.happenings import Happening, comparable, features_of, happening_of, keys_of, kilometres
from kronik.reconcile.scoring import score

COUNTRIES = {"Vladimir Putin": "RUS", "Russia": "RUS", "Kim Jong Un": "PRK", "North Korea": "PRK", "China": "CHN"}


def who(*names: str) -> list[dict[str, Any]]:
    kinds = {"Russia": "country", "North Korea": "country", "China": "country"}
    return [{"name": n, "wikidata": None, "country": COUNTRIES.get(n), "kind": kinds.get(n, "person")} for n in names]


def event(report: str = "a", language: str = "en", **told: Any) -> Happening:
    made = {
        "type": "ASSAULT", "mode": None, "status": "occurred",
        "actors": who("Russia"), "recipients": who("North Korea"),
        "place": None, "start": "2023-09-17", "end": "2023-09-17", "items": [], "trigger_span": [10, 15],
        "evidence": f"words of {report}", **told,
    }  # fmt: skip
    return happening_of(f"{report}#1", report, language, told.get("published"), made, 1000)


def alike(one: Happening, other: Happening, story: float = 1.0, lineage: float = 0.0) -> float:
    assert score("event", features_of(one, other, story, lineage)) == score(
        "event", features_of(other, one, story, lineage)
    )
    return score("event", features_of(one, other, story, lineage))


def test_compatible_is_enough() -> None:
    assert alike(event(), event("b", "id", start="2023-09", end=None)) > 0.2
    assert alike(event(), event("b", "id", actors=who("Vladimir Putin"))) > 0.5
    twenty, more = ([{"name": "soldier", "quantity": number}] for number in (20, 23))
    assert alike(event(items=twenty), event("b", items=more)) > 0.5


@pytest.mark.parametrize(
    "other",
    [
        {"start": "2023-11-02", "end": "2023-11-02"},
        {"actors": who("China")},
        {"recipients": who("China")},
        {"actors": who("North Korea"), "recipients": who("Russia")},
    ],
)
def test_what_contradicts_parts(other: dict[str, Any]) -> None:
    assert alike(event(), event("b")) > 0.5
    assert alike(event(), event("b", **other)) < 0.5


def test_meetings_with_others_on_one_day_are_two() -> None:
    met = {"type": "CONSULT", "recipients": []}
    one = event(**met, actors=who("Vladimir Putin", "Kim Jong Un"))
    assert alike(one, event("b", **met, actors=who("Kim Jong Un", "Vladimir Putin"))) > 0.5
    assert alike(one, event("b", **met, actors=who("Vladimir Putin", "Xi Jinping"))) < 0.5


def test_places_far_apart_part() -> None:
    def at(name: str, latitude: float) -> dict[str, Any]:
        return {"name": name, "country": "UKR", "latitude": latitude, "longitude": 30.0}

    near = features_of(event(place=at("One", 50.0)), event("b", place=at("Two", 50.1)), 0, 0)
    far = features_of(event(place=at("One", 50.0)), event("b", place=at("Two", 52.0)), 0, 0)
    assert near["same_place"] == 0.7
    assert far["elsewhere"] == 1
    assert kilometres(0, 0, 0, 180) == pytest.approx(20015, abs=1)


def test_events_of_one_report_or_of_two_types_are_never_compared() -> None:
    assert not comparable(event(), event())
    assert not comparable(event(), event("b", type="AID"))
    assert comparable(event(), event("b"))


def test_events_told_to_the_day_find_each_other_a_day_apart_too() -> None:
    assert set(keys_of(event())) & set(keys_of(event("b", start="2023-09-18", end="2023-09-18")))
    assert not set(keys_of(event())) & set(keys_of(event("b", start="2023-09-22", end="2023-09-22")))
    assert keys_of(event(start="2023-09", end="2023-09")) == keys_of(event(start=None, end=None)) == ()
    assert keys_of(event(recipients=[])) == ()


def test_undated_events_of_reports_far_apart_in_time_are_doubted() -> None:
    def undated(report: str, published: str) -> Happening:
        return event(report, start=None, end=None, published=published)

    near = features_of(undated("a", "2023-09-17"), undated("b", "2023-09-17"), 1, 0)
    far = features_of(undated("a", "2023-09-17"), undated("b", "2024-09-17"), 1, 0)
    assert score("event", near) > score("event", far)
    assert score("event", far) < 0.5
