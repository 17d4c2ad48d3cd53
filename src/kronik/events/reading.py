"""A Report with its mentions, times and quotes to the events that it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kronik.events import proposed
from kronik.events.chunks import Chunk, Row, lay_out
from kronik.events.frames import Frame, Lexicon, fitting, lexicon
from kronik.events.grammar import Grammar, grammar
from kronik.events.items import clause_end, find_items, items_near
from kronik.events.merging import merge
from kronik.events.participants import Cast, distinct, together
from kronik.events.passages import Attempt, Passage, Rejected
from kronik.events.roles import EMPTY, Filling, giver, nearest_after, receiver, slot
from kronik.events.setting import find_place, with_time
from kronik.events.status import StatusFound, find_status
from kronik.events.triggers import Trigger, find_triggers
from kronik.events.weighing import Judge, weigh
from kronik.languages import Language
from kronik.model import Entity, Event, Item, Mention, Participant, Quote, Report, Sentence, Span, Time
from kronik.reader.proposals import Proposal
from kronik.world import World

HAPPENS_AT_RECIPIENT = frozenset({"ASSAULT"})  # a state or place that is attacked is where the attack happens
ASKING = frozenset({"REQUEST", "REJECT", "THREATEN"})  # what is asked, refused or threatened is no event of its own
ITEM_REACH = 12  # chunks after the slot begins in which an item may be named


def read_events(
    report: Report,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    times: Sequence[Time],
    quotes: Sequence[Quote],
    language: Language,
    world: World,
    proposals: Sequence[Proposal] | None = None,
    judge: Judge | None = None,
    watch: Callable[[Passage], None] | None = None,
) -> tuple[Event, ...]:
    """The events that the report tells, in the order of the text, each happening once.

    ``mentions`` are in order and do not overlap; ``entities`` are those that ``Mention.entity`` numbers. ``proposals``
    are the reader's, ``judge`` tells how likely the events made of them are (`kronik.events.weighing`); without
    proposals the frames alone make the events. ``watch`` is shown each sentence with what came of it, and changes
    nothing.
    """
    rules, words = grammar(language), lexicon(language)
    cast = Cast(report, tuple(mentions), tuple(entities), tuple(quotes), language, world)
    events: list[Event] = []
    passages: list[Passage] = []
    for row in lay_out(sentences, mentions, times, rules):
        attempts = tuple(_attempts(row, words, rules, cast, together(events)))
        told = _with_times([a.outcome for a in attempts if isinstance(a.outcome, Event)], row, cast)
        inside = None
        if proposals is not None:
            inside = tuple(proposal for proposal in proposals if row.sentence.span.contains(proposal.trigger))
            told = proposed.events_of(row, inside, told, events, cast, rules, times)
        events += told
        passages.append(Passage(row, cast, attempts, inside, tuple(told), times=tuple(times)))
    if judge is not None:
        passages = weigh(passages, judge)
    if watch is not None:
        for passage in passages:
            watch(passage)
    return merge([event for passage in passages for event in passage.events])


def _attempts(
    row: Row, words: Lexicon, rules: Grammar, cast: Cast, together: tuple[Participant, ...]
) -> Iterator[Attempt]:
    """Each frame that a trigger of the sentence offers: at each place the longest trigger that makes an event, then on
    after it.
    """
    chunks = row.chunks
    fits = fitting(row.sentence.span.of(cast.report.text))
    free_from = 0
    asked = -1  # the chunk after the last trigger that asks for something
    taken = Rejected("taken", "")
    for alternatives in find_triggers(chunks, words, rules):
        passed_over: Rejected | None = None
        if alternatives[0].first < free_from:
            passed_over = taken
        elif _is_asked_for(alternatives[0], asked, chunks, rules):
            passed_over = Rejected("asked for", "the words before only ask for it, refuse it or threaten it")
        for trigger in alternatives:
            for frame in trigger.frames:
                outcome: Event | Rejected
                if passed_over is not None:
                    outcome = passed_over
                elif not fits(frame):
                    outcome = Rejected("no fit", "the sentence lacks what must stand near, or holds what must not")
                else:
                    outcome = _try_frame(frame, trigger, chunks, rules, cast, together)
                yield Attempt(trigger, frame, outcome)
                if isinstance(outcome, Event):
                    free_from = trigger.after
                    asked = free_from if frame.type in ASKING else asked
                    words_taken = trigger.span.of(cast.report.text)
                    taken = passed_over = Rejected("taken", f"frame “{frame.name}” has read “{words_taken}” here")


def _with_times(events: Sequence[Event], row: Row, cast: Cast) -> list[Event]:
    return [with_time(event, [other.trigger for other in events], row.times, cast.report.text) for event in events]


def framed_event(
    frame: Frame,
    trigger: Trigger,
    chunks: Sequence[Chunk],
    rules: Grammar,
    cast: Cast,
    together: tuple[Participant, ...] = (),
) -> Event | None:
    """The event that the frame makes of the trigger; None where a role that it needs stays empty, or it points back."""
    outcome = _try_frame(frame, trigger, chunks, rules, cast, together)
    return outcome if isinstance(outcome, Event) else None


def _try_frame(
    frame: Frame,
    trigger: Trigger,
    chunks: Sequence[Chunk],
    rules: Grammar,
    cast: Cast,
    together: tuple[Participant, ...],
) -> Event | Rejected:
    """The event that the frame makes of the trigger, or why it makes none."""
    because = [f"frame “{frame.name}” by “{trigger.span.of(cast.report.text)}” ({trigger.reads})"]
    acts = _first_filled(frame.actor, trigger, chunks, rules)
    undergoes = _first_filled(frame.recipient, trigger, chunks, rules, taken=acts.chunks)
    if not undergoes.chunks and frame.recipient and trigger.reads == "active":
        undergoes = nearest_after(trigger, chunks, rules)
    if trigger.reads == "noun" and not acts.chunks and not undergoes.chunks and _points_back(trigger, chunks, rules):
        return Rejected("points back", "the noun points back to what was told, and names nobody")
    if trigger.reads == "noun" and (receives := receiver(trigger, chunks, rules)).chunks:
        acts, undergoes = giver(trigger, chunks, rules), receives
    actors = _participants(acts, chunks, cast, together, acting=True)
    recipients = _participants(undergoes, chunks, cast, together, acting=frame.reciprocal)
    if not actors:
        actors = _first_person(trigger, chunks, rules, cast)
        if actors:
            because.append("actor: the speaker, who says “we” or “I”")
    if frame.reciprocal:
        actors, recipients = distinct(actors + recipients), ()
    recipients = tuple(r for r in recipients if all(r.name != a.name for a in actors))
    if acts.chunks:
        because.append(f"actor: {acts.rule}")
    if undergoes.chunks:
        because.append(f"{'actor' if frame.reciprocal else 'recipient'}: {undergoes.rule}")
    items = _items(frame, trigger, chunks, rules, cast)
    also = tuple(at for name in frame.place for at in slot(name, trigger, chunks, rules).chunks)
    if frame.type in HAPPENS_AT_RECIPIENT:
        also += undergoes.chunks
    where = find_place(trigger, chunks, rules, cast, also)
    filled = {
        "actor": bool(actors),
        "recipient": len(actors) > 1 if frame.reciprocal else bool(recipients),
        "item": bool(items),
        "place": where is not None,
    }
    status = find_status(trigger, chunks, rules, cast.language)
    sources = tuple(s for s in cast.sources_of(trigger.span) if all(s.name != a.name for a in actors))
    # "The Kremlin says that no agreement was signed" is told, though the denial names no parties.
    is_denial = status.status == "denied" and trigger.reads == "noun" and bool(sources)
    if not is_denial and not all(filled[role] for role in frame.needs):
        parties = [
            f"{role}: {party.name}" for role, those in (("actor", actors), ("recipient", recipients)) for party in those
        ]
        empty = ", ".join(f"no {role}" for role, full in filled.items() if role in frame.needs and not full)
        return Rejected("role empty", "; ".join([empty, *parties, *because[1:]]))
    if status.kind == "conditional":
        return Rejected("conditional", status.rule)
    if status.status in ("occurred", "possible") and _is_purpose(trigger, chunks, rules):
        return Rejected("purpose", "only what something is done for")
    if frame.status:
        status = StatusFound(frame.status, f"{frame.status}: by the frame")
    because.append(f"status {status.rule}")
    parts = [trigger.span, *(chunks[at].span for at in acts.chunks + undergoes.chunks), *(i.span for i in items)]
    evidence = _hull(parts)
    return Event(
        type=frame.type,
        mode=frame.mode,
        trigger=trigger.span,
        evidence=evidence,
        status=status.status,
        confidence=_confidence(acts, undergoes, trigger, status, bool(actors)),
        actors=actors,
        recipients=recipients,
        place=where,
        items=items,
        sources=sources,
        because=tuple(because),
    )


def _first_filled(
    names: Sequence[str], trigger: Trigger, chunks: Sequence[Chunk], rules: Grammar, taken: Sequence[int] = ()
) -> Filling:
    for name in names:
        filling = slot(name, trigger, chunks, rules)
        left = tuple(at for at in filling.chunks if at not in taken)
        if left:
            return Filling(left, filling.rule, filling.sure)
    return EMPTY


def _participants(
    filling: Filling, chunks: Sequence[Chunk], cast: Cast, together: tuple[Participant, ...], *, acting: bool
) -> tuple[Participant, ...]:
    found: list[Participant] = []
    for at in filling.chunks:
        mention = chunks[at].mention
        if mention is not None:
            found += cast.participants(mention, together, acting=acting)
    return distinct(tuple(found))


def _first_person(trigger: Trigger, chunks: Sequence[Chunk], rules: Grammar, cast: Cast) -> tuple[Participant, ...]:
    """The speaker of the quote around the trigger, where "we" or "I" stands before it."""
    if trigger.reads != "active":
        return ()
    if not any(chunks[at].lower in rules.first_person for at in range(max(0, trigger.first - 6), trigger.first)):
        return ()
    speaker = cast.speaker_around(trigger.span)
    return (speaker,) if speaker else ()


def _points_back(trigger: Trigger, chunks: Sequence[Chunk], rules: Grammar) -> bool:
    """Whether a noun only points back to what was told ("the meeting", "pertemuan itu")."""
    before = chunks[trigger.first - 1].lower if trigger.first else ""
    following = chunks[trigger.after].lower if trigger.after < len(chunks) else ""
    return before in rules.definite or following in rules.anaphoric_after


def _is_asked_for(trigger: Trigger, asked: int, chunks: Sequence[Chunk], rules: Grammar) -> bool:
    """Whether the act is what the words before ask for: "urged China to leave", at most a mention and words between."""
    if asked < 0 or trigger.first == 0 or chunks[trigger.first - 1].lower not in rules.infinitive:
        return False
    between = chunks[asked : trigger.first - 1]
    return len(between) <= 6 and all(c.part in ("mention", "word", "determiner", "adverb") for c in between)


def _is_purpose(trigger: Trigger, chunks: Sequence[Chunk], rules: Grammar) -> bool:
    """Whether the act is only what something is done for ("untuk membantu korban"): no event of its own."""
    before = trigger.first - 1
    while before >= 0 and chunks[before].part in ("adverb", "auxiliary"):
        before -= 1
    return before >= 0 and chunks[before].lower in rules.purpose


def _items(frame: Frame, trigger: Trigger, chunks: Sequence[Chunk], rules: Grammar, cast: Cast) -> tuple[Item, ...]:
    for name in frame.item:
        if name == "subject" or (name == "object" and trigger.reads == "passive"):
            start, end = max(0, trigger.first - ITEM_REACH), trigger.first
        elif name == "object":
            start, end = trigger.after, min(len(chunks), trigger.after + ITEM_REACH)
        else:
            at = next((n for n in range(trigger.after, len(chunks)) if chunks[n].lower == name), None)
            if at is None:
                continue
            start, end = at + 1, min(len(chunks), at + 1 + ITEM_REACH)
        items = find_items(start, min(end, clause_end(chunks, start)), chunks, cast.report.text, rules, cast.language)
        if items:
            return items
    return items_near(trigger, chunks, frame.type, cast, rules)


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _confidence(acts: Filling, undergoes: Filling, trigger: Trigger, status: StatusFound, has_actor: bool) -> float:
    """A first, uncalibrated confidence: surer with an actor that stands free, a second party, and a longer trigger."""
    confidence = 0.45
    confidence += 0.15 * (has_actor and acts.sure) + 0.1 * bool(undergoes.chunks)
    confidence += 0.05 * min(2, trigger.after - trigger.first - 1) + 0.05 * (trigger.reads != "noun")
    confidence -= 0.1 * (status.kind in ("conditional", "possible"))
    return round(min(0.95, max(0.05, confidence)), 2)
