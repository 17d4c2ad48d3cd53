"""Shards on a Ray cluster of two machines: the entries of one process, also where workers are killed."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from made_pages import harmed
from made_shards import killed_always, killed_once, noted, slow
from test_shards import assert_as_one_process

from kronik.cluster.engines import TRIES, by_ray
from kronik.cluster.places import names_in
from kronik.cluster.planning import shards_of
from kronik.cluster.reading import Orders
from kronik.errors import DataError
from kronik.show.command_line import commands

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'kronik[ray]'")


def test_the_entries_of_two_machines_are_those_of_one_process(
    tmp_path: Path, pages: list[str], two_machines: str
) -> None:
    orders = Orders(str(tmp_path / "readings"), harmed)
    names_in(orders.into)
    done = list(by_ray(shards_of(pages, "", size=15), orders, two_machines))
    assert [one.lost for one in done] == [None] * 6
    assert_as_one_process(tmp_path, pages)


def test_the_shard_of_a_killed_worker_is_read_again(tmp_path: Path, pages: list[str], two_machines: str) -> None:
    orders = Orders(str(tmp_path / "readings"), slow)
    names_in(orders.into)
    done = list(by_ray(shards_of(pages, "", size=15), orders, two_machines, killed_once))
    assert [one.lost for one in done] == [None] * 6
    begun = sorted(note.name for note in (tmp_path / "notes").iterdir())
    assert begun == ["1-0", "2-0", "2-1", "3-0", "4-0", "5-0", "6-0"]
    assert (tmp_path / "notes" / "2-0").read_text() != (tmp_path / "notes" / "2-1").read_text()
    assert_as_one_process(tmp_path, pages)


def test_the_shard_of_a_lost_machine_is_read_again(tmp_path: Path, pages: list[str], ray_cluster: Any) -> None:
    orders = Orders(str(tmp_path / "readings"), slow)
    names_in(orders.into)
    third = ray_cluster.add_node(num_cpus=1, object_store_memory=80_000_000)

    def lose() -> None:
        while third.node_id not in [note.read_text() for note in (tmp_path / "notes").glob("*")]:
            time.sleep(0.05)
        ray_cluster.remove_node(third, allow_graceful=False)

    losing = threading.Thread(target=lose, daemon=True)
    losing.start()
    done = list(by_ray(shards_of(pages, "", size=15), orders, ray_cluster.address, noted))
    losing.join(30)
    assert [one.lost for one in done] == [None] * 6
    begun = [note.name.partition("-")[0] for note in (tmp_path / "notes").iterdir()]
    assert len(begun) > len(set(begun)) == 6
    assert_as_one_process(tmp_path, pages)


def test_a_shard_that_kills_every_worker_costs_no_other(tmp_path: Path, pages: list[str], two_machines: str) -> None:
    orders = Orders(str(tmp_path / "readings"), harmed)
    names_in(orders.into)
    done = list(by_ray(shards_of(pages, "", size=15), orders, two_machines, killed_always))
    assert {one.shard.number for one in done if one.lost} == {2}
    assert f"lost {TRIES} times" in next(one.lost for one in done if one.lost)
    assert len(names_in(orders.into)) == 5


def test_the_command_reads_on_a_cluster(tmp_path: Path, pages: list[str], two_machines: str) -> None:
    into = tmp_path / "readings"
    call = [
        "shard",
        f"{pages[0]}/day-1.jsonl",
        "--into",
        str(into),
        "--fast",
        "--engine",
        "ray",
        "--cluster",
        two_machines,
    ]
    told = CliRunner().invoke(commands, call)
    assert (told.exit_code, told.stdout) == (1, "")  # some of its pages fail
    assert "1 shard; 10 pages read" in told.stderr
    assert "1 there already; 0 pages read" in CliRunner().invoke(commands, call).stderr


def test_another_kronik_on_a_machine_is_told(tmp_path: Path, pages: list[str], two_machines: str) -> None:
    orders = Orders(str(tmp_path / "readings"), harmed, engine="9.9+none")
    names_in(orders.into)
    with pytest.raises(DataError, match="install the same"):
        list(by_ray(shards_of(pages, ""), orders, two_machines))
    assert not names_in(orders.into)


def test_a_cluster_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="ray is not installed: pip install 'kronik[ray]'")
    with pytest.raises(DataError, match="ray start"):
        list(by_ray([], Orders(str(tmp_path), harmed), "127.0.0.1:1"))
