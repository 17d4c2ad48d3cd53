"""A frame's lexical entries to the word forms that a text may show, by the rules of a language's morphology.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kronik.errors import LanguageDataError
from kronik.languages import Language


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of an entry: its words in lower case, and what the form tells of the clause around it.

    ``voice`` is ``active``, ``passive`` (the form itself is passive), ``participle`` (passive beside an auxiliary),
    ``bare`` (a verb without any marking), ``gerund`` or ``noun``.
    """

    words: tuple[str, ...]
    voice: str


@dataclass(frozen=True, slots=True)
class _VerbForm:
    voice: str
    of_stem: bool
    rules: tuple[tuple[re.Pattern[str], str], ...]
    suffixes: tuple[str, ...]


def verb_forms(entry: str, language: Language) -> Iterator[Form]:
    """Every form of a verb entry ("pay a visit to", "mengirim|kirim"): first word inflected, the rest as written."""
    head, *rest = entry.split()
    lemma, _, given_stem = head.partition("|")
    stem_rules, forms, _ = _rules(language)
    stem = given_stem or _rewrite(lemma, stem_rules)
    irregular = _irregular(language).get(lemma, {})
    for form in forms:
        if form.of_stem and stem is None:
            continue
        origin = stem if form.of_stem else lemma
        made = irregular.get(form.voice) or _rewrite(origin or lemma, form.rules)
        for written in (made or "").split("|"):
            if written:
                for suffix in form.suffixes:
                    yield Form((written + suffix, *rest), form.voice)
                    if suffix and rest:
                        yield Form((written, *rest[:-1], rest[-1] + suffix), form.voice)


def noun_forms(entry: str, language: Language) -> Iterator[Form]:
    """Every form of a noun entry ("air strike", "uji coba rudal"): the inflected word is the language's noun head."""
    words = tuple(entry.split())
    _, _, (rules, suffixes, head_last) = _rules(language)
    place = len(words) - 1 if head_last else 0
    heads = {words[place]}
    for pattern, replacement in rules:
        if pattern.search(words[place]):
            heads.add(pattern.sub(replacement, words[place]))
            break
    for head in sorted(heads):
        inflected = (*words[:place], head, *words[place + 1 :])
        for suffix in suffixes:
            yield Form((*inflected[:-1], inflected[-1] + suffix), "noun")


Rules = tuple[tuple[re.Pattern[str], str], ...]


@lru_cache
def _rules(language: Language) -> tuple[Rules, tuple[_VerbForm, ...], tuple[Rules, tuple[str, ...], bool]]:
    data = language.rules("morphology")
    try:
        forms = tuple(
            _VerbForm(
                voice=form["voice"],
                of_stem=form.get("of", "lemma") == "stem",
                rules=_compiled(form["rules"]),
                suffixes=tuple(form.get("suffixes", [""])),
            )
            for form in data["form"]
        )
        noun = data["noun"]
        return (
            _compiled(data.get("stem", {}).get("rules", [])),
            forms,
            (_compiled(noun.get("rules", [])), tuple(noun.get("suffixes", [""])), bool(noun.get("head_last", False))),
        )
    except (KeyError, re.error) as wrong:
        raise LanguageDataError(f"{language.code}/morphology.toml: {wrong!r}: mend the rule") from wrong


def _compiled(rules: list[list[str]]) -> Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


def _rewrite(word: str, rules: Rules) -> str | None:
    """The word after the first rule whose pattern is found in it, None where none is."""
    for pattern, replacement in rules:
        if pattern.search(word):
            return pattern.sub(replacement, word, count=1)
    return None


@lru_cache
def _irregular(language: Language) -> dict[str, dict[str, str]]:
    return {row["lemma"]: {k: v for k, v in row.items() if v and k != "lemma"} for row in language.table("verbs")}
