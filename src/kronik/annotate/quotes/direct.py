"""A quotation to a direct quote: the form of saying beside it and who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from kronik.annotate.quotes.cues import Cue, phrase_before
from kronik.annotate.quotes.lines import Line, Paragraph, token_at
from kronik.annotate.quotes.marks import Stretch
from kronik.annotate.quotes.speakers import STOPS, Subject
from kronik.annotate.quotes.turns import NOBODY, Said, Turns
from kronik.model import Quote

FARTHEST_TAG = 24
"""How many tokens after the mark a form of saying may stand: a subject with its title fits between them."""
FARTHEST_ASIDE = 14
LONGEST_TAG = 6
"""How many tokens may follow the form of a tag that is a sentence of its own."""


def direct_quote(
    quotation: Stretch, paragraph: Paragraph, line: Line, earlier: Sequence[Quote], turns: Turns
) -> Quote | None:
    """The quote that a quotation is, None where no speaker is found: it is a title then, a name or a saying.

    ``line`` is where the quotation begins, ``earlier`` the quotes that the paragraph has given so far.
    """
    opening = token_at(line.tokens, quotation.outer.start)
    if phrase_before(line.tokens, opening, turns.rules.titles):
        return None
    is_fragment = quotation.inner.of(turns.text)[:1].islower()
    said = (
        _adjacent_before(line, opening, turns)
        or (_in_clause(line, opening, turns) if is_fragment else None)
        or _tag_after(quotation, paragraph.lines, turns)
        or _in_clause(line, opening, turns)
        or _by_context(quotation, line, earlier, turns)
    )
    if said is None or said.speaker is None:
        return None
    return Quote(quotation.inner, True, said.speaker, said.cue, said.rule)


def _adjacent_before(line: Line, opening: int, turns: Turns) -> Said | None:
    """A form of saying right before the mark: ``X said: "…"``, ``kata X, "…"``."""
    rules = turns.rules
    cues = [c for c in line.cues if c.last < opening]
    # "X said in a statement, …": the verb knows the speaker, the noun only points back.
    cue = next(
        (c for c in reversed(cues) if c.form.kind != "noun" or c.form.subject != "own"), cues[-1] if cues else None
    )
    subject = turns.subject(line, cue) if cue is not None else None
    if cue is None or subject is None:
        return None
    between = line.tokens[max(cue.last, subject.last) + 1 : opening]
    close = all(t.text in (",", ":", "-", "–", "—") or t.lower in rules.complementisers for t in between)
    if not close:
        asides = rules.prepositions | rules.aside | rules.hearer_prepositions | {"("}
        parted = any(t.text in (".", ";") for t in between) or len(between) > FARTHEST_ASIDE
        if parted or between[-1].text not in (",", ":") or between[0].lower not in asides:
            return None
    line.used.add(cue.first)
    return turns.said(subject, line, cue, "form of saying before the mark")


def _tag_after(quotation: Stretch, lines: Sequence[Line], turns: Turns) -> Said | None:
    """A form of saying right after the mark: ``"…," kata X``, ``"…," X said``."""
    at = next((i for i, each in enumerate(lines) if quotation.outer.end <= each.span.end), None)
    if at is None:
        return None
    line = lines[at]
    first = token_at(line.tokens, quotation.outer.end)
    while first < len(line.tokens) and line.tokens[first].text in STOPS and line.free[first]:
        first += 1
    if first < len(line.tokens):
        return _tag(line, first, turns)
    # "Is it so?" Peskov asked.: the mark after a question ended the sentence.
    if at + 1 < len(lines) and turns.text[quotation.inner.end - 1] in "?!.":
        return _tag(lines[at + 1], 0, turns, alone=True)
    return None


def _tag(line: Line, first: int, turns: Turns, alone: bool = False) -> Said | None:
    """The tag that begins with token ``first``; ``alone`` where it is a sentence, which then holds nothing else."""
    limit = next((i for i in range(first, len(line.tokens)) if not line.free[i]), len(line.tokens))
    cue = next((c for c in line.cues if c.first >= first and c.last < limit and not _is_noun_before(c)), None)
    if cue is None or cue.first - first > FARTHEST_TAG:
        return None
    subject = _tag_subject(line, cue, first, turns)
    if subject is None:
        return None
    if alone and cue.form.subject != "own" and subject.first < cue.first and len(line.tokens) - cue.last > LONGEST_TAG:
        return None
    line.used.add(cue.first)
    return turns.said(subject, line, cue, "form of saying after the mark")


def _tag_subject(line: Line, cue: Cue, first: int, turns: Turns) -> Subject | None:
    """The subject of a tag: after its form where that comes first, else all that stands before it."""
    rules, tokens = turns.rules, line.tokens
    if all(t.lower in rules.beside_verb for t in tokens[first : cue.first]):
        if cue.form.subject == "own":
            return NOBODY
        return turns.speakers.after(tokens, cue) if cue.form.subject in ("after", "either") else None
    if cue.form.subject not in ("before", "either"):
        return None
    subject = turns.speakers.before(tokens, cue, first)
    if subject is None or subject.shared or subject.first > first + 3:
        return None
    parted = any(t.lower in rules.subordinators for t in tokens[first : subject.first])
    return None if parted else subject


def _is_noun_before(cue: Cue) -> bool:
    return cue.form.kind == "noun" and cue.form.subject == "before"


def _in_clause(line: Line, opening: int, turns: Turns) -> Said | None:
    """A form of saying earlier in the sentence, whose clause holds the quotation."""
    for cue in reversed(line.cues):
        if cue.last >= opening:
            continue
        subject = turns.subject(line, cue)
        if subject is not None:
            line.used.add(cue.first)
            return turns.said(subject, line, cue, "quotation in a reported clause")
    return None


def _by_context(quotation: Stretch, line: Line, earlier: Sequence[Quote], turns: Turns) -> Said | None:
    """No form of saying: the speaker of the quote before it in the paragraph, or of the text that leads to it."""
    words = quotation.inner.of(turns.text)
    if words[:1].islower():
        return None
    before = next((quote for quote in reversed(earlier) if quote.direct), None)
    if before is not None:
        return Said(before.speaker, before.cue, "goes on with the quote before it")
    outside = [t for t, free in zip(line.tokens, line.free, strict=True) if free and t.text[0].isalnum()]
    if len(outside) <= 1:
        return Said(turns.last, None, "stands alone after its speaker")
    return None
