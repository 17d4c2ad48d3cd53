"""Sources of pages to shards: portions of work, known again by what they hold and how they are to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from kronik.cluster.places import Place, page_places, without_query
from kronik.errors import UsageError
from kronik.read.page import Unreadable
from kronik.store.engine import engine

SIZE = 500
"""So many files of one page each make a shard."""

_ONE_PAGE = (".html", ".htm", ".txt")


@dataclass(frozen=True, slots=True)
class Shard:
    """Files that are read together, or why they cannot be. ``key`` tells what they hold and how they are read."""

    number: int
    inside: tuple[Place | Unreadable, ...]
    key: str

    @property
    def name(self) -> str:
        """The name of its file of readings; such names have the order of the shards."""
        return f"{self.number:06d}-{self.key}.parquet"


def shards_of(sources: Iterable[str], settings: str, size: int = SIZE) -> list[Shard]:
    """The shards of all sources, in order: a file that holds many pages by itself, of the others ``size`` together.

    ``settings`` is how they are to be read, in any words: read otherwise, a shard has another key. So it has when a
    file has changed, or kronik. Raises UsageError where a source does not exist.
    """
    found = [one for source in sources for one in page_places(source)]
    return [
        Shard(number, inside, _key(inside, f"{engine()}\n{settings}"))
        for number, inside in enumerate(_together(found, size), 1)
    ]


def undone(shards: Iterable[Shard], present: Set[str], folder: str) -> list[Shard]:
    """The shards whose readings are not in the folder yet; ``present`` are the names that it holds.

    Raises UsageError where the folder holds readings of other shards: whoever imports it would take them for these.
    """
    mine = {shard.name: shard for shard in shards}
    others = sorted(name for name in present if name.endswith(".parquet") and name not in mine)
    if others:
        raise UsageError(
            f"{folder}: holds readings of other pages, of pages that have changed, or by another kronik or other"
            f" options ({others[0]}{f' and {len(others) - 1} more' if len(others) > 1 else ''}): give a new folder"
        )
    return [shard for name, shard in mine.items() if name not in present]


def _together(found: Iterable[Place | Unreadable], size: int) -> Iterator[tuple[Place | Unreadable, ...]]:
    portion: list[Place | Unreadable] = []
    for one in found:
        alone = isinstance(one, Place) and not without_query(one.address).lower().removesuffix(".gz").endswith(
            _ONE_PAGE
        )
        if portion and (alone or len(portion) >= size):
            yield tuple(portion)
            portion = []
        portion.append(one)
        if alone:
            yield tuple(portion)
            portion = []
    if portion:
        yield tuple(portion)


def _key(inside: Iterable[Place | Unreadable], settings: str) -> str:
    digest = hashlib.blake2b(settings.encode(), digest_size=8)
    for one in inside:
        digest.update(f"\n{one}".encode("utf-8", "replace"))
    return digest.hexdigest()
