"""Files of readings to what reconciling decides of them, in three rounds of tasks that know nothing of one another.

    readings ─► keys, parted by their remainder ─► pairs that share one, parted by their files ─► decisions

A group-by over all machines: the first round parts, the second groups, the third compares. Each task leaves a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kronik.cluster.places import Place, joined, local_copy, reading_places, without_query, written
from kronik.errors import DataError
from kronik.model import Decision
from kronik.needs import need
from kronik.reconcile.happenings import Happening, comparable, happening_of
from kronik.reconcile.lineage import credits_of, decide
from kronik.reconcile.pairs import relation, same_events
from kronik.reconcile.profiles import Profile, profile_of
from kronik.reconcile.running import method

Rows = npt.NDArray[np.int64]
Block = tuple[int, int]

FILES = 8
"""So many files are compared with as many others in one task of the last round, where there are many."""

PARTS = 32
"""Into so many parts the keys are parted at least; into one for each file where there are more."""

REPORT = -1
"""Stands where a pair is of reports, not of two of their events."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which files are compared, and where what the rounds leave goes. A report's number is ``file << 32 | row``."""

    places: tuple[Place, ...]
    into: str

    @property
    def parts(self) -> int:
        """Into how many parts the keys are parted, so that one part of them is never much more than a file's."""
        return max(PARTS, len(self.places))

    @property
    def groups(self) -> int:
        """How many groups of files there are; each task of the last round compares two of them."""
        return min(len(self.places), max(12, len(self.places) // FILES))

    @property
    def blocks(self) -> list[Block]:
        """The pairs of groups of files, each once."""
        return [(one, other) for one, other in product(range(self.groups), repeat=2) if one <= other]

    def group_of(self, reports: Rows) -> Rows:
        """The groups of reports, by their numbers."""
        return (reports >> 32) % self.groups


def part_keys(number: int, comparison: Comparison) -> str:
    """Round 1, for each file: its keys with the reports and events that bear them, parted by remainder.

    Raises DataError where the keys are those of another way of comparing.
    """
    place = comparison.places[number]
    rows: list[tuple[int, int, int]] = []
    for row, columns in enumerate(_columns(place, ["keys", "event_keys", "method"])):
        if columns["method"] not in (None, method()):
            by = columns["method"]
            raise DataError(f"{place.address}: its keys are of another kronik ({by}): read its pages with this one")
        report = number << 32 | row
        rows += [(key, report, REPORT) for key in columns["keys"] or ()]
        rows += [(key, report, event) for event, keys in enumerate(columns["event_keys"] or ()) for key in keys]
    table = np.array(rows, np.int64).reshape(-1, 3)
    remainders = table[:, 0] % comparison.parts
    parts = {str(part): table[remainders == part] for part in range(comparison.parts)}
    return _write(comparison, f"keys-{number}.npz", parts)


def group_pairs(part: int, comparison: Comparison) -> str:
    """Round 2, for each part of the keys: the pairs of reports and of events that share a key, by blocks of files."""
    names = [f"keys-{number}.npz" for number in range(len(comparison.places))]
    rows = np.concatenate([_read(comparison, name, str(part)) for name in names])
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    bounds = np.flatnonzero(np.diff(rows[:, 0])) + 1
    found = [_pairs(group[:, 1:]) for group in np.split(rows, bounds) if len(group) > 1]
    pairs = np.unique(np.concatenate([*found, np.empty((0, 4), np.int64)]), axis=0)
    groups = np.sort(np.stack([comparison.group_of(pairs[:, 0]), comparison.group_of(pairs[:, 1])], axis=1), axis=1)
    blocks = {f"{one}-{other}": pairs[(groups == (one, other)).all(axis=1)] for one, other in comparison.blocks}
    return _write(comparison, f"pairs-{part}.npz", blocks)


def compare_block(block: Block, comparison: Comparison) -> str:
    """Round 3, for each block of files: what is decided of the pairs in it, as JSON Lines."""
    name = f"{block[0]}-{block[1]}"
    parts = [_read(comparison, f"pairs-{part}.npz", name) for part in range(comparison.parts)]
    pairs = np.unique(np.concatenate(parts), axis=0)
    wanted = {int(report) for report in np.unique(pairs[:, :2])}
    reports = _Reports(comparison, block, wanted)
    done = f"decisions-{block[0]:02d}-{block[1]:02d}.jsonl"
    with written(comparison.into, done) as path, path.open("w", encoding="utf-8") as file:
        for one in (*reports.credits, *_decided(pairs, reports)):
            told = {key: value for key, value in asdict(one).items() if key in _TOLD} | {"made_by": method()}
            file.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
    return done


_TOLD = ("kind", "left", "right", "score", "reasons", "left_report", "right_report")


class _Reports:
    """The profiles and events of the reports in a block that are wanted; ``credits`` of a block of one group's own."""

    def __init__(self, comparison: Comparison, block: Block, wanted: set[int]) -> None:
        self.profiles: dict[int, Profile] = {}
        self.events: dict[int, tuple[Happening, ...]] = {}
        self.credits: list[Decision] = []
        own = block[0] == block[1]
        for number, place in enumerate(comparison.places):
            if number % comparison.groups not in block:
                continue
            for row, columns in enumerate(_columns(place, ["reading"])):
                report = number << 32 | row
                if columns["reading"] is None or not (own or report in wanted):
                    continue
                reading = json.loads(columns["reading"])
                profile = profile_of(reading)
                if own:
                    self.credits += credits_of(profile)
                if report in wanted:
                    self.profiles[report] = profile
                    self.events[report] = tuple(_happenings(reading, profile))


def _happenings(reading: Any, profile: Profile) -> Iterator[Happening]:
    for number, event in enumerate(reading["events"], 1):
        id_ = f"{profile.id}#{number}"
        yield happening_of(id_, profile.id, profile.language, profile.published, event, profile.characters)


def _decided(pairs: Rows, reports: _Reports) -> Iterator[Decision]:
    """As ``reconcile.running`` decides of the same pairs, whichever of two was added first."""
    starts = np.flatnonzero(np.any(np.diff(pairs[:, :2], axis=0), axis=1)) + 1
    for group in np.split(pairs, starts):
        if not len(group):
            continue
        one, other = int(group[0, 0]), int(group[0, 1])
        mine, theirs = reports.profiles[one], reports.profiles[other]
        if mine.id == theirs.id:  # one report in two versions
            continue
        decided = decide(mine, theirs) if (group[:, 2] == REPORT).any() else []
        yield from decided
        related = relation(decided) if decided else (0.0, 0.0)
        events = [(int(i), int(j)) for _, _, i, j in group if i != REPORT]
        if decided:
            events = list(product(range(len(reports.events[one])), range(len(reports.events[other]))))
        told = ((reports.events[one][i], reports.events[other][j]) for i, j in events)
        yield from same_events((a, b, *related) for a, b in told if comparable(a, b))


def _pairs(bearers: Rows) -> Rows:
    """All pairs among those that bear one key, the report with the lower number first: two reports and two events."""
    left, right = np.triu_indices(len(bearers), 1)
    pairs: Rows = np.stack([bearers[left, 0], bearers[right, 0], bearers[left, 1], bearers[right, 1]], axis=1)
    of_two: Rows = pairs[pairs[:, 0] != pairs[:, 1]]
    return of_two


def comparison_of(sources: Iterable[str], into: str) -> Comparison:
    """The comparison of all Parquet files that the sources hold. Raises UsageError where a source does not exist."""
    places = tuple(place for source in sources for place in reading_places(source))
    return Comparison(tuple(place for place in places if without_query(place.address).endswith(".parquet")), into)


def rounds(comparison: Comparison) -> Iterator[tuple[Any, Sequence[Any]]]:
    """The function of each round, and what it is called with, once for each task."""
    yield part_keys, range(len(comparison.places))
    yield group_pairs, range(comparison.parts)
    yield compare_block, comparison.blocks


def _columns(place: Place, names: list[str]) -> Iterator[dict[str, Any]]:
    parquet = need("pyarrow.parquet", extra="parquet")
    with local_copy(place) as path, parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=200, columns=names):
            yield from batch.to_pylist()


def _write(comparison: Comparison, name: str, arrays: dict[str, Rows]) -> str:
    with written(comparison.into, name) as path, path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return name


def _read(comparison: Comparison, name: str, part: str) -> Rows:
    with local_copy(Place(joined(comparison.into, name), 0, 0)) as path, np.load(Path(path)) as arrays:
        rows: Rows = np.array(arrays[part], dtype=np.int64)
        return rows
