"""`kronik serve`: the chronicle as web pages."""

from __future__ import annotations

from pathlib import Path

import click

from kronik.show.list_commands import index_of, lists_option, marking_by
from kronik.show.options import ledger_option
from kronik.store.location import Location


@click.command()
@ledger_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; beyond this machine only with a token.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--token", envvar="KRONIK_TOKEN", show_envvar=True, help="What a reader must know to be let in.")
@click.option("--private", "any_address", is_flag=True, help="Also fetch pages of this machine and the local network.")
@lists_option
def serve(
    db: Location, host: str, port: int, token: str | None, any_address: bool, lists: Path | None
) -> None:  # fmt: skip
    """Show the chronicle as web pages, with an API and a feed, until stopped.

    Open the address that is printed in a browser. A ledger that does not exist yet is made.
    """
    from kronik.pipeline import read_one
    from kronik.show.web import serving

    index = index_of(lists)
    settings = serving.settings_for(db, host, token, any_address, marking_by(read_one, index), index)
    click.echo(f"kronik: {db}: open {serving.address_of(host, port)} (stop with Ctrl+C)", err=True)
    serving.serve(settings, host, port)
