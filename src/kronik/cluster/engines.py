"""Shards to files of readings, by the processes of this machine or by those of a Ray cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from typing import Any

from kronik.cluster.planning import Shard
from kronik.cluster.reading import Done, Orders, read_shard_into
from kronik.errors import DataError, KronikError
from kronik.needs import need
from kronik.store.readings import fault_words
from kronik.volume.workers import Workers

TRIES = 4
"""So often a shard is begun whose process or machine is lost."""

AHEAD = 2
"""So many shards for each core are handed to Ray at once: the next one waits when one is done."""

ReadShard = Callable[[Shard, Orders], Done]


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
    ray = connected(address, orders.jobs)
    try:
        task = ray.remote(num_cpus=1, max_retries=TRIES - 1)(read)
        orders_there = ray.put(orders)
        most = max(1, int(ray.cluster_resources().get("CPU", 1))) * AHEAD
        under_way: dict[Any, Shard] = {}
        waiting = iter(shards)
        while True:
            while len(under_way) < most and (shard := next(waiting, None)) is not None:
                under_way[task.remote(shard, orders_there)] = shard
            if not under_way:
                return
            for one in ray.wait(list(under_way), num_returns=1)[0]:
                yield _outcome(ray, one, under_way.pop(one))
    finally:
        ray.shutdown()


def connected(address: str | None, cores: int) -> Any:
    """The ``ray`` package, connected. Raises DataError where it is missing or the cluster cannot be reached."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # kronik tells nobody that it runs
    ray = need("ray", extra="ray")
    alone = {"num_cpus": cores, "include_dashboard": False} if address is None else {"address": address}
    try:
        ray.init(**alone, log_to_driver=False, logging_level="ERROR", ignore_reinit_error=True)
    except (ConnectionError, RuntimeError, ValueError, OSError, TimeoutError) as wrong:
        why = str(wrong).partition("\n")[0]
        raise DataError(f"no Ray cluster at {address or 'this machine'} ({why}): start one with `ray start`") from wrong
    return ray


def _outcome(ray: Any, one: Any, shard: Shard) -> Done:
    try:
        done: Done = ray.get(one)
    except ray.exceptions.RayTaskError as wrong:
        if isinstance(wrong.cause, KronikError):
            raise wrong.cause from None  # no file can be written, or none be fetched: the next shard fares no better
        return Done(shard, lost=fault_words(wrong.cause if isinstance(wrong.cause, Exception) else wrong))
    except ray.exceptions.RayError as wrong:
        why = str(wrong).partition("\n")[0][:200]
        return Done(shard, lost=f"its process was lost {TRIES} times ({type(wrong).__name__}: {why})")
    return done
