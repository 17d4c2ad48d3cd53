"""Scores of tags and of pairs to spans with types, and to roles."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kronik.model import Mention
from kronik.reader.labels import OUTSIDE, ROLES, Role, begin, inside

Array = npt.NDArray[np.float32]

NEVER = -1e9
RIVALS: dict[Role, Role] = {"actor": "recipient", "recipient": "actor"}  # an entity is one of the two


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words ``[first, after)`` of a kind, by its number, and the probability that they are of it."""

    first: int
    after: int
    kind: int
    probability: float


def log_softmax(logits: Array) -> Array:
    """Logits to logarithms of probabilities over the last axis."""
    shifted = logits - logits.max(-1, keepdims=True)
    found: Array = (shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))).astype(np.float32)
    return found


def sigmoid(logits: Array) -> Array:
    """Logits to probabilities."""
    found: Array = (1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
    return found


def calibrated(probability: float, offset: float, slope: float) -> float:
    """The probability with its logit scaled and moved, after Platt (1999)."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return 1.0 / (1.0 + math.exp(-(offset + slope * math.log(bounded / (1.0 - bounded)))))


def spans(scores: Array) -> list[Tagged]:
    """The best row of spans by the logarithms of the tags' probabilities, [words, tags].

    Viterbi's algorithm (1967) over tags where an inside follows only a begin or an inside of its kind. A span's
    probability is that of its kind, begun or going on, in the mean of its words.
    """
    if not len(scores) or (scores.argmax(-1) == OUTSIDE).all():
        return []  # no tag of another kind can make a better row
    kinds = (scores.shape[1] - 1) // 2
    best = scores[0].copy()
    best[2::2] = NEVER
    came_from = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        previous = int(best.argmax())
        following = np.full(scores.shape[1], best[previous], np.float32)
        came_from[at] = previous
        stay = np.where(best[1::2] >= best[2::2], 0, 1)
        following[2::2] = np.maximum(best[1::2], best[2::2])
        came_from[at, 2::2] = 1 + 2 * np.arange(kinds) + stay
        best = following + scores[at]
    path = [int(best.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(came_from[at, path[-1]]))
    path.reverse()
    found: list[Tagged] = []
    at = 0
    while at < len(path):
        if path[at] == OUTSIDE:
            at += 1
            continue
        kind = (path[at] - 1) // 2
        after = at + 1
        while after < len(path) and path[after] == inside(kind):
            after += 1
        of_kind = np.exp(scores[at:after, begin(kind)]) + np.exp(scores[at:after, inside(kind)])
        found.append(Tagged(at, after, kind, float(of_kind.mean())))
        at = after
    return found


def roles(
    probabilities: Array,
    numbers: Sequence[int],
    mentions: Sequence[Mention],
    least: Mapping[Role, float],
    floor: Mapping[Role, float],
    *,
    mutual: bool = False,
) -> tuple[tuple[int, Role, float], ...]:
    """(mention, role, score) for each role that a mention fills with at least that role's ``least`` probability.

    An entity is actor or recipient, whichever is likelier; each role is given to the entity's likeliest mention. Of a
    role that nobody fills so, the likeliest is taken if it reaches the role's ``floor``. In a ``mutual`` act all are
    actors. ``probabilities`` are [mentions, roles] in the order of ``numbers``, the mentions' own numbers.
    """
    best: dict[Role, dict[int, tuple[float, int]]] = {role: {} for role in ROLES}
    for row, number in enumerate(numbers):
        entity = mentions[number].entity
        whom = -1 - number if entity is None else entity
        scores = dict(zip(ROLES, map(float, probabilities[row]), strict=True))
        if mutual:
            scores["actor"], scores["recipient"] = min(1.0, scores["actor"] + scores["recipient"]), 0.0
        for role, score in scores.items():
            best[role][whom] = max(best[role].get(whom, (0.0, number)), (score, number))
    found: list[tuple[int, Role, float]] = []
    for role, of_role in best.items():
        rivals = best[RIVALS[role]] if role in RIVALS else {}
        fit = [(s, n) for whom, (s, n) in of_role.items() if s > rivals.get(whom, (-1.0, 0))[0]]
        chosen = [(score, number) for score, number in fit if score >= least[role]]
        if not chosen and fit and max(fit)[0] >= floor.get(role, 1.0):
            chosen = [max(fit)]
        found += [(number, role, round(score, 3)) for score, number in chosen]
    return tuple(sorted(found, key=lambda r: (ROLES.index(r[1]), r[0])))
