"""Annotated reports to examples: kronik's own reading of a page, and the annotation's events on its words and mentions.

The page is read by kronik's stages, so that the model learns on the text, sentences and mentions that it will meet.
What an annotation says in words (trigger, evidence, participants) is found again as characters and as mentions.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kronik import languages, world
from kronik.annotate import entities, names, quotes, sentences, times
from kronik.clean import article
from kronik.errors import PageError
from kronik.events.frames import lexicon
from kronik.events.hints import find_hints
from kronik.model import Entity, EventType, Mention, Page, Quote, Report, Sentence, Span, Status, Time
from kronik.read.sources import read_pages
from kronik.reader.candidates import PUBLISHED
from kronik.reader.given import Given
from kronik.reader.labels import Role
from kronik.reader.proposals import Hint
from training.events.annotations import page_of

Json = dict[str, Any]
# Words that tell no two participants apart, as in gold's score.py.
GENERIC = frozenset(
    {"the", "of", "and", "president", "presiden", "menteri", "minister", "prime", "perdana", "mr", "pemerintah"}
    | {"government", "republic", "republik", "state", "states", "negara"}
)
LEAST_WORD = 4  # letters that a trigger's word must have for its repetition to count as one
STEM = 6  # letters that two words must share at their beginning to be forms of one


@dataclass(frozen=True)
class Mark:
    """One annotated event on the words of the report.

    ``roles`` are (number of the mention, role); ``open`` are mentions that mean a participant too, where nobody says
    whether they fill the role: neither right nor wrong. ``times`` are the numbers of the times that resolve to when it
    was, PUBLISHED for the day of publication; ``items`` are where its things are named. ``lost`` counts participants
    that kronik has no mention for.
    """

    trigger: Span
    type: EventType
    mode: str | None
    status: Status
    roles: frozenset[tuple[int, Role]]
    open: frozenset[int]
    times: frozenset[int] = frozenset()
    items: tuple[Span, ...] = ()
    lost: int = 0


@dataclass(frozen=True)
class Example:
    """One report as kronik reads it, with its annotated events.

    ``repeats`` are words like those of a trigger: they may tell an annotated happening once more. ``blind``: the rules'
    hints are not to be seen, since they made the example.
    """

    report: Report
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    times: tuple[Time, ...]
    quotes: tuple[Quote, ...]
    hints: tuple[Hint, ...]
    marks: tuple[Mark, ...] = ()
    repeats: tuple[Span, ...] = ()
    gold: Json = field(default_factory=dict)
    blind: bool = False

    @property
    def given(self) -> Given:
        """What the reader is given of the report, but for the hints."""
        return Given(self.report, self.sentences, self.mentions, self.times, self.quotes)


def from_gold(folder: Path) -> Iterator[Example]:
    """The examples of a folder of ID.html or ID.txt with ID.json beside it, in the order of their ids."""
    for annotation in sorted(folder.glob("*.json")):
        gold = json.loads(annotation.read_text("utf-8"))
        page = next((p for s in (".html", ".txt") if (p := annotation.with_suffix(s)).is_file()), None)
        if page is None or "events" not in gold:
            continue
        for found in read_pages([str(page)]):
            if isinstance(found, Page):
                example = read(found, gold)
                if example is not None:
                    yield example


def from_pool(annotations: Iterable[tuple[Json, Json]]) -> Iterator[Example]:
    """The examples of annotations, each with the pool's record that it annotates."""
    for gold, record in annotations:
        example = read(page_of(gold, record), gold)
        if example is not None:
            yield example


def from_frames(code: str) -> Iterator[Example]:
    """The sentences that the frames of a language must read, each with the event that its frame makes of it."""
    language = languages.load(code)
    for frame in lexicon(language).frames:
        for number, expected in enumerate(frame.reads):
            example = read_report(Report(f"{code} {frame.name} {number}", code, expected["text"]), {"events": []})
            made = [hint for hint in example.hints if hint.made and hint.type == frame.type]
            if len(made) != 1:
                continue
            (hint,) = made
            mark = Mark(hint.span, hint.type, frame.mode, hint.status or "occurred", frozenset(hint.roles), frozenset())
            others = tuple(other.span for other in example.hints if not other.span.overlaps(hint.span))
            yield replace(example, marks=(mark,), repeats=others, blind=True)


def read(page: Page, gold: Json) -> Example | None:
    """The page's example; None where kronik cannot read the page."""
    try:
        report = article.clean(page, world.load())
    except PageError:
        return None
    return read_report(report, gold)


def read_report(report: Report, gold: Json) -> Example:
    """The example of a report that is cleaned already."""
    known = world.load()
    language = languages.load(report.language)
    parts = tuple(sentences.split(report.text, language))
    mentions, who = entities.resolve(report, parts, names.find(report, parts, language, known), language, known)
    said = tuple(quotes.find(report, parts, mentions, who, language))
    hints = find_hints(report, parts, mentions, who, said, language, known)
    when = times.find(report, parts, language)
    example = Example(report, parts, tuple(mentions), tuple(who), when, said, hints, gold=gold)
    marks = tuple(mark for event in gold["events"] if (mark := _mark(event, example)))
    return replace(example, marks=marks, repeats=_repeats(parts, marks))


def _mark(event: Json, example: Example) -> Mark | None:
    """The event on the report's words; None where its trigger is not found."""
    evidence = _find(event["evidence"], example.report.text)
    if evidence is None:
        return None
    within = _find_word(event["trigger"], evidence.of(example.report.text))
    if within is None:
        return None
    trigger = Span(evidence.start + within.start, evidence.start + within.end)
    roles: set[tuple[int, Role]] = set()
    means: set[int] = set()
    lost = 0
    participants: list[tuple[Role, Json]] = [("place", event["place"])] if event.get("place") else []
    participants += [("source", who) for who in event.get("sources") or []]
    participants += [("recipient", who) for who in event.get("recipients") or []]
    participants += [("actor", who) for who in event.get("actors") or []]
    for role, who in participants:
        candidates = [n for n, mention in enumerate(example.mentions) if _means(mention, who, example)]
        chosen = _nearest(candidates, trigger, evidence, example)
        roles |= {(number, role) for number in chosen}
        means |= set(candidates)
        lost += not chosen
    return Mark(
        trigger=trigger,
        type=event["type"],
        mode=event.get("mode"),
        status=event["status"],
        roles=frozenset(roles),
        open=frozenset(means - {number for number, _ in roles}),
        times=_times(event, example),
        items=tuple(
            span for item in event.get("items") or [] if (span := _nearest_words(item["text"], trigger, example))
        ),
        lost=lost,
    )


def _nearest(candidates: Sequence[int], trigger: Span, evidence: Span, example: Example) -> list[int]:
    """Of mentions of one participant those in the evidence; else the nearest of the sentence; else the nearest."""
    mentions = example.mentions
    told = [number for number in candidates if evidence.overlaps(mentions[number].span)]
    if told:
        return told
    sentence = next((s.span for s in example.sentences if s.span.overlaps(trigger)), evidence)
    inside = [number for number in candidates if sentence.overlaps(mentions[number].span)]

    def distance(number: int) -> int:
        span = mentions[number].span
        return max(span.start - trigger.end, trigger.start - span.end)

    return [min(inside or candidates, key=distance)] if candidates else []


def _times(event: Json, example: Example) -> frozenset[int]:
    """The times that resolve to the event's: to its start and end where there are such, else to its start alone."""
    start, end = event.get("start"), event.get("end")
    if not start and not end:
        return frozenset()
    every = {n: (time.start, time.end) for n, time in enumerate(example.times)}
    if published := example.given.published:
        every[PUBLISHED] = (published, published)
    same = frozenset(n for n, when in every.items() if when == (start, end))
    return same or frozenset(n for n, when in every.items() if start and when[0] == start)


def _nearest_words(words: str, trigger: Span, example: Example) -> Span | None:
    """Where the words stand nearest to the trigger; None where they do not."""
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in words.split()) + r"(?!\w)"
    found = [Span(*match.span()) for match in re.finditer(pattern, example.report.text)]
    return min(found, key=lambda s: max(s.start - trigger.end, trigger.start - s.end), default=None)


def _means(mention: Mention, who: Json, example: Example) -> bool:
    """Whether the mention means the participant, by the names of its entity or by its own words."""
    text = mention.name_span.of(example.report.text)
    names_of = [text]
    if mention.entity is not None:
        entity = example.entities[mention.entity]
        names_of += [entity.name, entity.text]
        state = world.load().countries.get(entity.stands_for or "")
        if state is not None:
            names_of.append(state.name)
    elif mention.form == "pronoun":
        return False
    return any(_same(one, other) for one in names_of for other in (who.get("name"), who.get("text")) if other)


def fold(text: str) -> str:
    """Words in lower case without accents and signs, as gold's score.py folds them."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def _same(one: str, other: str) -> bool:
    left, right = fold(one), fold(other)
    if not left or not right:
        return False
    if left == right:
        return True
    one_words, other_words = set(left.split()) - GENERIC, set(right.split()) - GENERIC
    return bool(one_words and other_words) and (one_words <= other_words or other_words <= one_words)


def _find(words: str, text: str) -> Span | None:
    """Where the words stand in the text, whatever white space parts them."""
    at = text.find(words)
    if at >= 0:
        return Span(at, at + len(words))
    found = re.search(r"\s+".join(re.escape(word) for word in words.split()), text)
    return Span(*found.span()) if found else None


def _find_word(words: str, text: str) -> Span | None:
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) or re.search(re.escape(words), text)
    return Span(*found.span()) if found else None


def _repeats(parts: Sequence[Sentence], marks: Sequence[Mark]) -> tuple[Span, ...]:
    """The words outside of triggers that are forms of a trigger's words."""
    told: set[str] = set()
    tokens = [token for sentence in parts for token in sentence.tokens]
    labelled = {t.span for t in tokens for mark in marks if mark.trigger.overlaps(t.span)}
    for token in tokens:
        if token.span in labelled and len(token.lower) >= LEAST_WORD:
            told |= {token.lower, token.lower[:STEM] if len(token.lower) >= STEM else token.lower}
    return tuple(
        token.span
        for token in tokens
        if token.span not in labelled
        and len(token.lower) >= LEAST_WORD
        and (token.lower in told or (len(token.lower) > STEM and token.lower[:STEM] in told))
    )


def summary(examples: Sequence[Example]) -> str:
    """How much of the annotation was found again, in one line a language."""
    counts: Counter[tuple[str, str]] = Counter()
    for example in examples:
        language = example.report.language
        counts[language, "reports"] += 1
        counts[language, "events"] += len(example.gold["events"])
        counts[language, "found"] += len(example.marks)
        counts[language, "participants lost"] += sum(mark.lost for mark in example.marks)
        counts[language, "roles"] += sum(len(mark.roles) for mark in example.marks)
        counts[language, "repeats"] += len(example.repeats)
    lines = []
    for language in sorted({language for language, _ in counts}):
        lines.append(language + ": " + ", ".join(f"{n} {what}" for (of, what), n in counts.items() if of == language))
    return "\n".join(lines)
