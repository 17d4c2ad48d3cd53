"""The bundled examples are read as tests/golden says; a change for the better is written down with golden.RENEW."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from difflib import unified_diff
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import golden

EXPECTED = sorted(path.stem for path in golden.GOLDEN.glob("*.json"))


@lru_cache(maxsize=1)
def readings() -> dict[str, dict[str, Any]]:
    return dict(golden.read_examples())


def test_every_example_has_its_golden_reading() -> None:
    assert sorted(readings()) == EXPECTED, f"write them anew: {golden.RENEW}"


def test_there_are_six_in_each_language() -> None:
    languages = [reading["report"]["language"] for reading in readings().values()]
    assert sorted(languages) == ["en"] * 6 + ["id"] * 6


@pytest.mark.parametrize("id", EXPECTED)
def test_an_example_is_read_as_before(id: str) -> None:
    expected = (golden.GOLDEN / f"{id}.json").read_text("utf-8")
    got = json.dumps(readings()[id], ensure_ascii=False, indent=1) + "\n"
    if got != expected:
        change = "\n".join(unified_diff(expected.splitlines(), got.splitlines(), "golden", "now", lineterm="", n=0))
        pytest.fail(f"{id} is read otherwise; if it is for the better: {golden.RENEW}\n{change}", pytrace=False)


def test_nothing_of_the_machine_changes_a_reading() -> None:
    """Neither the seed of hashes, nor locale, nor time zone: a reading follows from its page alone."""
    code = "import json, golden; print(json.dumps(dict(golden.read_examples())))"
    elsewhere = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **elsewhere, "PYTHONPATH": str(Path(__file__).parent)},
    )
    assert json.loads(told.stdout) == readings()
