"""Two profiles to features: the figures by which two reports are compared, each symmetric in the two."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import numpy.typing as npt

from kronik.reconcile.profiles import Ids, Profile, Weights

Features = dict[str, float]

NEWS_DAYS = 10
"""A happening is news for about so many days."""


def features_of(one: Profile, other: Profile) -> Features:
    """The features of a pair of reports.

    ``words`` and ``terms`` are cosines of the words (only within a language) and of the language-free terms. ``order``
    says how alike the places are at which both first tell the terms that they share (1: the same, 0: by chance or
    worse). ``contained`` is the share of the shorter text's runs of three words that the other has too. ``days`` is the
    logarithm of the days between their publication (0 where one is undated), ``long`` the months beyond NEWS_DAYS,
    three at most, ``series`` the same where one outlet published both, as it does with what recurs. ``length`` is the
    logarithm of the longer's length over the shorter's.
    """
    shared = _shared(one.terms, other.terms)
    terms, order = 0.0, 0.0
    if len(shared[0]):
        weights = one.term_weights[shared[0]] * other.term_weights[shared[1]]
        terms = float(weights.sum())
        if len(weights) >= 3:
            distances = np.abs(one.places[shared[0]] - other.places[shared[1]])
            order = max(0.0, 1.0 - 3.0 * float((weights * distances).sum()) / terms)
    same = one.language == other.language
    apart = days_apart(one, other) or 0
    months = min(3.0, max(0, apart - NEWS_DAYS) / 30)
    features = {
        "terms": terms,
        "order": order,
        "days": math.log1p(apart),
        "long": months,
        "series": months if one.outlet is not None and one.outlet == other.outlet else 0.0,
        "length": abs(math.log(max(1, one.length) / max(1, other.length))),
    }
    if same:
        runs = len(_shared(one.runs, other.runs)[0])
        features["words"] = _cosine(one.words, one.word_weights, other.words, other.word_weights)
        features["contained"] = runs / max(1, min(len(one.runs), len(other.runs)))
    return features


def days_apart(one: Profile, other: Profile) -> int | None:
    """The days between the publication of two reports; None where one is undated."""
    if not one.published or not other.published:
        return None
    return abs((date.fromisoformat(one.published) - date.fromisoformat(other.published)).days)


def _cosine(ids: Ids, weights: Weights, other_ids: Ids, other_weights: Weights) -> float:
    mine, theirs = _shared(ids, other_ids)
    return float((weights[mine] * other_weights[theirs]).sum())


def _shared(ids: Ids, others: Ids) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where the ids that both have stand in each."""
    if not len(ids) or not len(others):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    at = np.searchsorted(others, ids)
    at[at == len(others)] = 0
    hits = others[at] == ids
    return np.flatnonzero(hits), at[hits]
