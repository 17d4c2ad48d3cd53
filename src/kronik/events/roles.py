"""A trigger in its sentence to the mentions that fill its slots: logical subject, logical object, and each preposition.

A shallow reading of the clause, without a parse: mentions are sought from the trigger outwards, those that hang on a
preposition or on another verb are passed over, and what was passed over is taken only where nothing better is found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kronik.events.chunks import Chunk
from kronik.events.grammar import Grammar
from kronik.events.triggers import Trigger

REACH = 30  # chunks that a slot may lie from its trigger
NOUN_PHRASE = 4  # words that may stand between a preposition or verb and the head of what it governs


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a slot: indexes of chunks that are mentions, and the rule that found them, in words."""

    chunks: tuple[int, ...]
    rule: str
    sure: bool = True


EMPTY = Filling((), "nothing")


def slot(name: str, trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """What fills the slot ``name`` ("subject", "object" or a preposition) of the trigger."""
    if name == "subject":
        return _subject(trigger, chunks, grammar)
    if name == "object":
        return _object(trigger, chunks, grammar)
    return _after_preposition(frozenset({name}), trigger.after, chunks, grammar)


def _subject(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    if trigger.reads == "active":
        return _before_verb(trigger.first, chunks, grammar)
    if trigger.reads == "passive":
        agent = _after_preposition(grammar.agent, trigger.after, chunks, grammar)
        if agent.chunks:
            return agent
        if grammar.passive_auxiliaries:
            return EMPTY
        # Where the passive is a form of its own, its agent may follow it without a preposition ("diserang Israel").
        return _noun_phrase(trigger.after, chunks, grammar, 0, "the agent right after the passive")
    return _subject_of_noun(trigger, chunks, grammar)


def _object(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    if trigger.reads == "active":
        found = _noun_phrase(trigger.after, chunks, grammar, NOUN_PHRASE, "the object after the verb")
        return found if found.chunks else _relative_object(trigger.first, chunks, grammar)
    if trigger.reads == "passive":
        return _before_verb(trigger.first, chunks, grammar)
    for preposition in grammar.noun_object:
        found = _after_preposition(frozenset({preposition}), trigger.after, chunks, grammar)
        if found.chunks:
            return found
    return EMPTY


def _relative_object(first: int, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """ "Ukraine, which Russia attacked": the noun before the relative word, where a subject stands after it."""
    at = first - 1
    while at >= 0 and chunks[at].part in ("adverb", "auxiliary"):
        at -= 1
    if at < 2 or chunks[at].part != "mention" or chunks[at - 1].part != "relative":
        return EMPTY
    antecedent = _mention_before(at - 1, chunks, NOUN_PHRASE)
    return EMPTY if antecedent is None else Filling((antecedent,), "the noun that the relative clause describes")


def _before_aside(comma: int, chunks: Sequence[Chunk]) -> int:
    """Where the subject's clause goes on before a relative clause between commas that ends at ``comma``."""
    for at in range(comma - 1, max(0, comma - REACH // 2), -1):
        if chunks[at].part == "relative" and chunks[at - 1].part == "comma":
            return at - 2
        if chunks[at].part in ("comma", "stop"):
            break
    return comma


def _before_verb(first: int, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """The subject of a verb: the nearest mention to its left that hangs on nothing else."""
    spare: int | None = None
    at = first - 1
    infinitive = False
    while at >= 0 and chunks[at].part in ("adverb", "auxiliary"):
        if chunks[at].lower in grammar.anaphoric_after and at > 0 and chunks[at - 1].part == "word":
            return EMPTY  # "serangan itu menewaskan": the subject is a noun that is nobody
        at -= 1
    if at >= 0 and chunks[at].lower in grammar.infinitive:
        infinitive = True
        at -= 1
    elif at >= 0 and chunks[at].part == "relative":
        antecedent = _mention_before(at, chunks, NOUN_PHRASE)
        if antecedent is not None:
            return Filling(_joined_left(antecedent, chunks, grammar), "the noun that the relative clause describes")
    if at >= 0 and chunks[at].part == "comma":
        at = _before_aside(at, chunks)
    depth = 0
    for place in range(at, max(-1, first - REACH), -1):
        lower, part = chunks[place].lower, chunks[place].part
        depth += (lower in ")]") - (lower in "([")
        if depth > 0 or part != "mention":
            continue
        joined = _joined_left(place, chunks, grammar)
        hangs_on = _governor(joined[0], chunks, grammar)
        if hangs_on == "verb" and infinitive and place == at:
            return Filling(joined, "the one asked, before the infinitive")
        if hangs_on is None:
            return Filling(joined, "the noun before the verb")
        if spare is None:
            spare = place
    if spare is None:
        return EMPTY
    return Filling(_joined_left(spare, chunks, grammar), "the nearest mention before the verb", sure=False)


def _governor(place: int, chunks: Sequence[Chunk], grammar: Grammar) -> str | None:
    """What the mention hangs on: "preposition", "verb", or None where it stands free."""
    words = 0
    for at in range(place - 1, -1, -1):
        part = chunks[at].part
        if part in ("determiner", "number", "word") and words < NOUN_PHRASE:
            words += part == "word"
            continue
        if part == "preposition":
            return "preposition"
        if part == "verb":
            return "verb"
        return None
    return None


def _noun_phrase(start: int, chunks: Sequence[Chunk], grammar: Grammar, words: int, rule: str) -> Filling:
    """The mention that begins within ``words`` words after ``start``, with those joined to it."""
    for at in range(start, min(len(chunks), start + words + 3)):
        part = chunks[at].part
        if part == "mention":
            return Filling(_joined_right(at, chunks, grammar), rule)
        if part in ("determiner", "number", "quote") or (part == "adverb" and words):
            continue
        if part == "word" and words > 0:
            words -= 1
            continue
        break
    return EMPTY


def _after_preposition(prepositions: frozenset[str], start: int, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """The mention that one of the prepositions governs, in the clause that follows ``start``."""
    for at in range(start, min(len(chunks) - 1, start + REACH // 2)):
        chunk = chunks[at]
        if chunk.lower in prepositions and chunk.part != "mention":
            found = _noun_phrase(at + 1, chunks, grammar, NOUN_PHRASE, f"the mention after “{chunk.lower}”")
            if found.chunks:
                return found
        elif chunk.part in ("stop", "relative") or (chunk.part in ("subordinator",) and at > start):
            break
    return EMPTY


def nearest_after(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """The next mention of the clause, unless a preposition of place governs it: taken where no slot is filled."""
    for at in range(trigger.after, min(len(chunks), trigger.after + REACH // 3)):
        chunk = chunks[at]
        if chunk.part in ("stop", "relative", "subordinator", "comma", "verb"):
            break
        if chunk.part == "mention":
            before = at - 1
            while before > trigger.after and chunks[before].part in ("determiner", "number"):
                before -= 1
            if chunks[before].lower in grammar.place_prepositions:
                continue
            return Filling(_joined_right(at, chunks, grammar), "the next mention of the clause", sure=False)
    return EMPTY


def _subject_of_noun(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """Who does what a noun names: possessor, "between A and B", "by A", or the subject of the verb that carries it."""
    between = _after_preposition(grammar.between, trigger.after, chunks, grammar)
    if between.chunks:
        return between
    finders: tuple[Callable[[Trigger, Sequence[Chunk], Grammar], Filling], ...] = (
        (_possessor_before, _carried) if grammar.possessive_marks else (_possessor_after, _carried, _possessor_before)
    )
    for find in finders:
        found = find(trigger, chunks, grammar)
        if found.chunks:
            return found
    for preposition in grammar.noun_subject:
        found = _after_preposition(frozenset({preposition}), trigger.after, chunks, grammar)
        if found.chunks:
            return found
    return EMPTY


def _possessor_before(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """ "Kim's visit", "Israeli air strikes": the mention before the noun, adjectives between them."""
    if not grammar.possessive_marks:
        return EMPTY
    at = trigger.first - 1
    words = 0
    while at >= 0 and words <= NOUN_PHRASE:
        chunk = chunks[at]
        if chunk.part == "mention":
            return Filling(_joined_left(at, chunks, grammar), "the one before the noun")
        if chunk.lower in grammar.possessive_marks or chunk.part in ("word", "number", "quote"):
            words += 1
            at -= 1
            continue
        if chunk.part == "verb" and grammar.adjective_pattern.fullmatch(chunk.lower):
            words += 1
            at -= 1
            continue
        break
    if at >= 0 and chunks[at].lower in grammar.possessive_pronouns:
        return _before_verb(at, chunks, grammar)
    return EMPTY


def _possessor_after(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """ "kunjungan kerja kedua Macron": the mention that follows the noun, adjectives between them."""
    at = trigger.after
    words = 0
    while at < len(chunks) and words <= NOUN_PHRASE:
        chunk = chunks[at]
        if chunk.part == "mention":
            return Filling(_joined_right(at, chunks, grammar), "the one after the noun")
        if grammar.adjective_pattern.fullmatch(chunk.lower) and chunk.lower not in grammar.prepositions:
            words += 1
            at += 1
            continue
        break
    return EMPTY


def _carried(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """ "Jepang dan Filipina menggelar perundingan": the subject of the light verb that carries the noun."""
    words = 0
    for at in range(trigger.first - 1, -1, -1):
        chunk = chunks[at]
        if chunk.lower in grammar.light_verbs and chunk.part != "mention":
            found = _before_verb(at, chunks, grammar)
            return Filling(found.chunks, f"the subject of “{chunk.lower}”", found.sure)
        if chunk.part in ("word", "determiner", "number", "adverb", "verb") and words < NOUN_PHRASE:
            words += 1
            continue
        break
    return EMPTY


def receiver(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """The subject of a verb that makes it the one to whom the act is done ("Egypt received aid"), empty elsewhere."""
    for at in range(trigger.first - 1, max(-1, trigger.first - 1 - NOUN_PHRASE), -1):
        if chunks[at].lower in grammar.receiving_verbs:
            found = _before_verb(at, chunks, grammar)
            return Filling(found.chunks, f"the subject of “{chunks[at].lower}”, who receives", found.sure)
        if chunks[at].part not in ("word", "determiner", "number", "adverb", "mention"):
            break
    return EMPTY


def giver(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar) -> Filling:
    """Who does what a noun names, where a receiving verb carries it: "from Japan", or the possessor before it."""
    for preposition in grammar.noun_subject:
        found = _after_preposition(frozenset({preposition}), trigger.after, chunks, grammar)
        if found.chunks:
            return found
    found = _possessor_before(trigger, chunks, grammar)
    return found if found.chunks else _possessor_after(trigger, chunks, grammar)


def _mention_before(place: int, chunks: Sequence[Chunk], words: int) -> int | None:
    """The mention right before ``place``, at most a comma and ``words`` words between them."""
    for at in range(place - 1, -1, -1):
        part = chunks[at].part
        if part == "mention":
            return at
        if part == "comma" or (part in ("word", "quote") and words > 0):
            words -= part == "word"
            continue
        break
    return None


def _joined_left(place: int, chunks: Sequence[Chunk], grammar: Grammar) -> tuple[int, ...]:
    """The mention with those joined to it on its left ("A, B and C"), in order."""
    joined = [place]
    at = place
    while at >= 2 and (chunks[at - 1].lower in grammar.joins or (chunks[at - 1].part == "comma" and len(joined) > 1)):
        before = at - 2
        if chunks[before].part == "comma":
            before -= 1
        if before < 0 or chunks[before].part != "mention":
            break
        joined.append(before)
        at = before
    return tuple(reversed(joined))


def _joined_right(place: int, chunks: Sequence[Chunk], grammar: Grammar) -> tuple[int, ...]:
    """The mention with those joined to it on its right ("A, B and C"), in order."""
    joined = [place]
    at = place + 1
    pending: list[int] = []
    while at + 1 < len(chunks):
        if chunks[at].lower in grammar.joins:
            after = at + 1
            while after < len(chunks) and chunks[after].part == "determiner":
                after += 1
            if after < len(chunks) and chunks[after].part == "mention":
                joined += [*pending, after]
                pending = []
                at = after + 1
                continue
            break
        if chunks[at].part == "comma" and chunks[at + 1].part == "mention":
            pending.append(at + 1)
            at += 2
            continue
        if chunks[at].part == "comma" and chunks[at + 1].lower in grammar.joins:
            at += 1
            continue
        break
    return tuple(joined)
