"""The gold reports to a table of scores, held against the floors pinned in floors.toml.

    python benchmarks/evaluate.py [--gold DIR] [--only FOLDER…] [--fast] [--pin]

Reads every report of gold's seed, dev and train with kronik and scores the readings with gold's own score.py, each
folder and language apart. Exit status 1 where a figure is under its floor; ``--pin`` makes today's figures the floors.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from gold_score import load_score  # type: ignore[import-not-found]
from kronik.contract import to_json
from kronik.errors import DataError
from kronik.model import Page
from kronik.pipeline import read_one
from kronik.read.sources import read_pages

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.toml")
Scores = dict[str, float]
Json = dict[str, Any]


def main() -> int:
    """Print the table; 1 where a figure is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--only", nargs="*", default=["seed", "dev", "train"], help="folders of gold to score")
    parser.add_argument("--fast", action="store_true", help="leave the trained reader out")
    parser.add_argument("--pin", action="store_true", help="write the figures as the new floors")
    parser.add_argument("--readings", type=Path, help="keep the readings as FOLDER.jsonl in this folder")
    options = parser.parse_args()
    if not (options.gold / "score.py").is_file():
        print(f"{options.gold}: no gold reports here; nothing is evaluated", file=sys.stderr)
        return 0
    figures: dict[str, Scores] = {}
    for folder in options.only:
        readings = read_folder(options.gold / folder, fast=options.fast)
        if options.readings:
            options.readings.mkdir(parents=True, exist_ok=True)
            lines = (json.dumps(reading, ensure_ascii=False) for reading in readings.values())
            (options.readings / f"{folder}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        grade = " fast" if options.fast else ""
        figures |= {name + grade: scores for name, scores in score_folder(options.gold, folder, readings)}
    print_table(figures)
    if options.pin:
        pin(figures)
        return 0
    return report_falls(figures)


def read_folder(folder: Path, *, fast: bool) -> dict[str, Json]:
    """The readings of every page of the folder, by id."""
    paths = sorted(str(path) for path in folder.iterdir() if path.suffix in (".html", ".txt"))
    with Pool(2) as pool:
        readings = pool.map(partial(read_path, fast=fast), paths, chunksize=8)
    return {reading["id"]: reading for reading in readings if reading}


def read_path(path: str, *, fast: bool) -> Json | None:
    """The reading of one page as JSON; None, with a line on stderr, where it cannot be read."""
    for page in read_pages([path]):
        if not isinstance(page, Page):
            print(f"{page.origin}: {page.reason}", file=sys.stderr)
            return None
        try:
            return to_json(read_one(page, fast=fast))
        except DataError as wrong:
            print(wrong, file=sys.stderr)
    return None


def score_folder(gold: Path, folder: str, readings: dict[str, Json]) -> Iterator[tuple[str, Scores]]:
    """Name and figures of each language of the folder, as gold's score.py counts them."""
    score = load_score(gold / "score.py").score
    by_language: dict[str, list[Path]] = {}
    for path in (gold / folder).glob("*.json"):
        language = json.loads(path.read_text("utf-8"))["report"]["language"]
        by_language.setdefault(language, []).append(path)
    for language, paths in sorted(by_language.items()):
        with tempfile.TemporaryDirectory() as apart:
            for path in paths:
                shutil.copy(path, apart)
            yield f"{folder}.{language}", flat(score(apart, readings))


def flat(scores: Json) -> Scores:
    """The figures of score.py in one flat table."""
    figures: Scores = {name: row["f1"] for name, row in scores["events"].items()}
    figures |= {f"{name} precision": scores["events"][name]["p"] for name in ("typed", "roles")}
    figures |= {name: row["mean"] for name, row in scores["fields of typed events"].items()}
    figures |= {f"quotes {name}": row["f1"] for name, row in scores["quotes"].items()}
    figures |= {f"report {name}": row["mean"] for name, row in scores["report"].items()}
    return figures


def print_table(figures: dict[str, Scores]) -> None:
    """One line a figure, one column a folder and language."""
    columns = list(figures)
    wide = max(map(len, columns), default=8) + 2
    print(f"{'':26}" + "".join(f"{column:>{wide}}" for column in columns))
    for name in dict.fromkeys(name for scores in figures.values() for name in scores):
        cells = (f"{figures[c][name]:{wide}.3f}" if name in figures[c] else f"{'–':>{wide}}" for c in columns)
        print(f"{name:26}" + "".join(cells))


def pin(figures: dict[str, Scores]) -> None:
    """Write the figures as floors; a table that was not scored this time keeps its floors."""
    floors = _floors() | figures
    lines = [
        "# The figures that `make eval` must not fall under. Written by `python benchmarks/evaluate.py --pin`.",
        "",
    ]
    for column, scores in sorted(floors.items()):
        lines.append(f'["{column}"]')
        lines += [f'"{name}" = {value}' for name, value in scores.items()]
        lines.append("")
    FLOORS.write_text("\n".join(lines), "utf-8")


def _floors() -> dict[str, Scores]:
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}


def report_falls(figures: dict[str, Scores]) -> int:
    """Print each figure that is under its floor; 1 where one is."""
    falls = [
        f"{column}: {name} is {figures[column].get(name, 0.0):.3f}, its floor {floor:.3f}"
        for column, floors in _floors().items()
        if column in figures
        for name, floor in floors.items()
        if figures[column].get(name, 0.0) < floor
    ]
    for fall in falls:
        print(fall, file=sys.stderr)
    return bool(falls)


if __name__ == "__main__":
    sys.exit(main())
