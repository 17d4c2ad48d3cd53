"""`kronik shard`, `import` and `compare` to CPU seconds, memory and bytes a report, and these to what a year needs.

python benchmarks/cluster.py FILE_OR_FOLDER… [--fast] [--a-day N]    (Linux; 500,000 a day where none is given)

CPU seconds, memory and bytes do not depend on what else the machine does; the clock does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from volume import COMMAND, watched  # type: ignore[import-not-found]

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Step:
    """What one command took: seconds by the clock and of all its processors, and megabytes of all its processes."""

    clock: float
    cpu: float
    peak: float


def main() -> int:
    """Print what was measured and what follows."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("sources", nargs="+")
    asked.add_argument("--fast", action="store_true")
    asked.add_argument("--a-day", type=int, default=500_000)
    given = asked.parse_args()
    sources = [os.path.abspath(source) for source in given.sources]  # noqa: PTH100
    with in_new_folder() as folder:
        fast = ["--fast"] if given.fast else []
        steps = {
            "shard": measured("shard", *sources, "--into", "readings", "--jobs", "1", *fast),
            "import": measured("import", "readings", "--db", "chronicle.db"),
            "compare": measured("compare", "readings", "--into", "decisions", "--jobs", "1"),
        }
        import pyarrow.parquet as parquet

        files = sorted((folder / "readings").iterdir())
        reports = sum(parquet.read_metadata(file).num_rows for file in files)
        size = {"files": sum(file.stat().st_size for file in files)}
        size["ledger"] = (folder / "chronicle.db").stat().st_size
        pages = sum(column_bytes(parquet.read_metadata(file), "page") for file in files)
        rows = sum(len(part) for part in of_kind(folder / "decisions", "keys"))
        pairs = sum(int((part[:, 2] < 0).sum()) for part in of_kind(folder / "decisions", "pairs"))
    print(f"{'frames alone (--fast)' if given.fast else 'with the trained reader'}; {reports:,} reports")
    print("                CPU s/report   clock s   peak MB")
    for name, step in steps.items():
        print(f"{name:<15} {step.cpu / reports:12.4f} {step.clock:9.1f} {step.peak:9.0f}")
    print(f"files, KB/report        {size['files'] / reports / 1000:8.1f}   ({pages / reports / 1000:.1f} of it pages)")
    print(f"ledger, KB/report       {size['ledger'] / reports / 1000:8.1f}")
    print(f"keys/report             {rows / reports:8.1f}")
    print(f"pairs/report            {pairs / reports:8.2f}")
    year(given.a_day, reports, {name: step.cpu / reports for name, step in steps.items()}, size)
    return 0


def year(a_day: int, reports: int, cpu: dict[str, float], size: dict[str, int]) -> None:
    """Print what a year of so many reports a day needs, by what was measured of a few."""
    whole = a_day * 365
    print(f"\n{a_day:,} reports a day, {whole / 1e6:.1f} million a year")
    print(f"reading, cores that keep pace              {a_day * cpu['shard'] / DAY:10.1f}")
    print(f"reading the year in 30 days, cores         {whole * cpu['shard'] / DAY / 30:10.1f}")
    print(f"importing a day, hours of one core         {a_day * cpu['import'] / 3600:10.1f}")
    print(f"files of a day, GB                         {a_day * size['files'] / reports / 1e9:10.1f}")
    print(f"files of the year, TB                      {whole * size['files'] / reports / 1e12:10.2f}")
    print(f"ledger of the year, TB                     {whole * size['ledger'] / reports / 1e12:10.2f}")


def measured(*arguments: str) -> Step:
    """Run one kronik command in the present folder; raises where it is told that the call was wrong."""
    begun = time.monotonic()
    process = subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True, start_new_session=True)
    peak, spent = watched(process)
    told = process.stderr.read() if process.stderr else ""
    if process.returncode not in (0, 1):
        raise SystemExit(told)
    print(told.splitlines()[-1], file=sys.stderr)
    return Step(time.monotonic() - begun, spent, peak)


def of_kind(folder: Path, kind: str) -> Iterator[npt.NDArray[np.int64]]:
    """The tables that the rounds of comparing left."""
    for file in folder.glob(f"{kind}-*.npz"):
        with np.load(file) as arrays:
            yield from (arrays[name] for name in arrays.files)


def column_bytes(metadata: object, name: str) -> int:
    """The compressed bytes of a column of a Parquet file."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]  # type: ignore[attr-defined]
    columns = [group.column(number) for group in groups for number in range(group.num_columns)]
    return sum(column.total_compressed_size for column in columns if column.path_in_schema == name)


@contextmanager
def in_new_folder() -> Iterator[Path]:
    """A temporary folder that is the present one meanwhile."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


if __name__ == "__main__":
    sys.exit(main())
