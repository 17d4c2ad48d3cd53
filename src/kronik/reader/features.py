"""What a report's earlier stages found to the numbers that the model's heads read beside the encoder's states."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from kronik.model import Mention, Quote, Span, Time
from kronik.reader.candidates import PUBLISHED, Candidate, Stands
from kronik.reader.given import Given
from kronik.reader.labels import FORMS, KINDS, ROLES, STATUSES, TYPES, Role
from kronik.reader.proposals import Hint
from kronik.reader.windows import Window

Array = npt.NDArray[np.float32]

# Words between trigger and candidate, the candidate before it negative; each bound begins a bucket.
DISTANCES = (-40, -20, -10, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 10, 20, 40)
BETWEEN = (0, 1, 2, 3, 5, 8)  # candidates of the same kind between trigger and candidate
ACTS_BETWEEN = (0, 1, 2, 4)  # words between them that frames take for triggers
COUNTS = (1, 2, 3, 5, 9)  # mentions of an entity in the report
LEAST_IN_TITLE = 3  # letters that a name must have to be looked for in the title
SENTENCES = (-2, -1, 0, 1, 2)  # sentences from the trigger to the candidate
CANDIDATES = ("mention", "time", "item")
STANDS: tuple[Stands, ...] = get_args(Stands)
GRAINS = ("day", "days", "month", "year", "other")  # how much time an expression spans
OF_QUOTE = ("direct", "indirect")

OF_WORD = 2 * len(TYPES) + 2 + 2 + len(OF_QUOTE)
OF_TRIGGER = len(TYPES) + len(STATUSES) + 1 + len(OF_QUOTE)
OF_MENTION = len(KINDS) + len(FORMS) + 1 + len(COUNTS) + 2
OF_TIME = len(STANDS) + len(GRAINS) + 4
OF_CANDIDATE = len(CANDIDATES) + OF_MENTION + OF_TIME
OF_PLACES = len(DISTANCES) + 1 + len(BETWEEN) + len(ACTS_BETWEEN) + len(SENTENCES) + 2 + 2 + len(OF_QUOTE)
OF_PAIR = OF_CANDIDATE + OF_PLACES + len(ROLES) + 2 + len(TYPES)


def of_words(window: Window, given: Given, hints: Sequence[Hint]) -> Array:
    """[words, OF_WORD]: types that frames offer at a word, types of events they made; what mentions, times and quotes
    it is in, and whether it begins a mention or time.
    """
    found = np.zeros((len(window.words), OF_WORD), np.float32)
    starts = [word.span.start for word in window.words]
    end = window.words[-1].span.end
    for hint in hints:
        for at in _covered(window, starts, hint.span):
            found[at, TYPES.index(hint.type) + len(TYPES) * hint.made] = 1.0
            found[at, TYPES.index(hint.type)] = 1.0
    spans = [(mention.span, 0) for mention in given.mentions] + [(time.span, 2) for time in given.times]
    for span, column in spans:
        if span.end <= starts[0] or span.start >= end:
            continue
        covered = _covered(window, starts, span)
        found[covered.start : covered.stop, 2 * len(TYPES) + column] = 1.0
        if covered:
            found[covered[0], 2 * len(TYPES) + column + 1] = 1.0
    for quote in given.quotes:
        if quote.span.end > starts[0] and quote.span.start < end:
            covered = _covered(window, starts, quote.span)
            found[covered.start : covered.stop, OF_WORD - 1 - quote.direct] = 1.0
    return found


def _covered(window: Window, starts: Sequence[int], span: Span) -> range:
    """The numbers of the window's words that overlap the span."""
    first = bisect_left(starts, span.start)
    if first and window.words[first - 1].span.end > span.start:
        first -= 1
    return range(first, bisect_left(starts, span.end))


def covered(window: Window, span: Span) -> range:
    """The numbers of the window's words that overlap the span."""
    return _covered(window, [word.span.start for word in window.words], span)


def hint_of(span: Span, event_type: str, hints: Sequence[Hint]) -> Hint | None:
    """The event that a frame made at the span, of the same type if there is one."""
    made = [hint for hint in hints if hint.made and hint.span.overlaps(span)]
    return min(made, key=lambda hint: hint.type != event_type, default=None)


def of_trigger(span: Span, event_type: str, hint: Hint | None, quotes: Sequence[Quote]) -> Array:
    """[OF_TRIGGER]: the type, the status that the rules gave, whether it stands in direct or indirect speech."""
    found = np.zeros(OF_TRIGGER, np.float32)
    found[TYPES.index(event_type)] = 1.0
    if hint is None:
        found[len(TYPES) + len(STATUSES)] = 1.0
    elif hint.status is not None:
        found[len(TYPES) + STATUSES.index(hint.status)] = 1.0
    for quote in quotes:
        if quote.span.contains(span):
            found[OF_TRIGGER - 1 - quote.direct] = 1.0
    return found


def of_mentions(title: str | None, text: str, mentions: Sequence[Mention]) -> Array:
    """[mentions, OF_MENTION]: what each is, and how much its report is about whom it means."""
    found = np.zeros((len(mentions), OF_MENTION), np.float32)
    counts = Counter(mention.entity for mention in mentions if mention.entity is not None)
    lower = (title or "").lower()
    names = [(mention.entity, mention.name_span.of(text).lower()) for mention in mentions]
    in_title = {entity for entity, name in names if len(name) >= LEAST_IN_TITLE and name in lower}
    seen: set[str] = set()
    for row, mention in enumerate(mentions):
        places = [
            KINDS.index(mention.kind),
            len(KINDS) + FORMS.index(mention.form),
            len(KINDS)
            + len(FORMS)
            + 1
            + bisect_right(COUNTS, counts[mention.entity] if mention.entity is not None else 1)
            - 1,
        ]
        if mention.entity is None:
            places.append(len(KINDS) + len(FORMS))
        elif mention.entity in in_title:
            places.append(OF_MENTION - 2)
        if mention.kind not in seen:
            places.append(OF_MENTION - 1)  # the first of its kind
        seen.add(mention.kind)
        found[row, places] = 1.0
    return found


def of_candidates(candidates: Sequence[Candidate], given: Given, of_mentions: Array) -> Array:
    """[candidates, OF_CANDIDATE]: what each is, whatever the trigger. ``of_mentions`` are those of the whole report."""
    found = np.zeros((len(candidates), OF_CANDIDATE), np.float32)
    at = len(CANDIDATES)
    for row, candidate in enumerate(candidates):
        found[row, CANDIDATES.index(candidate.kind)] = 1.0
        if candidate.kind == "mention":
            found[row, at : at + OF_MENTION] = of_mentions[candidate.number]
        elif candidate.kind == "time":
            found[row, at + OF_MENTION :] = _of_time(candidate, given)
    return found


def _of_time(candidate: Candidate, given: Given) -> Array:
    found = np.zeros(OF_TIME, np.float32)
    found[STANDS.index(candidate.stands)] = 1.0
    at = len(STANDS) + len(GRAINS)
    if candidate.number == PUBLISHED:
        found[[len(STANDS), at + 1]] = 1.0
        return found
    time, published = given.times[candidate.number], given.published
    found[len(STANDS) + GRAINS.index(grain(time))] = 1.0
    found[at] = time.of_telling
    found[at + 1] = published is not None and time.start == published
    found[at + 2] = published is not None and (time.start or "") > published
    found[at + 3] = time.duration_days is not None
    return found


def grain(time: Time) -> str:
    """How much time an expression spans: one of GRAINS."""
    if time.start is None or time.end is None:
        return "other"
    if time.start == time.end:
        return {4: "year", 7: "month", 10: "day"}.get(len(time.start), "other")
    return "days"


@dataclass(frozen=True)
class Placed:
    """The candidates of one window with the words that each covers, an empty range outside, and what each is."""

    window: Window
    given: Given
    candidates: Sequence[Candidate]
    starts: Sequence[int]  # of the window's words
    words: Sequence[range]
    of_candidates: Array
    values: Sequence[object]  # the same for mentions of one entity and for times of one date
    hinted: Sequence[int]  # the starts of the words that frames take for triggers

    def covered(self, span: Span) -> range:
        """The numbers of the window's words that overlap the span."""
        return _covered(self.window, self.starts, span)


def place(
    window: Window, given: Given, candidates: Sequence[Candidate], of_mentions: Array, hints: Sequence[Hint]
) -> Placed:
    """The candidates on the words of their window."""
    starts = [word.span.start for word in window.words]
    return Placed(
        window,
        given,
        candidates,
        starts,
        [range(0) if c.span is None else _covered(window, starts, c.span) for c in candidates],
        of_candidates(candidates, given, of_mentions),
        [_value(candidate, given) for candidate in candidates],
        sorted({hint.span.start for hint in hints}),
    )


def _value(candidate: Candidate, given: Given) -> object:
    if candidate.kind == "time":
        if candidate.number == PUBLISHED:
            return (given.published, given.published)
        time = given.times[candidate.number]
        return (time.start, time.end)
    entity = given.mentions[candidate.number].entity if candidate.kind == "mention" else None
    return (candidate.kind, candidate.number) if entity is None else entity


def of_pairs(placed: Placed, trigger: Span, event_type: str, hint: Hint | None) -> Array:
    """[candidates, OF_PAIR]: what each candidate is and how it lies to the trigger."""
    window, given = placed.window, placed.given
    found = np.zeros((len(placed.candidates), OF_PAIR), np.float32)
    found[:, :OF_CANDIDATE] = placed.of_candidates
    of_trigger = placed.covered(trigger)
    sentence = window.words[of_trigger[0]].sentence
    of_hint = dict(hint.roles) if hint else {}
    around = [quote for quote in given.quotes if quote.span.contains(trigger)]
    said_by = {_speaker(quote, given): quote.direct for quote in around}
    nearest = _nearest(placed, of_trigger)
    here = {
        value
        for value, words in zip(placed.values, placed.words, strict=True)
        if words and window.words[words[0]].sentence == sentence
    }
    before: Counter[str] = Counter(c.kind for c in placed.candidates if c.span and c.span.start < trigger.start)
    passed: Counter[str] = Counter()
    acts_before = bisect_left(placed.hinted, trigger.start)
    acts_after = bisect_left(placed.hinted, trigger.end)
    for row, (candidate, words) in enumerate(zip(placed.candidates, placed.words, strict=True)):
        at = OF_CANDIDATE
        ones: list[tuple[int, int | None]] = []
        if words and candidate.span is not None:
            if words[-1] < of_trigger[0]:
                distance = words[-1] - of_trigger[0]
                acts = acts_before - bisect_left(placed.hinted, candidate.span.end)
            elif words[0] > of_trigger[-1]:
                distance = words[0] - of_trigger[-1]
                acts = bisect_left(placed.hinted, candidate.span.start) - acts_after
            else:
                distance = acts = 0
            number, left = passed[candidate.kind], before[candidate.kind]
            passed[candidate.kind] += 1
            between = left - number - 1 if number < left else number - left
            sentences = max(-2, min(2, window.words[words[0]].sentence - sentence))
            ones += [
                (len(DISTANCES) + 1, bisect_right(DISTANCES, distance)),
                (len(BETWEEN), bisect_right(BETWEEN, between) - 1),
                (len(ACTS_BETWEEN), bisect_right(ACTS_BETWEEN, max(0, acts)) - 1),
                (len(SENTENCES), SENTENCES.index(sentences)),
            ]
        else:
            ones.append((len(DISTANCES) + 1 + len(BETWEEN) + len(ACTS_BETWEEN) + len(SENTENCES), None))
        value = placed.values[row]
        same_quote = candidate.span is not None and any(quote.span.contains(candidate.span) for quote in around)
        ones += [
            (1, 0 if row in nearest else None),
            (1, 0 if value in here else None),
            (1, 0 if around and same_quote else None),
            (1, 0 if around and not same_quote else None),
            (len(OF_QUOTE), None if value not in said_by else int(not said_by[value])),
            (len(ROLES), _role(candidate, of_hint)),
            (2, None if hint is None else int(hint.type == event_type)),
            (len(TYPES), TYPES.index(event_type)),
        ]
        for size, one in ones:
            if one is not None:
                found[row, at + one] = 1.0
            at += size
    return found


def _role(candidate: Candidate, of_hint: Mapping[int, Role]) -> int | None:
    role = of_hint.get(candidate.number) if candidate.kind == "mention" else None
    return None if role is None else ROLES.index(role)


def _speaker(quote: Quote, given: Given) -> object:
    """The value, as in Placed, of the candidates that mean the quote's speaker."""
    if quote.speaker is None:
        return None
    at = bisect_left(given.mentions, quote.speaker.span.start, key=lambda mention: mention.span.start)
    for number in (at, at - 1):
        if 0 <= number < len(given.mentions) and given.mentions[number].span.overlaps(quote.speaker.span):
            entity = given.mentions[number].entity
            return ("mention", number) if entity is None else entity
    return None


def _nearest(placed: Placed, trigger: range) -> set[int]:
    """The rows of the candidates that are of all of their value the nearest to the trigger."""
    best: dict[object, tuple[int, int]] = {}
    for row, (value, words) in enumerate(zip(placed.values, placed.words, strict=True)):
        if words:
            gap = max(words[0] - trigger[-1], trigger[0] - words[-1], 0)
            best[value] = min(best.get(value, (gap, row)), (gap, row))
    return {row for _, row in best.values()}
