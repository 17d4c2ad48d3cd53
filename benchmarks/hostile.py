"""Pages that want to do harm to figures: what each takes of one core and of memory, and what becomes of it.

python benchmarks/hostile.py [--fast] [WORDS…]    (only the pages whose names hold one of the words)

Exits with 1 where a page takes more than its limit, or kronik fails on it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hostile_pages import PAGES, PROSE  # type: ignore[import-not-found]
from kronik.errors import PageError
from kronik.model import Page, Reading
from kronik.pipeline import read_one
from kronik.read.files import read_file
from kronik.read.page import Given

SECONDS = {True: 8.0, False: 20.0}
"""What a page may take of one core, by the frames alone and with the trained reader."""
MEGABYTES = {True: 200.0, False: 600.0}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page: in words, the seconds of one core, the megabytes, and whether kronik failed on it."""

    words: str
    seconds: float
    megabytes: float
    failed: bool = False


def main(arguments: list[str]) -> int:
    """Print a line a page."""
    fast = "--fast" in arguments
    wanted = [word for word in arguments if not word.startswith("--")]
    warm_up(fast)
    over = 0
    answers = []
    for name, make in PAGES.items():
        if wanted and not any(word in name for word in wanted):
            continue
        answer = answer_to(make(), fast, SECONDS[fast])
        answers.append(answer)
        late = answer.failed or answer.seconds > SECONDS[fast] or answer.megabytes > MEGABYTES[fast]
        over += late
        print(f"{answer.seconds:7.2f} s {answer.megabytes:5.0f} MB {'!' if late else ' '} {name}: {answer.words}")
    if not answers:
        print("no page is called so", file=sys.stderr)
        return 2
    slowest, largest = max(a.seconds for a in answers), max(a.megabytes for a in answers)
    print(
        f"{len(answers)} pages, slowest {slowest:.2f} s, most memory {largest:.0f} MB, over a limit or failed: {over}"
    )
    return 1 if over else 0


def warm_up(fast: bool) -> None:
    """Load the tables and models and trafilatura, so that no page is charged for them."""
    read_one(Page("a", "a", PROSE * 4, "text"), fast=fast)
    read_one(Page("a", "a", f"<p>{PROSE * 3}</p><footer>{PROSE * 3}</footer>", "html"), fast=fast)


def answer_to(data: bytes, fast: bool, seconds: float) -> Answer:
    """What becomes of a page whose bytes these are, read by a process of its own that ends after twice ``seconds``."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        gc.freeze()  # what is loaded stays shared
        limit = int(time.process_time() + 2 * seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        with contextlib.suppress(BaseException):
            os.write(theirs, pickle.dumps(_answer(data, fast)))
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        answer = told.read()
    os.waitpid(child, 0)
    if not answer:
        return Answer(f"broken off after {2 * seconds:g} s", 2 * seconds, 0, failed=True)
    found = pickle.loads(answer)
    assert isinstance(found, Answer)
    return found


def _answer(data: bytes, fast: bool) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page"
        file.write_bytes(data)
        Path("/proc/self/clear_refs").write_text("5")  # the peak of memory counts from here on
        before, begun = _peak(), time.process_time()
        told, failed = _told(partial(read_one, fast=fast), file)
        return Answer(told.replace(f"{folder}/", ""), time.process_time() - begun, _peak() - before, failed)


def _told(read: partial[Reading], file: Path) -> tuple[str, bool]:
    """What is told of the one page of a file, and whether kronik failed on it."""
    said = []
    try:
        for page in read_file(file, Given()):
            if not isinstance(page, Page):
                said.append(f"set aside: {page}")
                continue
            try:
                read(page)
                said.append("read")
            except PageError as wrong:
                said.append(f"set aside: {wrong}")
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}", True
    return "; ".join(said), False


def _peak() -> float:
    """The most memory that this process has had, in MB; Linux only."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
