import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kronik.model import Entity, Event, Participant, Reading, Report, Span

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")
sys.path.insert(0, BENCHMARKS)
import plover  # noqa: E402

sys.path.remove(BENCHMARKS)

ENTRY: dict[str, Any] = {
    "id": "one",
    "date": "2000-01-01",
    "event": "FIGHT",
    "text": "Kenya fought Chad.",
    "source": [{"actorText": "Kenya", "code": "KEN"}, {"actorText": "a club", "code": "NGO"}],
}


def coded(**changed: object) -> plover.Coded:
    (one,) = plover.read_coded([{"id": "about"}, ENTRY | changed], frozenset({"KEN", "JPN"}))
    return one


def reading(*events: tuple[str, str | None]) -> Reading:
    at = Span(0, 5)
    told = tuple(
        Event(kind, None, at, at, "occurred", 0.5, actors=(Participant("who", "who", "country", at, country),))  # type: ignore[arg-type]
        for kind, country in events
    )
    entities = tuple(Entity("who", "who", "country", country) for _, country in events)
    return Reading(Report("one", "en", "Kenya fought Chad."), told, (), entities)


def test_a_coded_sentence_has_today_s_type_and_the_actors_that_have_a_country() -> None:
    assert coded() == plover.Coded("one", "Kenya fought Chad.", date(2000, 1, 1), "ASSAULT", (("Kenya", "KEN"),))
    assert coded(event="DEMAND", source="").type == "REQUEST"
    assert coded(source=[{"actorText": "Tokyo", "code": "JAP"}]).actors == (("Tokyo", "JPN"),)


@pytest.mark.parametrize(
    ("events", "right", "country", "types"),
    [
        ([("ASSAULT", "KEN")], True, True, 1),
        ([("ASSAULT", None), ("AID", "KEN"), ("AID", "KEN")], True, False, 2),
        ([("AID", "KEN")], False, False, 1),
        ([], False, False, 0),
    ],
)
def test_type_and_country_are_right_of_one_and_the_same_event(
    events: list[tuple[str, str | None]], right: bool, country: bool, types: int
) -> None:
    judged = plover.judge(coded(), reading(*events))
    assert (judged.type, judged.country, judged.types) == (right, country, types)


def test_no_country_is_asked_for_where_none_is_coded() -> None:
    assert (
        plover.judge(coded(source=[{"actorText": "a club", "code": "NGO"}]), reading(("ASSAULT", "KEN"))).country
        is None
    )


def test_contexts_are_asked_for_where_the_type_is_right_and_the_manual_has_them() -> None:
    at = Span(0, 5)
    fought = Event("ASSAULT", None, at, at, "occurred", 0.5, contexts=("military", "migration"))
    told = Reading(Report("one", "en", "Kenya fought Chad."), (fought,))
    assert plover.judge(coded(context="refugee, foreign"), told).context is True
    assert plover.judge(coded(context="legal"), told).context is False
    assert plover.judge(coded(context="foreign"), told).context is None
    assert plover.judge(coded(context="legal", event="AID"), told).context is None
    assert plover.judge(coded(context="legal"), told).contexts == 2


def test_what_the_world_may_lack_is_named() -> None:
    assert plover.judge(coded(), reading(("ASSAULT", None))).lacking == ("KEN\tKenya",)


def test_the_table_has_a_column_a_grade() -> None:
    judged = [plover.judge(coded(), reading(("ASSAULT", "KEN"))), plover.judge(coded(), reading(("AID", None)))]
    assert list(plover.table({"reader": judged, "frames": judged[:1]}))[2:] == [
        "| type | 2 | 0.500 | 1.000 |",
        "| type and country | 2 | 0.500 | 1.000 |",
        "| types given a sentence | 2 | 1.000 | 1.000 |",
        "| a coded context | 0 / 0 | – | – |",
        "| contexts given such an event | 0 / 0 | – | – |",
        "| type, of ASSAULT | 2 | 0.500 | 1.000 |",
    ]
