"""Annotated reports of the pool that nothing was learnt from to the scores of kronik's readings of them.

    python benchmarks/held_out.py [--shared DIR] [--fast]

They are the last round of training/events/reports (118 reports, made in one go, after the reader's training set was
closed); their texts come from the pool beside the checkout. Scored by gold's own score.py, each language apart. They
are more than twice as many as gold's dev reports, and of the pool's mixture, sport and show business included.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from training.events.annotations import HELD_OUT, load  # noqa: E402

from evaluate import print_table, score_folder  # type: ignore[import-not-found]  # noqa: E402
from kronik.contract import to_json  # noqa: E402
from kronik.errors import DataError  # noqa: E402
from kronik.model import Page  # noqa: E402
from kronik.pipeline import read_one  # noqa: E402

Json = dict[str, Any]


def main() -> int:
    """Print the table; 0 also where there is no pool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with gold/ and data/")
    parser.add_argument("--fast", action="store_true", help="leave the trained reader out")
    options = parser.parse_args()
    pool = options.shared / "data" / "pool"
    if not pool.is_dir():
        print(f"{pool}: no pool of reports here; nothing is measured", file=sys.stderr)
        return 0
    held = [(gold, record) for gold, record in load(pool) if gold["round"] == HELD_OUT]
    with Pool(2) as workers:
        read = workers.map(partial(_read, fast=options.fast), list(_pages(held)), chunksize=4)
    readings = {reading["id"]: reading for reading in read if reading}
    with TemporaryDirectory() as apart:
        folder = Path(apart) / "gold"
        (folder / "held-out").mkdir(parents=True)
        (folder / "score.py").write_bytes((options.shared / "gold" / "score.py").read_bytes())
        for gold, _ in held:
            (folder / "held-out" / f"{gold['id']}.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
        print_table(dict(score_folder(folder, "held-out", readings)))
    return 0


def _pages(held: list[tuple[Json, Json]]) -> Iterator[Page]:
    for gold, record in held:
        head = gold["report"]
        published = date.fromisoformat(head["published"]) if head["published_from"] == "meta" else None
        yield Page(
            gold["id"],
            gold["id"],
            record["text"],
            "text",
            title=record.get("title"),
            published=published,
            language=head["language"],
        )


def _read(page: Page, *, fast: bool) -> Json | None:
    try:
        return to_json(read_one(page, fast=fast))
    except DataError as wrong:
        print(wrong, file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(main())
