"""Lines and paragraphs to credits: the outlets and agencies that a report names as its own source of copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kronik.languages import Language
from kronik.world import Outlet, World

# A name as prose writes it: up to five capitalised words, "The" and joining words inside.
_CAPITALS = (
    r"(?:[A-Z]|[a-z]{2,8}(?=[A-Z]))[\w&'’-]*(?:\.(?:com|co|id|net|org|au|uk|tv)\b)*"
    r"(?:\s(?:[A-Z][\w&'’-]*|of|the|al)){0,4}"
)
_ENDING = re.compile(r"[(\[]\s*(?P<names>[A-Za-z][\w .&'’/,-]{1,40}?)\s*[)\]]\.?\s*$")
_LEAD = 2


@dataclass(frozen=True, slots=True)
class _Cues:
    strong: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    joined: re.Pattern[str]
    lines: tuple[re.Pattern[str], ...]
    lead: tuple[str, ...]
    no_outlet: frozenset[str]
    name: re.Pattern[str]
    passed_on: re.Pattern[str]


def find(
    paragraphs: Sequence[str],
    lines: Sequence[str],
    agency: str | None,
    publisher: str | None,
    language: Language,
    world: World,
) -> tuple[str, ...]:
    """The credits of a report, in the order of the text, each once and without the report's own publisher.

    ``lines`` are lines of the page outside of its text (credit lines and the like), ``agency`` what the dateline has in
    brackets. Names are as written, or the world's where it knows the outlet under other capitals.
    """
    cues = _cues(language)
    known = _known(world)
    found: list[str] = []
    if agency:
        found.extend(_split(agency, world, must_know=True))
    for number, paragraph in enumerate(paragraphs):
        if cues.strong:
            for match in cues.strong.finditer(paragraph):
                found.extend(_named_at(paragraph, match.end(), cues, known, language, world, any_name=True))
        if cues.weak:
            for match in cues.weak.finditer(paragraph):
                found.extend(_named_at(paragraph, match.end(), cues, known, language, world, any_name=False))
        if number < _LEAD and known:
            for pattern in cues.lead:
                for match in _lead(pattern, known).finditer(paragraph):
                    found.extend(_split(match["names"], world, must_know=True))
    for line in [*lines, *paragraphs[-1:]]:
        if bracketed := _ENDING.search(line):
            found.extend(_split(bracketed["names"], world, must_know=True))
    for line in [*lines, *paragraphs[-2:]]:
        for rule in cues.lines:
            if named := rule.fullmatch(" ".join(line.split())):
                found.extend(_split(named["names"], world, must_know=False))
    own = _outlet_key(publisher or "", world)
    unique: dict[str, str] = {}
    for name in found:
        unique.setdefault(_outlet_key(name, world), name)
    return tuple(name for key, name in unique.items() if key and key != own)


def ending(paragraph: str, world: World) -> str | None:
    """The credit in brackets that ends a paragraph behind its last sentence, or is all of it: "(Reuters)", "(AFP/DW)".

    It names outlets, and initials beside them; None where the brackets hold anything else.
    """
    match = _ENDING.search(paragraph)
    before = paragraph[: match.start()].rstrip() if match else ""
    if not match or (before and not before.endswith((".", "!", "?", "”", '"', "’"))):
        return None
    names = [name.strip(" .") for name in re.split(r"\s*[/,&]\s*|\s+-\s+", match["names"])]
    known = [bool(world.outlet(name)) for name in names]
    initials = [re.fullmatch(r"[A-Za-z]{1,4}", name) is not None for name in names]
    return match[0].strip() if any(known) and all(map(max, known, initials)) else None


def _named_at(
    text: str,
    at: int,
    cues: _Cues,
    known: re.Pattern[str] | None,
    language: Language,
    world: World,
    any_name: bool,
) -> list[str]:
    """The outlets named from one place of a paragraph on: "AFP", "Al Arabiya dan AFP"."""
    names: list[str] = []
    after_comma = False
    while True:
        match = known.match(text, at) if known else None
        if match is None and any_name and not after_comma:
            match = cues.name.match(text, at)
            if match and _is_no_outlet(match[0], cues, language, world):
                match = None
        if match is None:
            return names
        if not cues.passed_on.match(text, match.end()):
            names.append(_canonical(match[0], world))
        joined = cues.joined.match(text, match.end())
        if joined is None:
            return names
        at = joined.end()
        after_comma = joined[0].lstrip().startswith(",")


def _is_no_outlet(name: str, cues: _Cues, language: Language, world: World) -> bool:
    """Whether a name behind a cue is something else: a platform, a weekday, or what the world knows as no outlet."""
    folded = _fold(name)
    if any(folded == word or folded.startswith(f"{word} ") for word in cues.no_outlet):
        return True
    known = world.known_as(name, language.code)
    return bool(known) and world.outlet(name) is None


def _split(written: str, world: World, must_know: bool) -> list[str]:
    """The outlets of a credit: "CNA/SL" is CNA and initials, "Antara/Reuters" two outlets."""
    names = [name.strip(" .,") for name in re.split(r"\s*/\s*|\s*,\s*|\s+(?:and|dan|&)\s+", written)]
    if world.outlet(written.strip(" .")):
        names = [written.strip(" .")]
    found = []
    for number, name in enumerate(names):
        if world.outlet(name):
            found.append(_canonical(name, world))
        elif not must_know and number == 0 and re.match(r"[A-Z]", name) and len(name.split()) <= 5:
            found.append(name)
    return found


def _canonical(written: str, world: World) -> str:
    """An outlet's name as the page writes it where it is one of its names to the letter; else as the world has it."""
    outlet = world.outlet(written)
    if outlet is None or written in (outlet.name, *outlet.aliases):
        return written.strip()
    return outlet.name


def _outlet_key(name: str, world: World) -> str:
    outlet = world.outlet(name)
    return _fold(outlet.name if outlet else name)


@lru_cache
def _cues(language: Language) -> _Cues:
    table = language.rules("credits")
    fillers = "|".join(sorted(map(re.escape, table["fillers"]), key=len, reverse=True))

    def compiled(words: list[str]) -> re.Pattern[str] | None:
        if not words:
            return None
        either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        return re.compile(rf"\b(?i:(?:{either}))(?:\s+(?i:{fillers})(?=[\sA-Z,]),?)*\s*(?=[\w\"“])")

    return _Cues(
        strong=compiled(table["strong"]),
        weak=compiled(table["weak"]),
        joined=re.compile(
            rf"\s*(?:,\s*|\s*(?i:{'|'.join([*table['and'], *table['from']])})\s*)(?:(?i:{fillers})\s+)*(?=[A-Z])"
        ),
        lines=tuple(re.compile(pattern, re.IGNORECASE) for pattern in table["lines"]),
        lead=tuple(table["lead"]),
        no_outlet=frozenset([*table["no_outlet"], *language.rules("calendar")["weekdays"]]),
        passed_on=re.compile(rf"[,\s]*(?i:{'|'.join(table['passed_on'])})"),
        name=re.compile(
            rf"{_CAPITALS}(?=\s*(?:[,.;:)(”\"]|$|(?:{'|'.join([*table['and'], *table['from'], *table['after']])})\b))"
        ),
    )


@lru_cache(maxsize=64)
def _lead(pattern: str, known: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(pattern.replace("{outlet}", known.pattern))


def _pattern_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    # Pages lose the spaces around links ("dilansirAFPdanReuters"): capitals end where small letters begin, other names
    # before a short word that a capital follows.
    capitals = "|".join(re.escape(name) for name in names if name.isupper())
    others = "|".join(re.escape(name) for name in names if not name.isupper())
    return re.compile(
        rf"(?:The )?(?:(?:{others or '(?!)'})(?:(?![a-z])|(?=[a-z]{{2,5}}[A-Z]))|(?:{capitals or '(?!)'})(?![A-Z0-9]))"
    )


def _known(world: World) -> re.Pattern[str] | None:
    """A pattern of every name of an outlet that the world knows, the longest first."""
    return _known_of(world.outlets)


@lru_cache(maxsize=4)
def _known_of(outlets: tuple[Outlet, ...]) -> re.Pattern[str] | None:
    names = {name for outlet in outlets for name in (outlet.name, *outlet.aliases, outlet.domain) if len(name) >= 2}
    names |= {name.upper() for name in names if " " not in name and "." not in name}
    return _pattern_of(tuple(sorted(names, key=lambda name: (-len(name), name))))


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
