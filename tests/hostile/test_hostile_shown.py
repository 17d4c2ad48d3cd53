"""Nothing that a page says steers what shows it: a terminal, a web page, a dossier, a spreadsheet, a table."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from kronik.pipeline import read_one
from kronik.read.page import Given, make_page
from kronik.show.command_line import commands
from kronik.show.web.application import make_application
from kronik.show.web.settings import Settings
from kronik.store.ledger import open_ledger
from kronik.store.writing import add

PROSE = (
    "The president said that the minister had met the general in the city on Monday, and that they would visit the "
    "capital in May. "
)
STEERED = (
    "\u202eRussia\u2066 attacked &#27;[2J&#7;&#x1b;]0;owned&#7; Ukraine &#x9b;31m on Monday, &#8;&#8;&#127; said "
    "Minister &lt;script&gt;alert(1)&lt;/script&gt; Sergei Lavrov. =cmd|' /C calc'!A0 met Kim Jong Un in Moscow "
    "on Monday. "
    "&lt;img src=x onerror=alert(2)&gt; “&lt;iframe src=//x&gt; we will come,” said Vladimir Putin."
)
PAGE = f"""<html><head><title>=HYPERLINK("http://x") &lt;script&gt;alert(3)&lt;/script&gt; &#27;[31mtalks</title>
<meta name=author content="&lt;b&gt;Nobody&lt;/b&gt;"><meta property=og:site_name content='@SUM(1+1) "><script>alert(4)</script>'>
<link rel=canonical href='http://x.example/"><script>alert(5)</script>'>
<script type=application/ld+json>{{"@type": "NewsArticle", "author": "\\u001b[2J \\ud800 <i>me</i>"}}</script></head>
<body><article><p>{PROSE * 3}</p><p>{STEERED}</p><aside>&lt;script&gt; of others &#27;[2J, which nobody reads</aside>
</article></body></html>"""  # noqa: E501
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RAW = ("<script>alert", "<img src=x", "<iframe", "<i>me", "<b>Nobody")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with open_ledger(path, write=True) as ledger:
        page = make_page(PAGE.encode(), Given(), id="<b>=x", origin="x.html")
        outcome = add(ledger, page, partial(read_one, fast=True))
        assert outcome.events >= 2
    return path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def reading(db: Path) -> dict[str, object]:
    told = json.loads(run("export", "--to", "jsonl", "--what", "reports", "--db", str(db)))
    assert isinstance(told, dict)
    return told


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_no_control_character_is_in_a_reading_however_the_page_hides_it(db: Path) -> None:
    for text in strings(reading(db)):
        assert not CONTROLS.search(text), ascii(text)


@pytest.mark.parametrize(
    "command", [["timeline"], ["show", "<b>=x"], ["show", "<b>=x#1"], ["explain", "<b>=x#1"], ["find", "Kim"]]
)
def test_nothing_steers_a_terminal(db: Path, command: list[str]) -> None:
    shown = run(*command, "--db", str(db))
    assert shown
    assert not CONTROLS.search(shown.replace("\n", ""))
    assert not TURNING.search(shown)


def test_web_pages_hold_text_only(db: Path) -> None:
    client = TestClient(make_application(Settings(db)), base_url="http://127.0.0.1")
    id = quote("<b>=x", safe="")
    for path in (
        "/",
        f"/report/{id}",
        f"/entry/{quote('<b>=x#1', safe='')}",
        "/network",
        "/map",
        "/stories",
        "/feed.atom",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not [raw for raw in RAW if raw in answer.text], path


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_dossier_holds_text_only(db: Path, form: str) -> None:
    shown = run("dossier", "Russia", "--to", form, "--db", str(db))
    assert "Russia" in shown
    assert not [raw for raw in RAW if re.search(rf"(?<!\\){raw}", shown)]


@pytest.mark.parametrize("what", ["reports", "events", "quotes", "entities"])
def test_no_cell_is_a_formula(db: Path, what: str) -> None:
    rows = list(csv.reader(io.StringIO(run("export", "--to", "csv", "--what", what, "--db", str(db)))))
    cells = [cell for row in rows[1:] for cell in row if not re.fullmatch(r"-?[\d.]+", cell)]
    assert cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]


@pytest.mark.parametrize("form", ["polecat", "gdelt"])
def test_no_cell_breaks_a_table(db: Path, form: str) -> None:
    lines = run("export", "--to", form, "--unconfirmed", "--db", str(db)).removesuffix("\n").split("\n")
    assert len({line.count("\t") for line in lines}) == 1
