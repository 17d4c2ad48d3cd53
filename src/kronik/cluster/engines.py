"""Tasks to the files that they leave, by the processes of this machine or by those of a Ray cluster."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from kronik.cluster.comparing import Comparison, rounds
from kronik.cluster.planning import Shard
from kronik.cluster.reading import Done, Orders, read_shard_into
from kronik.errors import DataError, KronikError
from kronik.needs import need
from kronik.store.readings import fault_words
from kronik.volume.workers import Workers, process_context

TRIES = 4
"""So often a shard is begun whose process or machine is lost."""

AHEAD = 2
"""So many shards for each core are handed to Ray at once: the next one waits when one is done."""

CONNECT = 10.0
"""Seconds within which the machine of a cluster must answer."""

ReadShard = Callable[[Shard, Orders], Done]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a task left nothing."""

    why: str


def by_processes(shards: Iterable[Shard], orders: Orders) -> Generator[Done, None, None]:
    """Read the shards one after the other, the pages of each by ``orders.jobs`` processes. Raises DataError."""
    with Workers(orders.jobs, orders.read, orders.limits) as workers:
        for shard in shards:
            yield read_shard_into(shard, orders, workers)


def by_ray(
    shards: Iterable[Shard], orders: Orders, address: str | None = None, read: ReadShard = read_shard_into
) -> Generator[Done, None, None]:
    """Read the shards on a Ray cluster, each as one task of one core, and give each when its file is there.

    ``address`` is the cluster's (``auto``, ``host:6379``, ``ray://host:10001``); a cluster of this machine alone, of
    ``orders.jobs`` cores, where it is None. A shard whose process or machine is lost is begun anew elsewhere, ``TRIES``
    times in all; then it is given as lost. Its file is written whole or not at all, so that no reading is there twice.
    Raises DataError where Ray is missing, the cluster cannot be reached, or a file cannot be written.
    """
    with connected(address, orders.jobs) as ray:
        for shard, done in _tasks(ray, read, shards, orders):
            yield Done(shard, lost=done.why) if isinstance(done, Lost) else done


def compare_by_processes(comparison: Comparison, jobs: int) -> Generator[str, None, None]:
    """Compare by so many processes of this machine; the names of the files that are there. Raises DataError."""
    with ProcessPoolExecutor(jobs, process_context()) as pool:
        for function, items in rounds(comparison):
            yield from pool.map(partial(function, comparison=comparison), items)


def compare_by_ray(comparison: Comparison, jobs: int, address: str | None = None) -> Generator[str, None, None]:
    """Compare on a Ray cluster, as ``by_ray`` reads; the names of the files that are there. Raises DataError."""
    with connected(address, jobs) as ray:
        for function, items in rounds(comparison):
            for item, done in _tasks(ray, function, items, comparison):
                if isinstance(done, Lost):
                    raise DataError(f"{function.__name__} {item}: {done.why}: run the same command again")
                yield done


@contextmanager
def connected(address: str | None, cores: int) -> Iterator[Any]:
    """The ``ray`` package, connected. Raises DataError where it is missing or the cluster cannot be reached."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # kronik tells nobody that it runs
    ray = need("ray", extra="ray")
    alone = {"num_cpus": cores, "include_dashboard": False} if address is None else {"address": address}
    with redirect_stdout(sys.stderr):  # Ray prints there of processes that were lost
        try:
            _reach(address)
            ray.init(**alone, log_to_driver=False, logging_level="ERROR", ignore_reinit_error=True)
        except (ConnectionError, RuntimeError, ValueError, OSError) as wrong:
            why = str(wrong).partition("\n")[0]
            where = address or "this machine"
            raise DataError(f"no Ray cluster at {where} ({why}): `ray start --head` starts one") from wrong
        try:
            yield ray
        finally:
            ray.shutdown()


def _reach(address: str | None) -> None:
    """Raise OSError at once where nobody listens at an address; Ray itself would try for minutes."""
    host, colon, port = (address or "").removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), CONNECT).close()


def _tasks(ray: Any, function: Callable[..., Any], items: Iterable[Item], shared: Any) -> Iterator[tuple[Item, Any]]:
    """Call the function with each item and what they share, on all cores; each item with its result or Lost."""
    task = ray.remote(num_cpus=1, max_retries=TRIES - 1)(function)
    there = ray.put(shared)
    most = max(1, int(ray.cluster_resources().get("CPU", 1))) * AHEAD
    under_way: dict[Any, Item] = {}
    waiting = iter(items)
    while True:
        while len(under_way) < most and (item := next(waiting, None)) is not None:
            under_way[task.remote(item, there)] = item
        if not under_way:
            return
        for one in ray.wait(list(under_way), num_returns=1)[0]:
            yield under_way.pop(one), _outcome(ray, one)


def _outcome(ray: Any, one: Any) -> Any:
    try:
        return ray.get(one)
    except ray.exceptions.RayTaskError as wrong:
        if isinstance(wrong.cause, ray.exceptions.RayError):
            return Lost(f"the cluster lost what it needs ({type(wrong.cause).__name__})")
        if isinstance(wrong.cause, KronikError):
            raise wrong.cause from None  # no file can be written, or none be fetched: the next one fares no better
        return Lost(fault_words(wrong.cause if isinstance(wrong.cause, Exception) else wrong))
    except ray.exceptions.RayError as wrong:
        why = str(wrong).partition("\n")[0][:200]
        return Lost(f"its process was lost {TRIES} times ({type(wrong).__name__}: {why})")
