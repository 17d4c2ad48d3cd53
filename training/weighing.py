"""Held-out reports to the trees of `kronik.events.weighing`: ``python -m training.weighing --model DIR``.

The model must be one trained with ``training.train --inner``: it is asked about the reports that were left out. Each
event that it makes of them is a happening or none by gold's own pairing, and its actors are right or wrong; gradient
boosting (Friedman, 2001) learns which are which. Prints over five folds of the reports the F1 of typed events, without
and with what was learnt, and how many events are sure and how many of those are right; writes the trees as ONNX.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from benchmarks.gold_score import load_score
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.multioutput import MultiOutputClassifier

from kronik import languages, world
from kronik.contract import to_json
from kronik.events.merging import merge
from kronik.events.passages import Passage
from kronik.events.reading import read_events
from kronik.events.weighing import features, weigh
from kronik.model import Reading
from kronik.reader.inference import Reader, open_folder
from training import examples
from training.events.annotations import INNER, load
from training.examples import Example
from training.train import SHARED, WEIGHING, is_outer

FOLDS = 5
TREES = {"n_estimators": 150, "learning_rate": 0.05, "max_leaf_nodes": 8, "min_samples_leaf": 40, "subsample": 0.7}
SEED = 1
AGREE = 0.5  # F1 of the actors from which on they are right, as gold's score.py has it
SURE = 0.8
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
Json = dict[str, Any]
Closeness = Callable[[Json, Json, bool], float]


@dataclass(frozen=True)
class Asked:
    """A held-out report: its passages, their events' features, and which of them are right, and right in actors too."""

    gold: Json
    passages: list[Passage]
    features: list[dict[str, float]]
    right: list[tuple[bool, bool]]


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with gold/ and data/")
    parser.add_argument("--model", type=Path, required=True, help="the model trained with --inner")
    parser.add_argument("--into", type=Path, default=WEIGHING, help="where to write the trees")
    options = parser.parse_args()
    gold = load_score(options.shared / "gold" / "score.py")
    reader = open_folder(options.model)
    asked = [_ask(example, reader, gold) for example in _held_out(options.shared)]
    every = [right for report in asked for right in report.right]
    happen, sure = (sum(column) for column in zip(*every, strict=True))
    print(f"{len(asked)} reports, {len(every)} events, {happen} right, {sure} in actors too")
    _report(asked, gold)
    names, trees = fit(asked)
    inputs = [("features", FloatTensorType([None, len(names)]))]
    made = to_onnx(trees, initial_types=inputs, options={"zipmap": False}, target_opset=17)
    onnx.helper.set_model_props(made, {"features": json.dumps(names)})
    options.into.write_bytes(made.SerializeToString())


def _held_out(shared: Path) -> Iterator[Example]:
    every = list(examples.from_gold(shared / "gold" / "train"))
    yield from (example for example in every if is_outer(example, every))
    packed = load(shared / "data" / "pool")
    yield from examples.from_pool(one for one in packed if one[0]["round"] == INNER)


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
    paired = {id(found): annotated for annotated, found in _pairs(example.gold["events"], told, gold)}
    right = [
        (annotated is not None, annotated is not None and gold.set_f1(annotated["actors"], event["actors"]) >= AGREE)
        for event in told
        for annotated in [paired.get(id(event))]
    ]
    return Asked(example.gold, passages, list(features(passages)), right)


def _pairs(annotated: Sequence[Json], told: Sequence[Json], gold: Any) -> list[tuple[Json, Json]]:
    closeness: Closeness = gold.event_closeness
    found: list[tuple[Json, Json]] = gold.pair_up(annotated, told, lambda a, b: closeness(a, b, True))
    return found


def fit(asked: Sequence[Asked]) -> tuple[list[str], Any]:
    """The features' names in order, and the classifier of the two questions."""
    rows = [row for report in asked for row in report.features]
    names = sorted({name for row in rows for name in row})
    right = np.array([right for report in asked for right in report.right], int)
    trees = MultiOutputClassifier(GradientBoostingClassifier(**TREES, random_state=SEED))
    return names, trees.fit(_matrix(rows, names), right)


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Any:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows], np.float32)


def _report(asked: Sequence[Asked], gold: Any) -> None:
    """Prints what the folds show, each judged by what was learnt on the others."""
    plain: list[tuple[Asked, Sequence[Passage]]] = []
    weighed: list[tuple[Asked, Sequence[Passage]]] = []
    sure: list[tuple[bool, bool]] = []
    for fold in range(FOLDS):
        names, trees = fit([report for number, report in enumerate(asked) if number % FOLDS != fold])
        for report in asked[fold::FOLDS]:
            plain.append((report, report.passages))
            if not report.features:
                weighed.append((report, report.passages))
                continue
            happens, certain = (found[:, 1].tolist() for found in trees.predict_proba(_matrix(report.features, names)))
            told = weigh(report.passages, partial(_known, list(zip(happens, happens, strict=True))))
            weighed.append((report, [replace(p, events=tuple(event for event, _ in p.weighed)) for p in told]))
            events = [event for passage in report.passages for event in passage.events]
            sure += [
                right
                for event, chance, right in zip(events, certain, report.right, strict=True)
                if chance >= SURE and event.status == "occurred"
            ]
    for name, readings in (("without", plain), ("with", weighed)):
        print(f"{name:8}" + "".join(f"{least:7.2f} {_f1(readings, least, gold):.4f}" for least in THRESHOLDS))
    typed, actors = (sum(column) / len(sure) for column in zip(*sure, strict=True))
    print(f"{len(sure)} occurred and sure ({SURE} or more): {typed:.3f} right, {actors:.3f} in actors too")


def _known(likely: list[tuple[float, float]], _: object) -> list[tuple[float, float]]:
    """What is known already, whatever is asked."""
    return likely


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
