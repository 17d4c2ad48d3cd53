"""`kronik backup` and `kronik restore`: a copy of the ledger, and back."""

from __future__ import annotations

from pathlib import Path

import click

from kronik.show.options import ledger_option
from kronik.show.talking import talk
from kronik.store.location import Location


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@ledger_option
def backup(file: Path, db: Location) -> None:
    """Copy the ledger to FILE, as it is at this moment, and check the copy.

    Others may read and write the ledger meanwhile. FILE is written whole or not at all; an older copy is replaced.
    """
    from kronik.store.backup import back_up
    from kronik.store.ledger import open_ledger

    with open_ledger(db) as ledger:
        size = back_up(ledger, file)
    talk(f"{file}: {size / 1_000_000:.1f} MB, checked; `kronik restore {file} --db {db}` puts it back")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@ledger_option
@click.option("--replace", is_flag=True, help="Also where the ledger holds reports, which are lost then.")
def restore_command(file: Path, db: Location, replace: bool) -> None:
    """Put FILE, a copy that `kronik backup` made, in the place of the ledger.

    Whoever serves the ledger sees the old one or the restored one, nothing between.
    """
    from kronik.show.text import count
    from kronik.store.backup import restore

    number = restore(file, db, replace=replace)
    talk(f"{db}: restored from {file}, {count(number, 'report')}")
