from math import log, log1p
from pathlib import Path

import pytest

from kronik.reconcile import features, happenings
from kronik.reconcile.scoring import ALWAYS, reasons, score, weights


def test_the_table_has_the_decisions_that_are_taken() -> None:
    assert set(weights()) == {"copy", "translation", "story", "story-across", "event"}


@pytest.mark.parametrize("decision", sorted(weights()))
def test_every_feature_is_defined_stands_once_and_can_be_said(decision: str) -> None:
    source = "".join(Path(module.__file__).read_text("utf-8") for module in (features, happenings))
    rows = weights()[decision]
    assert rows[0].feature == ALWAYS
    assert len({row.feature for row in rows}) == len(rows)
    for row in rows[1:]:
        assert f'"{row.feature}"' in source
        assert reasons(decision, {row.feature: 1.0})[0].endswith(f"({row.weight:+.1f})")


def test_scores_lie_between_nothing_and_one_and_rise_with_what_speaks_for_it() -> None:
    assert 0 <= score("copy", {}) < score("copy", {"contained": 0.3}) < score("copy", {"contained": 1.0}) <= 1
    assert score("copy", {"contained": 1e9}) == 1


def test_logarithms_are_told_as_what_they_were_of() -> None:
    assert "published 30 days apart" in reasons("translation", {"days": log1p(30)})[0]
    assert "1.50 times as long" in reasons("translation", {"length": log(1.5)})[0]
