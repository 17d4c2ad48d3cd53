"""Count in how many reports words, names and numbers stand: a ledger of the pool to the tables of frequencies.

    python training/frequencies.py pool.db

Writes ``src/kronik/languages/CODE/word_frequencies.tsv`` and ``src/kronik/reconcile/term_frequencies.tsv``. Statistics
only: a word is kept where it stands in at least 0.1% of the reports of its language.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from kronik.reconcile.frequencies import OF
from kronik.reconcile.terms import language_free, words_of
from kronik.store.ledger import open_ledger

SOURCE = Path(__file__).parents[1] / "src" / "kronik"
LEAST_WORDS = 10
LEAST_TERMS = 8
"""A term is kept where it stands in at least this many of OF reports."""

NOTE = "# In how many of 10,000 news reports each stands. Made by training/frequencies.py from a pool of reports.\n"


def main(path: str) -> None:
    """Count and write the tables."""
    words: dict[str, Counter[str]] = {}
    terms: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    with open_ledger(path) as ledger, ledger.speaking() as connection:
        for (kept,) in connection.execute("SELECT reading FROM report WHERE superseded_at IS NULL"):
            reading = json.loads(kept)
            language = reading["report"]["language"]
            reports[language] += 1
            told = words_of(f"{reading['report']['title'] or ''} {reading['report']['text']}")
            words.setdefault(language, Counter()).update(set(told))
            terms.update(language_free(reading)[0].keys())
    for language, times in words.items():
        rows = [f"{word}\t{share}" for word, share in shares(times, reports[language], LEAST_WORDS) if word.isalpha()]
        place = SOURCE / "languages" / language / "word_frequencies.tsv"
        place.write_text(NOTE + "word\treports\n" + "\n".join(sorted(rows)) + "\n", "utf-8")
    rows = []
    for term, share in shares(terms, sum(reports.values()), LEAST_TERMS):
        kind, _, name = term.partition(":")
        rows.append(f"{kind}\t{name}\t{share}")
    place = SOURCE / "reconcile" / "term_frequencies.tsv"
    place.write_text(NOTE + "kind\tterm\treports\n" + "\n".join(sorted(rows)) + "\n", "utf-8")


def shares(times: Counter[str], of: int, least: int) -> list[tuple[str, int]]:
    """Each term with the number of OF reports in which it stands, those that are common enough."""
    counted = ((term, round(number * OF / of)) for term, number in times.items())
    return [(term, share) for term, share in counted if share >= least]


if __name__ == "__main__":
    main(sys.argv[1])
