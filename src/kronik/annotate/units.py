"""The pieces of a sentence to units: known names, titles, nouns for actors, pronouns, unknown names and plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kronik.annotate.lexicon import JOINS, Grammar, Head, Known, Phrases, Pronoun, Title, written_so
from kronik.annotate.pieces import Piece, key

# A longer piece is no name with a word glued to it, and trying each of its seams would take for ever.
_LONGEST_GLUED = 60
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UnitKind = Literal["known", "title", "head", "pronoun", "capitals", "word"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces ``[start, end)`` of a sentence that belong together. A noun may be title and head at once."""

    kind: UnitKind
    start: int
    end: int
    known: Known = ()
    title: Title | None = None
    head: Head | None = None
    pronoun: Pronoun | None = None


@dataclass(frozen=True)
class Evidence:
    """What a whole report shows about its words: which stand in lower case, which capitalised inside a sentence."""

    lower: frozenset[str]
    inner: frozenset[str]
    lost_blanks: int = 0
    before: frozenset[tuple[str, str]] = frozenset()
    """Capitalised words inside sentences with the capitalised word before each ("Mohammad" "Dahlan")."""


def evidence(sentences: Sequence[Sequence[Piece]]) -> Evidence:
    """Counts every word's capitals over the report, the first word of each sentence left out."""
    lower: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    lost = 0
    pairs: set[tuple[str, str]] = set()
    for pieces in sentences:
        for index, piece in enumerate(pieces):
            if not piece.capital:
                lower[piece.lower] += 1
            elif not opens(pieces, index):
                inner[piece.lower] += 1
                lost += not piece.gap
                if piece.gap == " " and pieces[index - 1].capital and not opens(pieces, index - 1):
                    pairs.add((pieces[index - 1].lower, piece.lower))
    return Evidence(frozenset(w for w in lower if lower[w] >= inner[w]), frozenset(inner), lost, frozenset(pairs))


def part_glued(pieces: list[Piece], known: Container[str], seen: Evidence, grammar: Grammar) -> list[Piece]:
    """The pieces, with names parted from the word that a lost blank glued to them ("Iranmengatakan").

    Only where the name stands alone elsewhere in the report, or is known and the report lost more blanks; where the
    rest is an ordinary word, and the whole is unknown.
    """
    done: list[Piece] = []
    loose = seen.lost_blanks > 1
    for piece in pieces:
        if done and _takes_capital(done[-1], piece, known, seen, grammar):
            last = done[-1]
            done[-1] = replace(
                last, end=last.end + 1, text=last.text + piece.text[0], lower=last.lower + piece.lower[0]
            )
            rest = piece.text[1:]
            done.append(Piece(piece.start + 1, piece.end, rest, rest, "", False, piece.owns))
            continue
        at = _seam(piece, done[-1].lower if done else "", known, seen, grammar, loose=loose)
        if at:
            middle = piece.start + at
            name, rest = piece.text[:at], piece.text[at:]
            done.append(replace(piece, end=middle, text=name, lower=piece.lower[:at], owns=False))
            done.append(Piece(middle, piece.end, rest, rest, "", False, piece.owns))
        else:
            done.append(piece)
    return done


def _takes_capital(last: Piece, piece: Piece, known: Container[str], seen: Evidence, grammar: Grammar) -> bool:
    """Whether a piece's first capital belongs to the abbreviation before it ("AFPterhadap" was cut after "AF")."""
    name = last.lower + piece.lower[0]
    glued = piece.gap == "" and last.end == piece.start and last.acronym and piece.capital
    return glued and piece.text[1:] in grammar.common and (name in known or name in seen.inner)


def _seam(piece: Piece, before: str, known: Container[str], seen: Evidence, grammar: Grammar, *, loose: bool) -> int:
    """Where in a piece a name ends to which an ordinary word is glued; 0 where it is no such piece."""
    lower = piece.lower
    capitals = len(piece.text) - len(piece.text.lstrip(CAPITALS))
    if capitals > 1 and piece.text[capitals:] in grammar.common and lower not in known:
        return capitals if lower[:capitals] in known or lower[:capitals] in seen.inner else 0
    if (
        not piece.capital
        or len(lower) < 6
        or lower in known
        or lower in grammar.common
        or len(lower) != len(piece.text)
        or len(lower) > _LONGEST_GLUED
    ):
        return 0
    for at in range(len(lower) - 2, 2, -1):
        name, rest = lower[:at], piece.text[at:]
        ordinary = rest in grammar.common or rest in grammar.locatives or rest in grammar.links
        if ordinary and (name in seen.inner or f"{before} {name}" in known or (loose and name in known)):
            return at
    return 0


def opens(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece opens a sentence, a quotation or a clause after a colon, where capitals prove nothing."""
    return (
        index == 0
        or any(sign in pieces[index].gap for sign in '"“”«:;!?•…')
        or (". " in pieces[index].gap and len(pieces[index - 1].text) > 3)
    )


def units(pieces: list[Piece], grammar: Grammar, names: Phrases[Known], seen: Evidence) -> list[Unit]:
    """The units of one sentence, in order, covering every piece once. The longest reading at a piece wins."""
    found: list[Unit] = []
    index = 0
    while index < len(pieces):
        unit = _unit(pieces, index, grammar, names, seen)
        found.append(unit)
        index = unit.end
    return found


def _unit(pieces: list[Piece], index: int, grammar: Grammar, names: Phrases[Known], seen: Evidence) -> Unit:
    named = _named(pieces, index, grammar, names, seen)
    if named is not None and not _goes_on(pieces, named, grammar, names, seen):
        return named
    if _may_be_name(pieces, index, grammar, seen):
        run = _capitals(pieces, index, grammar, names, seen)
        alone = run.end == index + 1 and not pieces[index].acronym
        if not alone or (pieces[index].lower in seen.inner and not _stray(pieces[index], grammar, seen)):
            return run
    return Unit("word", index, index + 1)


def _goes_on(pieces: list[Piece], named: Unit, grammar: Grammar, names: Phrases[Known], seen: Evidence) -> bool:
    """Whether a surname that the world knows is the first name of somebody else ("Cameron MacKay")."""
    at = named.end
    if named.end != named.start + 1 or not named.known or named.known[0].known.kind != "person" or at >= len(pieces):
        return False
    piece = pieces[at]
    if not piece.capital or piece.gap != " " or piece.acronym or pieces[at - 1].owns or piece.lower in grammar.common:
        return False
    if piece.lower in key(named.known[0].known.name).split():
        return False
    return _may_be_name(pieces, at, grammar, seen) and _named(pieces, at, grammar, names, seen) is None


def _stray(piece: Piece, grammar: Grammar, seen: Evidence) -> bool:
    """Whether a capitalised word that stands alone is an ordinary one, and no part of a name in the report."""
    return piece.lower in grammar.common and all(piece.lower not in pair for pair in seen.before)


def _named(pieces: list[Piece], index: int, grammar: Grammar, names: Phrases[Known], seen: Evidence) -> Unit | None:
    """The known name, title, head or pronoun at a piece; None where there is none."""
    best = Unit("word", index, index)
    for end, known in names.at(pieces, index):
        fitting = tuple(name for name in known if written_so(name, pieces[index:end]))
        if fitting and not (end == index + 1 and _ordinary(pieces, index, grammar, seen)):
            best = Unit("known", index, end, known=fitting)
            break
    title = next(((end, t) for end, t in grammar.titles.at(pieces, index) if _title_stands(pieces, end, t)), None)
    head = next(((end, h) for end, h in grammar.heads.at(pieces, index) if _head_stands(pieces, index, end, h)), None)
    if _hyphened(pieces, index, grammar):
        title = head = None
    longest = max(title[0] if title else 0, head[0] if head else 0)
    if title and best.known and title[0] < best.end and _longer(pieces, title[0], best.end, names):
        best = Unit("word", index, index)
    if best.known and head and head[0] == best.end and head[1].kind == "organisation":
        best = replace(best, head=head[1])
    if longest > best.end:
        best = Unit(
            "title" if title and title[0] == longest else "head",
            index,
            longest,
            title=title[1] if title and title[0] == longest else None,
            head=head[1] if head and head[0] == longest else None,
        )
    for end, pronoun in grammar.pronouns.at(pieces, index):
        if end >= best.end and (best.kind != "known") and not pieces[index].acronym:
            best = Unit("pronoun", index, end, pronoun=pronoun)
        break
    return best if best.end > index else None


def _hyphened(pieces: list[Piece], index: int, grammar: Grammar) -> bool:
    """Whether a hyphen ties a word to an ordinary one before it, and so makes an adjective of it ("six-party")."""
    if index == 0 or pieces[index].gap != "-":
        return False
    before = pieces[index - 1]
    ordinary = not before.capital and before.lower not in grammar.former and before.lower != pieces[index].lower
    return ordinary and not any(end == index for end, _ in grammar.titles.at(pieces, index - 1))


def _longer(pieces: list[Piece], index: int, end: int, names: Phrases[Known]) -> bool:
    """Whether a known name that begins after a title reaches farther than one that takes the title in."""
    return any(after > end for after, _ in names.at(pieces, index))


def _head_stands(pieces: list[Piece], index: int, end: int, head: Head) -> bool:
    """A noun that the table writes with a capital ("Barat", "the West") needs it, and no capital after it."""
    if head.text.islower():
        return True
    capitals = any(piece.capital for piece in pieces[index:end])
    return capitals and not (_capital_at(pieces, end) and not head.text.split()[-1].islower())


def _title_stands(pieces: list[Piece], end: int, title: Title) -> bool:
    """Ranks and honorifics are ordinary words ("major", "general", "ibu") unless a name follows."""
    if title.kind in ("office", "relation"):
        return True
    return end < len(pieces) and pieces[end].capital and pieces[end].gap in (" ", ". ", "", ".", " (", "\xa0")


def _ordinary(pieces: list[Piece], index: int, grammar: Grammar, seen: Evidence) -> bool:
    """Whether a capital shows nothing but that a sentence begins here and the word is an ordinary one."""
    piece = pieces[index]
    if piece.acronym or not opens(pieces, index):
        return False
    return piece.lower in grammar.common and piece.lower not in seen.inner


def _may_be_name(pieces: list[Piece], index: int, grammar: Grammar, seen: Evidence) -> bool:
    piece = pieces[index]
    if not piece.capital or piece.lower in grammar.not_names or piece.lower in grammar.determiners:
        return False
    joining = piece.lower in grammar.links or piece.lower in grammar.locatives
    if joining and piece.lower not in grammar.office_words and piece.lower not in grammar.place_heads:
        return False
    if len(piece.text) == 1 and not (
        index + 1 < len(pieces) and pieces[index + 1].gap in (". ", ".", " ") and pieces[index + 1].capital
    ):
        return False
    if not opens(pieces, index):
        return True
    if piece.acronym:
        return piece.lower not in grammar.common and piece.lower not in seen.lower
    words = (grammar.common, grammar.determiners, grammar.links, grammar.locatives, grammar.modifiers, seen.lower)
    if any(piece.lower in known for known in words):
        return False
    if piece.lower in seen.inner:
        return True
    following = index + 1 < len(pieces) and pieces[index + 1].capital and pieces[index + 1].gap in JOINS
    return following and not _has_another_first_name(pieces[index], pieces[index + 1], seen)


def _has_another_first_name(first: Piece, second: Piece, seen: Evidence) -> bool:
    """Whether the report elsewhere names the second word after another: then the first only opens a sentence."""
    return any(name == second.lower and other != first.lower for other, name in seen.before)


def _capitals(pieces: list[Piece], index: int, grammar: Grammar, names: Phrases[Known], seen: Evidence) -> Unit:
    """The run of capitalised words from a piece, with particles inside, up to the next thing that is known."""
    end = index + 1
    while end < len(pieces) and not pieces[end - 1].owns:
        piece = pieces[end]
        joined = piece.gap in JOINS and not (piece.gap in (". ", ".") and len(pieces[end - 1].text) > 2)
        if not joined or piece.lower in grammar.not_names:
            break
        if piece.gap == " - " and piece.capital and pieces[end - 1].lower not in grammar.particles:
            break
        if not piece.capital:
            after = end + 1
            if piece.lower in grammar.particles and _capital_at(pieces, after):
                end = after + 1
                continue
            if piece.gap in ("-", "'", "’") or (piece.gap == " - " and len(piece.text) <= 4):
                end += 1
                continue
            break
        known = _named(pieces, end, grammar, names, seen)
        inside = piece.gap in ("-", "'", "’")
        if known is not None and not (
            known.kind == "pronoun"
            or (known.kind == "head" and known.end == end + 1)
            or (known.kind == "known" and inside and not (piece.gap == "-" and known.known[0].known.kind == "country"))
        ):
            break
        end += 1
    return Unit("capitals", index, end)


def _capital_at(pieces: list[Piece], index: int) -> bool:
    return index < len(pieces) and pieces[index].capital and pieces[index].gap in JOINS
