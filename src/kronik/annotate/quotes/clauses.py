"""A form of saying and its sentence to the stretch of the sentence that it reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kronik.annotate.quotes.cues import Cue, Saying, phrase_at
from kronik.annotate.quotes.speakers import COMMAS, STOPS, Subject
from kronik.model import Token

FARTHEST_COMPLEMENTISER = 14
FARTHEST_AUXILIARY = 8
FARTHEST_SPEAKER = 14
FEWEST_WORDS = 3
FEWEST_WORDS_BEFORE_TAG = 4
FEWEST_WORDS_AFTER_PREPOSITION = 8
"""A shorter stretch that a preposition opens is a phrase before the verb ("Before the vote, X said …"), no clause."""


class Clause(NamedTuple):
    """The tokens [start, stop) of a reported clause; ``marked`` where a complementiser, comma or colon opens it."""

    start: int
    stop: int
    marked: bool


def after_verb(
    tokens: Sequence[Token], cue: Cue, subject: Subject, cues: Sequence[Cue], rules: Saying
) -> Clause | None:
    """The clause that follows a form of saying: "X said on Friday that …", "menurut X, …"."""
    at = max(cue.last, subject.last) + 1
    found = _past_object(tokens, at, rules) if cue.form.hearer == "object" else _past_asides(tokens, at, rules)
    if found is None:
        return None
    start, marked = found
    stop = _end(tokens, start, cues, rules)
    marked = marked or _is_clause(tokens[start : min(stop, start + FARTHEST_AUXILIARY)], rules)
    return Clause(start, stop, marked) if _words(tokens, start, stop) >= FEWEST_WORDS else None


def _is_clause(tokens: Sequence[Token], rules: Saying) -> bool:
    """Whether words are a clause by their auxiliary ("Iran would answer") and no object ("a plan to answer")."""
    for token in tokens:
        if token.lower in rules.auxiliaries:
            return True
        if token.lower in rules.relative | rules.subordinators | rules.infinitive or token.text in STOPS:
            return False
    return False


def before_tag(tokens: Sequence[Token], cue: Cue, subject: Subject, floor: int, rules: Saying) -> Clause | None:
    """The clause that comes before a form of saying set off by a comma: "…, he said", "…, kata X"."""
    stop = phrase_start(tokens, cue, subject)
    if cue.form.kind != "preposition" and not after_comma(tokens, stop):
        return None
    stop = _without_comma(tokens, floor, stop)
    if stop > floor and tokens[stop - 1].lower in rules.relative | rules.subordinators:
        return None
    start = past_openers(tokens, floor, rules)
    count = _words(tokens, start, stop)
    opens_phrase = start < stop and tokens[start].lower in rules.prepositions | rules.aside
    # Three words are a clause where they open their sentence with a name or auxiliary: "Japan attacked Peru, X said."
    words = tokens[start:stop]
    phrase = any(t.lower in rules.prepositions | rules.aside for t in words)
    full = any(t.text[0].isupper() or t.lower in rules.auxiliaries for t in words[1:])
    alone = start == 0 and cue.form.kind == "verb" and full and not phrase
    if count < FEWEST_WORDS_BEFORE_TAG - alone or (opens_phrase and count < FEWEST_WORDS_AFTER_PREPOSITION):
        return None
    return Clause(start, stop, True)


def phrase_start(tokens: Sequence[Token], cue: Cue, subject: Subject) -> int:
    """The first token of a form of saying with its subject: after the nearest comma or mark where one stands close by,
    since a mention may leave out its article or the words before its name."""
    first = min(cue.first, subject.first) if subject.first >= 0 else cue.first
    for back in range(5):
        if after_comma(tokens, first - back):
            return first - back
    return first


def after_comma(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma or a closing mark stands before a token."""
    return at > 0 and tokens[at - 1].text in (",", "”", '"', "’", "'", "»", "–", "—")


def past_openers(tokens: Sequence[Token], at: int, rules: Saying) -> int:
    """The token after a sentence's connectives ("Namun, …")."""
    length = phrase_at(tokens, at, rules.openers)
    while length:
        at += length
        if at < len(tokens) and tokens[at].text == ",":
            at += 1
        length = phrase_at(tokens, at, rules.openers)
    return at


def _words(tokens: Sequence[Token], start: int, stop: int) -> int:
    return sum(1 for t in tokens[start:stop] if t.text[0].isalnum())


def _past_asides(tokens: Sequence[Token], at: int, rules: Saying) -> tuple[int, bool] | None:
    """Where the clause begins after hearers, times and places, and whether a complementiser or comma opens it."""
    count = len(tokens)
    if at >= count:
        return None
    word = tokens[at].lower
    if word in rules.complementisers:
        return at + 1, True
    if tokens[at].text in (",", ":"):
        # "said, that …" and "said, after a pause, that …"
        for i in range(at, min(count - 1, at + FARTHEST_COMPLEMENTISER)):
            if tokens[i].text == "," and tokens[i + 1].lower in rules.complementisers:
                return i + 2, True
        return at + 1, rules.comma_marks or tokens[at].text == ":"
    if (
        word not in rules.hearer_prepositions
        and word not in rules.prepositions
        and word not in rules.aside
        and word != "("
    ):
        return at, False
    for i in range(at, min(count, at + FARTHEST_COMPLEMENTISER)):
        if tokens[i].lower in rules.complementisers:
            return i + 1, True
        if tokens[i].text in (",", ":") and i + 1 < count:
            following = tokens[i + 1].lower
            marked = rules.comma_marks or following in rules.complementisers
            return (i + 2 if following in rules.complementisers else i + 1), marked
    at += 1
    # "on Friday", "kepada CNBC", "in Baghdad": the preposition's noun, then words of time.
    while at < count and tokens[at].lower in rules.determiners:
        at += 1
    if word in rules.prepositions or word in rules.hearer_prepositions:
        at += 1
    while at < count and (tokens[at].lower in rules.aside or tokens[at].text in "()" or tokens[at].text[0].isdigit()):
        at += 1
    return at, False


def _past_object(tokens: Sequence[Token], at: int, rules: Saying) -> tuple[int, bool] | None:
    """Where the clause begins after a hearer that is an object: "told the Reuters news agency there was …"."""
    openers = rules.pronouns | rules.determiners | rules.clause_openers
    begin = None
    for i in range(at, min(len(tokens), at + FARTHEST_COMPLEMENTISER)):
        token = tokens[i]
        if token.lower in rules.complementisers:
            return i + 1, True
        if token.text in STOPS:
            return (i + 1, True) if begin is None and token.text in (",", ":") and i > at else _unmarked(begin)
        if begin is None and at < i < at + 7:
            before = tokens[i - 1]
            opens = token.lower in openers and before.lower not in rules.determiners
            name_after_noun = token.text[0].isupper() and before.text[0].islower() and i > at + 1
            if opens or name_after_noun:
                begin = i
    return _unmarked(begin)


def _unmarked(begin: int | None) -> tuple[int, bool] | None:
    return None if begin is None else (begin, False)


def _end(tokens: Sequence[Token], start: int, cues: Sequence[Cue], rules: Saying) -> int:
    """Where a reported clause ends that begins at ``start``: before the next verb of saying that shares the speaker,
    before a tag of an outer speaker, before words that turn back to the reporter, else at the end of the sentence."""
    stop = len(tokens)
    while stop > start and tokens[stop - 1].text in STOPS - {")"}:
        stop -= 1
    for at in range(start, stop):
        if at > start and phrase_at(tokens, at, rules.ends_anywhere):
            return _without_comma(tokens, start, at)
        if (
            at > start
            and tokens[at].text in COMMAS
            and tokens[at].text not in "()"
            and phrase_at(tokens, at + 1, rules.ends)
        ):
            return at
    for cue in cues:
        if cue.first <= start or cue.first >= stop:
            continue
        at = cue.first - 1
        while at > start and tokens[at].lower in rules.beside_verb and tokens[at].lower not in rules.joins:
            at -= 1
        joined = tokens[at].lower in rules.joins or (cue.form.subject == "shared" and tokens[at].text in COMMAS)
        tag = cue.form.subject in ("after", "own") and cue.form.kind != "noun" and tokens[cue.first - 1].text == ","
        beside = next(
            (i for i in range(cue.first - 2, max(start, cue.first - 8), -1) if _parts(tokens, i, rules)), None
        )
        if beside is None:
            beside = _beside_join(tokens, start, cue, rules)
        if cue.form.subject in ("before", "either") and cue.form.takes != "quote" and beside is not None:
            return _without_comma(tokens, start, beside)
        if (joined and cue.form.takes != "quote") or tag:
            while at > start and tokens[at].lower in rules.joins:
                at -= 1
            return _without_comma(tokens, start, at + 1)
    return stop


def _beside_join(tokens: Sequence[Token], start: int, cue: Cue, rules: Saying) -> int | None:
    """Where ", and" sets another speaker's clause beside what was said: "…, and Secretary of State X said that …".

    Between it and the form stands nothing but the speaker: no verb, no clause that could belong to what was said.
    """
    for at in range(cue.first - 1, max(start, cue.first - FARTHEST_SPEAKER), -1):
        token = tokens[at]
        if token.lower in rules.joins and tokens[at - 1].text == ",":
            speaker = tokens[at + 1 : cue.first]
            return at if any(t.text[0].isupper() or t.lower in rules.pronouns for t in speaker) else None
        if token.lower in rules.clause_marks or (token.text in STOPS and token.text != ","):
            return None
    return None


def _parts(tokens: Sequence[Token], at: int, rules: Saying) -> bool:
    """Whether a token sets what follows beside what was said: "but Iran said", ", while the army says"."""
    return tokens[at].lower in rules.contrasts and (tokens[at - 1].text in COMMAS or tokens[at].lower in rules.joins)


def _without_comma(tokens: Sequence[Token], start: int, stop: int) -> int:
    while stop > start and tokens[stop - 1].text in COMMAS - {")"}:
        stop -= 1
    return stop
