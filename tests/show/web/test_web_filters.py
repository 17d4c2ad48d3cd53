"""Filters choose what the command line's filters choose, and an address says the same as the filters."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.errors import UsageError
from kronik.show.web.queries.entries import Entry, Order, count_entries, find_entries
from kronik.show.web.queries.filters import Filters, filters_of, matching
from kronik.store.finding import Wanted, find
from kronik.store.ledger import Ledger

PAIRS = (
    (Filters(), Wanted()),
    (Filters(q="putin kim"), Wanted(text="putin kim*")),
    (Filters(q="vostochny put"), Wanted(text="vostochny put*")),
    (Filters(q='"kim jong un"'), Wanted(text='"kim jong un"')),
    (Filters(types=("CONSULT", "AID")), Wanted(types=("CONSULT", "AID"))),
    (Filters(modes=("visit",)), Wanted(modes=("visit",))),
    (Filters(participants=("kim jong",)), Wanted(participants=("kim jong",))),
    (Filters(participants=("Putin", "Zelenskyy")), Wanted(participants=("Putin", "Zelenskyy"))),
    (Filters(countries=("RUS",)), Wanted(countries=("RUS",))),
    (Filters(places=("vostochny",)), Wanted(places=("vostochny",))),
    (Filters(statuses=("planned", "denied")), Wanted(statuses=("planned", "denied"))),
    (Filters(languages=("id",)), Wanted(languages=("id",))),
    (Filters(reports=("en-vostochny-talks",)), Wanted(reports=("en-vostochny-talks",))),
    (Filters(since="2023-09", until="2023-09-13"), Wanted(since="2023-09", until="2023-09-13")),
    (
        Filters(types=("CONSULT",), countries=("PRK",), q="rus"),
        Wanted(types=("CONSULT",), countries=("PRK",), text="rus*"),
    ),
)


def shown(ledger: Ledger, filters: Filters, order: Order = "oldest") -> list[Entry]:
    """All pages of the entries that match, one after the other."""
    counts = count_entries(ledger.connection, filters)
    found: list[Entry] = []
    for offset in range(0, counts.total, 20):
        found += find_entries(ledger.connection, filters, dated=counts.dated, limit=20, offset=offset, order=order)
    return found


@pytest.mark.parametrize(("filters", "wanted"), PAIRS)
def test_the_same_entries_as_on_the_command_line(ledger: Ledger, filters: Filters, wanted: Wanted) -> None:
    expected = {one.id for one in find(ledger, wanted)}
    assert expected
    found = shown(ledger, filters)
    assert {one.id for one in found} == expected
    assert count_entries(ledger.connection, filters).total == len(expected)


def test_the_order_is_that_of_time_with_the_undated_last(ledger: Ledger) -> None:
    days = [one.first_day for one in shown(ledger, Filters())]
    dated = [day for day in days if day]
    assert dated
    assert days == sorted(dated) + [None] * (len(days) - len(dated))
    newest = [one.first_day for one in shown(ledger, Filters(), order="newest")]
    assert newest[: len(dated)] == sorted(dated, reverse=True)


def test_publishers_and_confidence_choose(ledger: Ledger) -> None:
    everything = shown(ledger, Filters())
    publisher = next(one.publisher for one in everything if one.publisher)
    chosen = shown(ledger, Filters(sources=(publisher,)))
    assert [one.id for one in chosen] == [one.id for one in everything if one.publisher == publisher]
    sure = shown(ledger, Filters(min_confidence=0.8))
    assert {one.id for one in sure} == {one.id for one in everything if one.event["confidence"] >= 0.8}
    assert 0 < len(sure) < len(everything)


def test_bars_count_the_dated_entries_and_lead_nearer(ledger: Ledger) -> None:
    counts = count_entries(ledger.connection, Filters())
    assert counts.unit == "year"
    assert sum(bar.count for bar in counts.bars) == counts.dated < counts.total
    year = max(counts.bars, key=lambda bar: bar.count)
    months = count_entries(ledger.connection, Filters(since=year.since, until=year.until))
    assert months.unit == "month"
    assert sum(bar.count for bar in months.bars) == year.count
    month = max(months.bars, key=lambda bar: bar.count)
    days = count_entries(ledger.connection, Filters(since=month.since, until=month.until))
    assert days.unit == "day"
    assert all(len(bar.label) == 10 or bar.label == month.label for bar in days.bars)


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip).filter(bool)
several = st.lists(words, max_size=3, unique=True).map(tuple)


chosen = st.builds(
    Filters,
    q=words | st.just(""),
    participants=several,
    places=several,
    sources=several,
    modes=several,
    since=st.sampled_from(["", "2023", "2023-09"]),
    min_confidence=st.sampled_from([None, 0.5, 0.85]),
)


@given(chosen)
def test_an_address_says_what_the_filters_say(filters: Filters) -> None:
    assert filters_of(parse_qs(filters.query())) == filters


@given(st.text(max_size=40))
def test_any_text_can_be_looked_for(text: str) -> None:
    assert matching(text).count('"') % 2 == 0


@pytest.mark.parametrize("text", ['"', "a AND", "NEAR(", "x*y", "-", '"" ""', "(", "col:val", "'; DROP"])
def test_signs_of_the_query_language_are_only_signs(ledger: Ledger, text: str) -> None:
    shown(ledger, Filters(q=text))


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(UsageError, match="no date"):
        filters_of({"since": ["yesterday"]})
