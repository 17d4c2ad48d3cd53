"""A language's grammar.toml to the sets and patterns that chunking and role finding ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronik.errors import LanguageDataError
from kronik.events.morphology import verb_forms
from kronik.languages import Language


@dataclass(frozen=True)
class Grammar:
    """The small words of a language, by what they do in a sentence; all in lower case."""

    prepositions: frozenset[str]
    agent: frozenset[str]
    between: frozenset[str]
    place_prepositions: frozenset[str]
    conjunctions: frozenset[str]
    joins: frozenset[str]
    relative: frozenset[str]
    subordinators: frozenset[str]
    infinitive: frozenset[str]
    purpose: frozenset[str]
    passive_auxiliaries: frozenset[str]
    perfect_auxiliaries: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    possessive_pronouns: frozenset[str]
    possessive_marks: frozenset[str]
    adverbs: frozenset[str]
    negations: frozenset[str]
    first_person: frozenset[str]
    verb_pattern: re.Pattern[str]
    verbs: frozenset[str]
    light_verbs: frozenset[str]
    receiving_verbs: frozenset[str]
    noun_subject: tuple[str, ...]
    noun_object: tuple[str, ...]
    adjective_pattern: re.Pattern[str]
    plural_pattern: re.Pattern[str]
    anaphoric_after: frozenset[str]


@lru_cache
def grammar(language: Language) -> Grammar:
    """The grammar of the language. Raises LanguageDataError where a list is missing."""
    data = language.rules("grammar")

    def words(name: str) -> frozenset[str]:
        return frozenset(_list(data, name, language))

    def inflected(name: str) -> frozenset[str]:
        return frozenset(
            form.words[0]
            for entry in _list(data, name, language)
            for form in verb_forms(entry, language)
            if len(form.words) == 1
        )

    return Grammar(
        **{name: words(name) for name in _SETS},
        verb_pattern=_alternatives(data, "verb_patterns", language),
        adjective_pattern=_alternatives(data, "adjective_patterns", language),
        plural_pattern=_alternatives(data, "plural_patterns", language),
        light_verbs=inflected("light_verbs"),
        receiving_verbs=inflected("receiving_verbs"),
        noun_subject=tuple(_list(data, "noun_subject", language)),
        noun_object=tuple(_list(data, "noun_object", language)),
    )


_SETS = (
    "prepositions", "agent", "between", "place_prepositions", "conjunctions", "joins", "relative", "subordinators",
    "infinitive", "purpose", "passive_auxiliaries", "perfect_auxiliaries", "auxiliaries", "modals",
    "determiners", "definite",
    "possessive_pronouns", "possessive_marks", "adverbs", "negations", "first_person", "verbs", "anaphoric_after",
)  # fmt: skip


def _list(data: dict[str, Any], name: str, language: Language) -> list[str]:
    values = data.get(name)
    if not isinstance(values, list):
        raise LanguageDataError(f"{language.code}/grammar.toml: no list {name}: add it, empty if there is none")
    return values


def _alternatives(data: dict[str, Any], name: str, language: Language) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{p})" for p in _list(data, name, language)))
    except re.error as wrong:
        raise LanguageDataError(f"{language.code}/grammar.toml: {name} is no regular expression: {wrong}") from wrong
