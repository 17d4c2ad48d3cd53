"""A shard of pages to what each of them tells: the pure function that every process and every machine runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kronik.model import Page, Reading
from kronik.store.readings import Told, Untold, tell
from kronik.volume.limits import hold_memory

Read = Callable[[Page], Reading]


def read_shard(pages: Iterable[Page], read: Read, memory: int | None = None) -> Iterator[Told | Untold]:
    """What each page tells, in order; each depends on its page alone.

    ``memory`` is what one page may take, in megabytes. The pages after one that took too much are not to be read by
    the same process, since what was cut off may have left half-made tables behind: the shard ends there.
    """
    for page in pages:
        if memory is not None:
            hold_memory(memory)
        told = tell(page, read)
        yield told
        if isinstance(told, Untold) and told.too_much:
            return
