from dataclasses import replace
from pathlib import Path

import pytest
from reconciled_examples import NOW, filled, pages, read_before, readings

from kronik.errors import LedgerError, UsageError
from kronik.model import Page, Reading
from kronik.reconcile import running
from kronik.reconcile.judging import doubts, judge
from kronik.reconcile.running import reconcile
from kronik.store.chronicle import entry_of, stories
from kronik.store.decisions import standing
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.lineage import lineage
from kronik.store.writing import add

THREE = ("en-kim-putin-vostochny", "en-vostochny-talks", "id-kim-putin-vostochny")
LATER = "2026-02-02T00:00:00+00:00"


@pytest.fixture
def three(tmp_path: Path) -> Ledger:
    return filled(tmp_path / "three.db", THREE)


def an_entry(ledger: Ledger) -> dict[str, list[str]]:
    row = ledger.connection.execute("SELECT event FROM entry_event ORDER BY event LIMIT 1").fetchone()
    found = entry_of(ledger, row[0])
    assert found is not None
    return found


def test_one_event_of_a_report_its_copy_and_its_translation_has_one_source(three: Ledger) -> None:
    rows = [entry_of(three, row[0]) for row in three.connection.execute("SELECT event FROM entry_event")]
    assert any(row and row["reports"] == sorted(THREE) for row in rows)
    assert {row["independent"] for row in rows if row} == {1}


def test_only_what_is_new_is_compared(three: Ledger) -> None:
    before = list(standing(three.connection))
    result = reconcile(three, LATER)
    assert (result.reports, result.pairs, sum(result.decided.values())) == (0, 0, 0)
    assert list(standing(three.connection)) == before
    add(three, pages()["id-rudal-korut"], read_before)
    result = reconcile(three, LATER)
    assert (result.reports, result.pairs) == (1, 3)
    assert {one.made_at for one in standing(three.connection)} == {NOW, LATER}


def test_a_report_that_changed_is_compared_anew_and_what_was_decided_is_kept(three: Ledger) -> None:
    changed = replace(pages()["en-vostochny-talks"], body="Rain fell on Seattle. The mayor opened a library there.")

    def read(page: Page) -> Reading:
        whole = readings()[page.id].report
        return Reading(replace(whole, text=page.body, credits=(), title=None))

    add(three, changed, read)
    reconcile(three, LATER)
    about = list(standing(three.connection, report="en-vostochny-talks", withdrawn=True))
    assert about
    assert all(one.withdrawn_at == LATER and one.withdrawn_because for one in about)
    assert [row["of"] for row in lineage(three, "en-vostochny-talks")] == ["en-vostochny-talks version 1"]


def test_another_method_decides_everything_anew(three: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [(one.kind, one.left, one.right) for one in standing(three.connection)]
    monkeypatch.setattr(running, "method", lambda: "another")
    assert reconcile(three, LATER).reports == 3
    again = list(standing(three.connection))
    assert [(one.kind, one.left, one.right) for one in again] == made
    assert {one.made_by for one in again} == {"another"}


def test_what_a_person_says_outlives_every_run(three: Ledger) -> None:
    left, right = an_entry(three)["events"][:2]
    judge(three, right, left, "different", "Siti", LATER)
    for _ in range(2):
        entry = entry_of(three, left)
        assert entry is None or right not in entry["events"]
        for id_ in THREE:
            add(three, pages()[id_], read_before, again=True)
        reconcile(three, LATER)
    judge(three, left, right, "same", "Budi", LATER)
    entry = entry_of(three, left)
    assert entry is not None
    assert right in entry["events"]
    said = [one for one in standing(three.connection, withdrawn=True) if one.by_person]
    assert [(one.kind, one.made_by, bool(one.withdrawn_at)) for one in said] == [
        ("different-event", "Siti", True),
        ("same-event", "Budi", False),
    ]


def test_a_judged_event_is_known_again_by_its_words(three: Ledger) -> None:
    left, right = next(
        entry["events"][:2] for row in three.connection.execute("SELECT event FROM entry_event ORDER BY event DESC")
        if (entry := entry_of(three, row[0])) and not entry["events"][0].endswith("#1")
    )  # fmt: skip
    judge(three, left, right, "different", "Siti", LATER)
    report, _, number = left.partition("#")

    def read(page: Page) -> Reading:  # as if a newer engine no longer read the first event
        whole = readings()[page.id]
        return replace(whole, events=whole.events[1:]) if page.id == report else whole

    add(three, pages()[report], read, again=True)
    reconcile(three, LATER)
    moved = entry_of(three, f"{report}#{int(number) - 1}")
    assert moved is None or right not in moved["events"]


def test_people_judge_stories_too(three: Ledger) -> None:
    assert [len(story["reports"]) for story in stories(three)] == [3]
    judge(three, THREE[0], THREE[2], "different", "Siti", LATER)
    assert sorted(len(story["reports"]) for story in stories(three)) == [1, 2]


def test_doubts_are_asked_once(three: Ledger) -> None:
    first = doubts(three, "event", 100)
    assert [one.score for one in first] == sorted(one.score for one in first)
    judge(three, first[0].left, first[0].right, "unsure", "Siti", LATER)
    assert doubts(three, "event", 100) == first[1:]


def test_what_cannot_be_judged_is_told(three: Ledger) -> None:
    with pytest.raises(UsageError, match="two of a kind"):
        judge(three, THREE[0], f"{THREE[1]}#1", "same", "Siti", LATER)
    with pytest.raises(UsageError, match="twice"):
        judge(three, THREE[0], THREE[0], "same", "Siti", LATER)
    with pytest.raises(LedgerError, match="no such"):
        judge(three, THREE[0], "nowhere", "same", "Siti", LATER)
    add(three, pages()["id-rudal-korut"], read_before)
    with pytest.raises(LedgerError, match="kronik reconcile"):
        judge(three, f"{THREE[0]}#1", "id-rudal-korut#1", "same", "Siti", LATER)
    assert not [one for one in standing(three.connection) if one.by_person]


def test_an_empty_ledger_is_reconciled_too(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "empty.db", write=True) as ledger:
        assert reconcile(ledger, NOW).reports == 0


def test_between_reading_anew_and_reconciling_nothing_stale_is_told(three: Ledger) -> None:
    entry = next(
        found for row in three.connection.execute("SELECT event FROM entry_event")
        if (found := entry_of(three, row[0])) and THREE[0] in found["reports"]
    )  # fmt: skip

    def read(page: Page) -> Reading:
        return replace(readings()[page.id], events=readings()[page.id].events[:1])

    add(three, pages()[THREE[0]], read, again=True)
    assert all(entry_of(three, event) is None for event in entry["events"])
    judge(three, THREE[1], THREE[2], "same", "Siti", LATER)  # makes the views, of what has been compared
    rows = [entry_of(three, row[0]) for row in three.connection.execute("SELECT event FROM entry_event")]
    assert all(row and THREE[0] not in row["reports"] for row in rows)
    reconcile(three, LATER)
