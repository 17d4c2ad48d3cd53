"""Bad input on the command line: one clear line on stderr each, the right exit status, and the other pages not lost."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kronik.show.command_line import commands

GOOD = (
    "Putin visits Beijing\n\nBEIJING - Russian President Vladimir Putin visited China on Tuesday and met President Xi "
    "Jinping. The two leaders talked for three hours about trade and about the war in Ukraine, the Kremlin said.\n"
)
SPANISH = (
    "El presidente de Rusia viajó el martes a Pekín\n\nEl presidente ruso, Vladimir Putin, viajó el martes a China "
    "para reunirse con su homólogo. Los dos dirigentes hablaron durante tres horas de comercio y de la guerra, según "
    "dijo el portavoz del gobierno, que no quiso dar más detalles sobre lo que se había acordado en la reunión.\n"
)
NO_ARTICLE = "<html><body><nav><a href='/'>Home</a><a href='/world'>World</a></nav></body></html>"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KRONIK_DB", raising=False)
    Path("good.txt").write_text(GOOD)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(commands, arguments, input=stdin)


def bad_page(kind: str) -> str:
    """The path of a page that cannot be read."""
    path = Path("bad.html" if kind == "without an article" else "bad.txt")
    if kind == "too large":
        with path.open("wb") as file:  # 50 MB that take no room on the disk
            file.truncate(50_000_000)
    else:
        path.write_bytes(
            {
                "empty": b"",
                "blank": b" \n\t\r\n",
                "binary": bytes(range(256)) * 40,
                "an image": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
                "without an article": NO_ARTICLE.encode(),
                "in Spanish": SPANISH.encode(),
                "in Chinese": "俄罗斯总统周二访问了北京，并与中国国家主席举行了会谈。".encode(),
                "in a broken encoding": GOOD.encode()[:100] + b"\xff\xfe\xfd\x81\x8d\x8f\x90\x9d" * 10 + GOOD.encode(),
                "damaged gzip": b"\x1f\x8b\x08\x00 no gzip at all",
                "JSON that is no report": b'{\n "a": 1,\n "b": [2]\n}\n',
            }[kind]
        )
    return str(path)


# The kinds of bad pages, and what must be said of each.
KINDS = {
    "empty": "empty",
    "blank": "empty",
    "binary": "binary",
    "an image": "",
    "without an article": "no article",
    "in Spanish": "Spanish",
    "in Chinese": "Chinese letters",
    "in a broken encoding": "broken encoding",
    "too large": "larger than the limit of 20 MB",
    "damaged gzip": "damaged gzip",
    "JSON that is no report": "JSON",
}


def assert_one_line(result: Result, *words: str) -> None:
    """That stderr holds one line about the page, without a trace of Python."""
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (line,) = result.stderr.splitlines()
    assert line.startswith("kronik: ")
    assert "Traceback" not in line
    assert len(line) < 300
    assert all(word in line for word in words), line


@pytest.mark.parametrize(("kind", "words"), KINDS.items())
def test_a_bad_page_is_told_in_one_line(kind: str, words: str) -> None:
    path = bad_page(kind)
    result = run("read", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert_one_line(result, path, words)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_around_a_bad_one_are_read_and_kept(kind: str) -> None:
    path = bad_page(kind)
    Path("later.txt").write_text(GOOD.replace("Tuesday", "Thursday"))
    told = run("read", "good.txt", path, "later.txt", "--json", "--published", "2023-10-18")
    assert told.exit_code == 1
    assert [json.loads(line)["id"] for line in told.stdout.splitlines()] == ["good", "later"]
    assert_one_line(told, path)

    added = run("add", "good.txt", path, "later.txt", "--published", "2023-10-18")
    assert added.exit_code == 1
    told_of_pages = [line for line in added.stderr.splitlines() if "so far" not in line]  # told by a slow machine
    assert path in told_of_pages[0]
    assert "2 added" in added.stderr.splitlines()[-1]
    assert {e["report"] for e in map(json.loads, run("timeline", "--json").stdout.splitlines())} == {"good", "later"}


def test_a_bad_line_of_json_lines_is_told_by_its_number_and_the_others_are_read() -> None:
    first, textless, last = ({"id": "a", "text": GOOD}, {"id": "b"}, {"id": "c", "text": GOOD})
    lines = [json.dumps(first), "{broken", json.dumps(textless), json.dumps(last)]
    Path("pages.jsonl").write_text("\n".join(lines))
    result = run("read", "pages.jsonl", "--json")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    told = result.stderr.splitlines()
    assert len(told) == 2
    assert "2" in told[0]
    assert "3" in told[1]


def test_a_folder_without_pages() -> None:
    Path("empty").mkdir()
    assert_one_line(run("read", "empty"), "empty")
    assert run("read", "empty").exit_code == 1
    Path("other").mkdir()
    Path("other/sheet.xlsx").write_bytes(b"PK")
    assert_one_line(run("read", "other"), "other")


def test_empty_standard_input() -> None:
    result = run("read", "-", stdin=b"")
    assert result.exit_code == 1
    assert_one_line(result, "standard input", "empty")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read", "missing.txt"], "'missing.txt' does not exist"),
        (["add", "good.txt", "missing.txt"], "'missing.txt' does not exist"),
        (["read", "ftp://example.org/page"], "only http and https"),
        (["read"], "Missing argument"),
        (["read", "good.txt", "--language", "fr"], "'fr'"),
        (["read", "good.txt", "--format", "pdf"], "'pdf'"),
        (["read", "good.txt", "--published", "17/9/2023"], "'17/9/2023'"),
        (["read", "good.txt", "--colour"], "--colour"),
        (["reed", "good.txt"], "reed"),
        (["timeline", "--since", "soon"], "'soon'"),
        (["find", "--limit", "0"], "0"),
    ],
)
def test_a_wrong_call_exits_with_2_before_anything_is_done(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("chronicle.db").exists()


@pytest.mark.parametrize("command", [["add", "good.txt"], ["timeline"], ["find", "Putin"], ["show", "good"]])
def test_a_ledger_of_a_newer_schema_is_left_alone(command: list[str]) -> None:
    run("add", "good.txt")
    with sqlite3.connect("chronicle.db") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = Path("chronicle.db").read_bytes()
    result = run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert_one_line(result, "chronicle.db", "newer kronik", "upgrade")
    assert Path("chronicle.db").read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda: Path("chronicle.db").write_text("Dear diary, nothing happened today. " * 40), "no kronik ledger"),
        (lambda: Path("chronicle.db").mkdir(), "is a folder"),
    ],
)  # fmt: skip
def test_what_is_no_ledger_is_left_alone(spoil, words: str) -> None:
    spoil()
    for command in (["add", "good.txt"], ["timeline"]):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert_one_line(result, "chronicle.db", words)


def test_no_ledger_and_no_folder_for_one() -> None:
    assert_one_line(run("timeline"), "chronicle.db", "kronik add")
    assert_one_line(run("add", "good.txt", "--db", "none/chronicle.db"), "does not exist")


def test_what_is_not_in_the_ledger() -> None:
    run("add", "good.txt")
    for id in ("other", "good#99", "good#x", ""):
        result = run("show", id)
        assert result.exit_code in (1, 2)
        assert_one_line(result)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_loses_nothing_that_was_added() -> None:
    """A limit on the size of files stands for the disk: writing past it fails in the same place."""
    run("add", "good.txt", "--published", "2023-10-18")
    before = run("timeline", "--json").stdout
    assert before
    pages = [json.dumps({"id": f"page-{n}", "text": GOOD + f"It rained on day {n}. " * 100}) for n in range(20)]
    Path("pages.jsonl").write_text("\n".join(pages))
    room = Path("chronicle.db").stat().st_size + 50_000
    adding = subprocess.run(
        [sys.executable, "-c", "from kronik.show.command_line import main; main()", "add", "pages.jsonl"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert adding.returncode == 1
    assert "Traceback" not in adding.stderr
    assert "chronicle.db" in adding.stderr
    kept = run("timeline", "--json").stdout
    assert set(before.splitlines()) <= set(kept.splitlines())
    with sqlite3.connect("chronicle.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert run("add", "pages.jsonl").exit_code == 0
