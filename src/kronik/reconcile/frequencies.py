"""A term to its weight: how rare it is in news, by counts that are shipped and never change with the ledger.

Weights that followed the ledger would make a decision depend on what else had been read before. The counts come from a
pool of 15,675 Indonesian and English reports (``training/frequencies.py``); a term not in them is rarest.
"""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import files

from kronik import languages
from kronik.languages import read_table

OF = 10_000
"""The tables say in how many of so many reports a term stands."""

UNSEEN = 2.0
"""What a term that stands in no table counts as."""

COMMON = 500
"""A language-free term that stands in more reports of OF than this says nothing about which story a report tells."""


@lru_cache(maxsize=8)
def word_frequencies(code: str) -> dict[str, float]:
    """In how many of OF reports of a language each word stands."""
    return {row["word"]: float(row["reports"]) for row in languages.load(code).table("word_frequencies")}


@lru_cache(maxsize=1)
def term_frequencies() -> dict[str, float]:
    """In how many of OF reports of any language each language-free term stands."""
    rows = read_table(files("kronik.reconcile").joinpath("term_frequencies.tsv"))
    return {f"{row['kind']}:{row['term']}": float(row["reports"]) for row in rows}


def rarity(reports: float | None) -> float:
    """The inverse document frequency of a term, as a natural logarithm; 0 where it stands in every report."""
    return math.log(OF / min(OF, reports or UNSEEN))
