"""The gold reports to a reliability table: of the events given with a confidence, how many are right.

    python benchmarks/reliability.py [--gold DIR] [--only FOLDER…] [--fast] [--readings DIR] [--write FILE]

An event is right in type where gold's score.py pairs it with one of gold's of that type; right in actors too where the
two's actors agree by score.py's measure (F1 of 0.5 or more), and right in roles where the recipients do as well. The
error is the expected calibration error (Naeini, Cooper and Hauskrecht, 2015) against type and actors, over ten bins of
equal width: the mean distance of a bin's confidence from its share of right ones. Exit status 1 where score.py itself
counts otherwise. ``--readings`` takes the readings that `evaluate.py --readings` kept; ``--write`` puts the table into
that page, between its marks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from evaluate import ROOT, read_folder  # type: ignore[import-not-found]
from gold_score import load_score  # type: ignore[import-not-found]

Json = dict[str, Any]

BINS = 10
SURE = 0.8
MARKS = ("<!-- reliability: written by benchmarks/reliability.py -->", "<!-- reliability: end -->")


@dataclass(frozen=True, slots=True)
class Given:
    """An event of a reading, how sure and with which status it is given, and what of it is right."""

    language: str
    confidence: float
    status: str
    typed: bool
    actors: bool
    roles: bool


def main() -> int:
    """Print the tables, and write them where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--only", nargs="*", default=["dev", "train"], help="folders of gold to measure on")
    parser.add_argument("--fast", action="store_true", help="leave the trained reader out")
    parser.add_argument("--readings", type=Path, help="take the readings from FOLDER.jsonl in this folder")
    parser.add_argument("--write", type=Path, help="put the table into this page, between its marks")
    options = parser.parse_args()
    if not (options.gold / "score.py").is_file():
        print(f"{options.gold}: no gold reports here; nothing is measured", file=sys.stderr)
        return 0
    gold = load_score(options.gold / "score.py")
    given: dict[str, list[Given]] = {}
    for folder in options.only:
        path = options.gold / folder
        readings = (
            _kept(options.readings / f"{folder}.jsonl") if options.readings else read_folder(path, fast=options.fast)
        )
        given[folder] = list(judge(path, readings, gold))
        counted = gold.score(path, readings)["events"]
        for name in ("typed", "roles"):
            ours, theirs = sum(getattr(one, name) for one in given[folder]), counted[name]["right"]
            if ours != theirs:
                print(f"{folder}: {name}: {ours} right here, {theirs} by score.py: mend one", file=sys.stderr)
                return 1
    lines = [*tables(given), *sure_lines(given)]
    print("\n".join(lines))
    if options.write:
        write_between(options.write, lines)
    return 0


def _kept(path: Path) -> dict[str, Json]:
    readings = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {reading["id"]: reading for reading in readings}


def judge(folder: Path, readings: dict[str, Json], gold: ModuleType) -> Iterator[Given]:
    """Every event of the readings of a folder's reports, with what is right of it."""
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text("utf-8"))
        if "events" not in report:
            continue
        told = readings.get(report["id"], {}).get("events", [])
        pairs = gold.pair_up(report["events"], told, lambda one, other: gold.event_closeness(one, other, True))
        right = {id(event): wanted for wanted, event in pairs}
        for event in told:
            wanted = right.get(id(event))
            actors, recipients = (
                wanted is not None and gold.set_f1(wanted.get(role) or [], event.get(role) or []) >= 0.5
                for role in ("actors", "recipients")
            )
            yield Given(
                report["report"]["language"], event["confidence"], event["status"],
                wanted is not None, actors, actors and recipients,
            )  # fmt: skip


def tables(given: dict[str, list[Given]]) -> Iterator[str]:
    """A table in Markdown for each folder: one row a bin of confidence."""
    for folder, those in given.items():
        yield f"**{folder}**: calibration error {calibration_error(those):.3f}"
        yield ""
        yield "| confidence | events | its mean | right in type | … and actors | … and recipients |"
        yield "|---|---|---|---|---|---|"
        for number in range(BINS):
            if inside := [one for one in those if bin_of(one.confidence) == number]:
                yield _row(f"{number / BINS:.1f} to {(number + 1) / BINS:.1f}", inside)
        yield _row("all", those)
        yield ""


def _row(label: str, those: Sequence[Given]) -> str:
    shares = [_mean([getattr(one, name) for one in those]) for name in ("confidence", "typed", "actors", "roles")]
    return f"| {label} | {len(those):,} | {' | '.join(shares)} |"


def _mean(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "–"


def bin_of(confidence: float) -> int:
    """The number of the bin, from 0; a confidence of 1 belongs to the last."""
    return min(BINS - 1, int(confidence * BINS + 1e-9))


def calibration_error(given: Sequence[Given]) -> float:
    """The expected calibration error of type and actors, from 0 (each bin's confidence is its share of right) to 1."""
    apart = 0.0
    for number in range(BINS):
        those = [one for one in given if bin_of(one.confidence) == number]
        apart += abs(sum(one.confidence for one in those) - sum(one.actors for one in those))
    return apart / len(given) if given else 0.0


def sure_lines(given: dict[str, list[Given]]) -> Iterator[str]:
    """For each folder and language the precision of the events given as occurred and surely."""
    yield f"Of the events given as *occurred* with a confidence of {SURE} or more, so many are right:"
    yield ""
    yield "| | events | right in type | … and actors | … and recipients |"
    yield "|---|---|---|---|---|"
    for folder, those in given.items():
        for language in sorted({one.language for one in those}):
            sure = [one for one in those if one.language == language and is_sure(one)]
            figures = [_mean([getattr(one, name) for one in sure]) for name in ("typed", "actors", "roles")]
            yield f"| {folder}, {language} | {len(sure)} | {' | '.join(figures)} |"


def is_sure(one: Given) -> bool:
    """Whether an event is given as a fact, surely."""
    return one.status == "occurred" and one.confidence >= SURE


def write_between(page: Path, lines: Sequence[str]) -> None:
    """Put the lines between the marks of the page. Exits with one line where the page has no marks."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not begin or not end:
        sys.exit(f"{page}: no place for the table: add the lines {MARKS[0]!r} and {MARKS[1]!r}")
    page.write_text("\n".join((before + begin, "", *lines, "", end + after)), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
