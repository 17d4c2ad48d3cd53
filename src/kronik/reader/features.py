"""Hints and mentions to the numbers that the model's heads read beside the encoder's states."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kronik.model import Mention, Span
from kronik.reader.labels import FORMS, KINDS, ROLES, STATUSES, TYPES
from kronik.reader.proposals import Hint
from kronik.reader.windows import Window

Array = npt.NDArray[np.float32]

# Words between trigger and mention, the mention before it negative; each bound begins a bucket.
DISTANCES = (-40, -20, -10, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 10, 20, 40)
BETWEEN = (0, 1, 2, 3, 5, 8)  # mentions between trigger and mention
COUNTS = (1, 2, 3, 5, 9)  # mentions of an entity in the report
LEAST_IN_TITLE = 3  # letters that a name must have to be looked for in the title
SENTENCES = (-2, -1, 0, 1, 2)  # sentences from the trigger to the mention

OF_WORD = 2 * len(TYPES) + 2
OF_TRIGGER = len(TYPES) + len(STATUSES) + 1
OF_MENTION = len(KINDS) + len(FORMS) + 1 + len(COUNTS) + 2
OF_PAIR = OF_MENTION + len(DISTANCES) + 1 + len(BETWEEN) + len(SENTENCES) + 2 + len(ROLES) + 2 + len(TYPES)


def of_words(window: Window, mentions: Sequence[Mention], hints: Sequence[Hint]) -> Array:
    """[words, OF_WORD]: types that frames offer at a word, types of events they made, in a mention, begins one."""
    found = np.zeros((len(window.words), OF_WORD), np.float32)
    starts = [word.span.start for word in window.words]
    for hint in hints:
        for at in _covered(window, starts, hint.span):
            found[at, TYPES.index(hint.type) + len(TYPES) * hint.made] = 1.0
            found[at, TYPES.index(hint.type)] = 1.0
    for mention in mentions:
        covered = _covered(window, starts, mention.span)
        for at in covered:
            found[at, -2] = 1.0
        if covered:
            found[covered[0], -1] = 1.0
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


def of_trigger(event_type: str, hint: Hint | None) -> Array:
    """[OF_TRIGGER]: the type, and the status that the rules gave."""
    found = np.zeros(OF_TRIGGER, np.float32)
    found[TYPES.index(event_type)] = 1.0
    if hint is None:
        found[-1] = 1.0
    elif hint.status is not None:
        found[len(TYPES) + STATUSES.index(hint.status)] = 1.0
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


def of_pairs(
    window: Window,
    trigger: Span,
    event_type: str,
    hint: Hint | None,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    of_mentions: Array,
) -> Array:
    """[numbers, OF_PAIR]: for each mention of the window by its number, in order, how it lies to the trigger."""
    found = np.zeros((len(numbers), OF_PAIR), np.float32)
    starts = [word.span.start for word in window.words]
    trigger_words = _covered(window, starts, trigger)
    trigger_sentence = window.words[trigger_words[0]].sentence
    after = bisect_left([mentions[number].span.start for number in numbers], trigger.start)
    of_hint = dict(hint.roles) if hint else {}
    found[:, :OF_MENTION] = of_mentions[list(numbers)]
    nearest = _nearest(trigger, mentions, numbers)
    here = {
        mentions[number].entity
        for number in numbers
        if window.words[_covered(window, starts, mentions[number].span)[0]].sentence == trigger_sentence
    }
    for row, number in enumerate(numbers):
        mention = mentions[number]
        words = _covered(window, starts, mention.span)
        if words[-1] < trigger_words[0]:
            distance = words[-1] - trigger_words[0]
        elif words[0] > trigger_words[-1]:
            distance = words[0] - trigger_words[-1]
        else:
            distance = 0
        between = after - row - 1 if row < after else row - after
        sentences = max(-2, min(2, window.words[words[0]].sentence - trigger_sentence))
        at = OF_MENTION
        for size, place in (
            (len(DISTANCES) + 1, bisect_right(DISTANCES, distance)),
            (len(BETWEEN), bisect_right(BETWEEN, between) - 1),
            (len(SENTENCES), SENTENCES.index(sentences)),
            (1, 0 if number in nearest else None),
            (1, 0 if mention.entity is not None and mention.entity in here else None),
            (len(ROLES), ROLES.index(of_hint[number]) if number in of_hint else None),
            (2, None if hint is None else int(hint.type == event_type)),
            (len(TYPES), TYPES.index(event_type)),
        ):
            if place is not None:
                found[row, at + place] = 1.0
            at += size
    return found


def _nearest(trigger: Span, mentions: Sequence[Mention], numbers: Sequence[int]) -> set[int]:
    """The numbers of the mentions that are of all of their entity the nearest to the trigger."""
    best: dict[int, tuple[int, int]] = {}
    for number in numbers:
        span, entity = mentions[number].span, mentions[number].entity
        gap = max(span.start - trigger.end, trigger.start - span.end, 0)
        whom = -1 - number if entity is None else entity
        if whom not in best or gap < best[whom][0]:
            best[whom] = (gap, number)
    return {number for _, number in best.values()}
