"""Pages that do harm to whoever reads them, and a reader that lets them: for the tests of many pages at once."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from made_readings import TEXT, read

from kronik.model import Page, Reading


def page(id: str, body: str) -> Page:
    return Page(id, f"{id}.html", body, "html")


def harmed(page: Page) -> Reading:
    """Reads as ``made_readings.read`` does, but for bodies that say what is to happen."""
    said, _, rest = page.body.partition(" ")
    if said == "sleep":
        time.sleep(float(rest))
    elif said == "devour":
        held = []
        for _ in range(10_000):
            held.append(bytearray(20_000_000))
    elif said == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif said == "die-once":  # the body names a file that says whether it has
        mark = Path(rest)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return read(page)


def many(count: int) -> list[Page]:
    """Every third page holds events, every seventh fails, every tenth is a second version of an earlier report."""
    bodies = [TEXT if n % 3 == 0 else "!" if n % 7 == 0 else f"Report {n}." for n in range(count)]
    return [page(f"report-{n // 2 if n % 10 == 9 else n}", body) for n, body in enumerate(bodies)]
