"""How much time and memory one page may take, and the memory held to that in the process that reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEMORY = 1024
"""Megabytes that one page may take where nothing is said: several hundred times what a report needs."""

SECONDS = 60.0
"""Seconds that one page may take where nothing is said: a hundred times what a long report needs."""

START = 60.0
"""Seconds more for the first page of a process, which loads the tables and the trained reader."""

_STATM = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: ``seconds`` of the clock, and ``memory`` in megabytes beyond what the process has.

    ``start`` are seconds more for the first page of each process.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    start: float = START

    def took_too_long(self) -> str:
        """The reason given for a page that was broken off."""
        return (
            f"took longer than {self.seconds:g} seconds to read: see whether it is a report;"
            " `kronik retry` takes --time-limit SECONDS"
        )


def hold_memory(megabytes: int) -> None:
    """Let this process have so much more memory than it has now; asking for more fails there and then.

    Where the system does not tell or hold how much a process has (it is Linux that does both), nothing is held.
    """
    if not _STATM.exists():
        return
    import resource

    present = int(_STATM.read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = present + megabytes * 1_000_000
    if most == resource.RLIM_INFINITY or wanted < most:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
