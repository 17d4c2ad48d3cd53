"""A Ray cluster of two machines, as far as Ray can tell, and the pages that are read on it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kronik.model import Page

PLACES = [str(Path(__file__).parents[1] / name) for name in ("cluster", "store", "volume", "read")]
sys.path[:0] = PLACES


def _many(count: int) -> list[Page]:
    from made_pages import many

    return many(count)


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    """Sources of 60 pages in shards of their own: files of JSON Lines and a folder of single pages, one broken."""
    folder = tmp_path / "found"
    folder.mkdir()
    written = [{"id": one.id, "text": one.body, "title": "Títle"} for one in _many(40)]
    for number in range(4):
        lines = [json.dumps(one) for one in written[number * 10 : number * 10 + 10]]
        (folder / f"day-{number}.jsonl").write_text("\n".join([*lines, "{" if number == 2 else ""]), "utf-8")
    single = folder / "single"
    single.mkdir()
    for one in _many(20):
        (single / f"{one.id}.html").write_text(one.body, "utf-8")
    (single / "empty.html").touch()
    (folder / "z").mkdir()
    (folder / "z" / "report-0.html").write_text("Another report of the same name.", "utf-8")
    return [str(folder)]


@pytest.fixture(scope="session")
def ray_cluster() -> Iterator[Any]:
    """A ``ray.cluster_utils.Cluster`` of a head that reads nothing and two workers of one core each."""
    pytest.importorskip("ray", reason="ray is not installed: pip install 'kronik[ray]'")
    import ray
    from ray.cluster_utils import Cluster

    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "RAY_USAGE_STATS_ENABLED")}
    os.environ["PYTHONPATH"] = os.pathsep.join([*PLACES, before["PYTHONPATH"] or ""])
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    memory = {"object_store_memory": 80_000_000}
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False, **memory})
    try:
        for _ in range(2):
            cluster.add_node(num_cpus=1, **memory)
        yield cluster
    finally:
        ray.shutdown()
        cluster.shutdown()
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@pytest.fixture
def two_machines(ray_cluster: Any) -> str:
    """The address of the cluster."""
    return str(ray_cluster.address)
