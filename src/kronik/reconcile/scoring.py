"""Features to a score and its reasons, by a table of weights that people can read (``weights.tsv``)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kronik.languages import read_table

ALWAYS = "(always)"
DECIDED = 0.5
"""The score from which on a decision is taken."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a feature counts, and what is said about it (a format of the feature's value)."""

    feature: str
    weight: float
    says: str


@lru_cache(maxsize=1)
def weights() -> Mapping[str, tuple[Weight, ...]]:
    """The rows of the table by decision."""
    table: dict[str, tuple[Weight, ...]] = {}
    for row in read_table(files("kronik.reconcile").joinpath("weights.tsv")):
        one = Weight(row["feature"], float(row["weight"]), row["says"])
        table[row["decision"]] = (*table.get(row["decision"], ()), one)
    return table


def score(decision: str, features: Mapping[str, float]) -> float:
    """The score of a decision, between 0 and 1, rounded to four places. A feature that is missing counts as 0."""
    total = sum(w.weight * (1.0 if w.feature == ALWAYS else features.get(w.feature, 0.0)) for w in weights()[decision])
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, total)))), 4)


def reasons(decision: str, features: Mapping[str, float]) -> tuple[str, ...]:
    """What speaks for and against a decision, the weightiest first, with how much each counts."""
    told = [(w.weight * features.get(w.feature, 0.0), w) for w in weights()[decision] if w.feature != ALWAYS]
    told.sort(key=lambda one: -abs(one[0]))
    return tuple(f"{_said(w, features[w.feature])} ({counts:+.1f})" for counts, w in told if abs(counts) >= 0.05)


def _said(weight: Weight, value: float) -> str:
    """What is said of a feature: ``{0}`` is its value, ``{1}`` what a logarithm of days was of, ``{2}`` of a ratio."""
    return weight.says.format(value, math.expm1(value), math.exp(value))
