"""Sentences, mentions and entities of a report to its quotes, direct and indirect, each with its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from kronik.annotate.quotes import clauses, marks
from kronik.annotate.quotes.cues import Cue, Saying, cues, phrase_before, saying
from kronik.annotate.quotes.speakers import STOPS, Speakers, Subject
from kronik.languages import Language
from kronik.model import Entity, Mention, Participant, Quote, Report, Sentence, Span, Token

FEWEST_WORDS = 4
"""Quotations of fewer words are titles, names and single words (GUIDELINES of the gold reports)."""


def find(
    report: Report,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    language: Language,
) -> tuple[Quote, ...]:
    """The quotes of a report in order of their place.

    A direct quote stands in quotation marks, holds at least four words, and has a speaker. Indirect speech is the clause
    that a verb, noun or preposition of saying reports from a speaker who is a mention. ``speaker`` is the entity behind
    the subject of the form of saying; a pronoun, a statement or no subject at all takes the speaker before it.
    """
    return tuple(
        _Reader(
            report.text, sentences, Speakers(report.text, mentions, entities, saying(language)), saying(language)
        ).read()
    )


@dataclass
class _Line:
    """A sentence with what of it stands outside quotations, and its forms of saying."""

    number: int
    tokens: tuple[Token, ...]
    span: Span
    free: list[bool]
    cues: list[Cue]
    used: set[int]
    """The forms (by first token) that a direct quote has taken."""
    taken: bool = False
    """Whether the whole sentence is already a quote."""


class _Said(NamedTuple):
    """Who says a quote, by which form of saying, found by which rule."""

    speaker: Participant | None
    cue: Span | None
    rule: str


class _Reader:
    """Reads one report front to back, keeping who spoke last."""

    def __init__(self, text: str, sentences: Sequence[Sentence], speakers: Speakers, rules: Saying) -> None:
        self.text, self.speakers, self.rules = text, speakers, rules
        self.last: Participant | None = None
        self.lines: list[_Line] = []
        self.quoted: list[list[marks.Stretch]] = []
        self.by_paragraph: list[list[_Line]] = []
        for group in _by_paragraph(sentences):
            paragraph = Span(group[0].span.start, group[-1].span.end)
            found = [
                s
                for s in marks.stretches(text, paragraph, rules.begins)
                if marks.words(s.inner.of(text)) >= FEWEST_WORDS
            ]
            lines: list[_Line] = []
            for sentence in group:
                free = [not any(s.outer.contains(t.span) for s in found) for t in sentence.tokens]
                lines.append(
                    _Line(
                        len(self.lines) + len(lines),
                        sentence.tokens,
                        sentence.span,
                        free,
                        cues(sentence.tokens, free, rules),
                        set(),
                    )
                )
            self.quoted.append(found)
            self.by_paragraph.append(lines)
            self.lines += lines
        self.unmarked = not any(sign in marks.STRAIGHT | marks.OPENING | marks.CLOSING for sign in text)
        """Whether the report has lost its quotation marks: then what is spoken is known by its words alone."""

        self.spoken_to = -1
        """The number of the sentence after the last one that was direct speech without marks."""

    def read(self) -> list[Quote]:
        quotes: list[Quote] = []
        for number, lines in enumerate(self.by_paragraph):
            stretches = self.quoted[number]
            before = len(quotes)
            for at, line in enumerate(lines):
                known = len(quotes)
                for stretch in stretches:
                    if line.span.start <= stretch.outer.start < line.span.end:
                        quote = self._direct(stretch, number, at, quotes[before:])
                        if quote is not None:
                            quotes.append(quote)
                            self.last = quote.speaker or self.last
                if not line.taken:
                    quotes += self._indirect(line)
                    quotes += self._unmarked(line, number, at)
                if len(quotes) == known:
                    self._remember(line)
        return sorted(quotes, key=lambda q: q.span)

    # Direct quotes

    def _direct(self, stretch: marks.Stretch, paragraph: int, at: int, here: list[Quote]) -> Quote | None:
        lines = self.by_paragraph[paragraph]
        line = lines[at]
        opening = _token_at(line.tokens, stretch.outer.start)
        if phrase_before(line.tokens, opening, self.rules.titles):
            return None
        said = (
            self._adjacent_before(line, opening)
            or self._tag_after(stretch, lines)
            or self._in_clause(line, opening)
            or self._by_context(stretch, paragraph, line, here)
        )
        if said is None or said.speaker is None:
            return None
        return Quote(stretch.inner, True, said.speaker, said.cue, said.rule)

    def _adjacent_before(self, line: _Line, opening: int) -> _Said | None:
        """A form of saying right before the mark: ``X said: "…"``, ``kata X, "…"``."""
        tokens = line.tokens
        for cue in reversed(line.cues):
            if cue.last >= opening:
                continue
            subject = self._subject(line, cue, opening)
            if subject is None:
                return None
            at = max(cue.last, subject.last) + 1
            between = tokens[at:opening]
            if any(t.text in (".", ";") for t in between):
                return None
            close = all(t.text in (",", ":", "-", "–", "—") or t.lower in self.rules.complementisers for t in between)
            if close or (
                between
                and between[-1].text in (",", ":")
                and len(between) <= 14
                and between[0].lower
                in self.rules.prepositions | self.rules.aside | self.rules.hearer_prepositions | {"("}
            ):
                line.used.add(cue.first)
                return self._said(subject, line, cue, "form of saying before the mark")
            return None
        return None

    def _tag_after(self, stretch: marks.Stretch, lines: list[_Line]) -> _Said | None:
        """A form of saying right after the mark: ``"…," kata X``, ``"…," X said``."""
        for number, line in enumerate(lines):
            if not line.span.start <= stretch.outer.end - 1 < line.span.end:
                continue
            first = _token_at(line.tokens, stretch.outer.end)
            while first < len(line.tokens) and line.tokens[first].text in STOPS and line.free[first]:
                first += 1
            if first == len(line.tokens) and number + 1 < len(lines):
                if self.text[stretch.inner.end - 1] not in "?!.":
                    return None
                line, first = lines[number + 1], 0
                return self._tag(line, first, alone=True)
            return self._tag(line, first)
        return None

    def _tag(self, line: _Line, first: int, alone: bool = False) -> _Said | None:
        limit = next((i for i in range(first, len(line.tokens)) if not line.free[i]), len(line.tokens))
        for cue in line.cues:
            if cue.first < first or cue.last >= limit:
                continue
            form = cue.form
            if cue.first - first > 24:
                return None
            if cue.first == first or all(
                t.lower in self.rules.beside_verb | {"begitu", "demikian"} for t in line.tokens[first : cue.first]
            ):
                if form.subject == "own":
                    subject: Subject | None = Subject(None, -1, -1, False)
                elif form.subject in ("after", "either"):
                    subject = self.speakers.after(line.tokens, cue)
                else:
                    return None
                if subject is None:
                    return None
            else:
                if form.subject not in ("before", "either"):
                    return None
                subject = self.speakers.before(line.tokens, cue, first)
                if subject is None or subject.shared or subject.first > first + 3:
                    return None
                if any(t.lower in self.rules.subordinators for t in line.tokens[first : subject.first]):
                    return None
                if alone and self._goes_on(line, cue):
                    return None
            line.used.add(cue.first)
            return self._said(subject, line, cue, "form of saying after the mark")
        return None

    def _goes_on(self, line: _Line, cue: Cue) -> bool:
        """Whether a form of saying has a clause of its own after it."""
        return len(line.tokens) - cue.last > 6

    def _in_clause(self, line: _Line, opening: int) -> _Said | None:
        """A form of saying earlier in the sentence, whose clause holds the quotation."""
        for cue in reversed(line.cues):
            if cue.last >= opening:
                continue
            subject = self._subject(line, cue, opening)
            if subject is None:
                continue
            line.used.add(cue.first)
            return self._said(subject, line, cue, "quotation in a reported clause")
        return None

    def _by_context(self, stretch: marks.Stretch, paragraph: int, line: _Line, here: list[Quote]) -> _Said | None:
        """No form of saying: the speaker of the quote before it in the paragraph, or of the text that leads to it."""
        text = stretch.inner.of(self.text)
        whole = text[:1].isupper() or not text[:1].isalpha()
        if here and here[-1].direct and whole:
            return _Said(here[-1].speaker, here[-1].cue, "goes on with the quote before it")
        outside = [t for i, t in enumerate(line.tokens) if line.free[i] and t.text[0].isalnum()]
        if whole and len(outside) <= 1 and self.last is not None:
            return _Said(self.last, None, "stands alone after its speaker")
        return None

    # Indirect speech

    def _indirect(self, line: _Line) -> list[Quote]:
        found: list[Quote] = []
        floor = 0
        for cue in line.cues:
            if cue.first in line.used:
                floor = cue.last + 1
                continue
            quote = self._reported(line, cue, floor)
            if quote is not None and not any(q.span.overlaps(quote.span) for q in found):
                found.append(quote)
                self.last = quote.speaker
                floor = cue.last + 1
        return found

    def _reported(self, line: _Line, cue: Cue, floor: int) -> Quote | None:
        form = cue.form
        if form.takes == "quote" or form.kind == "noun":
            return None
        tokens = line.tokens
        subject = self._subject(line, cue, len(tokens))
        if subject is None:
            return None
        clause, rule = None, "reported clause"
        is_tag = form.subject in ("after", "own") or (form.subject == "either" and self._is_tag(line, cue, subject))
        if is_tag:
            if (
                form.subject != "own"
                and cue.first > 0
                and form.kind == "verb"
                and form.subject == "after"
                and tokens[cue.first - 1].text != ","
                and form.takes != "that"
            ):
                return None
            clause = clauses.before_tag(tokens, cue, subject, floor if floor and floor < cue.first else 0, self.rules)
            rule = "reported clause before its tag"
        if clause is None:
            rule = "reported clause"
            clause = clauses.after_verb(tokens, cue, subject, line.cues, self.rules)
            if clause is None or (form.takes == "that" and not clause.marked) or tokens[clause.start - 1].text == ":":
                return None
        if not all(line.free[clause.start : clause.stop]):
            return None
        said = self._said(subject, line, cue, rule)
        if said.speaker is None or not (subject.named or subject.participant is None):
            return None
        span = Span(tokens[clause.start].span.start, tokens[clause.stop - 1].span.end)
        spoken = (
            is_tag and rule.endswith("tag") and form.kind == "verb" and self._spoken(tokens[clause.start : clause.stop])
        )
        if spoken:
            self.spoken_to = line.number + 1
        return Quote(span, spoken, said.speaker, said.cue, said.rule)

    # Speech without marks

    def _spoken(self, tokens: Sequence[Token]) -> bool:
        """Whether words without quotation marks are a speaker's own: they say "we", or point at what is said."""
        if self._first_person(tokens):
            return True
        return self.unmarked and tokens[0].lower in self.rules.spoken_openers

    def _first_person(self, tokens: Sequence[Token]) -> bool:
        """Whether "we" or "I" stands among the words; "US" is none."""
        return any(t.lower in self.rules.first_person and (len(t.text) == 1 or not t.text.isupper()) for t in tokens)

    def _unmarked(self, line: _Line, paragraph: int, at: int) -> list[Quote]:
        """Direct speech without quotation marks: after a colon, or in the first person in a report without marks."""
        lines = self.by_paragraph[paragraph]
        tokens = line.tokens
        for cue in line.cues:
            colon = next((i for i in range(cue.last + 1, len(tokens)) if tokens[i].text == ":"), None)
            if cue.first in line.used or cue.form.kind != "verb" or colon is None or not all(line.free):
                continue
            subject = self._subject(line, cue, len(tokens))
            if subject is None or not subject.named or cue.last + 12 < colon:
                continue
            said = self._said(subject, line, cue, "statement after a colon")
            if said.speaker is None:
                continue
            found = []
            if colon + 1 < len(tokens):
                end = lines[-1] if all(all(each.free) and not each.cues for each in lines[at + 1 :]) else line
                found.append(self._whole(tokens[colon + 1].span.start, end, lines[at:], said))
            else:
                rest = self.by_paragraph[paragraph + 1 :] if at + 1 == len(lines) else []
                for number, following in enumerate(rest):
                    words = [t for each in following for t in each.tokens]
                    own = self._first_person(words)
                    if not all(all(each.free) for each in following) or (number and not own):
                        break
                    found.append(self._whole(words[0].span.start, following[-1], following, said))
            if found:
                line.used.add(cue.first)
                self.last = said.speaker
                return [q for q in found if marks.words(q.span.of(self.text)) >= FEWEST_WORDS]
        follows = self.spoken_to == line.number
        if self.unmarked and follows and not line.cues and self.last is not None and self._first_person(tokens):
            line.taken = True
            self.spoken_to += 1
            return [
                Quote(marks.trimmed(self.text, line.span.start, line.span.end), True, self.last, None, "first person")
            ]
        return []

    def _whole(self, start: int, end: _Line, lines: list[_Line], said: _Said) -> Quote:
        for line in lines:
            line.taken = line.span.end <= end.span.end
        return Quote(marks.trimmed(self.text, start, end.span.end), True, said.speaker, said.cue, said.rule)

    def _is_tag(self, line: _Line, cue: Cue, subject: Subject) -> bool:
        """Whether a form that may stand either side of its clause stands after it: ``…, X said on Monday.``"""
        tokens = line.tokens
        last = max(subject.last, cue.last)
        if not clauses.after_comma(tokens, clauses.phrase_start(tokens, cue, subject)):
            return False
        following = tokens[last + 1 :]
        if not following or all(not t.text[0].isalnum() for t in following):
            return True
        word = following[0].lower
        return word in self.rules.prepositions or word in self.rules.aside or word == ","

    # Speakers

    def _subject(self, line: _Line, cue: Cue, limit: int) -> Subject | None:
        form = cue.form
        if form.subject == "own":
            return Subject(None, -1, -1, False)
        if form.subject == "after":
            return self.speakers.after(line.tokens, cue)
        if form.subject == "shared":
            return Subject(None, -1, -1, False, shared=True)
        floor = max((i + 1 for i in range(cue.first) if not line.free[i]), default=0)
        floor = max([floor, *(c.last + 1 for c in line.cues if c.last < cue.first)])
        if form.subject == "either" and cue.first > 0 and line.tokens[cue.first - 1].text in (",", "”", '"', "’"):
            after = self.speakers.after(line.tokens, cue)
            if after is not None and after.first == cue.last + 1 and (after.named or after.participant is None):
                return after
        return self.speakers.before(line.tokens, cue, floor)

    def _said(self, subject: Subject, line: _Line, cue: Cue, rule: str) -> _Said:
        speaker = subject.participant
        if subject.pronoun and self.last is not None:
            speaker = None
        if speaker is None and subject.shared:
            first = self.speakers.first_of(line.tokens, line.free, cue.first)
            speaker = first.participant if first is not None else None
        if speaker is None:
            speaker = self.last
            if speaker is not None and subject.first >= 0:
                speaker = replace(
                    speaker, span=Span(line.tokens[subject.first].span.start, line.tokens[subject.last].span.end)
                )
        return _Said(speaker, cue.span, rule)

    def _remember(self, line: _Line) -> None:
        """A sentence about a person in which nobody is quoted makes that person the one whom "he" means."""
        first = self.speakers.opening(line.tokens, line.free)
        if first is not None:
            self.last = first.participant


def _by_paragraph(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    return [list(group) for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph)]


def _token_at(tokens: Sequence[Token], offset: int) -> int:
    """The number of the first token at or after a character."""
    return next((i for i, t in enumerate(tokens) if t.span.start >= offset), len(tokens))
