import csv
import io
import json
from pathlib import Path

import pytest
from made_readings import page, read

from kronik.contract import to_json
from kronik.errors import DataError
from kronik.store.exporting import COLUMNS, What, csv_lines, json_lines, told, write_file
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger
from kronik.store.writing import add


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    add(ledger, page("note", "-1 degree, and a “quote”,\nin two lines."), read)
    add(ledger, page(), read)
    add(ledger, page("old", "Older."), read)
    add(ledger, page("old", "Newer."), read)
    return ledger


def rows(ledger: Ledger, what: What) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_lines(ledger, what)), newline="")))


def test_reports_are_whole_readings(filled: Ledger) -> None:
    kept = [json.loads(line) for line in json_lines(filled, "reports")]
    assert [reading["id"] for reading in kept] == ["note", "old", "visit"]
    assert kept[2] == to_json(read(page()))
    assert kept[1]["report"]["text"] == "Newer."


def test_each_line_says_where_it_comes_from(filled: Ledger) -> None:
    events = [json.loads(line) for line in json_lines(filled, "events")]
    assert [event["id"] for event in events] == ["visit#1", "visit#2", "visit#3", "visit#4"]
    assert events[0]["place"]["country"] == "CHN"
    quotes = [json.loads(line) for line in json_lines(filled, "quotes")]
    assert [(quote["report"], quote["number"]) for quote in quotes] == [("visit", 1), ("visit", 2)]
    entities = [json.loads(line) for line in json_lines(filled, "entities")]
    assert [entity["name"] for entity in entities] == ["Sergey Lavrov", "China"]


def test_only_what_is_wanted(filled: Ledger) -> None:
    aid = Wanted(types=("AID",))
    assert [json.loads(line)["id"] for line in json_lines(filled, "events", aid)] == ["visit#2", "visit#4"]
    assert [json.loads(line)["id"] for line in json_lines(filled, "reports", aid)] == ["visit"]
    assert len(list(json_lines(filled, "quotes", aid))) == 2, "those of the reports that tell it"
    assert len(list(csv_lines(filled, "events", aid))) == 3
    assert [numbers for _, numbers in told(filled, aid)] == [frozenset({2, 4})]
    assert not list(json_lines(filled, "reports", Wanted(types=("PROTEST",))))
    assert [numbers for _, numbers in told(filled)] == [None, None, None]


@pytest.mark.parametrize("what", ["reports", "events", "quotes", "entities"])
def test_every_column_is_filled_somewhere(filled: Ledger, what: What) -> None:
    empty = {"reports": {"byline", "dateline_place", "credits", "url"}, "events": {"contexts", "url"}}
    table = rows(filled, what)
    assert list(table[0]) == list(COLUMNS[what])
    assert {column for column in COLUMNS[what] if not any(row[column] for row in table)} == (
        empty.get(what, {"wikidata"} if what == "entities" else set())
    )


def test_cells(filled: Ledger) -> None:
    visit, rice, *_ = rows(filled, "events")
    assert (visit["actors"], visit["recipients"], visit["sources"]) == ("Sergey Lavrov", "China", "Kremlin")
    assert (visit["place"], visit["place_country"], visit["latitude"]) == ("Beijing", "CHN", "39.9042")
    assert rice["items"] == "rice (20 tonne)"
    assert [row["direct"] for row in rows(filled, "quotes")] == ["yes", "no"]
    assert rows(filled, "entities")[1]["mentions"] == "2"


def test_no_cell_is_a_formula(filled: Ledger) -> None:
    note = rows(filled, "reports")[0]
    assert note["title"] == "'=1+1"
    assert note["text"] == "'-1 degree, and a “quote”,\nin two lines."
    assert rows(filled, "entities")[0]["office"] == "'=cmd()"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_file(path, ["one\r\n"])
    assert path.read_bytes() == b"one\r\n"

    def broken() -> object:
        yield "two"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_file(path, broken())  # type: ignore[arg-type]
    assert path.read_bytes() == b"one\r\n"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(DataError, match="cannot be written"):
        write_file(tmp_path / "none" / "events.csv", ["one"])
