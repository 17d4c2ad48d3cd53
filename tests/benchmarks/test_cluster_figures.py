"""What a year needs follows from what was measured of a report."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")
sys.path.insert(0, BENCHMARKS)
import cluster  # noqa: E402

sys.path.remove(BENCHMARKS)


def test_a_year_is_worked_out(capsys: pytest.CaptureFixture[str]) -> None:
    cluster.year(86_400, 10, {"shard": 0.5, "import": 0.01}, {"files": 100_000, "ledger": 400_000})
    printed = [line.split()[-1] for line in capsys.readouterr().out.splitlines()[2:]]
    assert printed == ["0.5", "6.1", "0.2", "0.9", "0.32", "1.26"]
