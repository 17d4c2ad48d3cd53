"""A trace, as `show.trace` makes it, to lines of styled text for those who work on frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from kronik.show.text import Line, clean, count, event_lines, heading, quote_line

Json = dict[str, Any]

LABEL = 10
"""The column at which what stands under a sentence starts, after its label."""

STYLES = {"made": "bold green", "told": "bold green", "no fit": "dim", "taken": "dim", "under the threshold": "dim"}


def trace_lines(trace: Json) -> Iterator[Line]:
    """The trace of one report: a block a sentence, in the order of the text."""
    head = trace["report"]
    yield Line(Text(clean(head["title"] or "(no title)"), "bold"))
    about = [clean(head["publisher"] or "publisher unknown"), f"published {head['published'] or 'unknown'}"]
    yield Line(Text(f"{' · '.join(about)} · language {head['language']}"))
    found = f"{count(len(trace['sentences']), 'sentence')}, {count(trace['events'], 'event')}"
    yield Line(Text(f"{clean(trace['id'])}: {found}", "dim"))
    for sentence in trace["sentences"]:
        yield from heading(f"{sentence['sentence']}. {clean(sentence['text'])}")
        yield from _sentence_lines(sentence, trace["id"], trace["threshold"])


def _sentence_lines(sentence: Json, id: str, threshold: float) -> Iterator[Line]:
    lead = "frames"
    for words in _attempts(sentence["attempts"]):
        yield Line(words, LABEL, lead)
        lead = ""
    lead = "reader"
    for proposal in sentence["proposals"] or ():
        yield Line(_proposal(proposal, threshold), LABEL, lead)
        lead = ""
    lead = "events"
    for event in sentence["events"]:
        number = f"{id}#{event['number']}" if event["number"] else "not kept"
        told, _ = event_lines(event, number)
        merged = f" is told by {number} too, and taken into it" if event["merged"] else ""
        yield Line(Text.assemble(f"{told.lead}  ", told.words, merged), LABEL, lead)
        yield Line(Text(f"· confidence {event['confidence']:.2f}", "dim"), LABEL + 2)
        for why in event["because"]:
            yield Line(Text(f"· {clean(why)}", "dim"), LABEL + 2)
        lead = ""
    lead = "times"
    for time in sentence["times"]:
        yield Line(_time(time), LABEL, lead)
        lead = ""
    lead = "quotes"
    for quote in sentence["quotes"]:
        yield Line(Text.assemble(quote_line(quote).words, (f" — {clean(quote['rule'])}", "dim")), LABEL, lead)
        lead = ""


def _attempts(attempts: list[Json]) -> Iterator[Text]:
    """One line for the frames that fared alike by one trigger."""
    alike: dict[tuple[Any, ...], list[Json]] = {}
    for attempt in attempts:
        made = () if attempt["outcome"] != "made" else (attempt["frame"],)
        alike.setdefault((*attempt["span"], attempt["reads"], attempt["outcome"], attempt["why"], *made), []).append(
            attempt
        )
    for group in alike.values():
        first = group[0]
        frames = ", ".join(f"{attempt['frame']} ({_act(attempt)})" for attempt in group)
        words = Text.assemble((f"“{clean(first['trigger'])}”", "bold"), f" {first['reads']}, {clean(frames)}: ")
        words.append(first["outcome"], STYLES.get(first["outcome"], "yellow"))
        if first["outcome"] == "made":
            words.append(f" {_parties(first)}")
        words.append(f"; {clean(first['why'])}", "dim")
        yield words


def _proposal(proposal: Json, threshold: float) -> Text:
    words = Text.assemble((f"“{clean(proposal['trigger'])}”", "bold"), f" {_act(proposal)}, {proposal['status']}, ")
    weighed = "" if proposal["weighed"] is None else f", weighed {proposal['weighed']:.2f}"
    words.append(f"probability {proposal['probability']:.2f}{weighed}: ")
    words.append(proposal["outcome"], STYLES.get(proposal["outcome"], "yellow"))
    if proposal["outcome"] == "under the threshold":
        words.append(f" of {threshold:.2f}", "dim")
    for role in proposal["roles"]:
        meant = ", ".join(map(clean, role["means"]))
        means = f" = {meant}" if meant and meant != role["text"] else ""
        words.append(f"; {role['role']} “{clean(role['text'])}”{means} {role['probability']:.2f}")
    if time := proposal["time"]:
        named = "the day of publication" if time["text"] is None else f"“{clean(time['text'])}”"
        words.append(f"; time {named} = {_days(time)} {time['probability']:.2f}")
    for item in proposal["items"]:
        words.append(f"; item “{clean(item['text'])}” {item['probability']:.2f}")
    return words


def _time(time: Json) -> Text:
    words = Text.assemble((f"“{clean(time['text'])}”", "bold"))
    words.append(f" {_days(time)}: ", "blue")
    words.append(clean(time["rule"]))
    if time["of_telling"]:
        words.append("; a date of the telling, not of what is told", "yellow")
    taken = ", ".join(f"“{clean(trigger)}”" for trigger in time["taken_by"])
    words.append(f"; taken by {taken}" if taken else "; not taken", "dim")
    return words


def _days(time: Json) -> str:
    return f"{time['start'] or '…'} to {time['end'] or '…'}"


def _act(one: Json) -> str:
    return f"{one['type']} {one['mode']}" if one["mode"] else str(one["type"])


def _parties(attempt: Json) -> str:
    """ "Russia → Ukraine (denied)"."""
    told = ", ".join(attempt["actors"]) or "(not named)"
    if attempt["recipients"]:
        told += f" → {', '.join(attempt['recipients'])}"
    return clean(told if attempt["status"] == "occurred" else f"{told} ({attempt['status']})")
