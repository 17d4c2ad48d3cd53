"""Parquet files, read back by pyarrow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kronik.errors import DataError
from kronik.show.exports.parquet import write_parquet
from kronik.store.exporting import What, objects
from kronik.store.ledger import Ledger

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")


@pytest.mark.parametrize("what", ["events", "quotes", "entities"])
def test_what_is_read_back_is_what_the_ledger_holds(filled: Ledger, tmp_path: Path, what: What) -> None:
    path = tmp_path / "out.parquet"
    write_parquet(path, objects(filled, what), what)
    rows = parquet.read_table(path).to_pylist()
    if what == "events":
        assert [row.pop("first_day") for row in rows] == [date(2024, 4, 8), None, date(2025, 1, 1), None]
        assert rows[0].pop("last_day") == date(2024, 4, 8)
        assert all("last_day" not in row or row.pop("last_day") in (None, date(2025, 12, 31)) for row in rows)
    assert rows == list(objects(filled, what))


def test_reports_have_their_counts(filled: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    write_parquet(path, objects(filled, "reports"), "reports")
    (row,) = parquet.read_table(path).to_pylist()
    assert (row["id"], row["title"], row["events"], row["quotes"], row["entities"]) == (
        "visit", "Lavrov in Beijing", 4, 2, 2,
    )  # fmt: skip


def test_an_empty_file_has_its_columns_and_a_failure_leaves_none(filled: Ledger, tmp_path: Path) -> None:
    write_parquet(tmp_path / "empty.parquet", [], "events")
    table = parquet.read_table(tmp_path / "empty.parquet")
    assert (table.num_rows, table.column_names[:3]) == (0, ["id", "report", "title"])
    with pytest.raises(DataError, match="cannot be written"):
        write_parquet(tmp_path / "none" / "out.parquet", objects(filled, "events"), "events")
