"""The first words of a report to its dateline: place, outlet, agency and day ("JAKARTA, KOMPAS.com -")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kronik.clean import dates, outlets
from kronik.languages import Language
from kronik.world import World

_DASH = r"\s*(?:—|–|-{1,3}|:|\||_(?=\s))(?:\s?(?:—|–|-{1,3}))*\s*"
_DOMAIN = r"(?:www\.)?[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z]{2,4}){1,3}"
_NAME = r"[A-Z][\w.'’&-]*(?: (?:[A-Z][\w.'’&-]*|of|the|al|de|and|dan))*"
_BRACKETED = re.compile(
    rf"(?P<head>[^()/\n]{{2,60}}(?:/[^()/\n]{{2,30}})?)\s*"
    rf"(?:\((?P<agency>\w[\w .,&'’/-]{{1,40}})\)|/(?P<slashed>[A-Z]\w{{1,12}})/\.?)(?P<dash>{_DASH})?"
)
_AGENCY_ALONE = re.compile(rf"\((?P<agency>[A-Z][\w .&'’/-]{{1,30}})\){_DASH}")
_PLACE_THEN_OUTLET = re.compile(rf"(?P<place>{_NAME}(?:, {_NAME})??)\s*[,|]\s*(?P<outlet>{_DOMAIN}|{_NAME}){_DASH}")
_OUTLET_THEN_PLACE = re.compile(rf"(?P<outlet>{_DOMAIN}|{_NAME})\s*[,|]\s*(?P<place>{_NAME}(?:, {_NAME})??){_DASH}")
_BARRED_PLACE_FIRST = re.compile(rf"(?P<place>{_NAME}(?:, {_NAME})??)\s*\|\s*(?P<outlet>{_NAME})\s*(?:—|–|--?)\s+")
_BARRED_OUTLET_FIRST = re.compile(rf"(?P<outlet>{_NAME})\s*\|\s*(?P<place>{_NAME}(?:, {_NAME})??)\s*(?:—|–|--?)\s+")
_OUTLET_PLACE_BARE = re.compile(rf"(?P<outlet>{_DOMAIN}),\s*(?P<rest>[A-Z].*)", re.DOTALL)
_OUTLET = re.compile(rf"(?P<outlet>{_DOMAIN}|{_NAME}){_DASH}")
_PLACE = re.compile(
    r"(?P<place>[A-Z][\w.'’ /-]{1,40}?(?:,\s*[A-Z][\w.'’ ]{1,30}?){0,2})"
    r"(?P<dash>\s*(?:—|–|--|-|:)(?:\s?(?:—|–|-))*\s*)(?=[\w\"“'‘(])"
)
# A dateline is looked for in so many characters.
_WINDOW = 160


@dataclass(frozen=True, slots=True)
class Dateline:
    """``end`` counts the paragraph's characters that the dateline takes; ``place`` is canonical English where known."""

    end: int
    place: str | None = None
    outlet: str | None = None
    agency: str | None = None
    published: date | None = None


def parse(paragraph: str, language: Language, world: World, own_names: Iterable[str] = ()) -> Dateline | None:
    """The dateline that a paragraph begins with; None where it begins with none.

    ``own_names`` are names by which the page calls its own outlet. What stands before the dash must be told by a known
    outlet or agency, a domain, or a place that is known or in capitals; a hyphenated beginning is no dateline.
    """
    head = paragraph[:_WINDOW]
    own = {_fold(name) for name in own_names if name}
    return (
        _bracketed(head, language, world, own)
        or _with_outlet(head, language, world, own)
        or _barred(head, language, world)
        or _outlet_and_bare_place(head, language, world)
        or _outlet_alone(head, world, own)
        or _place_alone(head, language, world)
    )


def _bracketed(head: str, language: Language, world: World, own: set[str]) -> Dateline | None:
    """``WASHINGTON (Reuters) -``, ``PYONGYANG, Sept. 13 (Xinhua) --``, ``MOSCOW, June 3. /TASS/.``, ``(CNN) --``."""
    match = _AGENCY_ALONE.match(head)
    if match and _is_outlet(match["agency"], world, own):
        return Dateline(match.end(), None, None, match["agency"])
    match = _BRACKETED.match(head)
    if not match:
        return None
    before, day = _without_day(match["head"].strip(" ."), language)
    agency = match["agency"] or match["slashed"]
    place = _place(before, language, world)
    if place is None:
        return None
    dated = dates.shown(agency, language)
    if dated and match["dash"] and before.isupper():
        return Dateline(match.end(), place, None, None, dated)
    has_day = before != match["head"].strip(" .")
    told = match["dash"] or match["slashed"] or has_day or before.isupper()
    marked = match["dash"] or match["slashed"]
    unknown_agency = _is_name_of_none(agency, language, world) and _known(before, language, world) is not None
    if not (told and (_is_outlet(agency, world, own) or (marked and (has_day or before.isupper() or unknown_agency)))):
        return None
    return Dateline(match.end(), place, None, agency, day)


def _with_outlet(head: str, language: Language, world: World, own: set[str]) -> Dateline | None:
    """``JAKARTA, KOMPAS.com -``, ``Moskow | EGINDO.co –``, ``TEMPO.CO, Jakarta -``."""
    for pattern in (_OUTLET_THEN_PLACE, _PLACE_THEN_OUTLET):
        match = pattern.match(head)
        if not match:
            continue
        likely = outlets.is_named_like_one(match["outlet"], language) and _known(match["place"], language, world)
        if (_is_outlet(match["outlet"], world, own) or likely) and not _is_outlet(match["place"], world, set()):
            place = _place(match["place"], language, world)
            if place:
                return Dateline(match.end(), place, match["outlet"])
    return None


def _barred(head: str, language: Language, world: World) -> Dateline | None:
    """``Jakarta | Harian Nusa –``: between a bar and a dash any name that means nothing else is the outlet's."""
    for pattern in (_BARRED_PLACE_FIRST, _BARRED_OUTLET_FIRST):
        match = pattern.match(head)
        if match and _is_name_of_none(match["outlet"], language, world):
            place = _known(match["place"], language, world)
            if place:
                return Dateline(match.end(), _place(match["place"], language, world), match["outlet"])
    return None


def _is_name_of_none(name: str, language: Language, world: World) -> bool:
    """Whether a name of a few capitalised words is of nothing that the world knows, so that it may be an outlet's."""
    few = name[:1].isupper() and len(name.split()) <= 5
    return few and not world.known_as(name, language.code) and not world.known_as(name, "en")


def _outlet_and_bare_place(head: str, language: Language, world: World) -> Dateline | None:
    """``Liputan6.com, Jakarta Partai …``: a domain and a place without a dash; the longest known name is the place."""
    match = _OUTLET_PLACE_BARE.match(head)
    if not match:
        return None
    words = match["rest"].split()
    for count in (3, 2, 1):
        name = " ".join(words[:count]).rstrip(",")
        if len(words) > count and name[:1].isupper() and _known(name, language, world):
            return Dateline(
                match.start("rest") + len(" ".join(words[:count])), _place(name, language, world), match["outlet"]
            )
    if len(words) > 1 and words[0].isalpha() and words[1][:1].isupper():
        return Dateline(match.start("rest") + len(words[0]), _place(words[0], language, world), match["outlet"])
    return None


def _outlet_alone(head: str, world: World, own: set[str]) -> Dateline | None:
    """``KOMPAS.com -``, ``Merdeka.com -``, ``Rimanews -``."""
    match = _OUTLET.match(head)
    if match and _is_outlet(match["outlet"], world, own) and re.search(r"\s(?:—|–|-)|[—–]", match[0]):
        return Dateline(match.end(), None, match["outlet"])
    return None


def _place_alone(head: str, language: Language, world: World) -> Dateline | None:
    """``PYONGYANG -``, ``RAMALLAH, West Bank —``: a place in capitals, or a known one before a long dash."""
    match = _PLACE.match(head)
    if not match:
        return None
    written, day = _without_day(match["place"], language)
    first = written.split(",")[0].strip()
    dash = match["dash"]
    known = _known(first, language, world)
    capitals = first.isupper() and sum(map(str.isalpha, first)) >= 4
    if ":" in dash and not (capitals and known):
        return None
    spaced = dash.strip() != "-" or dash.startswith(" ") or dash.endswith(" ")
    known_otherwise = _known_otherwise(first, language, world)
    # The seat of an organisation stands for its city: "UNITED NATIONS -".
    seat = " " in first and _is_organisation(first, language, world)
    if capitals and spaced and (known or _has_region(written) or day or seat or not known_otherwise):
        return Dateline(match.end(), _place(written, language, world), None, None, day)
    # In small letters a dash may part anything ("Indonesia - Tunisia"): a city and a new sentence must stand around it.
    opens = head[match.end() : match.end() + 1]
    city = known is not None and not _is_country(first, language, world) and dash[:1] == " "
    long_dash = any(mark in dash for mark in ("—", "–", "--"))
    if city and (long_dash or (dash == " - " and not opens.islower())):
        return Dateline(match.end(), _place(written, language, world), None, None, day)
    return None


def _is_country(name: str, language: Language, world: World) -> bool:
    found = (*world.known_as(name, language.code), *world.known_as(name, "en"))
    return any(meaning.known.kind == "country" and meaning.sense in ("name", "demonym") for meaning in found)


def _without_day(written: str, language: Language) -> tuple[str, date | None]:
    """``PYONGYANG, Sept. 13`` as its place and, where it has a year, its day."""
    months = "|".join(map(re.escape, dates.calendar(language).months))
    match = re.search(
        rf",?\s+(?:(?:{months})\.?\s+\d{{1,2}}|\d{{1,2}}\s+(?:{months})\.?)(?:,?\s+\d{{4}})?\s*$",
        written,
        re.IGNORECASE,
    )
    if match is None:
        match = re.search(r",?\s+\d{1,2}/\d{1,2}(?:/\d{4})?\s*$", written)
    if match is None:
        return written.strip(), None
    return written[: match.start()].strip(), dates.of_metadata(match[0].strip(" ,"), language)


def _is_outlet(name: str, world: World, own: set[str]) -> bool:
    """Whether a name is an outlet's: a domain, one that the world knows, or one that the page calls itself."""
    parts = [part.strip() for part in name.split("/")]
    if _fold(name) in own or any(world.outlet(part) for part in parts if part):
        return True
    return re.fullmatch(_DOMAIN, name) is not None and name.rpartition(".")[2].casefold() in _ENDINGS


# Endings of domains that outlets use in datelines; a word with a dot in it is no domain otherwise ("U.S").
_ENDINGS = {"com", "co", "id", "net", "org", "news", "tv", "info", "my", "sg", "uk", "au", "in", "ph", "press"}


def _place(written: str, language: Language, world: World) -> str | None:
    """The canonical English name of a place; as written, in title case, where the world does not know it."""
    written = written.strip(" ,|")
    if not written or any(map(str.isdigit, written)):
        return None
    whole = _known(written, language, world) or _known(written.replace(".", ""), language, world)
    first = re.split(r",|/", written)[0].strip()
    known = whole or _known(first, language, world)
    if re.search(r"[\s,]D\.?C\.?$", written) and first.casefold().startswith("washington"):
        return "Washington, D.C."
    if known is None:
        return _titled(first) if first[:1].isupper() and len(first) <= 40 else None
    return _titled(first) if _fold(known).startswith(_fold(first)) else known


def _known(name: str, language: Language, world: World) -> str | None:
    """The canonical English name of the place or country of a name, whatever its capitals; None where none is known."""
    for written in dict.fromkeys((name, _titled(name))):
        found = (*world.known_as(written, language.code), *world.known_as(written, "en"))
        for meaning in found:
            if meaning.known.kind == "place":
                return meaning.known.name
        for meaning in found:
            if meaning.sense == "capital" and meaning.known.country in world.capitals:
                return world.capitals[meaning.known.country]
            if meaning.known.kind == "country" and meaning.sense == "name":
                return meaning.known.name
    return None


def _known_otherwise(name: str, language: Language, world: World) -> bool:
    return any(world.known_as(written, language.code) for written in (name, _titled(name)))


def _is_organisation(name: str, language: Language, world: World) -> bool:
    return any(meaning.known.kind == "organisation" for meaning in world.known_as(_titled(name), language.code))


def _has_region(written: str) -> bool:
    return "," in written


def _titled(name: str) -> str:
    """``KUALA LUMPUR`` as ``Kuala Lumpur``; a name that is not all capitals stays."""
    if not name.isupper() or len(name) <= 2:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0] if word[0] == "DC" else word[0][0] + word[0][1:].lower(), name)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
