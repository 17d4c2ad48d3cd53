"""Reports of the pool to how `kronik add` holds as an archive grows: speed and memory at 1, 4 and 16 thousand reports.

python benchmarks/growth.py [--pool FOLDER] [--jobs N] [--reader] [--reports N]…

Each line is a run into a new ledger, as benchmarks/volume.py measures it; both languages in turn. Frames alone read,
unless ``--reader`` is given.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from itertools import chain, islice, zip_longest
from pathlib import Path

from volume import measured  # type: ignore[import-not-found]

POOL = Path(__file__).resolve().parents[2] / "shared" / "data" / "pool"
REPORTS = (1_000, 4_000, 16_000)


def main() -> int:
    """Print a line a size."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--pool", type=Path, default=POOL)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--reader", action="store_true", help="read with the trained reader")
    asked.add_argument("--reports", type=int, action="append")
    given = asked.parse_args()
    files = [given.pool / f"{language}.jsonl.gz" for language in ("en", "id")]
    if not all(file.is_file() for file in files):
        print(f"{given.pool}: no pool of reports here: give --pool FOLDER", file=sys.stderr)
        return 0 if given.pool == POOL else 1
    english, indonesian = (gzip.decompress(file.read_bytes()).splitlines(keepends=True) for file in files)
    mixed = [line for line in chain.from_iterable(zip_longest(english, indonesian)) if line]
    print("with the trained reader" if given.reader else "frames alone (--fast)")
    print("jobs  reports  seconds  reports/s  CPU s/report  peak MB  load before")
    for count in given.reports or REPORTS:
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "archive.jsonl"
            archive.write_bytes(b"".join(islice(mixed, count)))
            options = [] if given.reader else ["--fast"]
            print(measured([str(archive), "--jobs", str(given.jobs), *options], given.jobs), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
