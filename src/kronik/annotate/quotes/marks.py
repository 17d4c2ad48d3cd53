"""A paragraph's characters to the stretches that stand in quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from kronik.model import Span

OPENING = frozenset("“„«‟")
CLOSING = frozenset("”»")
STRAIGHT = frozenset('"＂')
SINGLE_OPENING = frozenset("‘‚'`")
SINGLE_CLOSING = frozenset("’'")
BEFORE_OPENING = frozenset(" \t\n\xa0([{—–-:/")
AFTER_CLOSING = frozenset(" \t\n\xa0.,;:!?)]}—–-…")


class Stretch(NamedTuple):
    """What stands in quotation marks: ``inner`` without the marks, trimmed; ``outer`` with them."""

    inner: Span
    outer: Span
    closed: bool


def stretches(text: str, paragraph: Span, is_cue: re.Pattern[str]) -> list[Stretch]:
    """The outermost quoted stretches of a paragraph, in order: double marks of all shapes, single marks between them.

    Marks that are mismatched, doubled, or set off by a space are paired by where they stand; a mark that was never
    closed reaches to the next quotation or the end of the paragraph. ``is_cue`` matches where a verb of saying
    begins: a mark before one closes (``selesai, "kata menteri``).
    """
    found = _double(text, paragraph, is_cue)
    gaps, reach = [], paragraph.start
    for stretch in found:
        gaps.append(Span(reach, stretch.outer.start))
        reach = stretch.outer.end
    gaps.append(Span(reach, paragraph.end))
    for gap in gaps:
        found += _single(text, gap)
    return sorted(found, key=lambda stretch: stretch.outer)


def is_double(sign: str) -> bool:
    """Whether a character is a double quotation mark of any shape."""
    return sign in OPENING or sign in CLOSING or sign in STRAIGHT


def words(text: str) -> int:
    """How many words a text has: what stands between spaces and holds a letter or figure."""
    return sum(1 for word in text.split() if any(c.isalnum() for c in word))


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without the spaces, marks and commas at its ends; a full stop stays."""
    while start < end and (text[start].isspace() or text[start] in ',;:“”"«»‘'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:“”"«»‘–—-'):
        end -= 1
    return Span(start, end)


# A paragraph with more marks that nothing closes than this does not tell what they open.
_MOST_UNCLOSED = 20
# A row of the same mark is looked through so far.
_LONGEST_ROW = 20


def _double(text: str, paragraph: Span, is_cue: re.Pattern[str]) -> list[Stretch]:
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at in range(paragraph.start, paragraph.end):
        sign = text[at]
        if not is_double(sign):
            continue
        if at > paragraph.start and text[at - 1] == sign and sign in STRAIGHT:
            continue  # doubled marks are one
        if _opens(text, at, paragraph, bool(open_at), is_cue):
            open_at.append(at)
        elif open_at:
            pairs.append((open_at.pop(), at))
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if not outermost or start > outermost[-1][1]:
            outermost.append((start, end))
    found = [Stretch(trimmed(text, a + 1, b), Span(a, b + 1), True) for a, b in outermost]
    for start in open_at if len(open_at) <= _MOST_UNCLOSED else ():
        end = min((a for a, _ in outermost if a > start), default=paragraph.end)
        if not any(a <= start <= b for a, b in outermost):
            found.append(Stretch(trimmed(text, start + 1, end), Span(start, end), False))
    return sorted(found, key=lambda stretch: stretch.outer)


def _opens(text: str, at: int, paragraph: Span, inside: bool, is_cue: re.Pattern[str]) -> bool:
    """Whether the mark at a place opens a quotation."""
    sign = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = next((text[i] for i in range(at + 1, min(at + _LONGEST_ROW, paragraph.end)) if text[i] != sign), " ")
    leans_right = before in BEFORE_OPENING and after not in AFTER_CLOSING
    leans_left = before not in BEFORE_OPENING and after in AFTER_CLOSING
    if sign in OPENING:
        return not (inside and leans_left)
    if sign in CLOSING:
        return not inside and leans_right
    if not inside:
        return not leans_left
    return leans_right and not is_cue.match(text, at + 1)


def _single(text: str, gap: Span) -> list[Stretch]:
    """Stretches in single marks; an apostrophe inside a word is none, one after an s closes only before a sign."""
    found = []
    at = gap.start
    # Where nothing closes one mark, nothing closes a later one: looked for once, or rows of marks would take for ever.
    closes = closes_apart = True
    while at < gap.end:
        before = text[at - 1] if at > gap.start else " "
        after = text[at + 1] if at + 1 < gap.end else " "
        opens = text[at] in SINGLE_OPENING and before in BEFORE_OPENING and (after.isalnum() or text[at] == "‘")
        end = _single_end(text, at, gap.end) if opens and closes else None
        closes = closes and not (opens and end is None)
        if text[at] == "'" and before == after == " ":
            apart = (i for i in range(at + 2, gap.end) if text[i] == "'" and text[i - 1] == " ")
            end = next(apart, None) if closes_apart else None
            closes_apart = end is not None
        if end is None:
            at += 1
            continue
        found.append(Stretch(trimmed(text, at + 1, end), Span(at, end + 1), True))
        at = end + 1
    return found


def _single_end(text: str, start: int, limit: int) -> int | None:
    spare = None
    for at in range(start + 2, limit):
        if text[at] not in SINGLE_CLOSING:
            continue
        before = text[at - 1]
        after = text[at + 1] if at + 1 < limit else " "
        if after.isalnum() or (before.isspace() and text[at] == "'" and not after.isspace()):
            continue
        if before in ".,!?" or before != "s" or after in ".,;:!?":
            return at
        spare = spare or at
    return spare
