"""A page and a way to read it to its trace as JSON: sentence by sentence what fired, what was rejected, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kronik.contract import to_json
from kronik.events.passages import Attempt, Passage, Rejected
from kronik.events.weighing import LEAST
from kronik.model import Event, Page, Reading, Span, Time
from kronik.reader.candidates import PUBLISHED
from kronik.reader.proposals import Proposal

Json = dict[str, Any]
ReadPage = Callable[..., Reading]


def trace(page: Page, read_page: ReadPage) -> Json:
    """The trace of a page that ``read_page`` reads, which must take ``watch`` as `kronik.pipeline.read_one` does.

    Raises what ``read_page`` raises.
    """
    passages: list[Passage] = []
    return to_trace(read_page(page, watch=passages.append), passages)


def to_trace(reading: Reading, passages: Sequence[Passage]) -> Json:
    """The reading and what was watched of it as one object; its head is that of the reading's JSON."""
    told = to_json(reading)
    return {
        "id": told["id"],
        "report": told["report"],
        "events": len(told["events"]),
        "threshold": LEAST,
        "sentences": [_sentence(number, passage, reading) for number, passage in enumerate(passages, 1)],
    }


def _sentence(number: int, passage: Passage, reading: Reading) -> Json:
    span, text = passage.row.sentence.span, reading.report.text
    begun = tuple(quote for quote in reading.quotes if span.start <= quote.span.start < span.end)
    events = to_json(Reading(reading.report, passage.events, begun))
    return {
        "sentence": number,
        "paragraph": passage.row.sentence.paragraph + 1,
        "text": span.of(text),
        "span": [span.start, span.end],
        "attempts": [_attempt(attempt, passage, text) for attempt in passage.attempts],
        "proposals": None if passage.proposals is None else [_proposal(p, passage, text) for p in passage.proposals],
        "events": [
            {**told, **_kept(event, reading)} for told, event in zip(events["events"], passage.events, strict=True)
        ],
        "times": [_time(time, passage.events, text) for time in passage.row.times],
        "quotes": events["quotes"],
    }


def _attempt(attempt: Attempt, passage: Passage, text: str) -> Json:
    outcome = attempt.outcome
    made = outcome if isinstance(outcome, Event) else None
    return {
        "trigger": attempt.trigger.span.of(text),
        "span": _span(attempt.trigger.span),
        "reads": attempt.trigger.reads,
        "frame": attempt.frame.name,
        "type": attempt.frame.type,
        "mode": attempt.frame.mode,
        "outcome": outcome.kind if isinstance(outcome, Rejected) else "made",
        "why": _why(attempt, outcome, passage) if isinstance(outcome, Rejected) else _decided(outcome, passage),
        "actors": [party.name for party in made.actors] if made else [],
        "recipients": [party.name for party in made.recipients] if made else [],
        "status": made and made.status,
    }


def _why(attempt: Attempt, rejected: Rejected, passage: Passage) -> str:
    """Why a frame made nothing; of one that does not fit, what stands in the sentence that must not, if anything."""
    if rejected.kind != "no fit":
        return rejected.why
    sentence = passage.row.sentence.span.of(passage.cast.report.text).lower()
    barring = next((found for pattern in attempt.frame.unless if (found := pattern.search(sentence))), None)
    return f"“{barring[0]}” stands there, which must not" if barring else "what must stand near is not there"


def _decided(framed: Event, passage: Passage) -> str:
    """What became of a frame's event where the reader had its say."""
    if passage.proposals is None:
        return "told by the frame alone"
    if any(event.trigger == framed.trigger and event.because[:1] == framed.because[:1] for event in passage.events):
        return "kept though the reader does not propose it: not done, and told with both parties and the thing"
    over = [event for event in passage.events if event.trigger.overlaps(framed.trigger)]
    if any(event.type == framed.type for event in over):
        return "the reader reads the same act"
    if over:
        return f"dropped: the reader takes the words for {over[0].type}"
    likeliest = max((happens for e, happens in passage.weighed if e.trigger.overlaps(framed.trigger)), default=None)
    if likeliest is None:
        return "dropped: the reader proposes nothing here"
    return f"dropped: weighed {likeliest:.2f} only, as the reader proposes it"


def _proposal(proposal: Proposal, passage: Passage, text: str) -> Json:
    weighed = next((happens for e, happens in passage.weighed if e.trigger == proposal.trigger), None)
    told = any(event.trigger == proposal.trigger for event in passage.events)
    outcome = "told" if told else "not told" if weighed is None else "under the threshold"
    return {
        "trigger": proposal.trigger.of(text),
        "span": _span(proposal.trigger),
        "type": proposal.type,
        "mode": proposal.mode,
        "status": proposal.status,
        "probability": proposal.confidence,
        "weighed": weighed,
        "outcome": outcome,
        "roles": [_role(passage, number, role, score) for number, role, score in proposal.roles],
        "time": proposal.time and _linked_time(passage, *proposal.time),
        "items": [{"text": at.of(text), "span": _span(at), "probability": score} for at, score in proposal.items],
    }


def _linked_time(passage: Passage, number: int, score: float) -> Json:
    """The time of a proposal; without text and span where it is the day of publication."""
    if number == PUBLISHED:
        day = passage.cast.report.published
        told = day and day.isoformat()
        return {"text": None, "span": None, "start": told, "end": told, "probability": score}
    time = passage.times[number]
    text = time.span.of(passage.cast.report.text)
    return {"text": text, "span": _span(time.span), "start": time.start, "end": time.end, "probability": score}


def _role(passage: Passage, number: int, role: str, score: float) -> Json:
    """A role of a proposal, and whom its mention means where it acts."""
    mention = passage.cast.mentions[number]
    meant = () if role == "place" else passage.cast.participants(mention, acting=True)
    return {
        "role": role,
        "text": mention.span.of(passage.cast.report.text),
        "span": _span(mention.span),
        "probability": score,
        "means": [who.name for who in meant],
    }


def _kept(event: Event, reading: Reading) -> Json:
    """The number of the event in the reading, or of the one that tells the same happening and took it in."""
    for number, final in enumerate(reading.events, 1):
        if (final.trigger, final.type) == (event.trigger, event.type):
            return {"number": number, "merged": False}
    for number, final in enumerate(reading.events, 1):
        if final.type == event.type and event.evidence in final.further:
            return {"number": number, "merged": True}
    return {"number": None, "merged": False}


def _time(time: Time, events: Sequence[Event], text: str) -> Json:
    return {
        "text": time.span.of(text),
        "span": _span(time.span),
        "start": time.start,
        "end": time.end,
        "rule": time.rule,
        "of_telling": time.of_telling,
        "taken_by": list(_takers(time, events, text)),
    }


def _takers(time: Time, events: Sequence[Event], text: str) -> Iterator[str]:
    """The triggers of the events that say, in their reasons, that they took their date from the expression."""
    for event in events:
        if any(f"“{time.span.of(text)}”" in why for why in event.because) and (
            (event.start, event.end) == (time.start, time.end)
        ):
            yield event.trigger.of(text)


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
