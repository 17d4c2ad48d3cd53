"""Why the ledger holds what it holds about a report or an event, to lines of styled text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.text import Text

from kronik.show.text import (
    DATE_WIDTH,
    PUBLISHED_FROM,
    Line,
    clean,
    event_lines,
    head_lines,
    heading,
    participant_words,
    place_words,
    quote_line,
    removed_lines,
    when_in_words,
)
from kronik.store.explaining import Explained, Stored
from kronik.store.exporting import item_words

Json = dict[str, Any]


def report_explained_lines(stored: Stored) -> Iterator[Line]:
    """How a report was read: its date, what was taken out and why, and the rules behind each event and quote."""
    reading = stored.reading
    head = reading["report"]
    yield from head_lines(reading)
    yield from heading("Taken out of the page")
    if head["not_article"]:
        yield from removed_lines(reading, outside=True)
    else:
        yield Line(Text("nothing"), 2)
    yield from heading("Events")
    for number, event in enumerate(reading["events"], 1):
        yield from event_lines(event, f"{reading['id']}#{number}")
        for reason in event["because"]:
            yield Line(Text(f"· {clean(reason)}", "dim"), DATE_WIDTH)
    yield from heading("Quotes")
    for quote in reading["quotes"]:
        yield quote_line(quote)
        yield Line(Text(f"· {clean(quote['rule'])}", "dim"), DATE_WIDTH)


def event_explained_lines(shown: Explained) -> Iterator[Line]:
    """Why the ledger holds an event: its words in their paragraph, its rules, its participants with their spans."""
    event = shown.event
    head = shown.stored.reading["report"]
    yield from event_lines(event, shown.id, told_by=head["publisher"])
    yield from heading("The words (« » around the evidence, * * around the word that names the act)")
    yield Line(_marked(shown), 2)
    for start, end in event["further"]:
        yield Line(Text(f"also told at characters {start} to {end}: “{clean(head['text'][start:end])}”", "dim"), 2)
    yield from heading("The rules")
    for reason in event["because"] or ("no rule was recorded",):
        yield Line(Text(f"· {clean(reason)}"), 2)
    yield from heading("When")
    yield Line(Text(when_in_words(event)), 2)
    known = PUBLISHED_FROM.get(head["published_from"], "given")
    yield Line(Text(f"the report was published {head['published']} ({known})" if head["published"]
                    else "the report's date of publication is not known"), 2)  # fmt: skip
    yield from heading("Who, where and with what (with their characters in the report's text)")
    for key, role in (("actors", "actor"), ("recipients", "recipient"), ("sources", "source")):
        for who in event[key]:
            yield Line(Text(f"{role}: {participant_words(who)}{_at(who)}"), 2)
    for item in event["items"]:
        yield Line(Text(clean(f"item: {item_words(item)}, written “{item['text']}”{_at(item)}")), 2)
    if place := event["place"]:
        yield Line(Text(f"place: {place_words(place)}{_at(place)}"), 2)
    yield Line(Text(f"confidence {event['confidence']:.2f}; report {clean(shown.stored.id)}, version"
                    f" {shown.stored.version}, read by kronik {shown.stored.engine}", "dim"), 2)  # fmt: skip


def _marked(shown: Explained) -> Text:
    """The paragraph of an event with its evidence and its trigger marked."""
    evidence, trigger = (
        [place - shown.offset for place in shown.event[f"{key}_span"]] for key in ("evidence", "trigger")
    )
    marks = [(evidence[0], 0, "«"), (trigger[0], 1, "*"), (trigger[1], 2, "*"), (evidence[1], 3, "»")]
    marked = Text()
    done = 0
    for at, _, mark in sorted(marks):
        within = evidence[0] <= done < evidence[1]
        marked.append(re.sub(r"\s+", " ", shown.paragraph[done:at]), "bold" if within else "")
        marked.append(mark, "bold cyan")
        done = at
    marked.append(re.sub(r"\s+", " ", shown.paragraph[done:]))
    return marked


def _at(one: Json) -> str:
    start, end = one["span"]
    return f", at {start} to {end}"
