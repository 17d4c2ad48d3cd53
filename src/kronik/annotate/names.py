"""A report's sentences to mentions: names with their titles, nouns for actors, and pronouns, in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kronik.annotate.lexicon import Grammar, grammar, known_names
from kronik.annotate.phrases import Phrase, Reader
from kronik.annotate.pieces import Piece, cut, key
from kronik.annotate.units import Unit, evidence, part_glued, units
from kronik.languages import Language
from kronik.model import EntityKind, Mention, MentionForm, Report, Sentence, Span
from kronik.world import World

HEADING = 8  # words that a heading may have


def find(report: Report, sentences: Sequence[Sentence], language: Language, world: World) -> tuple[Mention, ...]:
    """Every mention of a person, organisation, country, place or group, outermost and not overlapping, in text order.

    Names are found in the world's tables and, for unknown ones, by their capitals; a title or office before or after a
    name belongs to the mention's ``span``. Nouns for actors ("pasukan Israel", "a State Department spokesman") are
    nominal, and take in the names that narrow them, so that "Israel" in "pasukan Israel" is no mention of its own.
    """
    words = grammar(language)
    names = known_names(language, world)
    cuts = [cut(report.text, sentence.span.start, sentence.span.end) for sentence in sentences]
    seen = evidence(cuts)
    cuts = [part_glued(pieces, names.values.keys(), seen, words) for pieces in cuts]
    mentions: list[Mention] = []
    for sentence, pieces in zip(sentences, cuts, strict=True):
        if pieces:
            parts = units(pieces, words, names, seen)
            if _is_heading(pieces, report.text[sentence.span.start : sentence.span.end]):
                parts = [replace(unit, kind="word") if unit.kind == "capitals" else unit for unit in parts]
            reader = Reader(pieces, parts, words)
            mentions.extend(_mentions(reader, words))
    return _single_words(mentions, report.text)


def _is_heading(pieces: Sequence[Piece], sentence: str) -> bool:
    """Whether a line is a heading in capitals, where a capital does not show a name ("Jalan Panjang Menuju Damai")."""
    capitals = sum(piece.capital for piece in pieces)
    return len(pieces) <= HEADING and sentence[-1].isalnum() and capitals * 3 >= len(pieces) * 2


def _single_words(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """Lets an unknown name of one word be a person only where it is part of a person's longer name or has a title.

    Else it is what the report's other places show: a place where one stands after a preposition of place, or an
    organisation. A person's surname at an address ("di Putin") stays a person.
    """
    people: set[str] = set()
    places: set[str] = set()
    for mention in mentions:
        if mention.form == "name":
            words = key(mention.name_span.of(text)).split()
            if mention.kind == "person" and (len(words) > 1 or mention.span != mention.name_span):
                people.update(words)
            elif mention.kind == "place":
                places.add(" ".join(words))
    done: list[Mention] = []
    for mention in mentions:
        words = key(mention.name_span.of(text)).split() if mention.form == "name" else []
        if (
            len(words) == 1
            and mention.span == mention.name_span
            and mention.kind == "person"
            and words[0] not in people
        ):
            mention = replace(mention, kind="place" if words[0] in places else "organisation")
        done.append(mention)
    return tuple(done)


def _mentions(reader: Reader, words: Grammar) -> list[Mention]:
    found: list[Mention] = []
    index = 0
    while index < len(reader.units):
        unit = reader.units[index]
        phrase = reader.phrase(index)
        if phrase is not None:
            mention = _mention(reader, phrase, words, found)
            if mention is not None:
                found.append(mention)
                index = phrase.end
                continue
        if unit.kind == "pronoun" and unit.pronoun is not None and not unit.pronoun.possessive:
            span = _span(reader.pieces, unit.start, unit.end)
            kind: EntityKind = unit.pronoun.kind  # type: ignore[assignment]
            found.append(Mention(span, span, kind, "pronoun"))
        index += 1
    return found


def _span(pieces: Sequence[Piece], start: int, end: int) -> Span:
    return Span(pieces[start].start, pieces[end - 1].end)


def _mention(reader: Reader, phrase: Phrase, words: Grammar, before: list[Mention]) -> Mention | None:
    pieces, all_units = reader.pieces, reader.units
    first, last = all_units[phrase.start].start, all_units[phrase.end - 1].end
    span = _span(pieces, first, last)
    opened = "(" in "".join(piece.gap for piece in pieces[first + 1 : last])
    if opened and last < len(pieces) and pieces[last].gap.lstrip().startswith(")"):
        span = Span(span.start, span.end + pieces[last].gap.index(")") + 1)
    if phrase.name is not None:
        unit = all_units[phrase.name]
        if not phrase.titles and unit.kind == "capitals" and _is_thing(reader, phrase.name):
            return None
        if not phrase.titles and unit.kind == "known" and _is_money(reader, unit):
            return None
        name_span = _span(pieces, phrase.name_from or unit.start, unit.end)
        kind: EntityKind = "person" if phrase.titles else _kind_of_name(reader, phrase.name, before)
        return Mention(span, name_span, kind, "name" if not _people(reader, phrase.name) else "nominal")
    assert phrase.core is not None
    core = all_units[phrase.core]
    narrowed = any(all_units[m].kind in ("known", "capitals") for m in phrase.modifiers)
    vague = not narrowed and not phrase.titles and reader.lower(phrase.core) in words.vague
    if _adjective(reader, phrase) or (vague and not _points_back(reader, phrase)):
        return None
    if core.head is not None and core.head.stands_for == "name":
        named = [at for at in phrase.modifiers if _names_group(reader, at)]
        if len(named) == 1:
            unit = all_units[named[0]]
            known = reader.known(named[0])
            sort: EntityKind = known.known.kind if known else "organisation"
            return Mention(span, _span(pieces, unit.start, unit.end), sort, "name")
    if core.head is None and core.title is not None and core.title.kind == "relation" and not phrase.modifiers:
        return None
    if core.head is None and not narrowed and phrase.end - phrase.start == 1 and not pieces[core.start].capital:
        return None
    form: MentionForm = "nominal"
    state = core.head is not None and core.head.stands_for == "state"
    if state and any(_is_state(reader, m) for m in phrase.modifiers):
        return Mention(span, span, "country", form)
    one = phrase.singular or (core.head is not None and core.head.text == core.head.singular and not phrase.plural)
    if core.head is not None and (not one or core.title is None or core.head.stands_for):
        return Mention(span, span, core.head.kind, form)  # type: ignore[arg-type]
    return Mention(span, span, "group" if phrase.plural else "person", form)


def _points_back(reader: Reader, phrase: Phrase) -> bool:
    """Whether a noun means something named before ("the country", "negara itu")."""
    grammar = reader.grammar
    if (
        phrase.core is None
        or phrase.plural
        or reader.lower(phrase.core) not in (grammar.pointing | grammar.pointing_at_states)
    ):
        return False
    if not grammar.after:
        return reader.is_word(phrase.start, grammar.demonstratives)
    return reader.is_word(phrase.end, grammar.demonstratives) and reader.joined(phrase.end)


def _is_money(reader: Reader, unit: Unit) -> bool:
    """Whether a state only tells whose money is meant ("dolar AS", "US dollars")."""
    if unit.end < len(reader.pieces) and reader.pieces[unit.end].gap.startswith("$"):
        return True
    beside = reader.pieces[unit.start - 1 : unit.start] + reader.pieces[unit.end : unit.end + 1]
    return any(piece.lower in reader.grammar.currencies for piece in beside)


def _names_group(reader: Reader, index: int) -> bool:
    """Whether a unit names an organisation or group to which a noun adds only its sort ("militan Hamas")."""
    known = reader.known(index)
    if known is not None:
        return known.known.kind in ("organisation", "group")
    return reader.units[index].kind == "capitals"


def _is_state(reader: Reader, index: int) -> bool:
    known = reader.known(index)
    return known is not None and known.known.kind == "country"


def _adjective(reader: Reader, phrase: Phrase) -> bool:
    """Whether a bare noun for actors only describes the noun beside it ("target militer", "military action")."""
    if (
        phrase.core is None
        or phrase.end != phrase.core + 1
        or reader.lower(phrase.core) not in reader.grammar.adjectival
    ):
        return False
    unit = reader.units[phrase.core]
    following = reader.pieces[unit.end] if unit.end < len(reader.pieces) else None
    if following is not None and following.gap == " " and following.lower in reader.grammar.described:
        return not any(reader.units[at].kind in ("known", "capitals") for at in phrase.modifiers)
    if phrase.end - phrase.start > 1:
        return False
    if not reader.grammar.after:
        return True
    if unit.start == 0 or reader.pieces[unit.start].gap != " ":
        return False
    before = reader.pieces[unit.start - 1]
    verb = before.lower.startswith(reader.grammar.verb_prefixes) and len(before.lower) > 4
    return not before.capital and not verb and before.lower not in reader.grammar.before_actors


def _is_thing(reader: Reader, index: int) -> bool:
    """Whether capitals name a treaty, a day, an event or a thing ("Piagam PBB", "Geneva Convention")."""
    unit = reader.units[index]
    things = reader.grammar.thing_words
    ends = (unit.start,) if reader.grammar.after else (unit.start, unit.end - 1)
    words = reader.pieces[unit.start : unit.end]
    numbered = any(any(c.isdigit() for c in piece.text) for piece in words)
    shouted = len(words) > 2 and all(piece.text.isupper() for piece in words)
    return numbered or shouted or any(reader.pieces[at].lower in things for at in ends)


def _people(reader: Reader, index: int) -> bool:
    """Whether a name is a people's in the plural ("the Israelis")."""
    known = reader.known(index)
    return known is not None and known.sense == "demonym" and known.text.endswith("s") and len(known.text) > 5


def _kind_of_name(reader: Reader, index: int, before: list[Mention]) -> EntityKind:
    unit = reader.units[index]
    located = _located(reader, index, before) or _dateline(reader, unit)
    known = reader.known(index)
    if known is not None:
        if known.sense == "demonym" and _people(reader, index):
            return "group"
        if known.sense == "capital" and known.known.kind == "country":
            return "place" if located else "country"
        return known.known.kind
    if reader.is_organisation(index):
        return "organisation"
    place_heads = reader.grammar.place_heads
    if reader.pieces[unit.start].lower in place_heads or reader.pieces[unit.end - 1].lower in place_heads:
        return "place"
    return "place" if located else "person"


def _dateline(reader: Reader, unit: Unit) -> bool:
    """Whether a name opens the sentence before a dash, or in capitals before a comma: where the report was written."""
    if unit.start > 0 or unit.end >= len(reader.pieces):
        return False
    gap = reader.pieces[unit.end].gap
    text = "".join(piece.text for piece in reader.pieces[unit.start : unit.end])
    if text.isupper() and len(text) > 4 and gap[:1] in (",", "-", "("):
        return True
    return gap != "-" and gap.strip(" ")[:1] in ("-", "–", "—", "|")


def _located(reader: Reader, index: int, before: list[Mention]) -> bool:
    """Whether a preposition of place stands before, or a place to which this name is added ("di Moskow dan Kyiv")."""
    unit = reader.units[index]
    if unit.start == 0:
        return False
    previous = reader.pieces[unit.start - 1]
    if reader.pieces[unit.start].gap.strip(" ") not in ("", ","):
        return False
    if previous.lower in reader.grammar.locatives and not reader.pieces[unit.start].gap.strip():
        return True
    if before and before[-1].kind == "place":
        between = reader.pieces[unit.start].start - before[-1].span.end
        return between <= 6
    return False
