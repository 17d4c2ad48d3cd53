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
from kronik.show.running import limit_options, sum_up
from kronik.show.talking import talk
from kronik.store.location import Location

EVERY_SECONDS = 5.0
"""How often a run tells where it stands."""

engine_option = click.option(
    "--engine", type=click.Choice(["processes", "ray"]), default="processes", show_default=True,
    help="Who does it: the processes of this machine, or a Ray cluster.",
)  # fmt: skip
cluster_option = click.option(
    "--cluster", metavar="ADDRESS",
    help="The Ray cluster (auto, host:6379); with --engine ray.  [default: one of this machine alone]",
)  # fmt: skip


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH...")
@click.option("--into", required=True, metavar="FOLDER", help="Where the files of readings go; may be s3://… too.")
@engine_option
@cluster_option
@page_options
@lists_option
@fast_option
@click.option("--no-pages", is_flag=True, help="Leave the pages themselves out of the files.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", envvar="KRONIK_JOBS", show_envvar=True,
              help="Read by N processes, or on N cores.  [default: one a core]")  # fmt: skip
@limit_options
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
    from kronik.lists.index import default_path
    from kronik.pipeline import read_one
    from kronik.show.text import count
    from kronik.volume.adding import cores
    from kronik.volume.limits import Limits

    _check(engine, cluster)
    orders = Orders(
        into=_absolute(into),
        read=marking_reader(partial(read_one, fast=fast), lists),
        format=format, language=language, published=published, keep_pages=not no_pages,
        limits=Limits(time_limit, memory_limit), jobs=jobs or cores(),
    )  # fmt: skip
    listed = lists or default_path()
    settings = f"{format} {language} {published} {fast} {no_pages} {listed.is_file() and listed.stat().st_mtime_ns}"
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


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option("--into", required=True, metavar="FOLDER", help="Where the decisions go; may be s3://… too.")
@engine_option
@cluster_option
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Compare by N processes.  [default: one a core]")
def compare(sources: tuple[str, ...], into: str, engine: str, cluster: str | None, jobs: int | None) -> None:
    """Find what reports and events of files of readings are of one another, without a ledger.

    A FILE is one that `kronik shard` wrote, or a folder of them. The decisions are those of `kronik reconcile`, as JSON
    Lines.
    """
    from kronik.cluster.comparing import comparison_of
    from kronik.cluster.engines import compare_by_processes, compare_by_ray
    from kronik.cluster.places import names_in
    from kronik.errors import UsageError
    from kronik.show.text import count
    from kronik.volume.adding import cores

    _check(engine, cluster)
    comparison = comparison_of(sources, _absolute(into))
    if not comparison.places:
        raise UsageError(f"{', '.join(sources)}: no Parquet files of readings: `kronik shard` writes them")
    if names_in(comparison.into):
        raise UsageError(f"{into}: is not empty: give a new folder")
    begun = time.monotonic()
    count_of = jobs or cores()
    done = (
        compare_by_ray(comparison, count_of, cluster) if engine == "ray" else compare_by_processes(comparison, count_of)
    )
    made = [name for name in done if name.startswith("decisions-")]
    talk(f"{into}: {count(len(comparison.places), 'file')} compared, {count(len(made), 'file')} of decisions;"
         f" {time.monotonic() - begun:.1f} s")  # fmt: skip


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@ledger_option
@click.option("--again", is_flag=True, help="Take readings up also where the ledger has them unchanged.")
@click.option("--no-pages", is_flag=True, help="Keep only what the pages tell, not the pages themselves.")
def import_command(sources: tuple[str, ...], db: Location, again: bool, no_pages: bool) -> None:
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


def _check(engine: str, cluster: str | None) -> None:
    """Raise UsageError where the two do not go together, DataError where a package is missing."""
    from kronik.errors import UsageError
    from kronik.needs import need

    if cluster and engine != "ray":
        raise UsageError("--cluster is the address of a Ray cluster: add --engine ray")
    need("pyarrow.parquet", extra="parquet")
    if engine == "ray":
        need("ray", extra="ray")


def _absolute(folder: str) -> str:
    return folder if "://" in folder else str(Path(folder).absolute())
