"""`kronik add` to its speed and its whole memory: reports a second, CPU seconds a report, peak of all its processes.

python benchmarks/volume.py FILE_OR_FOLDER… [--fast] [--jobs N]…    (Linux; 1 and 2 jobs where none are given)

The CPU seconds do not depend on what else the machine does, the reports a second do: the load is printed beside them.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-c", "from kronik.show.command_line import main; main()")
EVERY_SECONDS = 0.1
"""How often the processes are looked at; what one does between its last look and its end is missed."""

Usage = tuple[float, dict[int, float]]


def main() -> int:
    """Print a line of figures for each number of jobs."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("sources", nargs="+")
    asked.add_argument("--fast", action="store_true")
    asked.add_argument("--jobs", type=int, action="append")
    given = asked.parse_args()
    print_head(given.fast)
    for jobs in given.jobs or [1, 2]:
        options = ["--fast"] if given.fast else []
        print(measured([*given.sources, "--jobs", str(jobs), *options], jobs), flush=True)
    return 0


def print_head(fast: bool) -> None:
    """Print what reads, and the names of the columns that `measured` fills."""
    print("frames alone (--fast)" if fast else "with the trained reader")
    print("jobs  reports  seconds  reports/s  CPU s/report  peak MB  load before")


def measured(arguments: list[str], jobs: int) -> str:
    """One run into a new ledger, as a line of figures; its start counts."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "chronicle.db"
        begun = time.monotonic()
        process = subprocess.Popen(
            [*COMMAND, "add", *arguments, "--db", str(db)], stderr=subprocess.DEVNULL, start_new_session=True
        )
        peak, spent = watched(process)
        took = time.monotonic() - begun
        with closing(sqlite3.connect(db)) as connection:
            reports = connection.execute("SELECT count(*) FROM report").fetchone()[0]
    rate, cpu = reports / took, spent / max(reports, 1)
    return f"{jobs:4}  {reports:7}  {took:7.1f}  {rate:9.1f}  {cpu:12.3f}  {peak:7.0f}  {load:11.1f}"


def watched(process: subprocess.Popen[Any]) -> tuple[float, float]:
    """Until a process that began a session ends: the most memory that its session held (MB) and its CPU seconds."""
    peak, spent = 0.0, dict[int, float]()
    while process.poll() is None:
        memory, now = used(process.pid)
        peak = max(peak, memory)
        spent.update(now)
        time.sleep(EVERY_SECONDS)
    return peak, sum(spent.values())


def used(session: int) -> Usage:
    """The memory that the processes of a session hold, shared pages counted once (MB), and each one's CPU seconds."""
    memory, spent = 0.0, {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError, IndexError):  # it has ended meanwhile
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                spent[int(folder.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                rollup = (folder / "smaps_rollup").read_text()
                memory += int(rollup.partition("\nPss:")[2].split()[0]) / 1000
    return memory, spent


if __name__ == "__main__":
    sys.exit(main())
