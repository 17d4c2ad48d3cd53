"""Many processes and one writer: the same ledger as one process makes, whatever the pages do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from made_pages import harmed, many, page
from test_writing import content, never

from kronik.errors import UsageError
from kronik.model import Page
from kronik.store import writing
from kronik.store.ledger import Ledger, open_ledger
from kronik.volume.adding import add_all, cores
from kronik.volume.limits import Limits

QUICK = Limits(seconds=1.0, memory=300, start=20.0)
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and limits")


@dataclass(frozen=True)
class Unreadable:
    origin: str
    reason: str


def test_the_ledger_is_the_one_that_one_process_makes(ledger: Ledger, tmp_path: Path) -> None:
    found: list[Page | Unreadable] = [*many(60), Unreadable("gone.html", "a folder"), *many(10)]
    found += [Page("index", f"folder-{n}/index.html", f"Index {n}.", "html") for n in range(8)]  # ids that collide
    with open_ledger(tmp_path / "one.db", write=True) as one:
        before = list(writing.add_all(one, found, harmed))
        after = list(add_all(ledger, found, harmed, jobs=2))
        assert after == before
        assert content(ledger) == content(one)
        assert {outcome.kind for outcome in after} == {"added", "new version", "unchanged", "failed"}
        assert "index-8" in {outcome.id for outcome in after}


def test_what_is_in_the_ledger_is_not_read_again(ledger: Ledger) -> None:
    pages = [page(f"report-{n}", "!" if n == 3 else f"Report {n}.") for n in range(10)]
    list(add_all(ledger, pages[:5], harmed, jobs=2))
    before = content(ledger)
    kinds = [outcome.kind for outcome in add_all(ledger, pages[:5], never, jobs=2)]
    assert kinds == ["unchanged"] * 3 + ["failed", "unchanged"]
    assert content(ledger) == before
    kinds = [outcome.kind for outcome in add_all(ledger, pages, harmed, jobs=2)]
    assert kinds == ["unchanged"] * 3 + ["failed", "unchanged"] + ["added"] * 5


@posix
def test_a_page_that_takes_too_long_is_set_aside_and_costs_no_other(ledger: Ledger) -> None:
    pages = [page("a", "One."), page("slow", "sleep 600"), *(page(f"b{n}", f"Report {n}.") for n in range(10))]
    outcomes = list(add_all(ledger, pages, harmed, jobs=2, limits=Limits(seconds=1.0, start=3.0)))
    assert [outcome.kind for outcome in outcomes] == ["added", "failed"] + ["added"] * 10
    assert "longer than 1 seconds" in (outcomes[1].reason or "")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is held on Linux only")
def test_a_page_that_takes_too_much_memory_is_set_aside_and_costs_no_other(ledger: Ledger) -> None:
    pages = [page("a", "One."), page("big", "devour it"), *(page(f"b{n}", f"Report {n}.") for n in range(10))]
    outcomes = list(add_all(ledger, pages, harmed, jobs=2, limits=QUICK))
    assert [outcome.kind for outcome in outcomes] == ["added", "failed"] + ["added"] * 10
    assert "more memory" in (outcomes[1].reason or "")


@posix
def test_a_page_that_ends_its_process_is_set_aside_and_costs_no_other(ledger: Ledger, tmp_path: Path) -> None:
    once = page("once", f"die-once {tmp_path / 'mark'}")
    pages = [page("deadly", "die at once"), once, *(page(f"b{n}", f"Report {n}.") for n in range(10))]
    outcomes = list(add_all(ledger, pages, harmed, jobs=2, limits=QUICK))
    assert [outcome.kind for outcome in outcomes] == ["failed"] + ["added"] * 11
    assert "signal 9" in (outcomes[0].reason or "")


def test_no_more_is_taken_in_than_fits(ledger: Ledger) -> None:
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        while True:
            taken += 1
            yield page(f"report-{taken}", f"Report {taken}.")

    adding = add_all(ledger, endless(), harmed, jobs=1)
    written = [next(adding) for _ in range(50)]
    assert taken <= len(written) + 20
    adding.close()


def test_a_report_that_changes_back_and_forth_ends_as_found_last(ledger: Ledger) -> None:
    list(add_all(ledger, [page("a", "One.")], harmed, jobs=1))
    turns = [page("a", "Two."), page("a", "One."), page("a", "One."), page("a", "Two.")]
    outcomes = list(add_all(ledger, turns, harmed, jobs=2))
    assert [(one.kind, one.version) for one in outcomes] == [
        ("new version", 2), ("new version", 3), ("unchanged", 3), ("new version", 4),
    ]  # fmt: skip


def test_what_stops_the_sources_is_raised_when_all_before_it_is_kept(ledger: Ledger) -> None:
    def broken() -> Iterator[Page]:
        yield page("a", "One.")
        raise UsageError("no more")

    kinds = []
    with pytest.raises(UsageError, match="no more"):
        kinds.extend(outcome.kind for outcome in add_all(ledger, broken(), harmed, jobs=1))
    assert kinds == ["added"]


def test_a_reader_that_cannot_be_sent_is_told(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="--jobs 1"):
        list(add_all(ledger, [page("a", "One.")], partial(lambda page: harmed(page)), jobs=1))


def test_cores_are_counted() -> None:
    assert cores() >= 1
