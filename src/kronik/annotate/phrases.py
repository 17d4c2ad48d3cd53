"""The units of a sentence to noun phrases: a name with its title, a noun for actors with the names that narrow it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kronik.annotate.lexicon import JOINS, Grammar
from kronik.annotate.pieces import Piece
from kronik.annotate.units import Unit
from kronik.world import KnownName

MOST_DETERMINERS = 12
"""So many determiners and numbers may stand before a noun; a row without end would be tried from each of its words."""
ABBREVIATED = re.compile(r"\s*\(\s*$")


@dataclass
class Phrase:
    """A noun phrase: units ``[start, end)`` of its sentence and what plays which part in it, as indices of units."""

    start: int
    end: int
    core: int | None = None
    name: int | None = None
    modifiers: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    plural: bool = False
    singular: bool = False
    name_from: int | None = None
    """The first piece of the name, where an office fills the first part of the unit."""


@dataclass
class Reader:
    """Reads the noun phrases of one sentence; the order of their parts comes from the language."""

    pieces: list[Piece]
    units: list[Unit]
    grammar: Grammar

    def lower(self, index: int) -> str:
        unit = self.units[index]
        return " ".join(piece.lower for piece in self.pieces[unit.start : unit.end])

    def gap(self, index: int) -> str:
        return self.pieces[self.units[index].start].gap

    def joined(self, index: int) -> bool:
        return index < len(self.units) and self.gap(index) in JOINS

    def owns(self, index: int) -> bool:
        return self.pieces[self.units[index].end - 1].owns or (
            index + 1 < len(self.units) and self.gap(index + 1) in ("' ", "’ ")
        )

    def is_word(self, index: int, words: frozenset[str]) -> bool:
        return index < len(self.units) and self.lower(index) in words

    def known(self, index: int) -> KnownName | None:
        names = self.units[index].known
        return names[0] if names else None

    def is_person(self, index: int) -> bool:
        known = self.known(index)
        return known is not None and known.known.kind == "person"

    def skip_abbreviation(self, index: int) -> int:
        """The index after a short form in brackets: "Amerika Serikat (AS) …", "Menteri Luar Negeri (Menlu) …"."""
        if index >= len(self.units) or not ABBREVIATED.fullmatch(self.gap(index)):
            return index
        unit = self.units[index]
        letters = "".join(piece.text for piece in self.pieces[unit.start : unit.end])
        closing = self.pieces[unit.end].gap.lstrip() if unit.end < len(self.pieces) else ")"
        named = unit.kind == "title" or (unit.kind == "known" and not self.is_person(index)) or letters[:1].isupper()
        if unit.kind in ("known", "capitals") and unit.end - unit.start > 1 and not letters.isupper():
            named = unit.kind == "known" and not self.is_person(index)
        if closing.startswith(")") and unit.kind != "word" and named and len(letters) <= 16:
            return index + 1
        if closing.startswith(")") and unit.end - unit.start == 1 and letters[:1].isupper() and len(letters) <= 12:
            return index + 1
        return index

    def continues(self, index: int) -> bool:
        """Whether a unit goes on where the one before ended, a bracket that was skipped between them allowed."""
        if index >= len(self.units):
            return False
        gap = self.gap(index)
        return gap in JOINS or gap.strip() == ")"

    def phrase(self, index: int) -> Phrase | None:
        """The longest noun phrase for an actor that begins at a unit; None where there is none."""
        at = index
        plural = False
        while at < min(len(self.units), index + MOST_DETERMINERS) and (at == index or self.joined(at)):
            unit = self.units[at]
            word = self.lower(at)
            number = word[:1].isdigit()
            if not number and word not in self.grammar.determiners and word not in self.grammar.former:
                break
            if unit.kind not in ("word", "head", "title", "pronoun"):
                break
            if unit.kind == "pronoun" and not (unit.pronoun and unit.pronoun.possessive):
                break
            if word in self.grammar.former and self.is_word(at + 1, self.grammar.determiners):
                return None
            if not any(word in words for words in (self.grammar.singulars, self.grammar.definite, self.grammar.former)):
                plural = True
            at += 1
            if self.owns(at - 1):
                return None
        start = index
        found = None
        if at == index or self.joined(at):
            found = self.before(at) if self.grammar.before else self.after(at)
        while found is None and at > start:
            at -= 1
            if self.units[at].kind in ("head", "title"):
                found = self.before(at) if self.grammar.before else self.after(at)
        if found is None:
            return None
        if found.core is None and self.units[found.start].kind in ("known", "capitals"):
            return found
        found.singular = at > start and self.is_word(start, self.grammar.singulars)
        found.start = start
        found.plural = plural and not found.singular
        return found

    # Languages that put what narrows a noun before it.
    def before(self, index: int) -> Phrase | None:
        at = index
        core: int | None = None
        modifiers: list[int] = []
        titles: list[int] = []
        name: int | None = None
        while at < len(self.units) and (at == index or self.continues(at)):
            unit = self.units[at]
            if unit.kind in ("head", "title"):
                if core is not None:
                    modifiers.append(core)
                core = at
                if unit.title:
                    titles.append(at)
            elif unit.kind == "known" and (self.is_person(at) or self.units[at].kind == "capitals"):
                if titles and core is not None and core in titles:
                    name = at
                    at += 1
                    break
                if core is not None or not self.owns(at):
                    break
                modifiers.append(at)
            elif unit.kind == "known" and core is None and modifiers and self.of_another_state(at, modifiers[-1]):
                core = at
            elif unit.kind == "known":
                if core is not None and not self.owns(core):
                    break
                modifiers.append(at)
            elif unit.kind == "capitals":
                if titles and core in titles:
                    name = at
                    at += 1
                    break
                if core is not None and not self.owns(core):
                    break
                modifiers.append(at)
            elif self.lower(at) in self.grammar.modifiers or self.lower(at) in self.grammar.former:
                if core is not None and not self.owns(core):
                    break
                modifiers.append(at)
            else:
                break
            at = self.skip_abbreviation(at + 1)
        if core is None:
            return self.bare(index)
        modifiers = [m for m in modifiers if m < core or m in titles]
        end = (name if name is not None else core) + 1
        end = self.skip_abbreviation(end)
        if name is None:
            end = self.linked(end, modifiers, moves=self.moves(core))
            apposed = core in titles and end < len(self.units) and self.gap(end).strip() in ("", ",")
            if apposed and self.name_follows(end):
                name, end = end, end + 1
        elif self.is_word(end, frozenset({"of"}) & self.grammar.links):
            end = self.linked(end, modifiers)
        phrase = Phrase(index, end, core, name, modifiers, titles)
        return self.apposed(phrase) if name is not None else phrase

    # Languages that put what narrows a noun after it.
    def after(self, index: int) -> Phrase | None:
        if index >= len(self.units):
            return None
        if self.units[index].kind not in ("head", "title") and not self.body_of_another(index):
            return self.bare(index)
        phrase = Phrase(index, self.skip_abbreviation(index + 1), core=index)
        at = index
        if self.units[index].kind == "known":
            at = phrase.end
        while at < len(self.units) and (at == index or self.continues(at)):
            unit = self.units[at]
            if unit.kind in ("head", "title"):
                if at > index:
                    phrase.modifiers.append(at)
                if unit.title:
                    phrase.titles.append(at)
            elif unit.kind == "known" and self.is_person(at):
                if phrase.titles:
                    phrase.name = at
                else:
                    phrase.modifiers.append(at)
                phrase.end = at + 1
                break
            elif unit.kind == "known":
                phrase.modifiers.append(at)
            elif unit.kind == "capitals":
                split = self.person_part(at) if phrase.titles else unit.end
                if split < unit.end:
                    phrase.name, phrase.name_from, phrase.end = at, split, at + 1
                    break
                phrase.modifiers.append(at)
            elif self.lower(at) in self.grammar.modifiers and not self.pieces[unit.start].gap.strip():
                phrase.modifiers.append(at)
            else:
                linked = self.linked(at, phrase.modifiers, moves=self.moves(index))
                if linked == at:
                    linked = self.sorted_place(at, phrase.modifiers)
                if linked == at:
                    break
                phrase.end = self.skip_abbreviation(linked)
                at = phrase.end
                continue
            phrase.end = self.skip_abbreviation(at + 1)
            at = phrase.end
        end = phrase.end
        if phrase.name is None and phrase.titles and end < len(self.units):
            if self.gap(end).strip() in ("", ",", "),", ")") and self.name_follows(end):
                phrase.name, phrase.end = end, self.skip_abbreviation(end + 1)
        elif phrase.name is not None:
            phrase.end = self.skip_abbreviation(phrase.end)
        return self.apposed(phrase) if phrase.name is not None else phrase

    def body_of_another(self, index: int) -> bool:
        """Whether the state that follows a body known by a common noun is not the one that the world gives it."""
        after = self.skip_abbreviation(index + 1)
        return self.continues(after) and self.of_another_state(index, after)

    def of_another_state(self, index: int, owner: int) -> bool:
        """Whether a body known by a common noun is said to be another state's ("Kementerian Luar Negeri" of Iran)."""
        unit, state = self.units[index], self.known(owner)
        if unit.kind != "known" or unit.head is None or state is None or state.known.kind != "country":
            return False
        return state.known.country != unit.known[0].known.country

    def person_part(self, index: int) -> int:
        """The first piece of the person's name in a run of capitals that begins with an office; its end if none."""
        unit = self.units[index]
        begin = unit.start
        for at in range(unit.start, unit.end):
            piece = self.pieces[at]
            office = piece.lower in self.grammar.office_words or piece.lower in self.grammar.organisation_words
            if office or (piece.acronym and len(piece.text) > 2 and at + 1 < unit.end):
                begin = at + 1
        if begin > unit.start and all(self.pieces[at].acronym for at in range(begin, unit.end)):
            return unit.end
        if begin == unit.end and not any(
            self.pieces[at].lower in self.grammar.office_words | self.grammar.organisation_words
            for at in range(unit.start, unit.end)
        ):
            return unit.start
        return begin

    def name_follows(self, index: int) -> bool:
        """Whether the unit is a person's name in apposition: known, or unknown and of several words or closed."""
        unit = self.units[index]
        if self.is_person(index):
            return True
        if unit.kind != "capitals" or self.is_organisation(index):
            return False
        closed = unit.end >= len(self.pieces) or not self.pieces[unit.end].gap.isspace()
        return unit.end - unit.start > 1 or closed

    def is_organisation(self, index: int) -> bool:
        unit = self.units[index]
        words = [piece.lower for piece in self.pieces[unit.start : unit.end]]
        return any(word in self.grammar.organisation_words for word in (words[0], words[-1])) or (
            len(words) == 1 and self.pieces[unit.start].acronym
        )

    def moves(self, index: int) -> bool:
        """Whether a noun is for forces, which come from and go to places."""
        unit = self.units[index]
        return unit.head is not None and unit.title is None and unit.head.stands_for == "armed-forces"

    def linked(self, index: int, modifiers: list[int], *, moves: bool = False) -> int:
        """The index after links and the names that they tie on ("… untuk PBB", "… of the Republic of Korea")."""
        end = index
        for _ in range(3):
            if not (self.joined(end) and self.is_word(end, self.grammar.links)):
                return end
            if moves and self.is_word(end, self.grammar.moving_links):
                return end
            at = end + 1
            while (
                at < len(self.units)
                and self.joined(at)
                and (
                    self.is_word(at, self.grammar.place_words)
                    or self.is_word(at, frozenset({"the"}))
                    or self.units[at].kind == "head"
                    or (self.units[at].kind == "word" and self.lower(at) in self.grammar.modifiers)
                )
            ):
                if self.units[at].kind == "head":
                    modifiers.append(at)
                at += 1
            if at >= len(self.units) or not self.joined(at) or self.units[at].kind not in ("known", "capitals"):
                if at > end + 1 and modifiers and modifiers[-1] == at - 1:
                    end = at
                    continue
                return end
            if self.is_person(at) and self.units[end].start:
                modifiers.append(at)
                return at + 1
            modifiers.append(at)
            end = self.skip_abbreviation(at + 1)
            while self.continues(end) and self.units[end].kind == "known" and not self.is_person(end):
                modifiers.append(end)
                end = self.skip_abbreviation(end + 1)
        return end

    def sorted_place(self, index: int, modifiers: list[int]) -> int:
        """The index after a name that a noun sorts ("gubernur wilayah Primorye"); the same index where none is."""
        at = index + 1
        if not self.is_word(index, self.grammar.place_words) or not self.joined(at):
            return index
        if self.units[at].kind not in ("known", "capitals") or self.is_person(at):
            return index
        modifiers.append(at)
        return at + 1

    def bare(self, index: int) -> Phrase | None:
        """A name that no noun precedes, with its short form in brackets and, for a person, its apposition."""
        if index >= len(self.units) or self.units[index].kind not in ("known", "capitals"):
            return None
        phrase = Phrase(index, self.skip_abbreviation(index + 1), name=index)
        known = self.known(index)
        if (
            self.grammar.after
            and known is not None
            and known.known.kind == "organisation"
            and self.continues(phrase.end)
        ):
            state = self.known(phrase.end)
            if state is not None and state.known.kind == "country" and state.known.country == known.known.country:
                phrase.modifiers.append(phrase.end)
                phrase.end = self.skip_abbreviation(phrase.end + 1)
        person = self.is_person(index) or (self.units[index].kind == "capitals" and not self.is_organisation(index))
        return self.apposed(phrase) if person else phrase

    def apposed(self, phrase: Phrase) -> Phrase:
        """The phrase with the office that follows its name between commas ("X, juru bicara Y,"; "X, the minister,")."""
        at = phrase.end
        if at >= len(self.units) or self.gap(at) not in (", ",):
            return phrase
        while at < len(self.units) and (self.is_word(at, frozenset({"the", "a", "an", "seorang"}))):
            at += 1
        if at >= len(self.units):
            return phrase
        inner = self.before(at) if self.grammar.before else self.after(at)
        if inner is None or inner.core is None or inner.name is not None or not inner.titles:
            return phrase
        last = self.units[inner.end - 1].end
        closing = self.pieces[last].gap.strip() if last < len(self.pieces) else "."
        opens = phrase.start == 0 and inner.end - at > 1
        if closing[:1] not in (",", ".", ";", ")", "—", "–", "-") and not opens:
            return phrase
        phrase.end = inner.end
        phrase.titles += inner.titles
        phrase.modifiers += [m for m in (*inner.modifiers, inner.core) if m not in phrase.modifiers]
        return phrase
