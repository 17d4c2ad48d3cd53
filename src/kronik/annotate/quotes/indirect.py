"""A line's forms of saying to indirect speech: the reported clause and who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from kronik.annotate.quotes import clauses
from kronik.annotate.quotes.clauses import Clause
from kronik.annotate.quotes.cues import Cue
from kronik.annotate.quotes.lines import Line
from kronik.annotate.quotes.speakers import Subject
from kronik.annotate.quotes.turns import Turns
from kronik.annotate.quotes.unmarked import is_spoken
from kronik.model import Participant, Quote, Span, Token

BEFORE_TAG = "reported clause before its tag"
AFTER_VERB = "reported clause"


def indirect_speech(line: Line, turns: Turns) -> list[Quote]:
    """The indirect speech of a line. A clause before a tag that says "we" is direct speech that lost its marks."""
    found: list[Quote] = []
    floor = 0
    for cue in line.cues:
        if cue.first in line.used:
            floor = cue.last + 1
            continue
        quote = _reported(line, cue, floor, turns)
        if quote is None or any(q.span.overlaps(quote.span) for q in found):
            continue
        found.append(quote)
        floor = cue.last + 1
        if cue.form.kind != "preposition" or not line.used:
            turns.speaks(quote.speaker)
    return found


def _reported(line: Line, cue: Cue, floor: int, turns: Turns) -> Quote | None:
    """What one form of saying reports; words before token ``floor`` belong to another form."""
    form, tokens = cue.form, line.tokens
    if form.kind == "noun" or (form.takes == "quote" and not turns.unmarked) or _is_no_report(tokens, cue, turns):
        return None
    subject = turns.subject(line, cue)
    if subject is None or (subject.participant is not None and not subject.named):
        return None
    found = _clause(line, cue, subject, floor, turns)
    if found is None:
        return None
    clause, rule = found
    said = turns.said(subject, line, cue, rule)
    if said.speaker is None or not all(line.free[clause.start : clause.stop]):
        return None
    words = tokens[clause.start : clause.stop]
    spoken = rule == BEFORE_TAG and form.kind == "verb" and (form.takes == "quote" or is_spoken(words, turns))
    if spoken:
        turns.after_spoken = line.number + 1
    elif _is_anonymous(said.speaker, turns):
        return None
    return Quote(Span(words[0].span.start, words[-1].span.end), spoken, said.speaker, said.cue, said.rule)


def _clause(line: Line, cue: Cue, subject: Subject, floor: int, turns: Turns) -> tuple[Clause, str] | None:
    """The clause before or after a form of saying, and the rule that found it."""
    form, tokens = cue.form, line.tokens
    is_tag = form.subject in ("after", "own") or (form.subject == "either" and turns.is_tag(tokens, cue, subject))
    if is_tag:
        bare = form.kind == "verb" and form.subject == "after" and form.takes != "that"
        if bare and cue.first > 0 and tokens[cue.first - 1].text != ",":
            return None  # "dengan kata lain": a root is a verb of saying only after a comma or mark
        clause = clauses.before_tag(tokens, cue, subject, floor if floor < cue.first else 0, turns.rules)
        if clause is not None:
            return clause, BEFORE_TAG
    if form.takes == "quote":
        return None
    clause = clauses.after_verb(tokens, cue, subject, line.cues, turns.rules)
    if clause is None or (form.takes == "that" and not clause.marked) or tokens[clause.start - 1].text == ":":
        return None
    return clause, AFTER_VERB


def _is_no_report(tokens: Sequence[Token], cue: Cue, turns: Turns) -> bool:
    """Whether a form is a noun ("their claim"), a passive ("is said to"), infinitive or relative ("yang menurut")."""
    rules, at = turns.rules, cue.first - 1
    if at < 0:
        return False
    if cue.form.kind != "verb":
        return tokens[at].lower in rules.relative
    if tokens[at].lower in rules.determiners | rules.possessive_marks:
        return cue.form.subject in ("before", "either")
    while at >= 0 and tokens[at].lower in rules.beside_verb - rules.passive:
        at -= 1
    return at >= 0 and tokens[at].lower in rules.passive | rules.infinitive


def _is_anonymous(speaker: Participant, turns: Turns) -> bool:
    """Whether a speaker is neither named nor titled ("officials", "beberapa saksi mata")."""
    return all(w in turns.rules.anonymous | turns.rules.determiners for w in speaker.text.lower().split())
