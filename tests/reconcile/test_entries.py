from typing import Any

from kronik.model import Decision
from kronik.reconcile.entries import Telling, entries_of, families_of, summary


def telling(report: str, published: str | None = "2024-04-10", outlet: str | None = None, **told: Any) -> Telling:
    event = {
        "status": "occurred", "mode": None, "start": None, "end": None, "place": None, "items": [], "sources": [],
        **told,
    }  # fmt: skip
    credits = tuple(event.pop("credits", ()))
    return Telling(f"{report}#1", report, 1, published, outlet, credits, event)


def said_by(name: str, kind: str = "organisation") -> list[dict[str, str]]:
    return [{"name": name, "kind": kind}]


def sets(*tellings: Telling, families: dict[str, str] | None = None) -> list[list[str]]:
    return [source["reports"] for source in summary(tellings, families or {})["sources"]]


def test_reports_that_have_nothing_in_common_are_independent() -> None:
    said = summary([telling("a", outlet="The Post"), telling("b", outlet="The Times")], {})
    assert (said["independent"], said["reports"]) == (2, ["a", "b"])


def test_copies_and_translations_count_once() -> None:
    assert sets(telling("a"), telling("b"), telling("c"), families={"a": "a", "c": "a"}) == [["a", "c"], ["b"]]


def test_one_outlet_counts_once_and_so_does_one_agency() -> None:
    assert sets(telling("a", outlet="The Post"), telling("b", outlet="The Post"), telling("c")) == [["a", "b"], ["c"]]
    assert sets(telling("a", credits=["AFP"]), telling("b", outlet="AFP"), telling("c", credits=["AP"])) == [
        ["a", "b"],
        ["c"],
    ]


def test_one_original_source_counts_once_but_unnamed_officials_are_nobody() -> None:
    assert sets(telling("a", sources=said_by("KCNA")), telling("b", sources=said_by("KCNA")), telling("c")) == [
        ["a", "b"],
        ["c"],
    ]
    officials = said_by("officials", "group")
    assert len(sets(telling("a", sources=officials), telling("b", sources=officials))) == 2


def test_why_reports_count_once_is_said() -> None:
    [source] = summary([telling("a", credits=["AFP"]), telling("b", sources=said_by("AFP"))], {})["sources"]
    assert source["because"] == ["a, b: according to AFP / credits AFP"]


def test_who_told_it_first() -> None:
    said = summary(
        [telling("b", "2024-04-09", "The Times", sources=said_by("KCNA")), telling("a"), telling("c", None)], {}
    )
    assert said["entry"] == "b#1"
    assert said["events"] == ["b#1", "a#1", "c#1"]
    assert said["first"] == {
        "event": "b#1", "report": "b", "publisher": "The Times", "published": "2024-04-09", "according_to": ["KCNA"],
    }  # fmt: skip


def test_denied_by_one_and_told_by_another_is_disputed() -> None:
    assert summary([telling("a"), telling("b", status="denied")], {})["disputed"]
    assert not summary([telling("a", status="denied"), telling("b", status="denied")], {})["disputed"]
    assert not summary([telling("a"), telling("b", status="planned")], {})["disputed"]


def test_differences_are_listed_not_averaged() -> None:
    one = telling("a", start="2023-09-17", items=[{"name": "soldier", "quantity": 20, "unit": None}])
    other = telling("b", start="2023-09-16", items=[{"name": "soldier", "quantity": 23, "unit": None}])
    assert summary([one, other], {})["differences"] == {
        "number of soldier": {"20": ["a#1"], "23": ["b#1"]},
        "start": {"2023-09-16": ["b#1"], "2023-09-17": ["a#1"]},
    }


def decision(left: str, right: str, kind: str = "same-event", score: float = 0.9, person: bool = False) -> Decision:
    reports = {"left_report": left.partition("#")[0], "right_report": right.partition("#")[0]}
    return Decision(kind, left, right, "test", score, by_person=person, **reports)  # type: ignore[arg-type]


def test_two_events_of_one_report_stay_two_unless_a_person_binds_them() -> None:
    both = [decision("a#1", "b#1"), decision("a#2", "b#1", score=0.8)]
    assert entries_of(both) == [("a#1", "b#1")]
    assert entries_of([*both, decision("a#1", "a#2", person=True)]) == [("a#1", "a#2", "b#1")]


def test_a_person_parts_what_comparing_bound() -> None:
    assert entries_of([decision("a#1", "b#1"), decision("a#1", "b#1", "different-event", person=True)]) == []
    assert entries_of([decision("a#1", "b#1"), decision("a#1", "b#1", "unsure-event", person=True)]) == [("a#1", "b#1")]


def test_families_hang_together_over_several_steps() -> None:
    made = [decision("b", "a", "copy"), decision("c", "b", "translation"), decision("y", "x", "credit")]
    assert families_of(made) == {"a": "a", "b": "a", "c": "a"}
