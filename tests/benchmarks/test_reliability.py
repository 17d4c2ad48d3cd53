import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")
sys.path.insert(0, BENCHMARKS)
import reliability  # noqa: E402
from reliability import Given  # noqa: E402

sys.path.remove(BENCHMARKS)


def given(confidence: float, *, typed: bool = True, status: str = "occurred", language: str = "en") -> Given:
    return Given(language, confidence, status, typed, typed, False)


def test_bins_hold_their_lower_end_and_the_last_holds_one() -> None:
    assert [reliability.bin_of(x) for x in (0.0, 0.099, 0.1, 0.3, 0.7, 0.899, 0.9, 1.0)] == [0, 0, 1, 3, 7, 8, 9, 9]


def test_the_calibration_error_is_the_mean_distance_of_the_bins() -> None:
    right = [given(0.75)] * 3 + [given(0.75, typed=False)]
    assert reliability.calibration_error(right) == pytest.approx(0.0)
    assert reliability.calibration_error([*right, given(0.95, typed=False)]) == pytest.approx(0.95 / 5)
    assert reliability.calibration_error([]) == 0.0


def test_the_tables_count_each_event_in_its_bin_and_the_sure_ones_by_language() -> None:
    those = [given(0.45, typed=False), given(0.85), given(0.9, language="id"), given(0.9, status="planned")]
    lines = list(reliability.tables({"dev": those}))
    assert "| 0.4 to 0.5 | 1 | 0.450 | 0.000 | 0.000 | 0.000 |" in lines
    assert "| 0.9 to 1.0 | 2 | 0.900 | 1.000 | 1.000 | 0.000 |" in lines
    assert "| all | 4 | 0.775 | 0.750 | 0.750 | 0.000 |" in lines
    sure = list(reliability.sure_lines({"dev": those}))
    assert sure[-2:] == ["| dev, en | 1 | 1.000 | 1.000 | 0.000 |", "| dev, id | 1 | 1.000 | 1.000 | 0.000 |"]


def test_an_event_is_right_as_gold_pairs_it(tmp_path: Path) -> None:
    def event(trigger: str, actor: str, confidence: float = 0.5) -> dict[str, Any]:
        return {"trigger": trigger, "actors": [actor], "recipients": [], "confidence": confidence, "status": "occurred"}

    gold = SimpleNamespace(
        pair_up=lambda left, right, closeness: [(a, b) for a in left for b in right if closeness(a, b)],
        event_closeness=lambda a, b, typed: a["trigger"] == b["trigger"],
        set_f1=lambda a, b: float(a == b),
    )
    report = {"id": "r", "report": {"language": "id"}, "events": [event("met", "Xi"), event("hit", "Xi")]}
    (tmp_path / "r.json").write_text(json.dumps(report))
    told = {"r": {"events": [event("met", "Xi"), event("hit", "Kim"), event("ran", "Xi")]}}
    found = list(reliability.judge(tmp_path, told, gold))  # type: ignore[arg-type]
    assert [(one.typed, one.actors, one.roles) for one in found] == [
        (True, True, True), (True, False, False), (False, False, False),
    ]  # fmt: skip


def test_the_table_replaces_what_stood_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n{}\nold\n{}\nafter\n".format(*reliability.MARKS))
    reliability.write_between(page, ["new"])
    once = page.read_text()
    assert once == "before\n{}\n\nnew\n\n{}\nafter\n".format(*reliability.MARKS)
    reliability.write_between(page, ["new"])
    assert page.read_text() == once
    page.write_text("no marks")
    with pytest.raises(SystemExit, match="no place for the table"):
        reliability.write_between(page, ["new"])
