"""The commands that bring reports of one happening together, on the bundled examples."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kronik.show.command_line import commands

sys.path.insert(0, str(Path(__file__).parents[1] / "reconcile"))
from reconciled_examples import filled, pages

THREE = ("en-kim-putin-vostochny", "en-vostochny-talks", "id-kim-putin-vostochny")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shown") / "chronicle.db"
    filled(path, pages()).close()
    return path


@pytest.fixture(autouse=True)
def _ledger(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KRONIK_DB", raising=False)
    shutil.copy(made, tmp_path / "chronicle.db")


def run(*arguments: str, said: str | None = None) -> Result:
    result = CliRunner().invoke(commands, arguments, input=said)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def objects(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*arguments).stdout.splitlines()]


def test_reconcile_tells_what_it_found_and_makes_no_ledger() -> None:
    assert "0 new reports compared; 3 stories of several reports" in run("reconcile").stderr
    missing = run("reconcile", "--db", "none.db")
    assert missing.exit_code == 1
    assert "kronik add" in missing.stderr
    assert not Path("none.db").exists()


def test_timeline_prints_an_event_once_with_its_reports_and_sources() -> None:
    lines = run("timeline").stdout.splitlines()
    assert any(line.endswith("3 reports, 1 independent source") for line in lines)
    assert len(lines) < 2 * len(objects("find", "--json"))
    entries = objects("timeline", "--json")
    several = [entry for entry in entries if len(entry["reports"]) == 3]  # type: ignore[arg-type]
    assert several
    assert all(entry["independent"] == 1 for entry in several)
    assert len(objects("timeline", "--json", "--limit", "5")) == 5
    told = [event for entry in entries for event in entry["events"]]  # type: ignore[attr-defined]
    assert len(told) == len(set(told))


def test_stories_and_lineage() -> None:
    assert run("stories").stdout.count("reports  [") == 3
    assert len(run("stories", "--limit", "1").stdout.split("\n\n")) == 2
    told = [report for story in objects("stories", "--json") for report in story["reports"]]  # type: ignore[attr-defined]
    assert sorted(told) == sorted(pages())
    shown = run("lineage", THREE[2]).stdout
    assert f"is a translation of {THREE[0]}" in shown
    assert "names and numbers are alike" in shown
    assert "has a translation" in run("lineage", THREE[0]).stdout
    assert {"copy", "credit"} <= {row["kind"] for row in objects("lineage", THREE[1], "--json")}
    assert "none was found" in run("lineage", "en-zelensky-washington").stdout
    assert run("lineage", "nowhere").exit_code == 1


def test_explain_tells_the_whole_derivation_of_an_entry() -> None:
    event = next(e for e in objects("timeline", "--json") if len(e["reports"]) == 3)["id"]  # type: ignore[arg-type]
    shown = run("explain", str(event)).stdout
    for words in ("One event, told by 3 reports, 1 independent source", "first told by Harbour Post, 2023-09-15",
                  "Independent sources", "copies, translations or updates of one text", "Why they are one event",
                  "decided by kronik"):  # fmt: skip
        assert words in shown
    assert "One event, told by" not in run("explain", "en-us-iran-swap#1").stdout


def test_exports_of_what_reconciling_found() -> None:
    lineage = objects("export", "--to", "jsonl", "--what", "lineage")
    assert {"report": THREE[2], "of": THREE[0], "kind": "translation"}.items() <= next(
        row for row in lineage if row["kind"] == "translation" and row["of"] == THREE[0]
    ).items()
    assert set(lineage[0]) >= {"report", "of", "kind", "score", "reasons"}
    stories = objects("export", "--to", "jsonl", "--what", "stories")
    assert all(set(story) == {"story", "reports"} for story in stories)
    entries = objects("export", "--to", "jsonl", "--what", "entries", "--country", "PRK")
    assert 0 < len(entries) < len(objects("export", "--to", "jsonl", "--what", "entries"))
    rows = run("export", "--to", "csv", "--what", "entries").stdout.splitlines()
    assert rows[0].startswith("entry,type,mode")
    assert run("export", "--to", "csv", "--what", "stories").stdout.startswith("story,reports")
    assert run("export", "--to", "csv", "--what", "stories", "--country", "PRK").exit_code == 2
    assert run("export", "--to", "parquet", "--what", "stories", "-o", "x.parquet").exit_code == 2
    assert run("export", "--to", "geojson", "--what", "entries").exit_code == 2


def test_judge_asks_and_takes_what_is_said() -> None:
    result = run("judge", "--limit", "3", "--by", "Siti", said="d\nu\nq\n")
    assert result.exit_code == 0
    assert result.stderr.count("says Siti") == 2
    assert "score 0." in result.stdout
    assert "reports of" not in result.stderr
    assert run("judge", "--stories", "--limit", "1", "--by", "Siti", said="s\n").stderr.count("same, says Siti") == 1


def test_judge_parts_two_events_and_reconcile_does_not_bind_them_again() -> None:
    entry = next(e for e in objects("timeline", "--json") if len(e["reports"]) == 3)  # type: ignore[arg-type]
    left, right = entry["events"][:2]  # type: ignore[index]
    assert run("judge", left, right, "--say", "different", "--by", "Siti").exit_code == 0
    run("reconcile")
    assert all(not {left, right} <= set(e["events"]) for e in objects("timeline", "--json"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments", [["judge", "one"], ["judge", "--say", "same"], ["judge", "en-canada-india", "en-canada-india#1"]]
)
def test_judge_refuses_half_a_question(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.stderr
