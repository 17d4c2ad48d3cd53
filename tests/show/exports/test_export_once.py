"""Events that several reports tell, written once."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from made_readings import page, read

from kronik.show.command_line import commands
from kronik.show.exports import event_lines
from kronik.show.exports.gdelt import COLUMNS
from kronik.show.exports.telling import told_events
from kronik.store.chronicle import replace_views
from kronik.store.finding import Wanted
from kronik.store.ledger import Ledger
from kronik.store.writing import add


@pytest.fixture
def compared(filled: Ledger) -> Ledger:
    """The made reading twice, and the visit in both known as one."""
    add(filled, page("again", url="https://example.org/again"), read)
    entry = {
        "entry": "visit#1", "events": ["visit#1", "again#1"], "reports": ["again", "visit"], "independent": 1,
        "sources": [], "first": {}, "disputed": False, "differences": {},
    }  # fmt: skip
    with filled.writing() as connection:
        replace_views(connection, [], [entry])
    return filled


def test_each_happening_comes_once(compared: Ledger) -> None:
    assert len(list(told_events(compared))) == 8
    once = list(told_events(compared, once=True))
    assert len(once) == 7
    assert [told.event["type"] for told in once if told.entry] == ["CONSULT"]
    visits = Wanted(modes=("visit",), limit=1)
    assert len(list(told_events(compared, visits, once=True))) == 1
    (only,) = told_events(compared, Wanted(reports=("visit",), modes=("visit",)), once=True)
    assert only.id == "visit#1", "the telling that matches"


def test_how_many_tell_it(compared: Ledger) -> None:
    visits = list(told_events(compared, Wanted(modes=("visit",)), once=True))
    (line,) = event_lines("gdelt", visits, Counter())
    row = dict(zip(COLUMNS, line.rstrip("\n").split("\t"), strict=True))
    assert (row["NumMentions"], row["NumArticles"], row["NumSources"]) == ("2", "2", "1")
    (line,) = event_lines("plover", visits, Counter())
    assert (json.loads(line)["reports"], json.loads(line)["independent"]) == (["again", "visit"], 1)
    (place,) = json.loads("".join(event_lines("geojson", visits, Counter())))["features"]
    assert place["properties"]["independent"] == 1


def test_the_command(compared: Ledger) -> None:
    call = ["export", "--db", str(compared.path), "--to"]
    done = CliRunner().invoke(commands, [*call, "polecat", "--once", "--mode", "visit"])
    assert len(done.stdout.splitlines()) == 2
    refused = CliRunner().invoke(commands, [*call, "csv", "--once"])
    assert refused.exit_code == 2
    assert "--what entries" in refused.stderr
