"""Pages of the pool to where kronik's time goes: CPU milliseconds a report and share by stage, on one core.

python benchmarks/stages.py [--pool FOLDER] [--sample N] [--language en|id] [--fast]

The pages are those of benchmarks/peers.py. Each stage is timed around its call, so what a stage calls of another stage
counts for both; "the encoder" and "the heads" are parts of "the reader".
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from kronik import pipeline
from kronik.annotate import entities, names, quotes, sentences, times
from kronik.clean import article
from kronik.events import reading
from kronik.model import Page
from kronik.reader import inference
from pool_pages import ask_for_sample, pool_pages, status_without  # type: ignore[import-not-found]

STAGES: tuple[tuple[str, Any, str], ...] = (
    ("page to article", article, "clean"),
    ("sentences", sentences, "split"),
    ("names", names, "find"),
    ("who is who", entities, "resolve"),
    ("times", times, "find"),
    ("quotes", quotes, "find"),
    ("the frames' hints", pipeline, "find_hints"),
    ("the reader", inference.Reader, "read"),
    ("  of it the encoder", inference.Reader, "_states"),
    ("  of it the heads and links", inference.Reader, "_of_window"),
    ("events of frames and reader", reading, "read_events"),
)


def main() -> int:
    """Print a line a stage."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask_for_sample(asked)
    asked.add_argument("--fast", action="store_true", help="leave the trained reader out")
    given = asked.parse_args()
    status: int | None = status_without(given.pool, given.language)
    if status is not None:
        return status
    pages = [Page(p.id, p.id, p.html, "html") for p in pool_pages(given.pool, given.language, given.sample)]
    pipeline.read_one(pages[0], fast=given.fast)
    spent: dict[str, float] = defaultdict(float)
    for stage, owner, name in STAGES:
        setattr(owner, name, _timed(getattr(owner, name), stage, spent))
    begun = time.process_time()
    words = sum(len(pipeline.read_one(page, fast=given.fast).report.text.split()) for page in pages)
    whole = time.process_time() - begun
    print(f"{len(pages)} reports of {words / len(pages):.0f} words: {len(pages) / whole:.1f} reports a second and core")
    print(f"{'':32}ms a report   share")
    for stage, _, _ in STAGES:
        if spent[stage]:
            print(f"{stage:32}{spent[stage] / len(pages) * 1000:11.1f}  {spent[stage] / whole:6.1%}")
    return 0


def _timed(call: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        begun = time.process_time()
        try:
            return call(*arguments, **named)
        finally:
            spent[stage] += time.process_time() - begun

    return timed


if __name__ == "__main__":
    sys.exit(main())
