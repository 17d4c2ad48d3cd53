"""A noun phrase for actors to its English name: "pasukan Israel" to the Israel Defense Forces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kronik.annotate.lexicon import Grammar, Head, Identity, Known, Phrases, Title
from kronik.annotate.phrases import Reader
from kronik.annotate.pieces import Piece, cut
from kronik.annotate.units import Evidence, Unit, units
from kronik.world import Known as Thing
from kronik.world import KnownName, World

# Endings by which an English adjective of a state is told from its nouns ("British" from "Brit" and "Briton").
ADJECTIVE = re.compile(r"(ish|ese|an|[^aeiou]i|ic|ch|eek|ss)$")

# States that news English names, and does not describe, before those who act for them.
ATTRIBUTES = {"USA": "US"}
# Bodies whose state an encyclopaedia's title puts in brackets.
BRACKETED = ("Ministry of ", "Department of ", "National Security Council", "House of Representatives")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mention's phrase holds: its nouns and titles, what the world knows of the names in it, and other names."""

    titles: tuple[Title, ...]
    heads: tuple[Head, ...]
    known: tuple[KnownName, ...]
    unknown: tuple[str, ...]
    plural: bool
    singular: bool = False
    former: bool = False
    about_actors: bool = False
    """Whether the noun that the phrase is about is one for actors and no office ("official", "pejabat")."""
    text: str = ""
    """The phrase without its articles and numbers."""
    led: bool = False
    """Whether those named in it lead or back the group and are not it ("US-led forces")."""
    owned: bool = False
    """Whether a pronoun or an ending says whose it is ("its troops", "pasukannya")."""

    @property
    def country(self) -> Thing | None:
        """The first state in the phrase."""
        return next((name.known for name in self.known if name.known.kind == "country"), None)

    @property
    def iso3(self) -> str | None:
        """The state that the phrase belongs to: named, or that of an organisation or place in it."""
        if self.country is not None:
            return self.country.country
        return next((name.known.country for name in self.known if name.known.country), None)


def parts(text: str, start: int, end: int, grammar: Grammar, names: Phrases[Known]) -> Parts:
    """The parts of the phrase ``text[start:end]``."""
    pieces = cut(text, start, end)
    seen = Evidence(frozenset(), frozenset(piece.lower for piece in pieces))
    found = units(pieces, grammar, names, seen)
    reader = Reader(pieces, found, grammar)
    first = pieces[0].lower if pieces else ""
    singular = first in grammar.singulars
    return Parts(
        titles=tuple(unit.title for unit in found if unit.title),
        heads=_heads(found, grammar),
        known=tuple(unit.known[0] for unit in found if unit.known and not unit.head) + _bodies(found),
        unknown=tuple(_words(pieces, unit.start, unit.end) for unit in found if unit.kind == "capitals"),
        singular=singular,
        about_actors=_about_actors(found, grammar),
        text=_bare_text(pieces, reader, grammar),
        led=any(piece.lower in grammar.led for piece in pieces),
        owned=_owned(pieces, found, grammar),
        former=any(reader.lower(at) in grammar.former for at in range(len(found))),
        plural=bool(found) and not singular and (first[:1].isdigit() or _several(reader.lower(0), grammar)),
    )


def _heads(found: Sequence[Unit], grammar: Grammar) -> tuple[Head, ...]:
    """The nouns for actors, without one that only counts those whom another names."""
    heads = [unit.head for unit in found if unit.head]
    return tuple(h for h in heads if len(heads) == 1 or h.text not in grammar.classifiers) or tuple(heads[:1])


def _owned(pieces: Sequence[Piece], found: Sequence[Unit], grammar: Grammar) -> bool:
    if found and found[0].pronoun is not None and found[0].pronoun.possessive:
        return True
    nouns = [(unit, unit.title or unit.head) for unit in found]
    return any(
        noun is not None and pieces[unit.end - 1].lower.endswith(ending) and not noun.text.lower().endswith(ending)
        for unit, noun in nouns
        for ending in grammar.endings
    )


def _several(word: str, grammar: Grammar) -> bool:
    return word in grammar.determiners and word not in grammar.definite


def _about_actors(found: Sequence[Unit], grammar: Grammar) -> bool:
    nouns = [unit for unit in found if unit.title or (unit.head and not unit.known)]
    return bool(nouns) and nouns[0 if grammar.after else -1].head is not None


def _bare_text(pieces: Sequence[Piece], reader: Reader, grammar: Grammar) -> str:
    at = 0
    while at + 1 < len(reader.units) and (
        reader.lower(at) in grammar.determiners or reader.lower(at)[:1].isdigit() or reader.lower(at) == "the"
    ):
        at += 1
    return _words(pieces, reader.units[at].start, len(pieces)) if reader.units else ""


def _bodies(found: Sequence[Unit]) -> tuple[KnownName, ...]:
    """Organisations known by a common noun ("Kementerian Luar Negeri"), where no other state is named beside them."""
    states = {unit.known[0].known.country for unit in found if unit.known and unit.known[0].known.kind == "country"}
    return tuple(
        unit.known[0] for unit in found if unit.known and unit.head and states <= {unit.known[0].known.country}
    )


def _words(pieces: Sequence[Piece], start: int, end: int) -> str:
    return "".join(
        (piece.gap if at else "") + piece.text + ("'s" if piece.owns and start + at + 1 < end else "")
        for at, piece in enumerate(pieces[start:end])
    )


def demonym(world: World, iso3: str) -> str:
    """The English adjective of a state ("Israeli"); its name where the world has none."""
    return _demonyms(Identity(world)).get(iso3) or world.countries[iso3].name


@lru_cache(maxsize=4)
def _demonyms(identity: Identity) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in identity.world.names_in("en"):
        iso3 = name.known.country
        if name.sense == "demonym" and iso3:
            better = ADJECTIVE.search(name.text) and not ADJECTIVE.search(found.get(iso3, ""))
            if iso3 not in found or better:
                found[iso3] = name.text
    return found


def title_name(part: Parts) -> str:
    """An office with whose it is: "governor of Primorsky Krai"."""
    title = next((t for t in part.titles if t.kind in ("office", "relation")), None)
    english = title.english if title else (part.heads[0].singular or part.heads[0].english if part.heads else "person")
    body = next((h.english for h in part.heads if h.kind == "organisation"), None)
    whose = [name.known for name in part.known if name.known.kind != "person"]
    organisation = next((known.name for known in whose if known.kind != "country"), None)
    if organisation is None and body and whose:
        return f"{english} of the {_body_of(body, whose[0].name)}"
    of = organisation or next((known.name for known in whose), None) or next(iter(part.unknown), None) or body
    return f"{english} of {of}" if of else english


def titles_name(part: Parts, world: World) -> str:
    """Several who hold an office, with whose they are before it: "Turkish ministers", "Hamas leaders"."""
    title = next((t for t in part.titles if t.kind in ("office", "relation")), part.titles[0])
    whose = [name.known for name in part.known if name.known.kind != "person"]
    organisation = next((known.name for known in whose if known.kind != "country"), None)
    state = next(
        (_attribute(world, known.country) for known in whose if known.kind == "country" and known.country), None
    )
    owner = organisation or state or next(iter(part.unknown), None)
    return f"{owner} {_plural(title.english)}" if owner else _plural(title.english)


def _plural(english: str) -> str:
    """The plural of an office: "ministers", "secretaries", "chiefs of staff"."""
    noun, of, rest = english.partition(" of ")
    if not noun.endswith("s"):
        noun = noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"
    return noun + of + rest


def _attribute(world: World, iso3: str) -> str:
    """What English puts before those who act for a state: "US officials", "Israeli officials"."""
    return ATTRIBUTES.get(iso3) or demonym(world, iso3)


def _body_of(body: str, state: str) -> str:
    return f"{body} ({state})" if body.startswith(BRACKETED) else f"{body} of {state}"


def _short(known: Thing, world: World) -> str:
    """The shortest English name of a state ("US"); the name of anything else."""
    if known.kind != "country":
        return known.name
    short = [n.text for n in world.names_in("en") if n.known is known and n.sense == "name" and n.text.isupper()]
    return min(short, key=lambda text: (len(text), text), default=known.name)


def group_name(part: Parts, world: World, *, order_after: bool) -> str:
    """A group's English name: the adjective of its state or the name it belongs to, then the English noun."""
    head = part.heads[0] if order_after else part.heads[-1]
    english = not order_after and head.text in (head.english, head.singular)
    singular = part.singular or (english and head.text == head.singular)
    noun = head.singular if singular and head.singular else head.english
    country = part.country
    if part.led:
        leader = next((name.known for name in part.known), None)
        return part.text if english or leader is None else f"{_short(leader, world)}-led {noun}"
    if country is not None and country.country:
        adjective = demonym(world, country.country)
        if head.stands_for == "armed-forces" and (part.plural or part.singular):
            return f"{adjective} {'soldier' if part.singular else 'soldiers'}"
        if head.stands_for == "armed-forces":
            forces = world.armed_forces.get(country.country)
            return forces.name if forces else f"{adjective} Armed Forces"
        if head.stands_for == "people" and not singular and adjective.endswith(("an", "i")):
            return adjective + "s"
        if head.kind == "organisation" and noun[:1].isupper() and len(part.heads) == 1:
            return _body_of(noun, country.name)
    if english:
        return part.text
    whose = next((name.known.name for name in part.known), None) or next(iter(part.unknown), None)
    if country is not None and country.country:
        whose = (demonym if head.stands_for == "people" else _attribute)(world, country.country)
    others = part.heads[1:] if order_after else part.heads[:-1]
    body = next((h.english for h in others if h.kind in ("organisation", "group") and h is not head), None)
    return " ".join(filter(None, (whose, body, noun)))
