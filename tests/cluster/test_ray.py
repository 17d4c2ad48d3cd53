"""Shards on a Ray cluster of two machines: the entries of one process, also where workers are killed."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_pages import harmed
from made_shards import killed_always, killed_once, slow
from test_shards import assert_as_one_process

from kronik.cluster.engines import TRIES, by_ray
from kronik.cluster.places import names_in
from kronik.cluster.planning import shards_of
from kronik.cluster.reading import Orders

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


def test_a_shard_that_kills_every_worker_costs_no_other(tmp_path: Path, pages: list[str], two_machines: str) -> None:
    orders = Orders(str(tmp_path / "readings"), harmed)
    names_in(orders.into)
    done = list(by_ray(shards_of(pages, "", size=15), orders, two_machines, killed_always))
    assert {one.shard.number for one in done if one.lost} == {2}
    assert f"lost {TRIES} times" in next(one.lost for one in done if one.lost)
    assert len(names_in(orders.into)) == 5
