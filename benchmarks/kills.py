"""`kronik add` and `kronik reconcile`, killed at random moments, to a verdict: nothing lost, doubled or damaged.

python benchmarks/kills.py [N] [--copies N]    (100 kills where no number is given; leave the sources alone meanwhile)

Each kill is `kill -9` of a real `kronik` process. After each the ledger's file is checked by SQLite, its derived tables
are compared with the readings, and the processes that read for it must be gone. A ledger that gets through both
commands must equal, row for row, one that nobody disturbed; then the next ledger is begun.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
COMMAND = (sys.executable, "-c", "from kronik.show.command_line import main; main()")
GONE_SECONDS = 60.0
"""So long the processes that read may finish the page that they are reading after the one that writes was killed."""

Content = dict[str, list[tuple[Any, ...]]]


@dataclass(slots=True)
class Verdict:
    """What the kills led to. ``rows`` are the reports that stood in the ledger when it was killed, kill by kill."""

    kills: Counter[str] = field(default_factory=Counter)
    ledgers: int = 0
    rows: list[int] = field(default_factory=list)


def main() -> int:
    """Kill as often as is asked and print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("kills", type=int, nargs="?", default=100)
    asked.add_argument("--copies", type=int, default=10, help="how often the twelve example reports are added")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        verdict = survive(given.kills, Path(folder), copies=given.copies, told=True)
    told = ", ".join(f"{number} in {phase}" for phase, number in sorted(verdict.kills.items()))
    print(f"{verdict.kills.total()} of {given.kills} kills survived ({told})")
    print(f"{verdict.ledgers} ledgers finished, each equal to the undisturbed one")
    print(f"{len(set(verdict.rows))} different states of the ledger at the kill, from {min(verdict.rows)} reports on")
    return 0


def survive(kills: int, folder: Path, *, copies: int, seed: int = 9, told: bool = False) -> Verdict:
    """Kill so often, in a folder for the ledgers. Raises AssertionError at the first damage."""
    chance = random.Random(seed)
    pages = folder / "pages.jsonl"
    pages.write_text("".join(f"{json.dumps(one)}\n" for one in _pages(copies)), "utf-8")
    phases = {"add": ("add", str(pages), "--fast", "--jobs", "2"), "reconcile": ("reconcile",)}
    whole = folder / "whole.db"
    took = {phase: _timed(arguments, whole) for phase, arguments in phases.items()}
    wanted = content(whole)
    verdict = Verdict()
    while verdict.kills.total() < kills:
        verdict.ledgers += 1
        path = folder / f"killed-{verdict.ledgers}.db"
        for phase, arguments in phases.items():
            # Half of the kills of a ledger hit add, half reconcile; the last run of each is left alone.
            for _ in range(chance.randint(2, 8)):
                if verdict.kills.total() < kills and _killed(arguments, path, chance.uniform(0, took[phase])):
                    verdict.kills[phase] += 1
                    verdict.rows.append(check(path))
                    if told:
                        print(f"kill {verdict.kills.total()} in {phase}: {verdict.rows[-1]} reports kept", flush=True)
            _timed(arguments, path)
        check(path)
        assert content(path) == wanted, f"{path}: differs from the undisturbed ledger"
    return verdict


def check(path: Path) -> int:
    """How many reports a ledger holds. Raises AssertionError where it is damaged or holds half of a report."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok", f"{path}: damaged"
        assert not connection.execute("PRAGMA foreign_key_check").fetchall(), f"{path}: rows without their report"
        if not connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'report'").fetchone()[0]:
            return 0
        for table, rows in (("event", "events"), ("quote", "quotes"), ("entity", "entities")):
            kept, told = connection.execute(
                f"SELECT (SELECT count(*) FROM {table}), coalesce(sum(json_array_length(reading, '$.{rows}')), 0)"
                " FROM report WHERE superseded_at IS NULL"
            ).fetchone()
            assert kept == told, f"{path}: {kept} {rows} in the table, {told} in the readings"
        for table in ("report_words", "event_words"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        number, pages = connection.execute(
            "SELECT count(DISTINCT id), (SELECT count(DISTINCT report) FROM page) FROM report"
        ).fetchone()
        assert number == pages, f"{path}: {number} reports, {pages} pages"
        return int(number)


def content(path: Path) -> Content:
    """All rows of all tables, without the moments at which they were written and FTS5's own bookkeeping."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows: Content = {}
        for table in sorted(name for name in names if "_words_" not in name):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{name}"' for name in columns if not name.endswith("_at"))
            rows[table] = sorted((tuple(row) for row in connection.execute(f"SELECT {kept} FROM {table}")), key=repr)
    return rows


def _pages(copies: int) -> list[dict[str, str]]:
    """The example pages, each so often under another id, and one in each round that fails."""
    forms = {".html": "html", ".txt": "text"}
    files = sorted(path for path in EXAMPLES.iterdir() if path.suffix in forms)
    assert files, f"{EXAMPLES}: no example pages"
    made = []
    for number in range(copies):
        made += [{"id": f"{path.stem}-{number}", forms[path.suffix]: path.read_text("utf-8")} for path in files]
        made.append({"id": f"nothing-{number}", "html": "<p></p>"})
    return made


def _started(arguments: tuple[str, ...], path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments, "--db", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _timed(arguments: tuple[str, ...], path: Path) -> float:
    """Let a run come to its end; the seconds that it took."""
    begun = time.monotonic()
    with _started(arguments, path) as process:
        said = process.communicate()[1].decode("utf-8", "replace")
    assert process.returncode in (0, 1), said  # 1: some pages fail, as they are made to
    return time.monotonic() - begun


def _killed(arguments: tuple[str, ...], path: Path, moment: float) -> bool:
    """Kill a run after so many seconds; False where it had come to its end before."""
    with _started(arguments, path) as process:
        try:
            process.wait(moment)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert _gone(process.pid), "processes that read were left behind"
    return True


def _gone(group: int) -> bool:
    """Whether all processes that a killed run had started end."""
    until = time.monotonic() + GONE_SECONDS
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    sys.exit(main())
