"""`kronik lists`: the commands that make and ask the index of sanctions lists, and the index for commands that read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kronik.show.options import Day, json_option

if TYPE_CHECKING:
    from kronik.lists.index import SanctionsLists

Command = TypeVar("Command", bound=Callable[..., Any])


def lists_option(command: Command) -> Command:
    """``--lists``: which index of sanctions lists."""
    return click.option(
        "--lists",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        envvar="KRONIK_LISTS",
        show_envvar=True,
        help="The index of sanctions lists.  [default: the user's data folder]",
    )(command)


def index_of(lists: Path | None) -> SanctionsLists | None:
    """The index of that file, or the user's own where it exists and none is named."""
    from kronik.lists.index import default_path, load

    path = lists or default_path()
    return load(path) if lists or path.is_file() else None


def marking_reader(read_one: Callable[..., Any], lists: Path | None) -> Callable[..., Any]:
    """``read_one`` with the index of that file, or with the user's own where it exists and none is named."""
    return marking_by(read_one, index_of(lists))


def marking_by(read_one: Callable[..., Any], index: SanctionsLists | None) -> Callable[..., Any]:
    """``read_one`` with the index, or as it is where there is none."""
    return partial(read_one, lists=index) if index else read_one


@click.group("lists")
def lists_commands() -> None:
    """Make and ask the index of sanctions lists, by which readings are marked."""


@lists_commands.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--dated", type=Day(), metavar="DATE", help="The day of a list whose file does not say it (sdn.csv).")
@lists_option
def update(files: tuple[Path, ...], dated: date | None, lists: Path | None) -> None:
    """Put lists into the index, each in the place of its former edition.

    A FILE is the UN Security Council's consolidated list (XML) or OFAC's sdn.csv, as they are published.
    """
    from kronik.lists.files import read_list
    from kronik.lists.index import default_path, load, save

    path = lists or default_path()
    given = [read_list(file, dated.isoformat() if dated else "") for file in files]
    replaced = {names[0].list for names in given}
    kept = [name for name in load(path).names if name.list not in replaced] if path.is_file() else []
    by_list = {names[0].list: names for names in given}
    save([*kept, *(name for names in by_list.values() for name in names)], path)
    for title, names in sorted(by_list.items()):
        day = names[0].date or "of unknown date: give --dated"
        entries = len({name.id for name in names})
        click.echo(f"kronik: {title}, {day}: {entries} entries, {len(names)} names", err=True)
    click.echo(f"kronik: {path}: index written", err=True)


@lists_commands.command()
@click.argument("name", nargs=-1, required=True, metavar="NAME")
@lists_option
@json_option
def find(name: tuple[str, ...], lists: Path | None, as_json: bool) -> None:
    """Print the entries that bear exactly this NAME, whatever its capitals, accents and hyphens."""
    import json
    from dataclasses import asdict

    from kronik.lists.index import default_path, load

    wanted = " ".join(name)
    found = load(lists or default_path()).find(wanted)
    for one in found:
        if as_json:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
        else:
            click.echo(f"{one.written}{' (weak alias)' if one.weak else ''}: {one.kind}, entry {one.id} of {one.list}")
            click.echo(f"    listed as {one.name}, programme {one.programme or 'not told'}, list of {one.date or '?'}")
    if not found:
        click.echo(f"kronik: nobody of that name is listed: {wanted}", err=True)
