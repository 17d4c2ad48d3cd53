"""`kill -9` at any moment: nothing is lost and nothing is doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_writing import content

from kronik.store.ledger import open_ledger

COUNT = 120
PROCESS = Path(__file__).parent / "adding_process.py"


def start(path: Path, part: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROCESS), str(path), str(COUNT), part]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def run(path: Path, part: str) -> None:
    with start(path, part) as process:
        process.communicate()
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs kill -9")
def test_killed_runs_end_as_an_undisturbed_one(tmp_path: Path) -> None:
    chance = random.Random(20240408)
    killed, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    # The first kills hit the start and the making of the tables, the others the adding.
    for at_start, moment in [(True, m) for m in (0.0, 0.05, 0.1)] + [(False, chance.uniform(0, 0.1)) for _ in range(7)]:
        with start(killed, "first") as process:
            assert process.stdout
            said = "" if at_start else process.stdout.readline()
            time.sleep(moment)
            process.kill()
            said += process.stdout.read()
        assert process.returncode == -9, "it ended before it was killed: give it more pages"
        if not at_start:
            reported = {line.split("\t")[1] for line in said.splitlines() if line.startswith(("added", "unchanged"))}
            with open_ledger(killed) as ledger:
                kept = {row[0] for row in ledger.connection.execute("SELECT id FROM report")}
                events = ledger.connection.execute("SELECT count(*) FROM event").fetchone()[0]
                told = ledger.connection.execute("SELECT sum(json_array_length(reading, '$.events')) FROM report")
                assert events == told.fetchone()[0]
            assert reported <= kept
    for part in ("first", "changed"):
        run(killed, part)
        run(whole, part)
    with open_ledger(killed, write=True) as one, open_ledger(whole) as other:
        assert content(one) == content(other)
        assert one.connection.execute("SELECT count(*) FROM report").fetchone()[0] > COUNT * 0.8
        assert one.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        for table in ("report_words", "event_words"):
            one.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
