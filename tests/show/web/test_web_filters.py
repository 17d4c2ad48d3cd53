"""Wanted choose what the command line's filters choose, and an address says the same as the filters."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kronik.errors import UsageError
from kronik.show.web.queries.entries import Entry, Order, count_entries, find_entries
from kronik.show.web.queries.filters import filters_of, query
from kronik.store.finding import Wanted, find, matching
from kronik.store.ledger import Ledger

PAIRS = (
    ({}, Wanted()),
    ({"q": ["putin kim"]}, Wanted(text="putin kim*")),
    ({"q": ["vostochny put"]}, Wanted(text="vostochny put*")),
    ({"q": ['"kim jong un"']}, Wanted(text='"kim jong un"')),
    ({"q": ["putin"], "anywhere": ["1"]}, Wanted(text="putin*", anywhere=True)),
    ({"type": ["CONSULT", "aid"]}, Wanted(types=("CONSULT", "AID"))),
    ({"mode": ["visit"]}, Wanted(modes=("visit",))),
    ({"participant": ["kim jong"]}, Wanted(participants=("kim jong",))),
    ({"participant": ["Putin", "Zelenskyy"]}, Wanted(participants=("Putin", "Zelenskyy"))),
    ({"country": ["rus"]}, Wanted(countries=("RUS",))),
    ({"place": ["vostochny"]}, Wanted(places=("vostochny",))),
    ({"status": ["planned", "denied"]}, Wanted(statuses=("planned", "denied"))),
    ({"language": ["id"]}, Wanted(languages=("id",))),
    ({"report": ["en-vostochny-talks"]}, Wanted(reports=("en-vostochny-talks",))),
    ({"since": ["2023-09"], "until": ["2023-09-13"]}, Wanted(since="2023-09", until="2023-09-13")),
    ({"min_confidence": ["0.8"]}, Wanted(min_confidence=0.8)),
    ({"type": ["CONSULT"], "country": ["PRK"], "q": ["rus"]}, Wanted("rus*", types=("CONSULT",), countries=("PRK",))),
)


def shown(ledger: Ledger, filters: Wanted, order: Order = "oldest") -> list[Entry]:
    """All pages of the entries that match, one after the other."""
    counts = count_entries(ledger.connection, filters)
    found: list[Entry] = []
    for offset in range(0, counts.total, 20):
        found += find_entries(ledger.connection, filters, dated=counts.dated, limit=20, offset=offset, order=order)
    return found


@pytest.mark.parametrize(("given", "wanted"), PAIRS)
def test_the_same_entries_as_on_the_command_line(ledger: Ledger, given: dict[str, list[str]], wanted: Wanted) -> None:
    filters = filters_of(given)
    expected = {one.id for one in find(ledger, wanted)}
    assert expected
    found = shown(ledger, filters)
    assert {one.id for one in found} == expected
    assert count_entries(ledger.connection, filters).total == len(expected)


def test_the_order_is_that_of_time_with_the_undated_last(ledger: Ledger) -> None:
    days = [one.first_day for one in shown(ledger, Wanted())]
    dated = [day for day in days if day]
    assert dated
    assert days == sorted(dated) + [None] * (len(days) - len(dated))
    newest = [one.first_day for one in shown(ledger, Wanted(), order="newest")]
    assert newest[: len(dated)] == sorted(dated, reverse=True)


def test_publishers_and_confidence_choose(ledger: Ledger) -> None:
    everything = shown(ledger, Wanted())
    publisher = next(one.publisher for one in everything if one.publisher)
    chosen = shown(ledger, Wanted(sources=(publisher.upper(),)))
    assert [one.id for one in chosen] == [one.id for one in everything if one.publisher == publisher]
    sure = shown(ledger, Wanted(min_confidence=0.8))
    assert {one.id for one in sure} == {one.id for one in everything if one.event["confidence"] >= 0.8}
    assert 0 < len(sure) < len(everything)


def test_bars_count_the_dated_entries_and_lead_nearer(ledger: Ledger) -> None:
    counts = count_entries(ledger.connection, Wanted())
    assert counts.unit == "year"
    assert sum(bar.count for bar in counts.bars) == counts.dated < counts.total
    year = max(counts.bars, key=lambda bar: bar.count)
    months = count_entries(ledger.connection, Wanted(since=year.since, until=year.until))
    assert months.unit == "month"
    assert sum(bar.count for bar in months.bars) == year.count
    month = max(months.bars, key=lambda bar: bar.count)
    days = count_entries(ledger.connection, Wanted(since=month.since, until=month.until))
    assert days.unit == "day"
    assert all(len(bar.label) == 10 or bar.label == month.label for bar in days.bars)


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip).filter(bool)
several = st.lists(words, max_size=3, unique=True).map(tuple)


chosen = st.builds(
    Wanted,
    text=words | st.just(""),
    participants=several,
    places=several,
    sources=several,
    modes=several,
    since=st.sampled_from([None, "2023", "2023-09"]),
    min_confidence=st.sampled_from([None, 0.5, 0.85]),
)


@drawn(chosen)
def test_an_address_says_what_the_filters_say(filters: Wanted) -> None:
    filters = replace(filters, unfinished=bool(filters.text))
    assert filters_of(parse_qs(query(filters))) == filters


@drawn(st.text(max_size=40))
def test_any_text_can_be_looked_for(text: str) -> None:
    assert matching(text, unfinished=True).count('"') % 2 == 0


@pytest.mark.parametrize("text", ['"', "a AND", "NEAR(", "x*y", "-", '"" ""', "(", "col:val", "'; DROP"])
def test_signs_of_the_query_language_are_only_signs(ledger: Ledger, text: str) -> None:
    shown(ledger, Wanted(text, unfinished=True))


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(UsageError, match="no date"):
        filters_of({"since": ["yesterday"]})


@pytest.mark.parametrize("wish", ["much", "1.5", "-1", "nan"])
def test_what_is_no_confidence_is_refused(wish: str) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        filters_of({"min_confidence": [wish]})
