"""The command line: each command is a few calls of the Python interface. Data goes to stdout, talk to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from kronik.errors import KronikError, UsageError
from kronik.show import reconciling
from kronik.show.backing_up import backup, restore_command
from kronik.show.cluster_commands import compare, import_command, shard
from kronik.show.dossier.command import dossier
from kronik.show.exports import FORMATS as EVENT_FORMATS
from kronik.show.failed import failed, retry
from kronik.show.list_commands import lists_commands, lists_option, marking_reader
from kronik.show.options import (
    confidence_option,
    fast_option,
    filter_options,
    json_option,
    ledger_option,
    output_option,
    page_options,
    version_option,
    wanted,
)
from kronik.show.running import add_pages, volume_options
from kronik.show.talking import print_json, talk
from kronik.show.watching import watch
from kronik.show.web.command import serve
from kronik.store.location import Location

# Everything else is imported by the command that needs it, so that `kronik --help` starts at once.

INTERRUPTED = 130
BROKEN_PIPE = 141
"""Exit statuses, as shells give them for SIGINT and SIGPIPE."""

EXPORT_FORMATS = ("jsonl", "csv", "parquet", *EVENT_FORMATS)


class Commands(click.Group):
    """The commands in the order in which they are used, with kronik's errors told in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            given = super().invoke(ctx)
            sys.stdout.flush()  # here, where a failure can still be told
            return given
        except KronikError as wrong:
            talk(str(wrong))
            ctx.exit(wrong.exit_status)
        except BrokenPipeError:  # whoever reads the output has enough
            _drop_output()
            ctx.exit(BROKEN_PIPE)
        except OSError as wrong:
            _drop_output()
            talk(f"{wrong.filename or 'the output'}: {wrong.strerror or wrong}: mend that and run it again")
            ctx.exit(1)
        except KeyboardInterrupt:
            talk("stopped")
            ctx.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kronik", message="kronik %(version)s")
def commands() -> None:
    """Read news reports and keep a chronicle of who did what to whom, each fact with the words that tell it."""


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@json_option
@page_options
@lists_option
@fast_option
@click.option("--trace", "traced", is_flag=True,
              help="Show, sentence by sentence, what fired, what was rejected, and why.")  # fmt: skip
@confidence_option
def read(
    sources: tuple[str, ...], as_json: bool, format: Any, language: str | None, published: date | None,
    lists: Path | None, fast: bool, traced: bool, min_confidence: float | None,
) -> None:  # fmt: skip
    """Print what each page tells. Keeps nothing.

    A SOURCE is a file (HTML, text, JSON Lines), a folder, an http(s) address, or - for standard input.
    """
    from kronik.contract import to_json
    from kronik.model import Page
    from kronik.pipeline import read_one
    from kronik.read.sources import read_pages
    from kronik.show.trace import trace
    from kronik.store.writing import fault_words

    if traced and min_confidence:
        raise UsageError("--trace shows every event: leave --min-confidence out")
    read_page = marking_reader(partial(read_one, fast=fast), lists)
    failed = printed = False
    for page in read_pages(sources, format=format, language=language, published=published):
        if not isinstance(page, Page):
            failed = True
            talk(f"{page.origin}: {page.reason}")
            continue
        try:
            reading = trace(page, read_page) if traced else to_json(read_page(page))
        except KronikError as wrong:
            failed = True
            talk(str(wrong) if page.origin in str(wrong) else f"{page.origin}: {wrong}")
            continue
        except Exception as wrong:  # a fault of kronik on one page must not lose the others
            failed = True
            talk(f"{page.origin}: {fault_words(wrong)}")
            continue
        if as_json:
            if min_confidence:
                sure = [event for event in reading["events"] if event["confidence"] >= min_confidence]
                reading = {**reading, "events": sure}
            print_json(reading)
        else:
            from kronik.show.output import print_lines
            from kronik.show.text import reading_lines
            from kronik.show.trace_lines import trace_lines

            if printed:
                click.echo()
            shown = trace_lines(reading) if traced else reading_lines(reading, min_confidence=min_confidence)
            print_lines(shown)
        printed = True
    if failed:
        click.get_current_context().exit(1)


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH...")
@ledger_option
@page_options
@lists_option
@fast_option
@click.option("--again", is_flag=True, help="Read pages anew that are in the ledger unchanged.")
@click.option("--no-pages", is_flag=True, help="Keep only what the pages tell, not the pages themselves.")
@volume_options
def add(
    sources: tuple[str, ...], db: Location, format: Any, language: str | None, published: date | None,
    lists: Path | None, fast: bool, again: bool, no_pages: bool, **volume: Any,
) -> None:  # fmt: skip
    """Read pages and keep what they tell in the ledger.

    A PATH is a file, a folder, an http(s) address, or - for standard input. A page that is in the ledger unchanged is
    left alone; a changed one becomes a new version of its report. It may be stopped at any moment: what was added is
    kept, and the same command goes on.
    """
    from kronik.pipeline import read_one
    from kronik.read.counting import count_pages
    from kronik.read.sources import read_pages

    pages = read_pages(sources, format=format, language=language, published=published)
    read_page = marking_reader(partial(read_one, fast=fast), lists)
    counted = partial(count_pages, sources, lines=format == "jsonl")
    add_pages(db, pages, read_page, again=again, keep_pages=not no_pages, count_pages=counted, **volume)


commands.add_command(failed)
commands.add_command(retry)
commands.add_command(watch)
commands.add_command(shard)
commands.add_command(import_command)
commands.add_command(compare)


@commands.command()
@ledger_option
@filter_options
@json_option
def timeline(db: Location, as_json: bool, **conditions: Any) -> None:
    """Print the chronicle: the events in order of time, each once, however many reports tell it.

    Each comes with the words behind it, who tells it and how many do; the undated stand last. Which reports tell one
    event is known after `kronik reconcile`.
    """
    print_entries(db, wanted(**conditions), as_json, together=True)


@commands.command()
@click.argument("words", nargs=-1, metavar="[TEXT]...")
@click.option("--anywhere", is_flag=True, help="Look for TEXT in the whole report, not only in an event's own words.")
@ledger_option
@filter_options
@json_option
def find(words: tuple[str, ...], anywhere: bool, db: Location, as_json: bool, **conditions: Any) -> None:
    """Print the events that match.

    TEXT is looked for in the words that tell an event and in the names of who takes part, where and with what, in
    English and as the report writes them: all words, in any order; "a phrase" in quotation marks; the beginning of a
    word with * after it.
    """
    print_entries(db, wanted(" ".join(words), anywhere, **conditions), as_json)


@commands.command()
@click.argument("id")
@ledger_option
@version_option
@json_option
@click.option("--page", "as_page", is_flag=True, help="The report's page itself, as it was found.")
def show(id: str, db: Location, version: int | None, as_json: bool, as_page: bool) -> None:
    """Print a report (ID) or an event (ID#N) in full."""
    from kronik.show.output import print_lines
    from kronik.show.text import event_shown_lines, stored_lines
    from kronik.store.explaining import Stored, explain, history
    from kronik.store.ledger import open_ledger

    with open_ledger(db) as ledger:
        found = explain(ledger, id, version)
        if as_page:
            print_page(ledger, found if isinstance(found, Stored) else found.stored)
        elif as_json:
            print_json(found.reading if isinstance(found, Stored) else found.to_json())
        elif isinstance(found, Stored):
            print_lines(stored_lines(found, history(ledger, found.id)))
        else:
            print_lines(event_shown_lines(found))


@commands.command("explain")
@click.argument("id")
@ledger_option
@version_option
def explain_command(id: str, db: Location, version: int | None) -> None:
    """Print why an event (ID#N) or a report (ID) was read so.

    For an event: its words in their paragraph, the rules that made it, how its dates follow, who takes part with their
    characters in the text, and who else tells it and why that is the same event. For a report: how it was dated, what
    was taken out of the page and why, and the rules behind each event and quote.
    """
    from kronik.show.explanation import event_explained_lines, report_explained_lines
    from kronik.show.output import print_lines
    from kronik.show.together import entry_explained_lines
    from kronik.store.chronicle import entry_of
    from kronik.store.explaining import Stored, explain
    from kronik.store.ledger import open_ledger

    with open_ledger(db) as ledger:
        found = explain(ledger, id, version)
        if isinstance(found, Stored):
            print_lines(report_explained_lines(found))
            return
        print_lines(event_explained_lines(found))
        if version is None and (entry := entry_of(ledger, found.id)):
            print_lines(entry_explained_lines(ledger, entry))


@commands.command()
@click.argument("words", nargs=-1, metavar="[TEXT]...")
@click.option("--to", "form", type=click.Choice(EXPORT_FORMATS), required=True, metavar="FORMAT",
              help=f"One of {', '.join(EXPORT_FORMATS)}.")  # fmt: skip
@click.option(
    "--what",
    type=click.Choice(["reports", "events", "quotes", "entities", "entries", "stories", "lineage"]),
    default="events",
    show_default=True,
    help="What each line holds, in jsonl, csv and parquet (not entries, stories, lineage); the others hold events.",
)
@output_option
@click.option("--unconfirmed", is_flag=True, help="Write denied and possible events also in formats that can't say so.")
@click.option("--once", is_flag=True, help="Write an event that several reports tell once (after `kronik reconcile`).")
@click.option("--anywhere", is_flag=True, help="Look for TEXT in the whole report, not only in an event's own words.")
@ledger_option
@filter_options
def export(
    words: tuple[str, ...], form: Any, what: Any, output: Path | None, unconfirmed: bool, once: bool, anywhere: bool,
    db: Location, **conditions: Any,
) -> None:  # fmt: skip
    """Print the ledger, or the events that match, in a format that other programs read.

    TEXT and the conditions are those of `kronik find`. What a format has no place for is left out and counted on
    standard error.
    """
    from kronik.store.ledger import open_ledger

    with open_ledger(db) as ledger:
        looked_for = wanted(" ".join(words), anywhere, **conditions)
        export_events(ledger, form, what, output, looked_for, unconfirmed=unconfirmed, once=once)


commands.add_command(lists_commands)
for command in (reconciling.reconcile, reconciling.stories, reconciling.lineage, reconciling.judge):
    commands.add_command(command)


for command in (dossier, serve, backup, restore_command):
    commands.add_command(command)


@commands.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
def check(codes: tuple[str, ...]) -> None:
    """Check the language data and run its examples.

    Of all languages, or of those whose CODEs are given.
    """
    from kronik import languages
    from kronik.checking import check_language, count_examples
    from kronik.show.text import count

    wrong = 0
    for code in codes or languages.codes():
        languages.load(code)
        problems = check_language(code)
        for problem in problems:
            click.echo(problem)
        wrong += len(problems)
        talk(f"{code}: {count(count_examples(code), 'example')}, {count(len(problems), 'problem')}")
    if wrong:
        click.get_current_context().exit(1)


@commands.command()
def schema() -> None:
    """Print the JSON Schema of what `kronik read --json` prints."""
    from kronik.contract import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))


def print_page(ledger: Any, stored: Any) -> None:
    """Print the page of a version of a report as it was found. Raises LedgerError where it was not kept."""
    from kronik.errors import LedgerError
    from kronik.store.pages import kept_page

    kept = kept_page(ledger, stored.id, stored.version)
    if kept is None:
        raise LedgerError(f"{stored.id}: its page is not in the ledger: `kronik add PATH --again` keeps it")
    body = kept.body
    if sys.stdout.isatty():  # nothing in a page may drive the terminal
        from kronik.show.text import clean

        body = "\n".join(map(clean, body.splitlines()))
    click.echo(body, nl=not body.endswith("\n"))


def print_entries(db: Location, looked_for: Any, as_json: bool, *, together: bool = False) -> None:
    """Print the events that are looked for; ``together`` those once that several reports tell. None: say so."""
    from kronik.store.chronicle import chronicle
    from kronik.store.finding import Wanted, find, reports_holding
    from kronik.store.ledger import open_ledger

    with open_ledger(db) as ledger:
        entries: Iterator[Any] = iter(chronicle(ledger, looked_for) if together else find(ledger, looked_for))
        first = next(entries, None)
        if first is None:
            hint = "" if looked_for != Wanted() else "; it is empty: fill it with `kronik add PATH`"
            if looked_for.text and not looked_for.anywhere and (holding := reports_holding(ledger, looked_for.text)):
                hint = f"; {holding} report{' holds' if holding == 1 else 's hold'} the words: try --anywhere"
            talk(f"{db}: no event matches{hint}")
        elif as_json:
            print_json(first.to_json())
            for entry in entries:
                print_json(entry.to_json())
        else:
            from itertools import chain

            from kronik.show.output import print_lines
            from kronik.show.text import entry_lines
            from kronik.show.together import chronicle_lines

            lines_of: Any = chronicle_lines if together else entry_lines
            print_lines(line for entry in chain([first], entries) for line in lines_of(entry))


def export_events(
    ledger: Any, form: Any, what: Any, output: Path | None, looked_for: Any, *, unconfirmed: bool, once: bool
) -> None:
    """Write what is looked for in that format to a file or to standard output, and say what was left out."""
    from collections import Counter

    from kronik.show.exports import FORMATS, event_lines, left_out_words
    from kronik.show.exports.telling import told_events
    from kronik.store.exporting import VIEWS, csv_lines, json_lines, objects, write_file
    from kronik.store.finding import Wanted

    if once and form not in FORMATS:
        raise UsageError(f"{form} has entries told once of its own: write them with --what entries, without --once")
    left_out: Counter[str] = Counter()
    only = None if looked_for == Wanted() else looked_for
    if form == "parquet":
        from kronik.show.exports.parquet import write_parquet

        if what in VIEWS:
            raise UsageError(f"parquet holds no {what}: write them as jsonl or csv")
        if output is None:
            raise UsageError("Parquet is no text: name a file with -o FILE")
        write_parquet(output, objects(ledger, what, only), what)
        return
    if form in FORMATS and what != "events":
        raise UsageError(f"{form} holds events: leave --what {what} out, or write it as jsonl, csv or parquet")
    if form == "csv":
        lines: Iterable[str] = csv_lines(ledger, what, only)
    elif form == "jsonl":
        lines = (f"{line}\n" for line in json_lines(ledger, what, only))
    else:
        lines = event_lines(form, told_events(ledger, only, once=once), left_out, unconfirmed=unconfirmed)
    if output:
        write_file(output, lines)
    else:
        sys.stdout.writelines(lines)
    if left_out:
        talk(f"left out {left_out_words(left_out)}: {form} has no place for them (docs/exports.md)")


def _drop_output() -> None:
    """Let what is still buffered for stdout go nowhere, so that it does not fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: Iterable[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # data is UTF-8, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    commands(args=None if arguments is None else list(arguments), prog_name="kronik")
