"""`kronik reconcile`, `stories`, `lineage` and `judge`: the commands that bring reports of one happening together."""

from __future__ import annotations

import getpass
import time
from datetime import UTC, datetime
from typing import Any

import click

from kronik.show.options import COUNT, json_option, ledger_option
from kronik.show.talking import print_json, talk
from kronik.store.location import Location

EVERY_SECONDS = 5.0
"""How often a run of reconciling tells where it stands."""


@click.command()
@ledger_option
def reconcile(db: Location) -> None:
    """Find which reports are copies, translations or one story, and which events are one.

    Only what is new in the ledger is compared. What people judged with `kronik judge` stands. It may be stopped at any
    moment; the same command goes on.
    """
    from kronik.reconcile.running import reconcile as run
    from kronik.show.text import count
    from kronik.store.ledger import open_ledger

    last = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            talk(f"{done:,} of {count(of, 'report')} compared so far")

    open_ledger(db).close()  # which refuses where there is none: only `kronik add` makes a ledger
    with open_ledger(db, write=True) as ledger:
        result = run(ledger, _now(), tell)
    decided = ", ".join(f"{kind} {number:,}" for kind, number in sorted(result.decided.items()))
    talk(
        f"{db}: {count(result.reports, 'new report')} compared{f' ({decided})' if decided else ''};"
        f" {count(result.stories, 'story', 'stories')} of several reports,"
        f" {count(result.entries, 'event')} told by several"
    )


@click.command()
@click.option("--limit", type=COUNT, metavar="N", help="At most so many stories.")
@ledger_option
@json_option
def stories(limit: int | None, db: Location, as_json: bool) -> None:
    """Print the stories that several reports tell, the largest first.

    With --json all stories, those of one report too, in order of their ids.
    """
    from itertools import islice

    from kronik.show.output import print_lines
    from kronik.show.together import story_lines
    from kronik.store import chronicle
    from kronik.store.ledger import open_ledger

    with open_ledger(db) as ledger:
        if as_json:
            for one in islice(chronicle.stories(ledger), limit):
                print_json(one)
            return
        told = [one for one in chronicle.stories(ledger) if len(one["reports"]) > 1]
        told.sort(key=lambda one: (-len(one["reports"]), one["story"]))
        for one in told[:limit]:
            print_lines(story_lines(ledger, one))
        if not told:
            talk(f"{db}: no story is told by several reports; `kronik reconcile` looks for them")


@click.command()
@click.argument("report")
@ledger_option
@json_option
def lineage(report: str, db: Location, as_json: bool) -> None:
    """Print what a report is a copy or translation of, whom it credits, and what is of it."""
    from kronik.show.output import print_lines
    from kronik.show.together import lineage_lines
    from kronik.store.explaining import stored
    from kronik.store.ledger import open_ledger
    from kronik.store.lineage import lineage as rows_of

    with open_ledger(db) as ledger:
        found = stored(ledger, report)
        if as_json:
            for row in rows_of(ledger, found.id):
                print_json(row)
        else:
            print_lines(lineage_lines(ledger, found))


@click.command()
@click.argument("pair", nargs=-1, metavar="[LEFT RIGHT]")
@click.option(
    "--say", type=click.Choice(["same", "different", "unsure"]), help="The judgement, instead of being asked."
)
@click.option("--stories", "of_stories", is_flag=True, help="Ask about reports of one story instead of events.")
@click.option("--by", metavar="NAME", help="Who judges.  [default: the user's name]")
@click.option("--limit", type=COUNT, default=20, show_default=True, metavar="N", help="Ask so often.")
@ledger_option
def judge(pair: tuple[str, ...], say: Any, of_stories: bool, by: str | None, limit: int, db: Location) -> None:
    """Say whether two events, or two reports, are the same happening.

    LEFT and RIGHT are two events (ID#N) or two reports (ID). Without them the pairs are asked of which comparing was
    least sure. What is said stands over every later run.
    """
    from kronik.errors import UsageError
    from kronik.reconcile.judging import Doubt, doubts, two_of_a_kind
    from kronik.reconcile.judging import judge as record
    from kronik.show.output import print_lines
    from kronik.show.together import doubt_lines
    from kronik.store.ledger import open_ledger

    if pair and len(pair) != 2:
        raise UsageError("judge takes two events or two reports, or none: name both")
    if say and not pair:
        raise UsageError("--say needs the two that it is about: kronik judge LEFT RIGHT --say same")
    who = by or _user()
    open_ledger(db).close()  # which refuses where there is none
    with open_ledger(db, write=True) as ledger:
        if pair:
            left, right = pair
            two_of_a_kind(ledger, left, right)  # refused before anything is asked
            asked = [Doubt(left, right, 0.0, ())]
        else:
            asked = doubts(ledger, "story" if of_stories else "event", limit)
        if not asked:
            talk(f"{db}: nothing is in doubt; `kronik reconcile` compares what is new")
        for one in asked:
            answer = say
            if answer is None:
                print_lines(doubt_lines(ledger, one))
                answer = _asked()
            if answer == "quit":
                return
            made = record(ledger, one.left, one.right, answer, who, _now())
            talk(f"{made.left} and {made.right}: {answer}, says {who}")


def _asked() -> str:
    said = click.prompt(
        "same, different, unsure or quit", type=click.Choice(["s", "d", "u", "q"]), err=True, show_choices=True
    )
    return {"s": "same", "d": "different", "u": "unsure", "q": "quit"}[said]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
