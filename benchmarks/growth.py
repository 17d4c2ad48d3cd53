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

from pool_pages import ask_for_pool, status_without  # type: ignore[import-not-found]
from volume import measured, print_head  # type: ignore[import-not-found]

LANGUAGES = ("en", "id")
REPORTS = (1_000, 4_000, 16_000)


def main() -> int:
    """Print a line a size."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask_for_pool(asked)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--reader", action="store_true", help="read with the trained reader")
    asked.add_argument("--reports", type=int, action="append")
    given = asked.parse_args()
    status: int | None = status_without(given.pool, *LANGUAGES)
    if status is not None:
        return status
    files = (given.pool / f"{language}.jsonl.gz" for language in LANGUAGES)
    english, indonesian = (gzip.decompress(file.read_bytes()).splitlines(keepends=True) for file in files)
    mixed = [line for line in chain.from_iterable(zip_longest(english, indonesian)) if line]
    print_head(fast=not given.reader)
    for count in given.reports or REPORTS:
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "archive.jsonl"
            archive.write_bytes(b"".join(islice(mixed, count)))
            options = [] if given.reader else ["--fast"]
            print(measured([str(archive), "--jobs", str(given.jobs), *options], given.jobs), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
