import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_readings import TEXT, read

import kronik.pipeline
from kronik.show.command_line import commands


@pytest.fixture(autouse=True)
def _made_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kronik.pipeline, "read_one", lambda page, fast=False: read(page))
    monkeypatch.setenv("KRONIK_JOBS", "1")
    monkeypatch.delenv("KRONIK_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("bad.txt").write_text("! no article")
    Path("empty.txt").write_text("")
    Path("visit.txt").write_text(TEXT)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def listed() -> list[dict[str, object]]:
    return [json.loads(line) for line in run("failed", "--json").stdout.splitlines()]


def test_what_failed_is_listed() -> None:
    assert run("failed").exit_code == 1  # there is no ledger
    run("add", "visit.txt")
    assert run("failed").stdout == ""
    assert run("failed").stderr == "kronik: chronicle.db: no page has failed\n"
    run("add", "bad.txt", "empty.txt")
    assert [(Path(str(one["origin"])).name, one["id"], one["page_kept"]) for one in listed()] == [
        ("bad.txt", "bad", True), ("empty.txt", None, False),
    ]  # fmt: skip
    lines = run("failed").stdout.splitlines()
    assert lines[0].endswith("bad.txt")
    assert lines[1].strip() == "no article: give another page"


def test_a_kept_page_is_tried_again_from_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", "bad.txt")
    Path("bad.txt").unlink()
    again = run("retry")
    assert again.exit_code == 1
    assert "1 failed" in again.stderr
    monkeypatch.setattr(kronik.pipeline, "read_one", lambda page, fast=False: read(type(page)("x", "x", TEXT, "text")))
    assert "1 page: 1 added" in run("add", "visit.txt").stderr
    again = run("retry")
    assert again.exit_code == 0
    assert "1 page: 1 added" in again.stderr
    assert listed() == []
    assert "bad" in run("show", "bad").stdout


def test_the_file_of_a_page_that_was_not_kept_is_read_anew_or_forgotten() -> None:
    Path("lines.jsonl").write_text('{"text": "One."}\n{"text": 2}\n')
    run("add", "empty.txt", "lines.jsonl")
    assert len(listed()) == 2
    Path("lines.jsonl").write_text('{"text": "Three."}\n{"text": "Two."}\n')
    again = run("retry", "lines.jsonl:2")
    assert again.exit_code == 0, again.stderr
    assert "1 page: 1 added" in again.stderr  # the first line was no failure
    Path("empty.txt").unlink()
    assert "no longer there, and forgotten" in run("retry").stderr
    assert listed() == []
    assert run("retry").stderr == "kronik: chronicle.db: no page has failed\n"


def test_an_origin_that_has_not_failed_is_refused() -> None:
    run("add", "visit.txt")
    wrong = run("retry", "visit.txt")
    assert wrong.exit_code == 2
    assert "no page has failed there" in wrong.stderr


def test_backup_and_restore() -> None:
    run("add", "visit.txt")
    made = run("backup", "copy.db")
    assert made.exit_code == 0
    assert "checked" in made.stderr
    assert run("restore", "copy.db").exit_code == 2
    Path("visit.txt").write_text("Changed.")
    run("add", "visit.txt")
    assert "visit#1" not in run("timeline").stdout
    restored = run("restore", "copy.db", "--replace")
    assert restored.stderr == "kronik: chronicle.db: restored from copy.db, 1 report\n"
    assert "visit#1" in run("timeline").stdout
    assert run("backup", "none/copy.db").exit_code == 1
