"""Options that several commands share, and their values checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from kronik import languages
from kronik.model import EventType, Status

if TYPE_CHECKING:
    from kronik.store.finding import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
STATUSES: tuple[str, ...] = get_args(Status)
COUNT = click.IntRange(1, 1_000_000_000)
"""A number of things, none larger than a ledger can count."""


class Day(click.ParamType[date]):
    """A whole date, as ``datetime.date``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date: write it as 2023-09-17", param, ctx)


class Period(click.ParamType[str]):
    """A date that may be a month or a year, as it is written."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kronik.store.dates import first_day

        try:
            first_day(value)
        except ValueError:
            self.fail(f"{value!r} is no date: write 2023, 2023-11 or 2023-11-05", param, ctx)
        return str(value)


class Place(click.Path):
    """Where a ledger is: a file, or a database on a PostgreSQL server."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from kronik.store.location import located

        return located(value)


class LanguageCode(click.ParamType[str]):
    """The code of a language that kronik has."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in languages.codes():
            self.fail(
                f"{value!r} is no language that kronik has: choose one of {', '.join(languages.codes())}", param, ctx
            )
        return str(value)


class Country(click.ParamType[str]):
    """A country by its ISO 3166-1 alpha-3 code or by any of its names, as the code."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kronik import world

        known = world.load()
        if value.upper() in known.countries:
            return str(value.upper())
        wanted = value.casefold()
        for name in known.names:
            if name.known.kind == "country" and name.known.country and name.text.casefold() == wanted:
                return name.known.country
        self.fail(f"{value!r} is no country that kronik knows: give its English name or its code (RUS)", param, ctx)


def ledger_option(command: Command) -> Command:
    """``--db``: which ledger."""
    return click.option(
        "--db",
        type=Place(),
        default=Path("chronicle.db"),
        envvar="KRONIK_DB",
        show_default=True,
        show_envvar=True,
        help="The ledger's file, or its database on a server (postgresql://USER@HOST/NAME).",
    )(command)


def page_options(command: Command) -> Command:
    """What is said about pages instead of being guessed."""
    for option in reversed(
        (
            click.option("--format", type=click.Choice(["html", "text", "jsonl"]), help="How the pages are written."),
            click.option("--language", type=LanguageCode(), metavar="CODE", help="The language of the pages (id, en)."),
            click.option("--published", type=Day(), metavar="DATE", help="The date of publication (2023-09-17)."),
        )
    ):
        command = option(command)
    return command


def confidence_option(command: Command) -> Command:
    """``--min-confidence``: only events of which kronik is as sure as that."""
    return click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="NUMBER",
                        help="Only events with a confidence of at least this, between 0 and 1.")(command)  # fmt: skip


def output_option(command: Command) -> Command:
    """``-o``: the file to write; None for standard output, which ``-`` means too."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
        callback=lambda _context, _option, path: None if path == Path("-") else path,
        help="Write to this file, whole or not at all; standard output where it is left out or -.",
    )(command)  # fmt: skip


def version_option(command: Command) -> Command:
    """``--version``: which version of a report."""
    return click.option(
        "--version", type=COUNT, metavar="N", help="This version of the report's page, not the current."
    )(command)


def json_option(command: Command) -> Command:
    """``--json``: one JSON object a line instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def filter_options(command: Command) -> Command:
    """Which events; ``wanted`` makes a Wanted of their values."""
    several = "May be given more than once."
    for option in reversed(
        (
            click.option("--type", "types", multiple=True, type=click.Choice(EVENT_TYPES, case_sensitive=False),
                         metavar="TYPE", help=f"Events of this PLOVER type (CONSULT, AID, …). {several}"),
            click.option("--mode", "modes", multiple=True, metavar="MODE",
                         help=f"Events of this PLOVER mode (visit, drone, …). {several}"),
            click.option("--participant", "participants", multiple=True, metavar="NAME",
                         help=f"An actor or recipient whose name holds these words. {several}"),
            click.option("--country", "countries", multiple=True, type=Country(), metavar="COUNTRY",
                         help=f"A participant or the place is of this country: code (RUS) or name. {several}"),
            click.option("--place", "places", multiple=True, metavar="NAME",
                         help=f"The place's name holds these words. {several}"),
            click.option("--since", type=Period(), metavar="DATE",
                         help="Not over before this day, month or year (2023-09-12, 2023-09, 2023)."),
            click.option("--until", type=Period(), metavar="DATE", help="Begun by this day, month or year."),
            click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), metavar="STATUS",
                         help=f"occurred, planned, denied or possible. {several}"),
            click.option("--language", "languages_", multiple=True, type=LanguageCode(), metavar="CODE",
                         help=f"Told by reports in this language. {several}"),
            click.option("--source", "sources", multiple=True, metavar="NAME",
                         help=f"Told by reports of this publisher: its whole name. {several}"),
            click.option("--report", "reports", multiple=True, metavar="ID", help=f"Told by this report. {several}"),
            confidence_option,
            click.option("--limit", type=COUNT, metavar="N", help="At most so many events."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def wanted(text: str = "", anywhere: bool = False, *, languages_: tuple[str, ...], **conditions: Any) -> Wanted:
    """What is looked for, from the values of ``filter_options``."""
    from kronik.store.finding import Wanted

    return Wanted(text=text, anywhere=anywhere, languages=languages_, **conditions)


fast_option = click.option(
    "--fast", is_flag=True, help="Leave the trained reader out: several times quicker, and events are read less well."
)
