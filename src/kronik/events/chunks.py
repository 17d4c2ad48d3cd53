"""A sentence and its mentions to a row of chunks: each mention is one, every other token one, each with its part."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kronik.events.grammar import Grammar
from kronik.model import Mention, Sentence, Span, Time

Part = Literal["mention", "preposition", "conjunction", "relative", "subordinator", "verb", "auxiliary", "determiner",
               "adverb", "time", "comma", "stop", "quote", "number", "word"]  # fmt: skip

QUOTES = frozenset('"“”«»„')
STOPS = frozenset(";:()[]{}—–")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A mention or a token of a sentence, with the part that it plays."""

    part: Part
    lower: str
    span: Span
    mention: Mention | None = None
    one_token: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence laid out: its chunks, and the time expressions in it."""

    sentence: Sentence
    chunks: tuple[Chunk, ...]
    times: tuple[Time, ...]


def lay_out(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], times: Sequence[Time], grammar: Grammar
) -> tuple[Row, ...]:
    """Each sentence laid out. ``mentions`` and ``times`` are the report's, in order, not overlapping."""
    starts = [mention.span.start for mention in mentions]
    rows: list[Row] = []
    for sentence in sentences:
        inside = mentions[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]
        within = tuple(time for time in times if sentence.span.contains(time.span))
        rows.append(Row(sentence, chunk(sentence, inside, within, grammar), within))
    return tuple(rows)


def chunk(
    sentence: Sentence, mentions: Sequence[Mention], times: Sequence[Time], grammar: Grammar
) -> tuple[Chunk, ...]:
    """The chunks of the sentence in order. ``mentions`` are those inside it, in order, not overlapping."""
    chunks: list[Chunk] = []
    waiting = list(mentions)
    inside: Mention | None = None
    for token in sentence.tokens:
        if inside is not None and token.span.start < inside.span.end:
            continue
        inside = None
        while waiting and waiting[0].span.end <= token.span.start:
            waiting.pop(0)
        if waiting and waiting[0].span.start <= token.span.start < waiting[0].span.end:
            inside = waiting.pop(0)
            one_token = token.span.end >= inside.span.end
            chunks.append(Chunk("mention", token.lower, inside.span, inside, one_token))
            continue
        timed = any(time.span.contains(token.span) for time in times)
        chunks.append(Chunk("time" if timed else _part(token.lower, grammar), token.lower, token.span))
    return tuple(chunks)


def _part(lower: str, grammar: Grammar) -> Part:
    if lower == ",":
        return "comma"
    if lower in QUOTES:
        return "quote"
    if lower in STOPS:
        return "stop"
    if lower[0].isdigit():
        return "number"
    for part, words in (
        ("auxiliary", grammar.auxiliaries),
        ("auxiliary", grammar.passive_auxiliaries),
        ("adverb", grammar.adverbs),
        ("relative", grammar.relative),
        ("preposition", grammar.prepositions),
        ("conjunction", grammar.conjunctions),
        ("subordinator", grammar.subordinators),
        ("determiner", grammar.determiners),
        ("verb", grammar.verbs),
    ):
        if lower in words:
            return part  # type: ignore[return-value]
    if grammar.verb_pattern.fullmatch(lower):
        return "verb"
    return "word"
