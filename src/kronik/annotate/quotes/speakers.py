"""A form of saying to whoever is its subject: a mention, a pronoun, or the bare words where no mention stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from kronik.annotate.quotes.cues import Cue, Saying, phrase_at, phrase_before
from kronik.model import Entity, Mention, Participant, Span, Token

COMMAS = frozenset({",", "–", "—", "-", "--", "(", ")"})
STOPS = frozenset({",", ";", ":", ".", "!", "?", "…", "...", "–", "—", "--", "(", ")", '"', "“", "”", "«", "»"})
MARKS = frozenset({'"', "“", "”", "«", "»", "„", "‘", "’", "'"})


class Subject(NamedTuple):
    """The subject of a form of saying.

    ``participant`` is None where the words point back: a pronoun, a statement ("the statement said") or nothing at all
    (a verb that shares the subject before it); ``first`` and ``last`` are the tokens that hold it, -1 where there is
    none.
    ``named`` says that a mention, and not just words, stands behind it.
    """

    participant: Participant | None
    first: int
    last: int
    named: bool
    shared: bool = False
    pronoun: bool = False


def _is_person(subject: Subject | None) -> bool:
    return subject is not None and subject.participant is not None and subject.participant.kind == "person"


class Speakers:
    """Finds the subjects of forms of saying in one report."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        entities: Sequence[Entity],
        rules: Saying,
        dual: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.mentions = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
        self.starts = [m.span.start for m in self.mentions]
        self.entities = entities
        self.named = {m.entity for m in mentions if m.form == "name" and m.entity is not None}
        self.rules = rules
        self.dual = dual

    def within(self, span: Span) -> list[Mention]:
        """The mentions that lie in a span, in order."""
        found = []
        for i in range(bisect_left(self.starts, span.start), len(self.mentions)):
            if self.mentions[i].span.start >= span.end:
                break
            if self.mentions[i].span.end <= span.end:
                found.append(self.mentions[i])
        return found

    def participant(self, mention: Mention) -> Participant | None:
        """Who a mention is, None where nothing is decided."""
        span = mention.span
        if mention.entity is not None:
            entity = self.entities[mention.entity]
            return Participant(entity.name, entity.text, entity.kind, span, entity.country, entity.wikidata)
        if mention.form == "pronoun":
            return self._both(mention) if span.of(self.text).lower() in self.dual else None
        return Participant(span.of(self.text), span.of(self.text), mention.kind, span)

    def _both(self, mention: Mention) -> Participant | None:
        """The two whom "both leaders" means, as one speaker: the last of its kind before it; None where fewer."""
        wanted = "country" if mention.kind == "group" else mention.kind
        last: dict[int, int] = {}
        for other in self.mentions[: bisect_left(self.starts, mention.span.start)]:
            if other.entity is not None and self.entities[other.entity].kind == wanted:
                last[other.entity] = other.span.start
        two = sorted(sorted(last, key=lambda number: last[number])[-2:])
        if len(two) < 2:
            return None
        name = " and ".join(self.entities[number].name for number in two)
        return Participant(name, mention.span.of(self.text), "group", mention.span)

    def before(self, tokens: Sequence[Token], cue: Cue, floor: int) -> Subject | None:
        """The subject before a form of saying; tokens before ``floor`` are another clause's."""
        rules = self.rules
        at = self._left(tokens, cue.first - 1, floor)
        if at >= floor and tokens[at].lower in rules.possessive_marks:
            at -= 1
        if at < floor:
            return Subject(None, -1, -1, False, shared=True)
        if tokens[at].lower in rules.negations:
            return None
        if tokens[at].lower in rules.relative:
            at -= 1
            if at >= floor and tokens[at].text == ",":
                at -= 1
            return self._ending(tokens, at, floor)
        if tokens[at].lower in rules.joins and tokens[at].lower not in rules.pronouns:
            return Subject(None, -1, -1, False, shared=True)
        if tokens[at].text in COMMAS:
            return self._around_insertion(tokens, at, floor)
        adjacent = self._ending(tokens, at, floor)
        if adjacent is not None and not self._governed(tokens, adjacent.first, floor):
            return self._pointed_back(tokens, self._head(tokens, adjacent, floor), cue)
        return self._past_phrases(tokens, at, floor) or adjacent

    def _pointed_back(self, tokens: Sequence[Token], subject: Subject, cue: Cue) -> Subject:
        """A role of no name that points back ("anggota DPR ini", "the Microsoft founder") is whoever spoke last,
        as a pronoun is."""
        if subject.participant is None or subject.participant.kind != "person":
            return subject
        held = self.within(subject.participant.span)
        named = any(mention.form == "name" or mention.entity in self.named for mention in held)
        following = [t.lower for t in tokens[subject.last + 1 : cue.first] if t.text != ","][:1]
        article = {tokens[subject.first].lower, tokens[max(0, subject.first - 1)].lower} & self.rules.definite
        ending = self.rules.plural_ending
        one = bool(article) and not (ending and tokens[subject.last].lower.endswith(ending))
        points_back = one or set(following) & self.rules.anaphors
        return subject._replace(pronoun=True) if points_back and not named else subject

    def after(self, tokens: Sequence[Token], cue: Cue) -> Subject | None:
        """The subject after a form of saying."""
        rules = self.rules
        at = cue.last + 1
        while at < len(tokens) and (tokens[at].lower in rules.agent and at == cue.last + 1):
            at += 1
        if at >= len(tokens) or tokens[at].text in STOPS:
            return Subject(None, cue.first, cue.last, False) if cue.form.kind == "noun" else None
        if tokens[at].lower in rules.pronouns:
            return self._pointing(tokens, at)
        noun = at + 1 if tokens[at].lower in rules.determiners else at
        length = phrase_at(tokens, noun, rules.nouns)
        of_saying = bool(length) or phrase_before(tokens, cue.last + 1, rules.nouns) > 0
        stop = self._phrase_stop(tokens, noun + length)
        points_back = stop < len(tokens) and tokens[stop].lower in rules.anaphors
        for mention in self.within(Span(tokens[at].span.start, tokens[stop - 1].span.end)) if stop > at else ():
            found = self._subject(tokens, mention)
            return found._replace(pronoun=True) if points_back and mention.form != "name" else found
        if of_saying:
            return Subject(None, cue.first, max(stop - 1, cue.last), False)
        if cue.form.takes != "clause":
            return None
        while stop > at and tokens[stop - 1].lower in rules.aside:
            stop -= 1
        words = self._words(tokens, at, stop)
        return words._replace(pronoun=True) if words is not None and points_back else words

    def _phrase_stop(self, tokens: Sequence[Token], at: int) -> int:
        """Where the noun phrase from a token on stops: at a sign, a word that points back, or a word that opens another
        phrase or clause and does not lead to the owner ("pernyataan dari Kremlin")."""
        rules = self.rules
        mentions = {
            m.span.start: m.span.end for m in reversed(self.within(Span(tokens[at - 1].span.start, self.end(tokens))))
        }
        stop, covered = at, 0
        while stop < len(tokens):
            token = tokens[stop]
            covered = max(covered, mentions.get(token.span.start, 0))
            if token.span.start >= covered and (token.text in STOPS or token.lower in rules.phrase_ends):
                break
            stop += 1
        return stop

    @staticmethod
    def end(tokens: Sequence[Token]) -> int:
        return tokens[-1].span.end

    def opening(self, tokens: Sequence[Token], free: Sequence[bool]) -> Subject | None:
        """Who is named where a sentence opens or first after a comma, and no owner ("langkah Trump")."""
        first = self.first_of(tokens, free, len(tokens))
        if first is None or first.pronoun or first.participant is None:
            return None
        span, at = first.participant.span, first.first
        named = any(mention.form == "name" for mention in self.within(span) if mention.span == span)
        if not named or first.participant.kind in ("country", "place"):
            return None
        begins = at == 0 or tokens[at - 1].text == "," or phrase_before(tokens, at, self.rules.openers) > 0
        return first if begins else None

    def first_of(self, tokens: Sequence[Token], free: Sequence[bool], limit: int) -> Subject | None:
        """The first subject of a sentence before token ``limit``, neither after a preposition nor in a quotation."""
        rules = self.rules
        if not tokens or limit <= 0:
            return None
        mentions = self.within(Span(tokens[0].span.start, tokens[limit - 1].span.end))
        places = {m.span.start: m for m in reversed(mentions)}
        start = 0
        if tokens[0].lower in rules.subordinators:
            # "Ketika ditanya …, Putin menolak menjawab": the main clause begins with a name after a comma.
            commas = (i + 1 for i in range(limit - 1) if tokens[i].text == ",")
            start = next((i for i in commas if tokens[i].span.start in places or tokens[i].lower in rules.pronouns), 0)
        for at in range(start, limit):
            if not free[at]:
                continue
            mention = places.get(tokens[at].span.start)
            if mention is not None and mention.form != "pronoun":
                if not self._governed(tokens, at, 0) and mention.kind != "place":
                    return self._subject(tokens, mention)
            elif tokens[at].lower in rules.pronouns and not self._governed(tokens, at, 0):
                return self._pointing(tokens, at)
        return None

    def _left(self, tokens: Sequence[Token], at: int, floor: int) -> int:
        """The token before the adverbs, auxiliaries and brackets that end at a token; a name stays ("Theresa May")."""
        while at >= floor:
            if (tokens[at].text == ")" or tokens[at].text[0].isupper()) and any(
                mention.span.end == tokens[at].span.end
                for mention in self.within(Span(tokens[0].span.start, tokens[at].span.end))
            ):
                break
            if tokens[at].text == ")":
                opening = next((i for i in range(at, floor - 1, -1) if tokens[i].text == "("), None)
                if opening is None:
                    break
                at = opening
            elif tokens[at].lower not in self.rules.beside_verb:
                break
            at -= 1
        return at

    def _subject(self, tokens: Sequence[Token], mention: Mention) -> Subject:
        inside = [i for i, t in enumerate(tokens) if t.span.overlaps(mention.span)]
        first, last = inside[0], inside[-1]
        if mention.form != "name":
            # "pemerintah setempat", "the local government": not the government that the report else speaks of.
            first -= first > 0 and tokens[first - 1].lower in self.rules.local
            last += last + 1 < len(tokens) and tokens[last + 1].lower in self.rules.local
            if any(t.lower in self.rules.local for t in tokens[first : last + 1]):
                span = Span(tokens[first].span.start, tokens[last].span.end)
                words = span.of(self.text)
                return Subject(Participant(words, words, mention.kind, span), first, last, True)
        return Subject(self.participant(mention), first, last, True)

    def _pointing(self, tokens: Sequence[Token], at: int) -> Subject:
        for mention in self.within(tokens[at].span):
            return Subject(self.participant(mention), at, at, True, pronoun=True)
        return Subject(None, at, at, True, pronoun=True)

    def _words(self, tokens: Sequence[Token], first: int, stop: int) -> Subject | None:
        """The bare words [first, stop) as a speaker."""
        if not any(t.text[0].isalpha() and t.lower not in self.rules.small for t in tokens[first:stop]):
            return None
        span = Span(tokens[first].span.start, tokens[stop - 1].span.end)
        words = span.of(self.text)
        return Subject(Participant(words, words, "person", span), first, stop - 1, False)

    def _ending(self, tokens: Sequence[Token], at: int, floor: int) -> Subject | None:
        """The pronoun, noun of saying or mention that ends with token ``at``."""
        if at < floor:
            return None
        if tokens[at].lower in self.rules.pronouns:
            return self._pointing(tokens, at)
        best = None
        for mention in self.within(Span(tokens[floor].span.start, tokens[at].span.end)):
            if mention.span.end == tokens[at].span.end and best is None:
                best = mention
        return self._subject(tokens, best) if best is not None else None

    def _governed(self, tokens: Sequence[Token], at: int, floor: int) -> bool:
        """Whether a preposition stands before the phrase that begins with token ``at``."""
        at -= 1
        while at >= floor and tokens[at].lower in self.rules.determiners:
            at -= 1
        return at >= floor and tokens[at].lower in self.rules.prepositions

    def _head(self, tokens: Sequence[Token], subject: Subject, floor: int) -> Subject:
        """The head of a relative clause where the mention that ends it is no subject ("X, who leads Y, said")."""
        for at in range(subject.first - 1, floor - 1, -1):
            if tokens[at].lower in self.rules.relative:
                before = at - 1
                if before >= floor and tokens[before].text == ",":
                    before -= 1
                return self._ending(tokens, before, floor) or subject
            if tokens[at].text in STOPS:
                break
        return subject

    def _around_insertion(self, tokens: Sequence[Token], comma: int, floor: int) -> Subject | None:
        """The subject before a comma: a name in apposition, or what stands before the insertion that the comma ends."""
        near = self._ending(tokens, comma - 1, floor)
        if near is not None and self._governed(tokens, near.first, floor):
            near = None
        for at in range(comma - 1, floor - 1, -1):
            if tokens[at].text in COMMAS:
                far = self._ending(tokens, at - 1, floor)
                if far is not None and far.named and not self._governed(tokens, far.first, floor):
                    apposed = near is not None and tokens[near.first - 1].text == ","
                    if apposed and _is_person(near) and not _is_person(far):
                        return near
                    return far
        if near is not None:
            return near
        first = self.first_of(tokens[floor:comma], [True] * (comma - floor), comma - floor)
        if first is not None:
            return first._replace(first=first.first + floor, last=first.last + floor)
        return self._past_phrases(tokens, comma - 1, floor)

    def _past_phrases(self, tokens: Sequence[Token], at: int, floor: int) -> Subject | None:
        """The subject before phrases of time or place that stand between it and the verb ("X on Friday said")."""
        mentions = self.within(Span(tokens[floor].span.start, tokens[at].span.end))
        for mention in reversed(mentions):
            subject = self._subject(tokens, mention)
            if self._governed(tokens, subject.first, floor) or mention.kind == "place":
                continue
            following = subject.last + 1
            if following > at:
                return self._head(tokens, subject, floor)
            word = tokens[following].lower
            if (
                word in self.rules.prepositions
                or word in self.rules.aside
                or word in ("(", ",")
                or word in self.rules.relative
            ):
                return self._head(tokens, subject, floor)
        for i in range(at, floor - 1, -1):
            if (
                tokens[i].lower in self.rules.pronouns
                and i + 1 <= at
                and tokens[i + 1].lower in self.rules.prepositions
            ):
                return self._pointing(tokens, i)
        return self._bare(tokens, at, floor)

    def _bare(self, tokens: Sequence[Token], at: int, floor: int) -> Subject | None:
        """The words before the verb back to a sign or a clause's first word."""
        rules = self.rules
        first = at + 1
        while first > floor:
            token = tokens[first - 1]
            if token.text in STOPS or token.lower in rules.subordinators or token.lower in rules.complementisers:
                break
            first -= 1
        for i in range(first, at + 1):
            length = phrase_at(tokens, i, rules.nouns)
            if length:
                return Subject(None, i, i + length - 1, False)
        if at - first > 7:
            return None
        if tokens[first].lower in rules.prepositions:
            # "X, speaking to the BBC, said": what stands after the first form of saying is its hearer.
            return Subject(None, -1, -1, False, shared=True)
        return self._words(tokens, first, at + 1)
