"""A language's tables and the world's names to lookups: which phrase may begin at a word, and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from kronik.annotate.pieces import Piece, cut, key
from kronik.languages import Language
from kronik.world import Known as Thing
from kronik.world import KnownName, World

Value = TypeVar("Value")

# How a known name may be interrupted: blanks, hyphens, apostrophes, abbreviation dots; never a comma, bracket or quote.
JOINS = frozenset(
    (
        " ",
        "",
        "-",
        " - ",
        "–",
        "'",
        "’",
        "' ",
        "’ ",
        "ʼ",
        "‘",
        "`",
        ".",
        ". ",
        "\n",
        "\xa0",
        " \n",
        ".-",
        "\u200e ",
        "  ",
        "/",
    )
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title or office. ``offices`` are keys of the table of office holders."""

    text: str
    english: str
    kind: str
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A noun for actors without a name. ``english`` is its plural where it has one."""

    text: str
    english: str
    singular: str
    kind: str
    stands_for: str


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word or phrase that points back to an actor."""

    text: str
    number: str
    kind: str
    possessive: bool


@dataclass
class Phrases(Generic[Value]):
    """Phrases by their folded words, the longest found first."""

    values: dict[str, Value] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, phrase: str, value: Value) -> None:
        self.values[phrase] = value
        first, _, rest = phrase.partition(" ")
        length = 1 + (rest.count(" ") + 1 if rest else 0)
        if self.longest.get(first, 0) < length:
            self.longest[first] = length

    def at(self, pieces: list[Piece], index: int) -> Iterable[tuple[int, Value]]:
        """Every phrase that begins at a piece, longest first, as (the index after it, its value)."""
        most = self.longest.get(pieces[index].lower)
        if not most:
            return
        words = [pieces[index].lower]
        for following in range(index + 1, min(index + most, len(pieces))):
            if pieces[following].gap not in JOINS:
                break
            words.append(pieces[following].lower)
        for length in range(len(words), 0, -1):
            value = self.values.get(" ".join(words[:length]))
            if value is not None:
                yield index + length, value


@dataclass(frozen=True)
class Grammar:
    """One language's words and rules for names and noun phrases, compiled."""

    titles: Phrases[Title]
    heads: Phrases[Head]
    pronouns: Phrases[Pronoun]
    particles: frozenset[str]
    not_names: frozenset[str]
    common: frozenset[str]
    former: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    links: frozenset[str]
    moving_links: frozenset[str]
    place_words: frozenset[str]
    locatives: frozenset[str]
    determiners: frozenset[str]
    singulars: frozenset[str]
    definite: frozenset[str]
    """Determiners that say nothing of number ("the", "pihak")."""
    modifiers: frozenset[str]
    office_words: frozenset[str]
    organisation_words: frozenset[str]
    place_heads: frozenset[str]
    thing_words: frozenset[str]
    currencies: frozenset[str]
    adjectival: frozenset[str]
    before_actors: frozenset[str]
    vague: frozenset[str]
    led: frozenset[str]
    classifiers: frozenset[str]
    demonstratives: frozenset[str]
    pointing: frozenset[str]
    pointing_at_states: frozenset[str]
    described: frozenset[str]
    verb_prefixes: tuple[str, ...]
    endings: tuple[str, ...]
    """Endings of a noun that say whose it is ("pasukannya")."""
    home: str
    """The state (iso3) whose offices are meant where a report names no other; empty for a language of many states."""


@lru_cache
def grammar(language: Language) -> Grammar:
    """The language's tables titles, groups, pronouns and common_words and its rules names, compiled once."""
    titles: Phrases[Title] = Phrases()
    for row in language.table("titles"):
        offices = tuple(filter(None, row["office"].split("|")))
        titles.add(key(row["text"]), Title(row["text"], row["english"], row["kind"], offices))
    heads: Phrases[Head] = Phrases()
    for row in language.table("groups"):
        head = Head(row["text"], row["english"], row["singular"], row["kind"], row["stands_for"])
        if row["singular"] and row["text"] == row["english"] and key(row["singular"]) not in heads.values:
            heads.add(key(row["singular"]), Head(row["singular"], *list(row.values())[1:]))
        heads.add(key(row["text"]), head)
    pronouns: Phrases[Pronoun] = Phrases()
    for row in language.table("pronouns"):
        pronouns.add(key(row["text"]), Pronoun(row["text"], row["number"], row["kind"], row["possessive"] == "yes"))
    rules: dict[str, Any] = language.rules("names")
    for ending in rules["endings"]:
        for phrase, title in list(titles.values.items()):
            titles.add(phrase + ending, title)
        for phrase, head in list(heads.values.items()):
            heads.add(phrase + ending, head)
    sets = {
        name: frozenset(word.lower() for word in rules[name])
        for name in (
            "particles", "not_names", "former", "before", "after", "links", "moving_links", "place_words",
            "locatives", "determiners", "singulars", "definite", "modifiers", "office_words", "organisation_words",
            "place_heads", "thing_words", "currencies", "adjectival", "before_actors", "vague", "led", "classifiers",
            "demonstratives", "pointing", "pointing_at_states", "described",
        )
    }  # fmt: skip
    common = frozenset(row["word"] for row in language.table("common_words"))
    return Grammar(
        titles=titles,
        heads=heads,
        pronouns=pronouns,
        common=common,
        home=rules["home"],
        verb_prefixes=tuple(rules["verb_prefixes"]),
        endings=tuple(rules["endings"]),
        **sets,
    )


@dataclass(frozen=True)
class Identity:
    """A world by identity, so that what is compiled from it can be cached though its tables are no keys."""

    world: World

    def __hash__(self) -> int:
        return id(self.world)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and other.world is self.world


Known = tuple[KnownName, ...]


def known_names(language: Language, world: World) -> Phrases[Known]:
    """Every way that the language writes what the world knows; names of several things keep them all."""
    return _known_names(language, Identity(world))


@lru_cache(maxsize=16)
def _known_names(language: Language, identity: Identity) -> Phrases[Known]:
    phrases: Phrases[Known] = Phrases()
    for name in identity.world.names_in(language.code):
        words = key(name.text)
        if words:
            phrases.add(words, (*phrases.values.get(words, ()), name))
    for outlet in identity.world.outlets:
        thing = Thing(outlet.name, "organisation", outlet.country or None)
        for text in (outlet.name, *outlet.aliases):
            words = key(text)
            if words and words not in phrases.values and text[0].isupper():
                phrases.add(words, (KnownName(text, "*", "name", thing),))
    for words, known in phrases.values.items():
        if len(known) > 1:
            phrases.values[words] = tuple(sorted(known, key=_rank))
    return phrases


def _rank(name: KnownName) -> tuple[int, int]:
    """Which of several meanings of one writing comes first: a state, then its organisations, people and places."""
    kinds = ("country", "organisation", "group", "person", "place")
    return kinds.index(name.known.kind), ("name", "demonym", "capital", "government").index(name.sense)


def written_so(name: KnownName, pieces: list[Piece]) -> bool:
    """Whether the text's capitals allow a known name: an abbreviation as it is, a name with its first capital."""
    text = name.text
    if text.isupper() or (len(pieces) == 1 and not text[:1].islower() and not text.istitle()):
        letters = [piece.text for piece in pieces]
        return letters == [piece.text for piece in cut(text)] if len("".join(letters)) <= 5 else letters[0][0].isupper()
    if text[:1].islower():
        return True
    last = pieces[-1]
    return pieces[0].capital and (last.capital or "-" in last.gap or not text.split()[-1][:1].isupper())


# Letters that romanisations of one name write differently; vowels and h are left out.
SOUNDS = str.maketrans(
    {"q": "k", "c": "k", "d": "t", "z": "s", "v": "w", "f": "p", "b": "p", "g": "k", "j": "y", "i": "y"}
    | dict.fromkeys("aeouh")
)


def sound(text: str) -> str:
    """A name without what romanisations of it differ in: "Mahmud Abbas" and "Mahmoud Abbas" sound the same."""
    letters = key(text).translate(SOUNDS).replace(" ", "").replace("y", "")
    return "".join(letter for at, letter in enumerate(letters) if at == 0 or letters[at - 1] != letter)


def known_by_sound(text: str, world: World) -> KnownName | None:
    """The one person whose known name of two words or more sounds as the text does; None where none or several do."""
    letters = sound(text)
    words = key(text)
    return _people_by_sound(Identity(world)).get(_initials(words) + letters) if len(letters) > 3 else None


def _initials(words: str) -> str:
    """The first letters of the first and the last word, which romanisations seldom change."""
    return words[0] + words.split()[-1][0]


@lru_cache(maxsize=4)
def _people_by_sound(identity: Identity) -> dict[str, KnownName | None]:
    found: dict[str, KnownName | None] = {}
    for name in identity.world.names:
        if name.known.kind != "person" or " " not in name.text:
            continue
        words = key(name.text)
        letters = _initials(words) + sound(name.text)
        other = found.get(letters, name)
        found[letters] = name if other is not None and other.known is name.known else None
    return found
