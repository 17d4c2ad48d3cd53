"""`kronik lists`, and the marks that its index puts into what other commands print."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kronik.show.command_line import commands

sys.path.insert(0, str(Path(__file__).parents[1] / "lists"))
from made_lists import UN_XML, write_lists


@pytest.fixture(autouse=True)
def _in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KRONIK_LISTS", str(tmp_path / "lists.tsv"))
    monkeypatch.setattr("kronik.lists.index.default_path", lambda: tmp_path / "home" / "lists.tsv")
    write_lists(tmp_path)
    (tmp_path / "page.txt").write_text("Orval Tesk Quenby met Joe Biden in Geneva on Monday.")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def test_update_says_what_it_took_and_find_finds_it() -> None:
    result = run("lists", "update", "un.xml", "sdn.csv", "--dated", "2023-05-06")
    assert result.exit_code == 0
    assert "UN Security Council Consolidated List, 2024-02-03: 2 entries, 5 names" in result.stderr
    assert "OFAC Specially Designated Nationals List, 2023-05-06: 3 entries, 7 names" in result.stderr
    found = [json.loads(line) for line in run("lists", "find", "Orval", "Tesk", "Quenby", "--json").stdout.splitlines()]
    assert {one["id"] for one in found} == {"MLi.001", "17"}
    assert "ORVAL STAR: vessel, entry 19" in run("lists", "find", "orval star").stdout
    assert "nobody of that name" in run("lists", "find", "Quenby").stderr


def test_a_new_edition_takes_the_place_of_the_former_and_leaves_other_lists_alone(tmp_path: Path) -> None:
    run("lists", "update", "un.xml", "sdn.csv")
    (tmp_path / "un.xml").write_text(UN_XML.replace("ORVAL", "EDMUR").replace("Orvál", "Edmur"))
    assert "of unknown date" not in run("lists", "update", "un.xml").stderr
    found = run("lists", "find", "Orval Tesk Quenby").stdout
    assert "entry 17" in found
    assert "MLi.001" not in found
    assert "MLi.001" in run("lists", "find", "Edmur Tesk Quenby").stdout


def test_a_file_that_is_no_list_changes_nothing(tmp_path: Path) -> None:
    run("lists", "update", "un.xml")
    before = (tmp_path / "lists.tsv").read_bytes()
    (tmp_path / "bad.csv").write_text("a,b\n")
    result = run("lists", "update", "sdn.csv", "bad.csv")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert (tmp_path / "lists.tsv").read_bytes() == before


def test_readings_are_marked_where_the_index_is_named_or_the_users_own_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "no index of lists" in run("read", "page.txt").stderr  # it is named and is not there
    monkeypatch.delenv("KRONIK_LISTS")
    assert "sanctions" not in run("read", "page.txt", "--language", "en").stdout
    run("lists", "update", "un.xml", "--lists", "home/lists.tsv")
    printed = run("read", "page.txt", "--language", "en").stdout
    assert "Names on sanctions lists" in printed
    assert "Orval Tesk Quenby: “ORVAL TESK QUENBY” of the UN Security Council Consolidated List, 2024-02-03" in printed
    reading = json.loads(run("read", "page.txt", "--language", "en", "--json").stdout)
    assert [on["id"] for entity in reading["entities"] for on in entity["listed"]] == ["MLi.001"]
    assert run("add", "page.txt", "--language", "en", "--db", "l.db").exit_code == 0
    assert '"MLi.001"' in run("show", "page", "--db", "l.db", "--json").stdout
