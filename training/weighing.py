"""Held-out reports to the weights of `kronik.events.weighing`: ``python -m training.weighing --model DIR``.

The model must be one trained with ``training.train --inner``: it is asked about the reports that were left out, each
event that it makes of them is right or wrong by gold's own pairing, and a logistic regression learns which is which.
Prints the F1 of typed events over five folds of the reports, without and with the weights, and writes the weights into
the settings of ``--into``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.gold_score import load_score

from kronik import languages, world
from kronik.contract import to_json
from kronik.events.merging import merge
from kronik.events.passages import Passage
from kronik.events.reading import read_events
from kronik.events.weighing import BIAS, features, weigh
from kronik.model import Reading
from kronik.reader.inference import Reader, open_folder
from training import examples
from training.events.annotations import HELD_OUT, load
from training.examples import Example
from training.train import ROOT, SHARED, is_outer

FOLDS = 5
PENALTY = 3.0  # on the squares of the weights of standardised features
STEPS = 30  # of Newton's method, which needs fewer
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
Json = dict[str, Any]
Closeness = Callable[[Json, Json, bool], float]


@dataclass(frozen=True)
class Asked:
    """A held-out report: its passages, their events' features, and which of them are right."""

    gold: Json
    passages: list[Passage]
    features: list[dict[str, float]]
    right: list[bool]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with gold/ and data/")
    parser.add_argument("--model", type=Path, required=True, help="the model trained with --inner")
    parser.add_argument("--into", type=Path, default=ROOT / "training" / "weights.json", help="where to write them")
    options = parser.parse_args()
    gold = load_score(options.shared / "gold" / "score.py")
    reader = open_folder(options.model)
    asked = [_ask(example, reader, gold) for example in _held_out(options.shared)]
    every = [right for report in asked for right in report.right]
    print(f"{len(asked)} reports, {len(every)} events, {sum(every)} right")
    _report(asked, gold)
    weights = fit(asked)
    rounded = {name: round(value, 4) for name, value in sorted(weights.items())}
    options.into.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


def _held_out(shared: Path) -> Iterator[Example]:
    every = list(examples.from_gold(shared / "gold" / "train"))
    yield from (example for example in every if is_outer(example, every))
    packed = load(shared / "data" / "pool")
    yield from examples.from_pool(one for one in packed if one[0]["round"] == HELD_OUT - 1)


def _ask(example: Example, reader: Reader, gold: Any) -> Asked:
    given = replace(example.given, hints=example.hints)
    passages: list[Passage] = []
    read_events(
        example.report,
        example.sentences,
        example.mentions,
        example.entities,
        example.times,
        example.quotes,
        languages.load(example.report.language),
        world.load(),
        reader.read(given),
        watch=passages.append,
    )
    events = [event for passage in passages for event in passage.events]
    told = to_json(Reading(example.report, tuple(events)))["events"]
    right = {id(found) for _, found in _pairs(example.gold["events"], told, gold)}
    return Asked(example.gold, passages, list(features(passages)), [id(event) in right for event in told])


def _pairs(annotated: Sequence[Json], told: Sequence[Json], gold: Any) -> list[tuple[Json, Json]]:
    closeness: Closeness = gold.event_closeness
    found: list[tuple[Json, Json]] = gold.pair_up(annotated, told, lambda a, b: closeness(a, b, True))
    return found


def fit(asked: Sequence[Asked]) -> dict[str, float]:
    """The weights by name, for features as they are, that make the right events likely and the others not.

    Logistic regression with a penalty on the squares, by Newton's method, over standardised features.
    """
    rows = [row for report in asked for row in report.features]
    right = np.array([right for report in asked for right in report.right], float)
    names = sorted({name for row in rows for name in row})
    values = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    mean, deviation = values.mean(0), values.std(0) + 1e-6
    matrix = np.c_[(values - mean) / deviation, np.ones(len(values))]
    weights = np.zeros(matrix.shape[1])
    penalty = np.r_[np.full(len(names), PENALTY), 1e-6]
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (likely - right) + penalty * weights
        bend = (matrix * (likely * (1 - likely))[:, None]).T @ matrix + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / deviation
    return dict(zip(names, map(float, plain), strict=True)) | {BIAS: float(weights[-1] - plain @ mean)}


def _report(asked: Sequence[Asked], gold: Any) -> None:
    """Prints F1 over the folds by the threshold, without weights and with those learnt on the other folds."""
    plain, weighed = [], []
    for fold in range(FOLDS):
        weights = fit([report for number, report in enumerate(asked) if number % FOLDS != fold])
        for report in asked[fold::FOLDS]:
            plain.append((report, report.passages))
            weighed.append((report, [replace(p, events=p.weighed) for p in weigh(report.passages, weights)]))
    for name, readings in (("without", plain), ("with", weighed)):
        print(f"{name:8}" + "".join(f"{least:7.2f} {_f1(readings, least, gold):.4f}" for least in THRESHOLDS))


def _f1(readings: Sequence[tuple[Asked, Sequence[Passage]]], least: float, gold: Any) -> float:
    """Typed F1 of the events of at least that confidence, the same happenings merged."""
    right = told = annotated = 0
    for report, passages in readings:
        kept = [event for passage in passages for event in passage.events if event.confidence >= least]
        events = to_json(Reading(passages[0].cast.report, merge(kept)))["events"] if passages else []
        right += len(_pairs(report.gold["events"], events, gold))
        told += len(events)
        annotated += len(report.gold["events"])
    return 2 * right / (told + annotated)


if __name__ == "__main__":
    main()
