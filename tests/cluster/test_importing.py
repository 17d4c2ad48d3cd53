"""Files of readings to a ledger: JSON Lines too, and what is no sound reading is told and costs no other."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from made_readings import page, read
from test_shards import orders, outcomes, read_all

from kronik.cluster.planning import shards_of
from kronik.cluster.readings import checked
from kronik.contract import to_json
from kronik.errors import DataError
from kronik.store import exporting, writing
from kronik.store.ledger import open_ledger

READING = to_json(read(page()))


def broken(**changes: object) -> str:
    reading = json.loads(json.dumps(READING))
    reading["events"][0].update(changes)
    return json.dumps(reading)


def test_what_is_exported_is_imported_unchanged(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "one.db", write=True) as ledger:
        writing.add(ledger, page(), read)
        written = list(exporting.json_lines(ledger, "reports"))
    file = tmp_path / "readings.jsonl.gz"
    file.write_bytes(gzip.compress("\n\n".join(written).encode()))
    assert [(one.kind, one.id, one.events) for one in outcomes(tmp_path, [str(file)])] == [("added", "visit", 4)]
    with open_ledger(tmp_path / "imported.db") as ledger:
        assert list(exporting.json_lines(ledger, "reports")) == written
    assert [one.kind for one in outcomes(tmp_path, [str(file)])] == ["unchanged"]


def test_a_reading_of_a_page_that_is_there_changes_nothing(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "imported.db", write=True) as ledger:
        writing.add(ledger, page(), read)
    (tmp_path / "readings.jsonl").write_text(json.dumps(READING), "utf-8")
    assert [one.kind for one in outcomes(tmp_path, [str(tmp_path / "readings.jsonl")])] == ["unchanged"]


@pytest.mark.parametrize("spoil", [lambda packed: packed[:-9], lambda packed: packed[:20] + bytes(9) + packed[29:]])
def test_a_damaged_gzip_is_told(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "readings.jsonl.gz"
    file.write_bytes(spoil(gzip.compress(json.dumps(READING).encode())))
    assert [one.kind for one in outcomes(tmp_path, [str(file)])][-1:] == ["failed"]


def test_lines_that_are_no_readings_cost_no_other(tmp_path: Path) -> None:
    file = tmp_path / "readings.jsonl"
    file.write_bytes(b'{"id": 3}\n{"id\n\xff\n' + json.dumps(READING).encode() + b"\n[]\n")
    told = outcomes(tmp_path, [str(file)])
    assert [one.kind for one in told] == ["failed", "failed", "failed", "added", "failed"]
    assert [one.origin for one in told] == [f"{file}:{number}" for number in range(1, 6)]
    assert all("kronik schema" in (one.reason or "") or "UTF-8" in (one.reason or "") for one in told if one.reason)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"type": "PARTY"}, "no type or status"),
        ({"trigger": "left"}, "other words than its trigger"),
        ({"evidence_span": [0, 3]}, "other words than its evidence"),
        ({"start": "yesterday"}, "kronik schema"),
        ({"actors": None}, "kronik schema"),
        ({"trigger_span": "ab"}, "kronik schema"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(changes: dict[str, object], why: str) -> None:
    assert checked(json.dumps(READING)).days[0] == ("2024-04-08", "2024-04-08")
    with pytest.raises(DataError, match=why):
        checked(broken(**changes))


def test_files_that_hold_no_readings_are_told(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'kronik[parquet]'")
    import pyarrow.parquet

    pyarrow.parquet.write_table(arrow.table({"a": [1]}), tmp_path / "other.parquet")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "other.parquet").read_bytes()[:40])
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "page.html").write_text("<p>A page.", "utf-8")
    sources = [str(tmp_path / name) for name in ("other.parquet", "cut.parquet", "empty.jsonl", "page.html")]
    told = outcomes(tmp_path, sources)
    assert [one.kind for one in told] == ["failed"] * 4
    for one, why in zip(told, ("no readings", "broken", "empty", "neither"), strict=True):
        assert why in (one.reason or "")


def test_rows_that_were_altered_are_told_and_cost_no_other(tmp_path: Path, pages: list[str]) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'kronik[parquet]'")
    import pyarrow.parquet as parquet

    read_all(shards_of([f"{pages[0]}/day-1.jsonl"], ""), orders(tmp_path))
    [file] = (tmp_path / "readings").iterdir()
    whole = parquet.read_table(file).to_pylist()
    bad = [dict(whole[0], page=b"no zlib"), dict(whole[1], engine=None), dict(whole[2], reading="{}", reason=None)]
    schema = parquet.read_schema(file)
    parquet.write_table(arrow.Table.from_pylist([*bad, *whole[3:]], schema=schema), tmp_path / "altered.parquet")
    told = outcomes(tmp_path, [str(tmp_path / "altered.parquet")])
    assert [one.kind for one in told[:3]] == ["failed"] * 3
    for one, why in zip(told, ("page is damaged", "engine is missing", "kronik schema"), strict=False):
        assert why in (one.reason or "")
    assert "added" in {one.kind for one in told[3:]}
    other = arrow.Table.from_pylist([{**one, "published": "yesterday"} for one in whole])
    parquet.write_table(other, tmp_path / "other.parquet")
    assert [one.kind for one in outcomes(tmp_path, [str(tmp_path / "other.parquet")])] == ["failed"]


def test_files_that_duckdb_wrote_anew_are_taken_too(tmp_path: Path, pages: list[str]) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install duckdb")
    read_all(shards_of([f"{pages[0]}/day-1.jsonl"], ""), orders(tmp_path))
    duckdb.sql(f"COPY (FROM '{tmp_path}/readings/*.parquet') TO '{tmp_path}/anew.parquet'")
    first = outcomes(tmp_path, [str(tmp_path / "readings")])
    kinds = {one.kind for one in outcomes(tmp_path, [str(tmp_path / "anew.parquet")])}
    assert {one.kind for one in first} == {"added", "failed"}
    assert kinds == {"unchanged", "failed"}
