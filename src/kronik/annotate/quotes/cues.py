"""A language's table of saying to the places of a sentence where somebody is said to say something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kronik.languages import Language
from kronik.model import Span, Token


class Phrases(NamedTuple):
    """Rows of words in lower case, with the words that one begins and ends with, since most words do neither."""

    rows: frozenset[tuple[str, ...]]
    first: frozenset[str]
    last: frozenset[str]


class Form(NamedTuple):
    """One form of saying, as saying.tsv describes it."""

    words: tuple[str, ...]
    kind: str
    subject: str
    takes: str
    hearer: str


class Cue(NamedTuple):
    """A form of saying where it stands: the numbers of its first and last token in its sentence."""

    first: int
    last: int
    form: Form
    span: Span


@dataclass(frozen=True)
class Saying:
    """How a language reports speech: its forms by first word, and the word lists that rules of quotation read."""

    forms: dict[str, tuple[Form, ...]]
    begins: re.Pattern[str]
    """Matches where a form of saying begins."""
    complementisers: frozenset[str]
    pronouns: frozenset[str]
    impersonal: frozenset[str]
    """Pronouns that stand for no person: "it"."""
    spoken_openers: frozenset[str]
    comma_marks: bool
    """Whether a comma after the verb opens a reported clause."""
    hearer_prepositions: frozenset[str]
    beside_verb: frozenset[str]
    aside: frozenset[str]
    joins: frozenset[str]
    ends: Phrases
    ends_anywhere: Phrases
    openers: Phrases
    nouns: Phrases
    titles: Phrases
    prepositions: frozenset[str]
    relative: frozenset[str]
    determiners: frozenset[str]
    negations: frozenset[str]
    first_person: frozenset[str]
    subordinators: frozenset[str]
    clause_marks: frozenset[str]
    """Words that show that another clause stands before a speaker: "that", "when", "who", "to", "has"."""
    phrase_ends: frozenset[str]
    """Words before which a noun phrase ends: "in", "when", "who", "tersebut"."""
    small: frozenset[str]
    """Words that are no speaker by themselves."""
    contrasts: frozenset[str]
    """Words that set one speaker's clause beside another's: "but", "while"."""
    anonymous: frozenset[str]
    """Words of speakers who are neither named nor titled: "officials", "saksi mata"."""
    definite: frozenset[str]
    """Articles of what is already known: "the"."""
    plural_ending: str
    """How words for several end: "s"; empty where nothing tells."""
    local: frozenset[str]
    """Words that make "the government" one of the place told of and not the country's: "setempat", "local"."""
    passive: frozenset[str]
    infinitive: frozenset[str]
    auxiliaries: frozenset[str]
    owner: frozenset[str]
    """Words that lead from a statement to its owner: "pernyataan dari Kremlin"."""
    possessive_marks: frozenset[str]
    agent: frozenset[str]
    """What stands before the agent of a passive: "oleh"."""
    clause_openers: frozenset[str]
    """Words that begin a clause after a hearer: "told reporters there …"."""
    anaphors: frozenset[str]
    """Words after a noun that point back: "pernyataan tersebut"."""


@lru_cache
def saying(language: Language) -> Saying:
    """The compiled data of a language."""
    forms: dict[str, list[Form]] = {}
    for row in language.table("saying"):
        words = tuple(row["form"].split())
        forms.setdefault(words[0], []).append(Form(words, row["kind"], row["subject"], row["takes"], row["hearer"]))
    rules, grammar, calendar = language.rules("saying"), language.rules("grammar"), language.rules("calendar")
    beside = set(rules["beside_verb"]) | set(grammar["auxiliaries"]) | set(grammar["adverbs"])
    days = set(calendar["months"]) | set(calendar["weekdays"])
    after = sorted(
        (w for w, fs in forms.items() if any(f.subject in ("after", "own") for f in fs)), key=len, reverse=True
    )
    complementisers = frozenset(rules["complementisers"])
    subordinators = frozenset(grammar["subordinators"])
    relative = frozenset(grammar["relative"]) - {"that"}
    infinitive = frozenset(grammar["infinitive"])
    auxiliaries = frozenset(grammar["auxiliaries"]) | frozenset(grammar["negations"])
    prepositions = frozenset(grammar["prepositions"])
    anaphors = frozenset(grammar.get("anaphoric_after", ()))
    determiners = frozenset(grammar["determiners"])
    beside_verb = frozenset(beside - set(grammar["negations"]))
    owner = frozenset(rules["owner"])
    return Saying(
        forms={first: tuple(sorted(found, key=lambda f: -len(f.words))) for first, found in forms.items()},
        begins=re.compile(rf"(?:{'|'.join(map(re.escape, after))})\b", re.IGNORECASE),
        complementisers=complementisers,
        pronouns=frozenset(rules["pronouns"]),
        impersonal=frozenset(rules.get("impersonal", ())),
        spoken_openers=frozenset(rules["spoken_openers"]),
        comma_marks=bool(rules["comma_marks"]),
        hearer_prepositions=frozenset(rules["hearer_prepositions"]),
        beside_verb=beside_verb,
        aside=frozenset(set(rules["aside"]) | days),
        joins=frozenset(rules["joins"]),
        ends=_phrases(rules["ends"]),
        ends_anywhere=_phrases(rules["ends_anywhere"]),
        openers=_phrases(rules["openers"]),
        nouns=_phrases(rules["nouns"]),
        titles=_phrases(rules["titles"]),
        prepositions=prepositions,
        relative=relative,
        determiners=determiners,
        negations=frozenset(grammar["negations"]),
        first_person=frozenset(grammar["first_person"]),
        contrasts=frozenset(rules["contrasts"]),
        anonymous=frozenset(rules["anonymous"]),
        definite=frozenset(rules.get("definite", ())),
        plural_ending=rules.get("plural_ending", ""),
        local=frozenset(rules.get("local", ())),
        passive=frozenset(grammar["passive_auxiliaries"]),
        auxiliaries=auxiliaries,
        infinitive=infinitive,
        owner=owner,
        possessive_marks=frozenset(grammar["possessive_marks"]),
        agent=frozenset(grammar["agent"]),
        clause_openers=frozenset(rules["clause_openers"]),
        anaphors=anaphors,
        subordinators=subordinators,
        clause_marks=(complementisers | subordinators | relative | infinitive | auxiliaries) - beside_verb,
        phrase_ends=(prepositions | subordinators | relative | anaphors) - owner,
        small=determiners | anaphors | beside_verb | prepositions,
    )


def cues(tokens: Sequence[Token], free: Sequence[bool], rules: Saying) -> list[Cue]:
    """The forms of saying among a sentence's tokens that are ``free`` (outside quotations), longest first, in order."""
    found = []
    at = 0
    while at < len(tokens):
        form = None
        if free[at]:
            form = next((f for f in rules.forms.get(tokens[at].lower, ()) if starts(tokens, at, f.words)), None)
        if form is None:
            at += 1
            continue
        last = at + len(form.words) - 1
        found.append(Cue(at, last, form, Span(tokens[at].span.start, tokens[last].span.end)))
        at = last + 1
    return found


def starts(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    """Whether the words stand at token ``at``."""
    return at + len(words) <= len(tokens) and all(tokens[at + i].lower == word for i, word in enumerate(words))


def phrase_at(tokens: Sequence[Token], at: int, phrases: Phrases) -> int:
    """The length of the longest of the phrases that begins at token ``at``; 0 where none does."""
    if at >= len(tokens) or tokens[at].lower not in phrases.first:
        return 0
    for length in (5, 4, 3, 2, 1):
        if at + length <= len(tokens) and tuple(t.lower for t in tokens[at : at + length]) in phrases.rows:
            return length
    return 0


def phrase_before(tokens: Sequence[Token], end: int, phrases: Phrases) -> int:
    """The length of the longest of the phrases that ends before token ``end``; 0 where none does."""
    if end < 1 or tokens[end - 1].lower not in phrases.last:
        return 0
    for length in (5, 4, 3, 2, 1):
        if end >= length and tuple(t.lower for t in tokens[end - length : end]) in phrases.rows:
            return length
    return 0


def _phrases(texts: Sequence[str]) -> Phrases:
    rows = frozenset(tuple(text.split()) for text in texts)
    return Phrases(rows, frozenset(row[0] for row in rows), frozenset(row[-1] for row in rows))
