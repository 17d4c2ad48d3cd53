"""Files of readings compared without a ledger: the decisions that reconciling makes of them, however they are cut."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from kronik.cluster.comparing import comparison_of
from kronik.cluster.engines import by_processes, compare_by_processes, compare_by_ray
from kronik.cluster.importing import import_all, places_of
from kronik.cluster.places import names_in
from kronik.cluster.planning import shards_of
from kronik.cluster.reading import Orders
from kronik.errors import DataError
from kronik.pipeline import read_one
from kronik.reconcile.running import reconcile
from kronik.store.ledger import open_ledger

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'kronik[parquet]'")

TELLINGS = (
    "U.S. Secretary of State Antony Blinken visited Ukraine on {day}. Blinken met President Volodymyr Zelenskyy in Kyiv"
    " and promised $100 million in aid. {more}",
    "Antony Blinken met Volodymyr Zelenskyy in Kyiv on {day}, Reuters reported. The United States gave Ukraine"
    " $100 million. {more}",
    "Menteri Luar Negeri Amerika Serikat Antony Blinken mengunjungi Ukraina pada {day}. Blinken bertemu Presiden"
    " Volodymyr Zelenskyy di Kyiv. {more}",
)
MORE = ("Talks lasted three hours.", "Both spoke to reporters.", "Officials said that 14 convoys would follow.")


@pytest.fixture
def readings(tmp_path: Path) -> str:
    """Four files of readings: nine reports that tell three visits, a page that fails, and one that tells nothing."""
    first = date(2023, 9, 6)
    folder = tmp_path / "found"
    folder.mkdir()
    pages = []
    for visit in range(3):
        day = first + timedelta(days=40 * visit)
        for number, telling in enumerate(TELLINGS):
            text = telling.format(day=day.isoformat(), more=" ".join((*MORE[visit:], *MORE)))
            given = {"id": f"report-{visit}-{number}", "text": text, "publisher": f"Outlet {number}"}
            pages.append({**given, "language": "id" if number == 2 else "en", "published": day.isoformat()})
    pages += [{"id": "short", "text": "Nothing happened here today, said nobody.", "language": "en"}, {"id": "bad"}]
    for number in range(4):
        lines = map(json.dumps, pages[number::4])
        (folder / f"{number}.jsonl").write_text("\n".join(lines), "utf-8")
    into = str(tmp_path / "readings")
    names_in(into)
    done = list(by_processes(shards_of([str(folder)], ""), Orders(into, partial(read_one, fast=True))))
    assert sum(one.failed for one in done) == 1
    return into


def decisions(into: Path) -> list[tuple[object, ...]]:
    """What was decided, without by whom and when."""
    found = [json.loads(line) for file in into.glob("decisions-*") for line in file.read_text("utf-8").splitlines()]
    return in_order((one["kind"], one["left"], one["right"], one["score"], one["reasons"]) for one in found)


def in_order(found: Iterable[Sequence[object]]) -> list[tuple[object, ...]]:
    return sorted((tuple(one) for one in found), key=repr)


def of_the_ledger(tmp_path: Path, readings: str) -> list[tuple[object, ...]]:
    with open_ledger(tmp_path / "one.db", write=True) as ledger:
        list(import_all(ledger, places_of([readings])))
        result = reconcile(ledger, "2024-01-01T00:00:00+00:00")
        assert min(result.decided[kind] for kind in ("same-story", "same-event", "credit")) > 0
        rows = ledger.connection.execute("SELECT kind, left_id, right_id, score, reasons FROM decision")
        return in_order((*tuple(row)[:4], json.loads(row[4])) for row in rows)


def test_the_decisions_are_those_of_reconciling(tmp_path: Path, readings: str) -> None:
    comparison = comparison_of([readings], str(tmp_path / "decided"))
    names_in(comparison.into)
    done = list(compare_by_processes(comparison, 1))
    assert {name for name in done if name.startswith("decisions-")} <= names_in(comparison.into)
    assert decisions(tmp_path / "decided") == of_the_ledger(tmp_path, readings)


def test_so_they_are_on_two_machines(tmp_path: Path, readings: str, two_machines: str) -> None:
    comparison = comparison_of([readings], str(tmp_path / "decided"))
    names_in(comparison.into)
    list(compare_by_ray(comparison, 1, two_machines))
    assert decisions(tmp_path / "decided") == of_the_ledger(tmp_path, readings)


def test_keys_of_another_kronik_are_not_compared(
    tmp_path: Path, readings: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kronik.cluster import comparing

    monkeypatch.setattr(comparing, "method", lambda: "kronik 9.9")
    comparison = comparison_of([readings], str(tmp_path / "decided"))
    names_in(comparison.into)
    with pytest.raises(DataError, match="of another kronik"):
        comparing.part_keys(0, comparison)
