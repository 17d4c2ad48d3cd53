"""`kronik dossier`: a subject to one page on disk."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from kronik.show.options import EVENT_TYPES, Period, confidence_option, ledger_option, output_option
from kronik.store.location import Location

LANGUAGES = ("en", "id")
LARGE = 5_000_000
"""Bytes from which a page is slow to open and nobody's to print."""


@click.command()
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@output_option
@click.option("--to", "form", type=click.Choice(["html", "markdown"]), default="html", show_default=True,
              help="A page for a browser and for printing, or Markdown.")  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True,
              help="The language of headings and labels; the reports' words stay as they are.")  # fmt: skip
@click.option("--type", "types", multiple=True, type=click.Choice(EVENT_TYPES, case_sensitive=False), metavar="TYPE",
              help="Only events of this PLOVER type. May be given more than once.")  # fmt: skip
@click.option("--source", "sources", multiple=True, metavar="NAME",
              help="Only what reports of this publisher (whole name) tell. May be given more than once.")  # fmt: skip
@click.option("--since", type=Period(), metavar="DATE", help="Only what was not over before this day, month or year.")
@click.option("--until", type=Period(), metavar="DATE", help="Only what had begun by this day, month or year.")
@confidence_option
@ledger_option
def dossier(
    query: tuple[str, ...], output: Path | None, form: str, language: str, types: tuple[str, ...],
    sources: tuple[str, ...], since: str | None, until: str | None, min_confidence: float | None, db: Location,
) -> None:  # fmt: skip
    """Write all that the ledger holds of a subject as one page that needs no network.

    QUERY is a country, by its name or code; or words of a participant's name; or else a text, as in `kronik find`.
    """
    from kronik.errors import DataError
    from kronik.show.dossier.gathering import gather
    from kronik.show.dossier.rendering import html, markdown
    from kronik.show.dossier.subject import subject
    from kronik.store.exporting import write_file
    from kronik.store.finding import Wanted
    from kronik.store.ledger import open_ledger

    conditions = Wanted(types=types, sources=sources, since=since, until=until, min_confidence=min_confidence)
    with open_ledger(db) as ledger:
        about = subject(ledger, " ".join(query), conditions)
        gathered = gather(ledger, about)
    if not gathered.entries and not gathered.statements:
        raise DataError(f"{db}: tells nothing of {about.query!r}: try fewer words, or `kronik find {about.query}`")
    written = (html if form == "html" else markdown)(gathered, language=language, made_on=date.today())
    if output:
        write_file(output, [written])
        size = len(written.encode())
        hint = "; narrow it with --since, --until or --type" if size > LARGE else ""
        click.echo(f"kronik: {output}: {len(gathered.entries):,} entries of {about.name} from "
                   f"{len(gathered.reports):,} reports, {max(1, size // 1000):,} kB{hint}", err=True)  # fmt: skip
    else:
        sys.stdout.write(written)
