"""Annotated reports of the pool that nothing was learnt from to the scores of kronik's readings of them.

    python benchmarks/held_out.py [--shared DIR] [--round N] [--fast | --model DIR]

They are rounds 3 and 5 of training/events/reports, each made after the reader's training set was closed; a few
choices among readers and rules were made on round 3, none on round 5. Their texts come from the pool beside the
checkout. Scored by gold's own score.py, each language apart and all together. They are of the pool's mixture, sport and
show business included. ``--model`` reads with a reader that ``training.train --model DIR`` exported instead of the
package's.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import lru_cache, partial
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from training.events.annotations import HELD_OUT, load, page_of  # noqa: E402

from evaluate import flat, print_table, score_folder  # type: ignore[import-not-found]  # noqa: E402
from gold_score import load_score  # type: ignore[import-not-found]  # noqa: E402
from kronik.contract import to_json  # noqa: E402
from kronik.errors import DataError  # noqa: E402
from kronik.model import Page  # noqa: E402
from kronik.pipeline import read_one  # noqa: E402
from kronik.reader import inference  # noqa: E402

Json = dict[str, Any]


def main() -> int:
    """Print the table; 0 also where there is no pool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with gold/ and data/")
    parser.add_argument("--round", type=int, choices=sorted(HELD_OUT), help="measure on this round only")
    grade = parser.add_mutually_exclusive_group()
    grade.add_argument("--fast", action="store_true", help="leave the trained reader out")
    grade.add_argument("--model", type=Path, help="read with the reader in this folder")
    options = parser.parse_args()
    pool = options.shared / "data" / "pool"
    if not pool.is_dir():
        print(f"{pool}: no pool of reports here; nothing is measured", file=sys.stderr)
        return 0
    rounds = {options.round} if options.round else HELD_OUT
    held = [(gold, record) for gold, record in load(pool) if gold["round"] in rounds]
    if options.model:
        try:
            inference.open_folder(options.model)
        except DataError as wrong:
            parser.error(str(wrong))
    with Pool(2, _read_with, (options.model,)) as workers:
        read = workers.map(partial(_read, fast=options.fast), [page_of(*one) for one in held], chunksize=4)
    readings = {reading["id"]: reading for reading in read if reading}
    with TemporaryDirectory() as apart:
        folder = Path(apart) / "gold"
        (folder / "held-out").mkdir(parents=True)
        (folder / "score.py").write_bytes((options.shared / "gold" / "score.py").read_bytes())
        for gold, _ in held:
            (folder / "held-out" / f"{gold['id']}.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
        figures = dict(score_folder(folder, "held-out", readings))
        figures["all"] = flat(load_score(folder / "score.py").score(folder / "held-out", readings))
        print_table(figures)
    return 0


def _read_with(model: Path | None) -> None:
    """Let this process read with the reader of that folder; None: with the package's own."""
    if model:
        inference.load = lru_cache(partial(inference.open_folder, model))


def _read(page: Page, *, fast: bool) -> Json | None:
    try:
        return to_json(read_one(page, fast=fast))
    except DataError as wrong:
        print(wrong, file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(main())
