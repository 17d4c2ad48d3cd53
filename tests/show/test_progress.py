from collections import Counter

import pytest

from kronik.show import progress
from kronik.show.progress import Failures, Pace, follow, reason, span_words, summary
from kronik.store.writing import Outcome


def test_summary() -> None:
    tally = Counter({"added": 1200, "new version": 2, "unchanged": 1, "failed": 3, "events": 5000})
    told = "1,206 pages: 1,200 added, 2 new versions, 1 unchanged, 3 failed; 5,000 events kept"
    assert summary(tally) == told
    assert summary(Counter()) == "no pages"
    assert summary(Counter({"new version": 1})) == "1 page: 1 new version"


def test_a_plain_line_every_so_often(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)
    monkeypatch.setattr(Pace, "rate", lambda pace: 2.0)
    tally: Counter[str] = Counter()
    failed = Failures()
    follow([Outcome("added", "a.html", "a", 1, 2), Outcome("failed", "b.html", reason="empty")], tally, failed)
    assert capsys.readouterr().err.splitlines() == [
        "kronik: 1 page: 1 added; 2 events kept so far; 2.0 a second",
        "kronik: 2 pages: 1 added, 1 failed; 2 events kept so far; 2.0 a second",
    ]
    assert list(failed.lines()) == ["b.html: empty"]


def test_the_time_that_is_left_is_told_once_the_pages_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "rate", lambda pace: 0.5)
    assert Pace(None, 10).words() == "0.5 a second"
    assert Pace(50, 10).words() == "0.5 a second, 1 min 20 s left"
    assert Pace(5, 10).words() == "0.5 a second, 0 s left"
    assert [span_words(seconds) for seconds in (0.2, 59.4, 3600, 7505, 90_000)] == [
        "0 s", "59 s", "1 h 0 min", "2 h 5 min", "1 d 1 h",
    ]  # fmt: skip


def test_many_failures_are_counted_by_their_reason() -> None:
    failed = Failures()
    for number in range(1000):
        why = "no article" if number % 3 else f"page{number}.html: larger than {number} bytes"
        failed.take(Outcome("failed", f"page{number}.html", reason=why))
    lines = list(failed.lines())
    assert len(lines) == progress.TOLD + 3
    assert lines[1] == "page1.html: no article"
    assert lines[progress.TOLD :] == [
        "and 980 more pages failed, which `kronik failed` lists:",
        "653 × no article",
        "327 × …: larger than N bytes",
    ]


def test_the_place_is_told_once() -> None:
    assert reason(Outcome("failed", "a.html", reason="a.html: empty")) == "a.html: empty"
