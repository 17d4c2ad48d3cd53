"""`kronik shard` and `kronik import` as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kronik.show.command_line import commands

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'kronik[parquet]'")

TEXT = "Sergei Lavrov visited Beijing on Monday, the Kremlin said. China gave Russia 20 tonnes of rice."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, list(arguments))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    lines = [{"id": f"r{n}", "text": f"{TEXT} Report {n}.", "published": "2024-04-10"} for n in range(3)]
    (tmp_path / "pages.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return tmp_path / "pages.jsonl"


def test_pages_become_readings_and_these_a_ledger(pages: Path, tmp_path: Path) -> None:
    into, db = str(tmp_path / "readings"), str(tmp_path / "chronicle.db")
    told = run("shard", str(pages), "--into", into, "--fast", "--jobs", "1")
    assert (told.exit_code, told.stdout) == (0, "")
    assert "1 shard; 3 pages read, 0 failed" in told.stderr
    again = run("shard", str(pages), "--into", into, "--fast", "--jobs", "1")
    assert "1 shard, 1 there already; 0 pages read" in again.stderr
    other = run("shard", str(pages), "--into", into, "--jobs", "1")
    assert (other.exit_code, "give a new folder" in other.stderr) == (2, True)
    added = run("import", into, "--db", db)
    assert (added.exit_code, "3 pages: 3 added" in added.stderr) == (0, True)
    assert "3 unchanged" in run("import", into, "--db", db).stderr
    assert "CONSULT" in run("timeline", "--db", db).stdout


def test_readings_are_asked_with_duckdb(pages: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install duckdb")
    run("shard", str(pages), "--into", str(tmp_path / "readings"), "--fast", "--jobs", "1")
    files = str(tmp_path / "readings" / "*.parquet")
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
    queries = [block.partition("```")[0] for block in page.split("```sql\n")[1:]]
    events, pairs = (duckdb.sql(one.replace("readings/*.parquet", files)).fetchall() for one in queries)
    assert ("CONSULT", "occurred", 3) in events
    assert pairs == [("r0", "r1"), ("r0", "r2"), ("r1", "r2")]


def test_wrong_calls_are_told_in_one_line(pages: Path, tmp_path: Path) -> None:
    into = str(tmp_path / "readings")
    for arguments, why in (
        (["shard", str(pages), "--into", into, "--cluster", "auto"], "add --engine ray"),
        (["shard", str(tmp_path / "none"), "--into", into], "does not exist"),
        (["import", str(tmp_path / "none"), "--db", str(tmp_path / "a.db")], "does not exist"),
        (["import", str(tmp_path / "empty"), "--db", str(tmp_path / "a.db")], "without readings"),
    ):
        (tmp_path / "empty").mkdir(exist_ok=True)
        told = run(*arguments)
        assert (told.exit_code, why in told.stderr, told.stderr.count("\n")) == (2, True, 1), told.stderr
    assert not (tmp_path / "a.db").exists()
