"""One happening told twice is one event; two happenings stay two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_frames import in_short, read

from kronik.events import merging
from kronik.events.merging import fullness, merge, same_happening
from kronik.model import Event, Participant, Place, Span


def person(name: str) -> Participant:
    return Participant(name, name, "person", Span(0, 1))


MEETING = Event(
    type="CONSULT",
    mode=None,
    trigger=Span(10, 13),
    evidence=Span(0, 20),
    status="occurred",
    confidence=0.6,
    actors=(person("Kim Jong Un"), person("Sergei Shoigu")),
)
LATER = replace(MEETING, trigger=Span(50, 53), evidence=Span(40, 60), confidence=0.7)


def test_the_same_told_twice_is_one_with_the_other_kept_as_further() -> None:
    fuller = replace(LATER, start="2023-09-16", end="2023-09-16")
    (event,) = merge([MEETING, fuller])
    assert (event.trigger, event.start, event.further) == (fuller.trigger, "2023-09-16", (MEETING.evidence,))
    assert merge([fuller, MEETING]) == (event,)


def test_what_only_one_of_them_tells_is_kept() -> None:
    place = Place("Vladivostok", "Vladivostok", Span(55, 60))
    source = person("Dmitry Peskov")
    (event,) = merge([replace(MEETING, start="2023-09-16"), replace(LATER, place=place, sources=(source,))])
    assert (event.start, event.place, event.sources, event.confidence) == ("2023-09-16", place, (source,), 0.7)


@pytest.mark.parametrize(
    "other",
    [
        replace(LATER, type="AGREE"),
        replace(LATER, status="planned"),
        replace(LATER, actors=(person("Kim Jong Un"), person("Vladimir Putin"))),
        replace(LATER, actors=()),
    ],
)
def test_what_differs_stays_apart(other: Event) -> None:
    assert not same_happening(MEETING, other)
    assert merge([MEETING, other]) == (MEETING, other)


def test_without_any_party_nothing_tells_that_they_are_the_same() -> None:
    first, second = replace(MEETING, actors=()), replace(LATER, actors=())
    assert merge([first, second]) == (first, second)


def test_dates_and_modes_may_be_told_by_one_and_not_by_the_other_but_not_differ() -> None:
    first, second = replace(MEETING, start="2023-09-13"), replace(LATER, start="2023-09-16")
    assert not same_happening(first, second)
    assert same_happening(first, replace(LATER, start="2023-09"))
    assert same_happening(first, LATER)
    assert same_happening(MEETING, replace(LATER, mode="phone"))
    assert not same_happening(replace(MEETING, mode="visit"), replace(LATER, mode="phone"))


def spans(most: int) -> st.SearchStrategy[Span]:
    return st.builds(lambda start, length: Span(start, start + length), st.integers(0, most), st.integers(1, 12))


PARTIES = st.lists(st.sampled_from(["Russia", "RUSSIA", "Ukraine", "Kenya"]).map(person), max_size=2).map(tuple)
EVENTS = st.builds(
    Event,
    type=st.sampled_from(["ASSAULT", "ASSAULT", "CONSULT"]),
    mode=st.sampled_from([None, None, "visit", "phone"]),
    trigger=spans(400),
    evidence=spans(400),
    status=st.sampled_from(["occurred", "occurred", "denied"]),
    confidence=st.sampled_from([0.4, 0.6]),
    actors=PARTIES,
    recipients=PARTIES,
    start=st.sampled_from([None, None, "2023", "2023-09", "2023-09-13", "2023-09-14"]),
    sources=PARTIES,
)


@settings(max_examples=400, deadline=None)
@given(st.lists(EVENTS, max_size=14))
def test_what_is_merged_is_what_comparing_all_pairs_merges(events: list[Event]) -> None:
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: e.trigger):
        number = next((n for n, other in enumerate(kept) if same_happening(event, other)), None)
        if number is None:
            kept.append(event)
        else:
            (kept[number],) = merge([kept[number], event])
    assert merge(events) == tuple(sorted(kept, key=lambda e: e.trigger))


def test_two_thousand_happenings_are_no_two_million_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(merging, "same_happening", lambda one, other: compared.append(1) or same_happening(one, other))
    events = [
        replace(MEETING, type="ASSAULT", trigger=Span(60 * n, 60 * n + 5), actors=(person(f"Army {n % 1500}"),))
        for n in range(2000)
    ]
    assert len(merge(events)) == 1500
    assert len(compared) < 10_000


def test_names_are_compared_without_case() -> None:
    assert same_happening(MEETING, replace(LATER, actors=(person("KIM JONG UN"), person("Sergei Shoigu"))))


def test_fullness_grows_with_what_is_told() -> None:
    assert (
        fullness(MEETING)
        < fullness(replace(MEETING, start="2023"))
        <= fullness(replace(MEETING, start="2023", mode="visit"))
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Xi Jinping met Vladimir Putin on Monday. Xi Jinping met Vladimir Putin in Moscow."),
        ("id", "Xi Jinping bertemu Vladimir Putin pada Senin. Xi Jinping bertemu Vladimir Putin di Moskow."),
    ],
)
def test_two_sentences_that_tell_the_same(code: str, text: str) -> None:
    (event,) = read(code, text)
    assert in_short(event) == "CONSULT: Xi Jinping, Vladimir Putin"
    assert event.start == "2023-09-11"
    assert event.place is not None
    assert event.place.name == "Moscow"
    assert len(event.further) == 1
