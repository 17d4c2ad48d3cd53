"""Two commands that write at once, and a disk that is full: one clear line each, and no damage."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from kronik.show.command_line import main; main()"]
EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = [
    str(EXAMPLES / name) for name in ("en-canada-india.html", "id-g20-new-delhi.html", "en-zelensky-washington.html")
]


def start(*arguments: str, db: Path, code: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", f"{code}\nfrom kronik.show.command_line import main; main()"]
    return subprocess.Popen([*command, *arguments, "--db", str(db)], stderr=subprocess.PIPE, text=True)


def check(db: Path) -> dict[str, int]:
    """The number of rows of each report's id; the file is sound."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return dict(connection.execute("SELECT id, count(*) FROM report GROUP BY id"))


def test_two_who_add_the_same_pages_at_once_keep_each_once(tmp_path: Path) -> None:
    db = tmp_path / "chronicle.db"
    both = [start("add", *FILES, "--fast", "--jobs", jobs, db=db) for jobs in ("1", "2")]
    said = [one.communicate(timeout=300)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert check(db) == dict.fromkeys((Path(file).stem for file in FILES), 1)


def test_a_ledger_that_another_holds_is_told_in_one_line(tmp_path: Path) -> None:
    db = tmp_path / "chronicle.db"
    adding = start("add", FILES[0], "--fast", "--jobs", "1", db=db)
    adding.communicate(timeout=300)
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code = "import kronik.store.ledger as ledger; ledger.WAIT_SECONDS = 0.2"
        for command in (("add", FILES[1], "--fast", "--jobs", "2"), ("reconcile",), ("restore", str(db))):
            if command[0] == "restore":
                copy = tmp_path / "copy.db"
                start("backup", str(copy), db=db).communicate(timeout=60)  # reading is not held up
                command = ("restore", str(copy), "--replace")
            late = start(*command, db=db, code=code)
            said = late.communicate(timeout=300)[1].splitlines()
            assert late.returncode == 1
            wrong = [line for line in said if "another program is writing to it: run the same command again" in line]
            assert len(wrong) == 1, said
            assert not any("Traceback" in line for line in said)
    assert check(db) == {Path(FILES[0]).stem: 1}


FULL = """
import sqlite3
import kronik.store.ledger as ledger
plain = ledger._connect
def small(path, mode):
    connection = plain(path, mode)
    connection.execute("PRAGMA max_page_count = 75")
    return connection
ledger._connect = small
"""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX processes")
def test_a_full_disk_is_told_in_one_line_and_the_same_command_goes_on(tmp_path: Path) -> None:
    db = tmp_path / "chronicle.db"
    adding = start("add", *FILES, "--fast", "--jobs", "2", db=db, code=FULL)
    said = adding.communicate(timeout=300)[1].splitlines()
    assert adding.returncode == 1
    assert len([line for line in said if "the disk is full: make room and run the same command again" in line]) == 1
    assert not any("Traceback" in line for line in said)
    kept = check(db)
    assert len(kept) < len(FILES)
    adding = start("add", *FILES, "--fast", "--jobs", "2", db=db)
    said = adding.communicate(timeout=300)[1].splitlines()
    assert adding.returncode == 0
    added = f"{len(FILES) - len(kept)} added" + (f", {len(kept)} unchanged" if kept else "")
    assert added in said[-1]
    assert check(db) == dict.fromkeys((Path(file).stem for file in FILES), 1)
