"""Shards that are read by processes that die: for the tests of many machines."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1] / "volume"))

from made_pages import harmed

from kronik.cluster.planning import Shard
from kronik.cluster.reading import Done, Orders, read_shard_into
from kronik.model import Page, Reading


def slow(page: Page) -> Reading:
    time.sleep(0.05)
    return harmed(page)


def killed_once(shard: Shard, orders: Orders) -> Done:
    """The first process that takes up the second shard is killed (SIGKILL) while it reads; the name is noted."""
    notes = Path(orders.into).parent / "notes"
    notes.mkdir(exist_ok=True)
    begun = len(list(notes.glob(f"{shard.number}-*")))
    (notes / f"{shard.number}-{begun}").write_text(str(os.getpid()))
    if shard.number == 2 and not begun:
        threading.Timer(0.4, partial(os.kill, os.getpid(), signal.SIGKILL)).start()
    return read_shard_into(shard, orders)


def noted(shard: Shard, orders: Orders) -> Done:
    """Which machine takes a shard up is noted."""
    import ray

    note = Path(orders.into).parent / "notes" / f"{shard.number}-{uuid4().hex}"
    note.parent.mkdir(exist_ok=True)
    note.write_text(ray.get_runtime_context().get_node_id())
    return read_shard_into(shard, orders)


def killed_always(shard: Shard, orders: Orders) -> Done:
    """Whoever takes up the second shard is killed."""
    if shard.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_shard_into(shard, orders)
