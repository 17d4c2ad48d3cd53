"""A reading to its text in pieces, each with what it is: evidence, quote, name, time, the word that names an act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text within which nothing begins or ends.

    ``kinds`` are some of evidence, quote, trigger and time; ``who`` is the entity that it names. ``begins`` and
    ``ends`` are the numbers of the events whose evidence begins and ends with it, ``said`` that of a quote that begins.
    """

    text: str
    kinds: tuple[str, ...] = ()
    who: Json | None = None
    events: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    time: str | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    number: int = 0
    who: Json | None = None
    told: str | None = None


def paragraphs(reading: Json, times: tuple[Json, ...] = (), *, only: tuple[int, int] | None = None,
               event: int | None = None) -> list[list[Piece]]:  # fmt: skip
    """The text's paragraphs in pieces.

    ``times`` are time expressions ({span, start, end, rule}); ``only`` limits the text to a stretch, ``event`` the
    evidence to that of one event.
    """
    text: str = reading["report"]["text"]
    start, end = only or (0, len(text))
    marks = [mark for mark in _marks(reading, times, event) if mark.start < end and start < mark.end]
    found: list[list[Piece]] = [[]]
    for piece_start, piece_end in _stretches(text, start, end, marks):
        words = text[piece_start:piece_end]
        if words.strip() == "" and "\n" in words:
            found.append([])
        else:
            found[-1].append(_piece(words, piece_start, piece_end, marks))
    return [paragraph for paragraph in found if paragraph]


def _marks(reading: Json, times: tuple[Json, ...], event: int | None) -> Iterator[_Mark]:
    for number, told in enumerate(reading["events"], 1):
        if event in (None, number):
            yield _mark(told["evidence_span"], "evidence", number)
            yield _mark(told["trigger_span"], "trigger", number)
            for span in told["further"]:
                yield _mark(span, "further", number)
    for number, quote in enumerate(reading["quotes"], 1):
        yield _mark(quote["span"], "quote", number)
    for entity in reading["entities"]:
        for span in entity["mentions"]:
            yield _mark(span, "name", who=entity)
    for time in times:
        yield _mark(time["span"], "time", told=time["start"] or time["end"])


def _mark(span: Sequence[int], kind: str, number: int = 0, who: Json | None = None, told: str | None = None) -> _Mark:
    return _Mark(span[0], span[1], kind, number, who, told)


def _stretches(text: str, start: int, end: int, marks: list[_Mark]) -> Iterator[tuple[int, int]]:
    cuts = {start, end}
    for mark in marks:
        cuts.update(cut for cut in (mark.start, mark.end) if start < cut < end)
    at = text.find("\n\n", start, end)
    while at >= 0:
        cuts.update((at, at + 2))
        at = text.find("\n\n", at + 2, end)
    ordered = sorted(cuts)
    yield from ((a, b) for a, b in pairwise(ordered) if a < b)


def _piece(words: str, start: int, end: int, marks: list[_Mark]) -> Piece:
    here = [mark for mark in marks if mark.start <= start and end <= mark.end]
    names = [mark for mark in here if mark.kind == "name"]
    inner = min(names, key=lambda mark: mark.end - mark.start).who if names else None
    told = [mark for mark in here if mark.kind in ("evidence", "further")]
    return Piece(
        words,
        tuple(
            kind for kind in ("evidence", "further", "quote", "trigger", "time") if any(m.kind == kind for m in here)
        ),
        inner,
        tuple(dict.fromkeys(mark.number for mark in told)),
        tuple(mark.number for mark in here if mark.kind == "evidence" and mark.start == start),
        tuple(dict.fromkeys(mark.number for mark in told if mark.end == end)),
        tuple(mark.number for mark in here if mark.kind == "quote" and mark.start == start),
        next((mark.told for mark in here if mark.kind == "time" and mark.told), None),
    )
