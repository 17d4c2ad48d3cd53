"""`kronik export` in all its formats."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kronik.show.command_line import EXPORT_FORMATS, commands
from kronik.store.ledger import Ledger

pytestmark = pytest.mark.usefixtures("filled")


def run(filled: Ledger, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["export", "--db", str(filled.path), *arguments])


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_every_format_is_written_to_a_file(filled: Ledger, tmp_path: Path, form: str) -> None:
    for name, package in (("parquet", "pyarrow"), ("ics", "icalendar")):
        if form == name:
            pytest.importorskip(package, reason=f"{package} is not installed")
    path = tmp_path / "out"
    done = run(filled, "--to", form, "-o", str(path))
    assert done.exit_code == 0, done.output
    assert path.stat().st_size > 200
    assert list(tmp_path.glob(".*")) == []


def test_a_dash_is_standard_output(filled: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(filled, "--to", "jsonl", "-o", "-").stdout == run(filled, "--to", "jsonl").stdout != ""
    refused = run(filled, "--to", "parquet", "-o", "-")
    assert (refused.exit_code, "Parquet is no text" in refused.stderr) == (2, True)
    assert not Path("-").exists()


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        (["--type", "AID"], [2, 4]),
        (["--country", "Kazakhstan"], [3]),
        (["rice"], [2]),
        (["--status", "denied"], [4]),
        (["--limit", "1"], [1]),
    ],
)
def test_conditions_are_those_of_find(filled: Ledger, arguments: Sequence[str], numbers: list[int]) -> None:
    done = run(filled, "--to", "jsonl", *arguments)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [f"visit#{n}" for n in numbers]


def test_every_format_has_its_section() -> None:
    page = (Path(__file__).parents[3] / "docs" / "exports.md").read_text("utf-8")
    headings = [line[3:] for line in page.splitlines() if line.startswith("## ")]
    assert {name for heading in headings for name in heading.split(", ")} >= set(EXPORT_FORMATS)


def test_what_is_left_out_is_told(filled: Ledger) -> None:
    done = run(filled, "--to", "plover")
    assert len(done.stdout.splitlines()) == 3
    assert "left out denied events (1)" in done.stderr
    assert len(run(filled, "--to", "plover", "--unconfirmed").stdout.splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "parquet"], "-o FILE"),
        (["--to", "gdelt", "--what", "quotes"], "gdelt holds events"),
        (["--to", "xml"], "Invalid value"),
    ],
)
def test_wrong_calls(filled: Ledger, arguments: Sequence[str], told: str) -> None:
    done = run(filled, *arguments)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_missing_package_is_told_in_one_line(filled: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    done = run(filled, "--to", "ics", "-o", str(tmp_path / "out.ics"))
    assert done.exit_code == 1
    assert "pip install 'kronik[calendar]'" in done.stderr
    assert not (tmp_path / "out.ics").exists()
