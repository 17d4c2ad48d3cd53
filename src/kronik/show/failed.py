"""`kronik failed` and `kronik retry`: the pages that could not be read, and another try at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from kronik.show.list_commands import lists_option, marking_reader
from kronik.show.options import fast_option, json_option, ledger_option
from kronik.show.running import add_pages, volume_options
from kronik.show.talking import print_json, talk
from kronik.store.location import Location


@click.command()
@ledger_option
@json_option
def failed(db: Location, as_json: bool) -> None:
    """Print the pages that could not be read, each with where it was found, when and why."""
    from kronik.show.text import clean
    from kronik.store.failures import failures
    from kronik.store.ledger import open_ledger

    found = False
    with open_ledger(db) as ledger:
        for one in failures(ledger):
            found = True
            if as_json:
                print_json(asdict(one))
            else:
                click.echo(f"{one.failed_at[:10]}  {clean(one.origin)}\n            {clean(one.reason)}")
    if not found:
        talk(f"{db}: no page has failed")


@click.command()
@click.argument("origins", nargs=-1, metavar="[ORIGIN]...")
@ledger_option
@lists_option
@fast_option
@volume_options
def retry(origins: tuple[str, ...], db: Location, lists: Path | None, fast: bool, **volume: Any) -> None:
    """Read the pages again that could not be read.

    All of them, or those whose ORIGIN (as `kronik failed` prints it) is given. A page that the ledger kept is read from
    there; of the others the file or the address is read anew. What is no longer there is forgotten.
    """
    from kronik.errors import UsageError
    from kronik.pipeline import read_one
    from kronik.store import failures
    from kronik.store.identity import place_of
    from kronik.store.ledger import open_ledger

    open_ledger(db).close()  # which refuses where there is none
    with open_ledger(db, write=True) as ledger:
        known = {one.origin: one.page_kept for one in failures.failures(ledger)}
        wanted = [origin if origin in known else place_of(origin) for origin in origins] or list(known)
        for origin in wanted:
            if origin not in known:
                raise UsageError(f"{origin}: no page has failed there: `kronik failed` lists those that have")
        gone = [origin for origin in wanted if not known[origin] and _source(origin) is None]
        with ledger.writing() as connection:
            for origin in gone:
                failures.erase(connection, origin)
    for origin in gone:
        talk(f"{origin}: no longer there, and forgotten")
    again = [origin for origin in wanted if origin not in set(gone)]
    if not again:
        if not gone:
            talk(f"{db}: no page has failed")
        return
    read_page = marking_reader(partial(read_one, fast=fast), lists)
    add_pages(db, _pages(db, again), read_page, again=True, keep_pages=True, count_pages=partial(len, again), **volume)


def _pages(db: Location, origins: list[str]) -> Iterator[Any]:
    """The pages that failed there: those that were kept, or what is found there now."""
    from kronik.read.sources import read_pages
    from kronik.store.failures import failed_page
    from kronik.store.identity import place_of
    from kronik.store.ledger import open_ledger

    with open_ledger(db) as ledger:
        for origin in origins:
            page = failed_page(ledger, origin)
            if page is not None:
                yield page
            elif (source := _source(origin)) is not None:
                yield from (one for one in read_pages(source) if place_of(one.origin) == origin)


def _source(origin: str) -> str | None:
    """What is to be read for a page whose origin is that; None where there is nothing any more."""
    file, colon, line = origin.rpartition(":")
    if origin.startswith(("http://", "https://")) or Path(origin).exists():
        return origin
    return file if colon and line.isdecimal() and Path(file).is_file() else None
