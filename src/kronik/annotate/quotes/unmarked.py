"""Sentences without quotation marks to direct speech: after a colon, or in the first person in a bare report."""

from __future__ import annotations

from collections.abc import Sequence

from kronik.annotate.quotes import marks
from kronik.annotate.quotes.lines import FEWEST_WORDS, Line, Paragraph
from kronik.annotate.quotes.speakers import STOPS
from kronik.annotate.quotes.turns import Said, Turns
from kronik.model import Quote, Token

FARTHEST_COLON = 12


def unmarked_speech(report: Sequence[Paragraph], number: int, at: int, turns: Turns) -> list[Quote]:
    """The direct speech without marks that line ``at`` of paragraph ``number`` opens.

    It is a statement after a colon, with the paragraphs that go on with it, or a sentence in the first person that
    goes on with the speech before it.
    """
    line = report[number].lines[at]
    statement = _statement(report, number, at, turns)
    if statement:
        return statement
    goes_on = turns.unmarked and turns.after_spoken == line.number and not line.cues
    if goes_on and turns.last is not None and is_first_person(line.tokens, turns):
        line.taken = True
        turns.after_spoken += 1
        span = marks.trimmed(turns.text, line.span.start, line.span.end)
        return [Quote(span, True, turns.last, None, "first person")]
    return []


def is_spoken(tokens: Sequence[Token], turns: Turns) -> bool:
    """Whether words without quotation marks are a speaker's own: they say "we", or point at what is talked about."""
    return is_first_person(tokens, turns) or (turns.unmarked and tokens[0].lower in turns.rules.spoken_openers)


def is_first_person(tokens: Sequence[Token], turns: Turns) -> bool:
    """Whether "we" or "I" stands among the words; "US" is none."""
    people = turns.rules.first_person
    return any(t.lower in people and (len(t.text) == 1 or not t.text.isupper()) for t in tokens)


def _statement(report: Sequence[Paragraph], number: int, at: int, turns: Turns) -> list[Quote]:
    """What a colon after a form of saying opens: the rest of its paragraph, or the paragraphs that follow."""
    lines = report[number].lines
    line = lines[at]
    for cue in line.cues:
        colon = next((i for i in range(cue.last + 1, len(line.tokens)) if line.tokens[i].text == ":"), None)
        if colon is None or colon > cue.last + FARTHEST_COLON or cue.form.kind != "verb":
            continue
        subject = turns.subject(line, cue)
        if cue.first in line.used or not line.plain or subject is None or not subject.named:
            continue
        said = turns.said(subject, line, cue, "statement after a colon")
        if said.speaker is None:
            continue
        found = []
        rest = list(report[number + 1 :])
        if colon + 1 < len(line.tokens):
            closed = all(each.plain and not each.cues for each in lines[at + 1 :])
            last = lines[-1] if closed else line
            found.append(_whole(line.tokens[colon + 1].span.start, lines[at : lines.index(last) + 1], said, turns))
            rest = rest if closed else []
        for paragraph in rest:
            if not _goes_on(paragraph.lines, not found, turns):
                break
            found.append(_whole(paragraph.lines[0].span.start, paragraph.lines, said, turns))
        if found:
            line.used.add(cue.first)
            turns.speaks(said.speaker)
            return [quote for quote in found if marks.words(quote.span.of(turns.text)) >= FEWEST_WORDS]
    return []


def _goes_on(lines: Sequence[Line], first: bool, turns: Turns) -> bool:
    """Whether a paragraph after a colon belongs to the statement: it has no quotation, and it is the first one, or says
    "we", or is a full sentence in which nobody else speaks."""
    if not all(line.plain for line in lines):
        return False
    tokens = [t for line in lines for t in line.tokens]
    if first or is_first_person(tokens, turns):
        return True
    return turns.unmarked and tokens[-1].text in STOPS and not any(line.cues for line in lines)


def _whole(start: int, lines: Sequence[Line], said: Said, turns: Turns) -> Quote:
    for line in lines:
        line.taken = True
    return Quote(marks.trimmed(turns.text, start, lines[-1].span.end), True, said.speaker, said.cue, said.rule)
