"""Stories, lineage, doubts, and what the reports of an entry tell together, to lines of styled text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from kronik.show.text import DATE_WIDTH, Line, clean, count, entry_lines, event_lines, head_lines, heading
from kronik.store.chronicle import Chronicled
from kronik.store.decisions import KINDS_OF_EVENTS, standing
from kronik.store.explaining import Stored, explain, stored
from kronik.store.ledger import Ledger
from kronik.store.lineage import lineage

Json = dict[str, Any]

KINDS = {
    "copy": ("is a copy of", "has a copy:"),
    "translation": ("is a translation of", "has a translation:"),
    "update": ("is an update of", "has an update:"),
    "credit": ("credits", "is credited by"),
}


def chronicle_lines(one: Chronicled) -> Iterator[Line]:
    """One line of the chronicle in two lines of text, with how many reports tell it where it is not one alone."""
    lines = list(entry_lines(one.event))
    if one.entry is not None:
        lines[0].words.append(f"  {together_words(one.entry)}", "yellow")
    yield from lines


def together_words(entry: Json) -> str:
    """How many reports tell an entry: "5 reports, 2 independent sources, disputed"."""
    independent = count(entry["independent"], "independent source")
    words = f"{count(len(entry['reports']), 'report')}, {independent}"
    return f"{words}, disputed" if entry["disputed"] else words


def story_lines(ledger: Ledger, story: Json) -> Iterator[Line]:
    """One story: its first report's title, and its reports in order of publication."""
    told = sorted((stored(ledger, id_) for id_ in story["reports"]), key=_published)
    head = told[0].reading["report"]
    yield Line(Text(clean(head["title"] or "(no title)"), "bold"))
    yield Line(Text(f"{count(len(told), 'report')}  [{clean(story['story'])}]", "dim"), 2)
    for one in told:
        yield Line(_report_words(one), 2 + DATE_WIDTH, f"  {one.reading['report']['published'] or 'undated'}")
    yield Line(Text())


def lineage_lines(ledger: Ledger, of: Stored) -> Iterator[Line]:
    """What a report is of others and others of it, with the reasons, and the story that it belongs to."""
    yield from head_lines(of.reading)
    yield from heading("Lineage")
    rows = list(lineage(ledger, of.id))
    for row in rows:
        mine = row["report"] == of.id
        other = row["of"] if mine else row["report"]
        words = Text(f"{KINDS[row['kind']][0 if mine else 1]} {clean(other)}")
        words.append(f"  score {row['score']:.2f}, decided by {clean(row['made_by'])}, {row['made_at']}", "dim")
        yield Line(words, 2)
        for reason in row["reasons"]:
            yield Line(Text(f"· {clean(reason)}", "dim"), 4)
    if not rows:
        yield Line(Text("none was found"), 2)
    with ledger.speaking() as connection:
        those = [
            row[0]
            for row in connection.execute(
                "SELECT report FROM story WHERE id = (SELECT id FROM story WHERE report = ?) AND report <> ?"
                " ORDER BY report",
                (of.id, of.id),
            )
        ]
    yield from heading("Told with it, in one story")
    for id_ in those:
        yield Line(_report_words(stored(ledger, id_)), 2)
    if not those:
        yield Line(Text("by no other report"), 2)


def doubt_lines(ledger: Ledger, doubt: Any) -> Iterator[Line]:
    """Two events or reports side by side, with why comparing took them for one."""
    yield Line(Text())
    for id_ in (doubt.left, doubt.right):
        found = explain(ledger, id_)
        if isinstance(found, Stored):
            yield from head_lines(found.reading)
            yield Line(Text(f"“{clean(found.reading['report']['text'][:400])} …”", "italic"), 2)
        else:
            head = found.stored.reading["report"]
            yield from event_lines(found.event, found.id, told_by=head["publisher"])
            yield Line(Text(clean(found.paragraph)[:400], "dim"), DATE_WIDTH)
    for reason in doubt.reasons:
        yield Line(Text(f"· {clean(reason)}", "dim"), 2)
    if doubt.reasons:
        yield Line(Text(f"score {doubt.score:.2f}: from 0.50 on they count as one", "dim"), 2)


def entry_explained_lines(ledger: Ledger, entry: Json) -> Iterator[Line]:
    """How an entry came about: its tellings, its sources, what differs, and the decisions that bind it."""
    yield from heading(f"One event, told by {together_words(entry)}")
    for id_ in entry["events"]:
        found = explain(ledger, id_)
        if not isinstance(found, Stored):
            yield from event_lines(found.event, found.id, told_by=_by(found.stored.reading["report"]))
    first = entry["first"]
    by = f"{clean(first['publisher'] or first['report'])}, {first['published'] or 'undated'}"
    after = f", according to {', '.join(map(clean, first['according_to']))}" if first["according_to"] else ""
    yield Line(Text(f"first told by {by}{after}"), 2)
    yield from heading("Independent sources")
    for number, source in enumerate(entry["sources"], 1):
        yield Line(Text(f"{number}. {', '.join(map(clean, source['reports']))}"), 2)
        for reason in source["because"]:
            yield Line(Text(f"· {clean(reason)}", "dim"), 4)
    if entry["differences"]:
        yield from heading("What the reports tell differently")
        for field, values in entry["differences"].items():
            told = "; ".join(f"{clean(value)} ({', '.join(map(clean, ids))})" for value, ids in values.items())
            yield Line(Text(f"{field}: {told}"), 2)
    yield from heading("Why they are one event")
    members = set(entry["events"])
    with ledger.speaking() as connection:
        about = {one for report in entry["reports"] for one in standing(connection, KINDS_OF_EVENTS, report=report)}
        for one in sorted(about, key=lambda one: (one.left, one.right, one.kind)):
            if one.left in members and one.right in members:
                words = Text(f"{clean(one.left)} and {clean(one.right)}: {one.kind.partition('-')[0]}")
                words.append(f"  score {one.score:.2f}, decided by {clean(one.made_by)}, {one.made_at}", "dim")
                yield Line(words, 2)
                for reason in one.reasons:
                    yield Line(Text(f"· {clean(reason)}", "dim"), 4)


def _by(head: Json) -> str:
    return ", ".join(part for part in (head["publisher"], head["published"]) if part)


def _report_words(one: Stored) -> Text:
    head = one.reading["report"]
    words = Text(clean(head["title"] or "(no title)"))
    words.append(f" — {clean(head['publisher'] or 'publisher unknown')}, {head['language']}", "dim")
    words.append(f"  [{clean(one.id)}]", "dim")
    return words


def _published(one: Stored) -> tuple[bool, str, str]:
    day = one.reading["report"]["published"]
    return day is None, day or "", one.id
