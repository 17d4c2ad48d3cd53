"""A sentence's chunks to the words that may name an act, each with the frames that it may trigger and its voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kronik.events.chunks import Chunk
from kronik.events.frames import Frame, Lexicon
from kronik.events.grammar import Grammar
from kronik.model import Span

Reads = Literal["active", "passive", "noun"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Chunks ``[first, after)`` of a sentence that name an act; ``frames`` in the order in which they are tried."""

    first: int
    after: int
    span: Span
    reads: Reads
    frames: tuple[Frame, ...]


def find_triggers(chunks: Sequence[Chunk], lexicon: Lexicon, grammar: Grammar) -> tuple[tuple[Trigger, ...], ...]:
    """For each place of the sentence where words may name an act, in order, its triggers, the longest words first."""
    return tuple(found for at in range(len(chunks)) if (found := _at(chunks, at, lexicon, grammar)))


def _at(chunks: Sequence[Chunk], at: int, lexicon: Lexicon, grammar: Grammar) -> tuple[Trigger, ...]:
    if not _is_word(chunks[at]):
        return ()
    frames: dict[int, dict[Reads, list[Frame]]] = {}
    for entry in lexicon.by_word.get(chunks[at].lower, ()):
        words = entry.form.words
        after = at + len(words)
        if after > len(chunks) or any(
            c.lower != w or not _is_word(c) for c, w in zip(chunks[at:after], words, strict=True)
        ):
            continue
        reads = _reads(chunks, at, after, entry.form.voice, grammar)
        if reads is not None:
            of_reading = frames.setdefault(after, {}).setdefault(reads, [])
            if entry.frame not in of_reading:
                of_reading.append(entry.frame)
    triggers = []
    for after in sorted(frames, reverse=True):
        reads = _preferred(chunks, at, after, list(frames[after]), grammar)
        span = Span(chunks[at].span.start, chunks[after - 1].span.end)
        triggers.append(Trigger(at, after, span, reads, tuple(frames[after][reads])))
    return tuple(triggers)


def _is_word(chunk: Chunk) -> bool:
    """Whether a chunk may be a word of a trigger: a common noun may that is taken for an actor ("latihan militer")."""
    mention = chunk.mention
    return mention is None or (mention.form == "nominal" and chunk.one_token)


def _reads(chunks: Sequence[Chunk], first: int, after: int, voice: str, grammar: Grammar) -> Reads | None:
    """How a form of that voice is to be read where it stands; None where it cannot be the verb that it looks like."""
    before = _before(chunks, first, grammar)
    following = chunks[after] if after < len(chunks) else None
    if voice == "noun":
        return "noun"
    if voice == "passive":
        return "passive"
    if voice == "participle":
        if before is not None and before.lower in grammar.perfect_auxiliaries:
            return "active"
        if before is not None and before.lower in grammar.passive_auxiliaries:
            return "passive"
        # "the talks held in Geneva", "13 people killed by …": a participle that follows its noun and has no object.
        if following is not None and following.lower in grammar.agent:
            return "passive"
        return None
    if voice == "past":
        if before is not None and before.lower in grammar.passive_auxiliaries:
            return None
        return None if following is not None and following.lower in grammar.agent else "active"
    if voice == "bare" and not _may_be_finite(chunks, first, grammar):
        return None
    return "active"


def _before(chunks: Sequence[Chunk], first: int, grammar: Grammar) -> Chunk | None:
    """The chunk before, adverbs and negations left out."""
    at = first - 1
    while at >= 0 and chunks[at].part == "adverb":
        at -= 1
    return chunks[at] if at >= 0 else None


def _may_be_finite(chunks: Sequence[Chunk], first: int, grammar: Grammar) -> bool:
    """Whether an unmarked verb can stand here: after a mention, a modal, an infinitive mark, or joined to a verb."""
    before = _before(chunks, first, grammar)
    if before is None:
        return first == 0
    return (
        before.part in ("mention", "relative", "auxiliary", "conjunction")
        or before.lower in grammar.infinitive
        or before.lower in grammar.modals
        or (before.part == "word" and grammar.plural_pattern.fullmatch(before.lower) is not None)
    )


def _preferred(chunks: Sequence[Chunk], first: int, after: int, readings: list[Reads], grammar: Grammar) -> Reads:
    """Verb or noun, where the same word may be either: what stands before and after it decides."""
    if len(readings) == 1:
        return readings[0]
    if "noun" not in readings:
        return "passive" if "passive" in readings else "active"
    verb: Reads = "passive" if "passive" in readings else "active"
    before = chunks[first - 1] if first else None
    following = chunks[after] if after < len(chunks) else None
    if before is None:
        return "noun"
    if before.lower in grammar.possessive_marks and first > 1 and chunks[first - 2].part == "mention":
        return "noun"
    if before.lower in grammar.infinitive or before.lower in grammar.modals or before.part == "auxiliary":
        return verb
    if before.part in ("determiner", "preposition", "number") or before.lower in grammar.possessive_marks:
        return "noun"
    if before.part == "word" and grammar.adjective_pattern.fullmatch(before.lower):
        return "noun"
    if before.part == "mention":
        takes_object = following is not None and following.part in ("mention", "determiner", "word", "number")
        return verb if takes_object else "noun"
    return verb if before.part in ("adverb", "relative") else "noun"
