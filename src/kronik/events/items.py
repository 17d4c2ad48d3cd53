"""A slot's words to the items that change hands or are used, with their numbers and units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kronik.events.chunks import Chunk
from kronik.events.grammar import Grammar
from kronik.events.participants import Cast
from kronik.events.triggers import Trigger
from kronik.languages import Language
from kronik.model import EventType, Item, Span

ItemNames = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
USES_ITEMS = frozenset({"AID", "MOBILIZE", "ASSAULT", "COOPERATE"})
REACH = 12  # chunks after a trigger in which an item may be named
NUMBER = re.compile(r"\d[\d.,]*")


@lru_cache
def _item_names(language: Language) -> ItemNames:
    """From an item's first word to its words and English name, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    suffixes = language.rules("morphology")["noun"].get("suffixes", [""])
    for row in language.table("items"):
        for suffix in suffixes:
            words = tuple((row["text"] + suffix).split())
            index.setdefault(words[0], []).append((words, row["english"]))
    return {first: tuple(sorted(names, key=lambda n: -len(n[0]))) for first, names in index.items()}


@lru_cache
def _numbers(language: Language) -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in language.table("numbers")}


@lru_cache
def _units(language: Language) -> dict[str, str]:
    return {row["text"]: row["english"] for row in language.table("units")}


def find_items(
    start: int, end: int, chunks: Sequence[Chunk], text: str, grammar: Grammar, language: Language
) -> tuple[Item, ...]:
    """The items named in ``chunks[start:end]``, in order; those of one enumeration are all taken."""
    names = _item_names(language)
    items: list[Item] = []
    at = start
    while at < end:
        match = _longest(chunks, at, end, names)
        if match is None:
            at += 1
            continue
        words, english = match
        span = Span(chunks[at].span.start, chunks[at + words - 1].span.end)
        quantity, unit = _quantity(chunks, at, start, grammar, language)
        items.append(Item(english, span.of(text), span, quantity, unit))
        at += words
    return tuple(items)


def item_at(span: Span, chunks: Sequence[Chunk], text: str, grammar: Grammar, language: Language) -> Item | None:
    """The item that is named at the span, with its number and unit; known by its own words where no table has it.

    None where the span holds nothing but a number.
    """
    covered = [number for number, chunk in enumerate(chunks) if chunk.span.overlaps(span)]
    counts = _numbers(language)
    if all(chunks[at].lower in counts or NUMBER.fullmatch(chunks[at].lower) for at in covered):
        return None
    known = find_items(covered[0], covered[-1] + 1, chunks, text, grammar, language)
    quantity, unit = _quantity(chunks, covered[0], 0, grammar, language)
    if known and known[0].quantity is not None:
        quantity, unit = known[0].quantity, known[0].unit
    return Item(known[0].name if known else span.of(text), span.of(text), span, quantity, unit)


def items_near(
    trigger: Trigger, chunks: Sequence[Chunk], event_type: EventType, cast: Cast, grammar: Grammar
) -> tuple[Item, ...]:
    """The items named in the trigger or after it in its clause, for types whose acts are done with or about things."""
    if event_type not in USES_ITEMS:
        return ()
    end = clause_end(chunks, trigger.after)
    return find_items(trigger.first, end, chunks, cast.report.text, grammar, cast.language)


def clause_end(chunks: Sequence[Chunk], start: int) -> int:
    """Where the clause that goes on at ``start`` ends, or as far as items are looked for."""
    last = min(len(chunks), start + REACH)
    return next((n for n in range(start, last) if chunks[n].part in ("stop", "relative", "subordinator")), last)


def _longest(chunks: Sequence[Chunk], at: int, end: int, names: ItemNames) -> tuple[int, str] | None:
    for words, english in names.get(chunks[at].lower, ()):
        if at + len(words) <= end and all(chunks[at + n].lower == word for n, word in enumerate(words)):
            return len(words), english
    return None


def _quantity(
    chunks: Sequence[Chunk], at: int, start: int, grammar: Grammar, language: Language
) -> tuple[float | None, str | None]:
    """The number that counts the item and its unit, read leftwards over at most three words."""
    unit = None
    multiplier = 1.0
    numbers = _numbers(language)
    for place in range(at - 1, max(start - 1, at - 7), -1):
        lower = chunks[place].lower
        if lower in _units(language) and unit is None:
            unit = _units(language)[lower]
        elif NUMBER.fullmatch(lower):
            value = _value(lower, language)
            return (None if value is None else value * multiplier), unit
        elif lower in numbers:
            if numbers[lower] >= 100:
                multiplier *= numbers[lower]
                continue
            return numbers[lower] * multiplier, unit
        elif chunks[place].part not in ("word", "mention", "verb", "determiner") and lower not in grammar.noun_object:
            break
    return (multiplier if multiplier > 1 else None), unit


def _value(written: str, language: Language) -> float | None:
    """A number as the language writes it: which of dot and comma parts thousands is a fact of the language."""
    thousands, decimal = language.rules("language")["thousands"], language.rules("language")["decimal"]
    plain = written.rstrip(".,")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", plain):
        return float(plain.replace(thousands, ""))
    try:
        return float(plain.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return None
