"""Readings and chronicle entries, in the shape of the public JSON, to lines of styled text.

A line is a ``rich`` Text and the column at which it starts; ``show.output`` wraps it for a terminal or prints it plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from kronik.model import OUTSIDE
from kronik.store.dates import interval
from kronik.store.explaining import Explained, Stored
from kronik.store.exporting import item_words
from kronik.store.finding import Entry

Json = dict[str, Any]

DATE_WIDTH = 12
"""The column at which an entry's words start, after its date."""

STATUS_STYLES = {"planned": "cyan", "denied": "red", "possible": "yellow"}
PUBLISHED_FROM = {"meta": "given with the page", "text": "worked out from the text"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what stands in its first column, if anything, and its words, which start at ``indent``."""

    words: Text
    indent: int = 0
    lead: str = ""


def entry_lines(entry: Entry) -> Iterator[Line]:
    """One event of the chronicle in two lines: what happened, and the words that tell it with who tells it."""
    yield from event_lines(entry.event, entry.id, told_by=entry.publisher)


def event_lines(event: Json, id: str, told_by: str | None = None) -> Iterator[Line]:
    """One event in two lines: date, who, what, to whom, where, with what, its id; then the words and whose they are."""
    lead, remark = _when(event)
    words = Text()
    words.append(names(event["actors"]) or "(not named)", "bold")
    words.append(" → ", "dim")
    words.append(_act(event), "bold magenta")
    if event["status"] != "occurred":
        words.append(f" ({event['status']})", STATUS_STYLES[event["status"]])
    if event["recipients"]:
        words.append(" → ", "dim")
        words.append(names(event["recipients"]), "bold")
    if event["items"]:
        words.append(f": {', '.join(clean(item_words(item)) for item in event['items'])}")
    if event["place"]:
        words.append(f", at {clean(event['place']['name'])}", "green")
    if remark:
        words.append(f", {remark}", "blue")
    words.append(f"  [{clean(id)}]", "dim")
    yield Line(words, DATE_WIDTH, lead)
    behind = Text(f"“{clean(event['evidence'])}”", "italic")
    said = [clean(told_by)] if told_by else []
    if event["sources"]:
        said.append(f"according to {names(event['sources'])}")
    if said:
        behind.append(f" — {', '.join(said)}", "not italic dim")
    yield Line(behind, DATE_WIDTH)


def reading_lines(reading: Json, *, article: bool = False, min_confidence: float | None = None) -> Iterator[Line]:
    """What one report tells: its head, its events in order of time, its quotes, what was taken out; with ``article``
    its text as well. Events that are less sure than ``min_confidence`` are left out; the others keep their numbers.
    """
    head = reading["report"]
    events = [(number, one) for number, one in _in_time(reading) if one["confidence"] >= (min_confidence or 0)]
    yield from head_lines(reading)
    if left_out := len(reading["events"]) - len(events):
        yield Line(Text(f"left out as less sure than {min_confidence:g}: {count(left_out, 'event')}", "dim"))
    if events:
        yield from heading("Events")
        for number, event in events:
            yield from event_lines(event, f"{reading['id']}#{number}")
    if reading["quotes"]:
        yield from heading("Quotes")
        yield from map(quote_line, reading["quotes"])
    if listed := [entity for entity in reading["entities"] if entity.get("listed")]:
        yield from heading("Names on sanctions lists")
        for entity in listed:
            for on in entity["listed"]:
                where = f"{clean(on['list'])}, {on['date'] or 'date unknown'}, entry {clean(on['id'])}"
                yield Line(Text(f"  {clean(entity['name'])}: “{clean(on['name'])}” of the {where}"))
    if head["not_article"]:
        yield from heading("Taken out of the page")
        yield from removed_lines(reading)
    if article:
        yield from heading("Text")
        for paragraph in head["text"].split("\n\n"):
            yield Line(Text(clean(paragraph)))
            yield Line(Text())


def head_lines(reading: Json) -> Iterator[Line]:
    """A report's title, where it comes from, and how much it tells."""
    head = reading["report"]
    yield Line(Text(clean(head["title"] or "(no title)"), "bold"))
    about = [clean(head["publisher"] or "publisher unknown")]
    if head["byline"]:
        about.append(f"by {clean(head['byline'])}")
    if head["dateline_place"]:
        about.append(clean(head["dateline_place"]))
    if head["published"]:
        about.append(f"published {head['published']} ({PUBLISHED_FROM.get(head['published_from'], 'given')})")
    else:
        about.append("date of publication unknown")
    about.append(f"language {head['language']}")
    if head["credits"]:
        about.append(f"credits {', '.join(map(clean, head['credits']))}")
    yield Line(Text(" · ".join(about)))
    if head["url"]:
        yield Line(Text(clean(head["url"]), "dim"))
    counts = (count(len(reading[key]), one) for key, one in (("events", "event"), ("quotes", "quote")))
    entities = count(len(reading["entities"]), "entity", "entities")
    yield Line(Text(f"{clean(reading['id'])}: {', '.join(counts)}, {entities}", "dim"))


def removed_lines(reading: Json, *, outside: bool = False) -> Iterator[Line]:
    """What was taken out of the page, with the reasons; what stood ``outside`` of the article only counted, or too."""
    head = reading["report"]
    counted = 0
    for text, reason in zip(head["not_article"], head["not_article_reasons"], strict=True):
        if reason == OUTSIDE and not outside:
            counted += 1
        else:
            yield Line(Text.assemble(f"“{clean(text)}”", (f" — {clean(reason)}", "dim")), 2)
    if counted:
        yield Line(Text(f"{count(counted, 'line')} {OUTSIDE}", "dim"), 2)


def stored_lines(stored: Stored, versions: Sequence[Stored] = ()) -> Iterator[Line]:
    """A report of the ledger, whole, with its earlier readings."""
    yield from reading_lines(stored.reading, article=True)
    yield from heading("In the ledger")
    for one in versions or (stored,):
        until = f", superseded {one.superseded_at}" if one.superseded_at else ", current"
        words = (
            f"version {one.version}, added {one.added_at}{until}, from {clean(one.origin)}, read by kronik {one.engine}"
        )
        yield Line(Text(words), 2)


def event_shown_lines(shown: Explained) -> Iterator[Line]:
    """An event of the ledger: its two lines, then each field by its name."""
    event = shown.event
    head = shown.stored.reading["report"]
    yield from event_lines(event, shown.id, told_by=head["publisher"])
    yield Line(Text())
    yield from _field("type", _act(event))
    yield from _field("contexts", ", ".join(event["contexts"]))
    yield from _field("status", event["status"])
    yield from _field("when", when_in_words(event))
    for key in ("actors", "recipients", "sources"):
        for who in event[key]:
            yield from _field(key, participant_words(who))
    for item in event["items"]:
        yield from _field("items", f"{item_words(item)}, written “{item['text']}”")
    if place := event["place"]:
        yield from _field("place", place_words(place))
    yield from _field("confidence", f"{event['confidence']:.2f}")
    yield from _field("report", f"{head['title'] or '(no title)'} ({shown.stored.id})")
    yield from _field("published", head["published"] or "unknown")
    yield from _field("url", head["url"] or "")


def names(those: Iterable[Json]) -> str:
    """The names of participants, parted by commas."""
    return ", ".join(clean(who["name"]) for who in those)


def clean(text: str) -> str:
    """The text on one line, without signs that could steer a terminal or turn the direction of writing."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", " ", text).split())


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 event", "2,000 events"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def heading(words: str) -> Iterator[Line]:
    """A heading with an empty line before it."""
    yield Line(Text())
    yield Line(Text(words, "underline"))


def _field(name: str, value: str) -> Iterator[Line]:
    if value:
        yield Line(Text(clean(value)), DATE_WIDTH, name)


def _act(event: Json) -> str:
    return f"{event['type']} {event['mode']}" if event["mode"] else str(event["type"])


def _when(event: Json) -> tuple[str, str]:
    """The date that leads an entry, and what is to be said about its end."""
    start, end = event["start"], event["end"]
    if start is None and end is None:
        return "undated", ""
    if start is None:
        return str(end), "until then"
    if end is None:
        return str(start), "from then on"
    return str(start), f"until {end}" if end != start else ""


def when_in_words(event: Json) -> str:
    """An event's dates: "2023-09-12, until 2023-09-17", "undated"."""
    lead, remark = _when(event)
    return f"{lead}, {remark}" if remark else lead


def participant_words(who: Json) -> str:
    """A participant's name, what is known of it, and how the report writes it."""
    about = ", ".join(part for part in (who["kind"], who["country"], who["wikidata"]) if part)
    return clean(f"{who['name']} ({about}), written “{who['text']}”")


def place_words(place: Json) -> str:
    """A place's name, where it is, and how the report writes it."""
    where = place["country"] or ""
    if place["latitude"] is not None and place["longitude"] is not None:
        where += f"{', ' if where else ''}{place['latitude']:.4f}, {place['longitude']:.4f}"
    return clean(f"{place['name']}{f' ({where})' if where else ''}, written “{place['text']}”")


def quote_line(quote: Json) -> Line:
    """Who says what."""
    speaker = quote["speaker"]
    words = Text(clean(speaker["name"]) if speaker else "(speaker not known)", "bold")
    words.append(f" ({clean(quote['cue'])})" if quote["cue"] else "", "dim")
    text = clean(quote["text"])
    words.append(f": “{text}”" if quote["direct"] else f", indirectly: {text}")
    return Line(words, 2)


def _in_time(reading: Json) -> list[tuple[int, Json]]:
    """The events with their numbers, in order of time, the undated last."""
    published = reading["report"]["published"]

    def order(one: tuple[int, Json]) -> tuple[bool, str, str, int]:
        first, last = interval(one[1]["start"], one[1]["end"], published)
        return first is None, first or "", last or "", one[0]

    return sorted(enumerate(reading["events"], 1), key=order)
