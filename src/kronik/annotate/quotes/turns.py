"""A form of saying to who speaks, given who spoke before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kronik.annotate.quotes import clauses
from kronik.annotate.quotes.cues import Cue, Saying
from kronik.annotate.quotes.lines import Line
from kronik.annotate.quotes.speakers import STOPS, Speakers, Subject
from kronik.model import Participant, Span, Token

REACH = 6
"""For how many sentences a person stays the one whom "he" means although a country has spoken since."""
BODIES = ("country", "organisation", "group")
NOBODY = Subject(None, -1, -1, False)


class Said(NamedTuple):
    """Who says a quote, by which form of saying, found by which rule."""

    speaker: Participant | None
    cue: Span | None
    rule: str


class Turns:
    """Who has spoken so far, read front to back."""

    def __init__(self, text: str, speakers: Speakers, rules: Saying, unmarked: bool) -> None:
        self.text, self.speakers, self.rules = text, speakers, rules
        self.unmarked = unmarked
        """Whether the report has lost its quotation marks: then what is spoken is known by its words alone."""
        self.last: Participant | None = None
        self.last_person: tuple[Participant | None, int] = (None, 0)
        self.last_body: Participant | None = None
        """Whom "it" means: the last country or organisation that spoke or that a sentence begins with."""
        self.now = 0
        """The number of the line that is being read."""
        self.after_spoken = -1
        """The number of the line after the last one that was direct speech without marks."""
        self._subjects: tuple[Line | None, dict[Cue, Subject | None]] = (None, {})

    def speaks(self, speaker: Participant | None) -> None:
        """Keeps that somebody has spoken."""
        if speaker is None:
            return
        self.last = speaker
        if speaker.kind == "person":
            self.last_person = (speaker, self.now)
        else:
            self.last_body = speaker

    def remember(self, line: Line) -> None:
        """A sentence about somebody in which nobody is quoted makes them the one whom "he" means."""
        first = self.speakers.opening(line.tokens, line.free)
        if first is not None:
            self.speaks(first.participant)
        subject = self.speakers.first_of(line.tokens, line.free, len(line.tokens))
        if subject is not None and subject.participant is not None and subject.participant.kind in BODIES:
            self.last_body = subject.participant

    def last_speaker(self) -> Participant | None:
        """Whom "he" or nobody at all means: the last speaker, a person rather than a country if one spoke of late."""
        person, number = self.last_person
        lately = person is not None and self.now - number <= REACH
        if lately and (self.last is None or self.last.kind in ("country", "place")):
            return person
        return self.last

    def said(self, subject: Subject, line: Line, cue: Cue, rule: str) -> Said:
        """Who says it: the subject's participant, whoever shares it, or the last speaker."""
        speaker = subject.participant
        words = line.tokens[subject.first : subject.last + 1] if subject.first >= 0 else ()
        impersonal = subject.pronoun and any(token.lower in self.rules.impersonal for token in words)
        if impersonal and self.last_body is not None:
            span = Span(words[0].span.start, words[-1].span.end)
            return Said(replace(self.last_body, span=span), cue.span, rule)
        if subject.pronoun and self.last_speaker() is not None:
            # Who spoke last is a better guess than the nearest name that a pronoun could stand for.
            speaker = None
        if speaker is None and (subject.shared or subject == NOBODY):
            shared = self._shared(line, cue, subject.shared)
            speaker = shared.participant if shared is not None and not shared.pronoun else None
        if speaker is None:
            speaker = self.last_speaker() if subject.pronoun or subject.first < 0 else self.last
            if speaker is not None and subject.first >= 0:
                first, last = line.tokens[subject.first].span, line.tokens[subject.last].span
                speaker = replace(speaker, span=Span(first.start, last.end))
        return Said(speaker, cue.span, rule)

    def subject(self, line: Line, cue: Cue) -> Subject | None:
        """The subject of a form of saying, where the table says that it stands; None where there is none."""
        if self._subjects[0] is not line:
            self._subjects = (line, {})
        known = self._subjects[1]
        if cue not in known:
            known[cue] = self._subject(line, cue)
        return known[cue]

    def _subject(self, line: Line, cue: Cue) -> Subject | None:
        form, tokens = cue.form, line.tokens
        if form.subject == "own":
            return NOBODY
        if form.subject == "shared":
            return NOBODY._replace(shared=True)
        if form.subject == "after" or self._is_passive(tokens, cue):
            return self.speakers.after(tokens, cue)
        floor = max((i + 1 for i in range(cue.first) if not line.free[i]), default=0)
        floor = max([floor, *(c.last + 1 for c in line.cues if c.last < cue.first and c.form.kind != "noun")])
        before = self.speakers.before(tokens, cue, floor)
        if form.subject == "either" and form.hearer != "object" and clauses.after_comma(tokens, cue.first):
            # "X, the minister, said …" has its subject before, "…, said X on Monday" after the form.
            if (
                before is not None
                and before.named
                and before.first <= floor + 3
                and self._is_set_off(tokens, before, cue)
            ):
                return before
            after = self.speakers.after(tokens, cue)
            if after is not None and after.first <= cue.last + 2 and after.named and self.is_tag(tokens, cue, after):
                return after
        return before

    def _is_passive(self, tokens: Sequence[Token], cue: Cue) -> bool:
        """Whether a form that has its subject before it is a passive with its agent: "he was told by X"."""
        by = cue.last + 1 < len(tokens) and tokens[cue.last + 1].lower in self.rules.agent
        return by and cue.first > 0 and tokens[cue.first - 1].lower in self.rules.passive

    @staticmethod
    def _is_set_off(tokens: Sequence[Token], subject: Subject, cue: Cue) -> bool:
        """Whether an insertion between commas parts a subject from its form."""
        return subject.last + 2 < cue.first and tokens[subject.last + 1].text == ","

    def is_tag(self, tokens: Sequence[Token], cue: Cue, subject: Subject) -> bool:
        """Whether a form that may stand either side of its clause stands after it: "…, X said on Monday"."""
        rules = self.rules
        if not clauses.after_comma(tokens, clauses.phrase_start(tokens, cue, subject)):
            return False
        following = tokens[max(subject.last, cue.last) + 1 :]
        if cue.form.hearer == "object":
            following = following[next((i for i, t in enumerate(following[:7]) if t.text in STOPS), 0) :]
        if not following or not any(t.text[0].isalnum() for t in following):
            return True
        stop = next((i for i, t in enumerate(following) if t.text in STOPS), len(following))
        if any(t.lower in rules.complementisers for t in following[: min(stop, clauses.FARTHEST_COMPLEMENTISER)]):
            return False
        goes_on = rules.prepositions | rules.aside | rules.subordinators | {","}
        return following[0].lower in goes_on

    def _shared(self, line: Line, cue: Cue, or_first: bool) -> Subject | None:
        """The subject that a form of saying shares with one before it in its sentence, else the first subject there."""
        found: Subject | None = None
        for before in line.cues:
            if before.last >= cue.first or before.form.subject == "shared" or before.form.kind == "noun":
                continue
            if line.tokens[before.first - 1].lower in self.rules.determiners and before.first > 0:
                continue  # "turned down a request"
            subject = self.subject(line, before)
            if subject is None or subject.shared:
                continue
            # A later subject counts where it opens a clause beside the first one ("but Iran said …"), not inside it.
            beside = subject.first > 0 and line.tokens[subject.first - 1].lower in self.rules.joins
            tag = before.form.subject == "after" or self.is_tag(line.tokens, before, subject)
            if found is None or beside or tag:
                found = subject
        if found is None and or_first:
            return self.speakers.first_of(line.tokens, line.free, cue.first)
        return found
