"""Pages to figures of speed: seconds to start, seconds a page, reports and words a second on one core, peak memory.

python benchmarks/speed.py [FOLDER_OR_FILE…]    (the bundled examples where none is given)
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

from kronik.model import Page
from kronik.pipeline import read_one
from kronik.read.sources import read_pages

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def main(sources: list[str]) -> int:
    """Print the figures."""
    fast = "--fast" in sources
    sources = [source for source in sources if source != "--fast"]
    pages = [page for page in read_pages(sources or [str(EXAMPLES)]) if isinstance(page, Page)]
    if not pages:
        print("no pages to read", file=sys.stderr)
        return 1
    print("frames alone (--fast)" if fast else "with the trained reader")
    print(f"start (kronik --version)      {seconds_to_start('--version'):8.2f} s")
    begun = time.perf_counter()
    read_one(pages[0], fast=fast)
    print(f"first page, tables loaded     {time.perf_counter() - begun:8.2f} s")
    slowest = words = 0.0
    begun = time.perf_counter()
    for page in pages:
        before = time.perf_counter()
        words += len(read_one(page, fast=fast).report.text.split())
        slowest = max(slowest, time.perf_counter() - before)
    took = time.perf_counter() - begun
    print(f"reports a second              {len(pages) / took:8.1f}   ({len(pages)} reports)")
    print(f"words a second                {words / took:8.0f}")
    print(f"slowest page                  {slowest:8.3f} s")
    print(f"peak memory                   {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    return 0


def seconds_to_start(*arguments: str) -> float:
    """Wall-clock seconds of a fresh ``kronik`` process with the arguments, the best of three."""
    code = "import sys; from kronik.show.command_line import main; sys.argv[0] = 'kronik'; main()"
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)
        took.append(time.perf_counter() - begun)
    return min(took)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
