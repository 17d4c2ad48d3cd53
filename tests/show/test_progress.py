from collections import Counter

import pytest

from kronik.show import progress
from kronik.show.progress import follow, reason, summary
from kronik.store.writing import Outcome


def test_summary() -> None:
    tally = Counter({"added": 1200, "new version": 2, "unchanged": 1, "failed": 3, "events": 5000})
    told = "1,206 pages: 1,200 added, 2 new versions, 1 unchanged, 3 failed; 5,000 events kept"
    assert summary(tally) == told
    assert summary(Counter()) == "no pages"
    assert summary(Counter({"new version": 1})) == "1 page: 1 new version"


def test_a_plain_line_every_so_often(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)
    tally: Counter[str] = Counter()
    failed: list[Outcome] = []
    follow([Outcome("added", "a.html", "a", 1, 2), Outcome("failed", "b.html", reason="empty")], tally, failed)
    assert capsys.readouterr().err.splitlines() == [
        "kronik: 1 page: 1 added; 2 events kept so far",
        "kronik: 2 pages: 1 added, 1 failed; 2 events kept so far",
    ]
    assert [reason(outcome) for outcome in failed] == ["b.html: empty"]


def test_the_place_is_told_once() -> None:
    assert reason(Outcome("failed", "a.html", reason="a.html: empty")) == "a.html: empty"
