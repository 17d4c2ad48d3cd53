"""`kronik shard` and `kronik import`: pages to files of readings, on one machine or many, and these into a ledger."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from kronik.show.list_commands import lists_option, marking_reader
from kronik.show.options import fast_option, ledger_option, page_options
from kronik.show.running import sum_up, volume_options
from kronik.show.talking import talk

EVERY_SECONDS = 5.0
"""How often a run tells where it stands."""


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH...")
@click.option("--into", required=True, metavar="FOLDER", help="Where the files of readings go; may be s3://… too.")
@click.option("--engine", type=click.Choice(["processes", "ray"]), default="processes", show_default=True,
              help="Who reads: the processes of this machine, or a Ray cluster.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", help="The Ray cluster (auto, host:6379); with --engine ray.  "
              "[default: one of this machine alone]")  # fmt: skip
@page_options
@lists_option
@fast_option
@click.option("--no-pages", is_flag=True, help="Leave the pages themselves out of the files.")
@volume_options
def shard(
    sources: tuple[str, ...], into: str, engine: str, cluster: str | None, format: Any, language: str | None,
    published: date | None, lists: Path | None, fast: bool, no_pages: bool, jobs: int | None, time_limit: float,
    memory_limit: int,
) -> None:  # fmt: skip
    """Read pages to Parquet files of readings, which `kronik import` takes up.

    A PATH is a file or a folder, also s3://…. A file that holds many pages is a shard, of others 500 together are one.
    It may be stopped at any moment, and the same command reads the shards that are missing.
    """
    from kronik.cluster.engines import by_processes, by_ray
    from kronik.cluster.places import names_in
    from kronik.cluster.planning import shards_of, undone
    from kronik.cluster.reading import Orders
    from kronik.errors import UsageError
    from kronik.needs import need
    from kronik.pipeline import read_one
    from kronik.show.text import count
    from kronik.volume.adding import cores
    from kronik.volume.limits import Limits

    if cluster and engine != "ray":
        raise UsageError("--cluster is the address of a Ray cluster: add --engine ray")
    need("pyarrow.parquet", extra="parquet")
    if engine == "ray":
        need("ray", extra="ray")
    orders = Orders(
        into=into if "://" in into else str(Path(into).absolute()),
        read=marking_reader(partial(read_one, fast=fast), lists),
        format=format, language=language, published=published, keep_pages=not no_pages,
        limits=Limits(time_limit, memory_limit), jobs=jobs or cores(),
    )  # fmt: skip
    settings = f"{format} {language} {published} {fast} {no_pages} {lists and lists.stat().st_mtime_ns}"
    shards = shards_of(sources, settings)
    missing = undone(shards, names_in(orders.into), into)
    done = by_ray(missing, orders, cluster) if engine == "ray" else by_processes(missing, orders)
    tally: Counter[str] = Counter()
    begun = last = time.monotonic()
    try:
        for one in done:
            tally.update(shards=1, lost=bool(one.lost), pages=one.pages, failed=one.failed, events=one.events)
            tally["bytes"] += one.size
            if one.lost:
                talk(f"{one.shard.name}: {one.lost}: run the same command again")
            if time.monotonic() - last >= EVERY_SECONDS:
                last = time.monotonic()
                pace = f"{tally['pages'] / (last - begun):.1f} pages a second"
                talk(f"{tally['shards']:,} of {count(len(missing), 'shard')} so far; {pace}")
    finally:
        done.close()
        took = time.monotonic() - begun
        there = len(shards) - len(missing)
        notes = f", {there:,} there already" if there else ""
        notes += f", {tally['lost']:,} lost" if tally["lost"] else ""
        talk(
            f"{into}: {count(len(shards), 'shard')}{notes}; {count(tally['pages'], 'page')} read,"
            f" {tally['failed']:,} failed, {count(tally['events'], 'event')}; {tally['bytes'] / 1e6:.1f} MB;"
            f" {took:.1f} s, {tally['pages'] / max(took, 1e-9):.1f} pages a second"
        )
    if tally["failed"] or tally["lost"]:
        click.get_current_context().exit(1)


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@ledger_option
@click.option("--again", is_flag=True, help="Take readings up also where the ledger has them unchanged.")
@click.option("--no-pages", is_flag=True, help="Keep only what the pages tell, not the pages themselves.")
def import_command(sources: tuple[str, ...], db: Path, again: bool, no_pages: bool) -> None:
    """Take files of readings into the ledger.

    A FILE is one that `kronik shard` wrote, JSON Lines as `kronik read --json` and `kronik export --what reports` print
    them, or a folder of such files; also s3://…. Its entries are those that `kronik add` would have made.
    """
    from kronik.cluster.importing import count_readings, import_all, places_of
    from kronik.store.ledger import open_ledger

    places = places_of(sources)
    with open_ledger(db, write=True) as ledger:
        outcomes = import_all(ledger, places, again=again, keep_pages=not no_pages)
        sum_up(db, outcomes, partial(count_readings, places))
