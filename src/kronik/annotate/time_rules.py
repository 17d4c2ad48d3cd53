"""A language's ``times.toml`` to compiled rules: which words make a time expression, and how each is to be counted.

In a rule's pattern ``{month}`` stands for any word of ``[words.month]`` and remembers which; ``{month2}`` or
``{name=month}`` is the same under another name; ``{say}`` stands for any phrase of that list; a blank stands for any
white space, a blank and ``?`` for any or none. Words written with a capital in the file match only with a capital.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronik.errors import LanguageDataError
from kronik.languages import Language

KINDS = frozenset(
    ("calendar", "weekday", "days", "unit", "ago", "from_context", "same_day", "window", "duration", "vague", "decade")
)
_NUMERIC = {
    "day": r"(?:3[01]|[12]\d|0?[1-9])",
    "month_number": r"(?:1[0-2]|0?[1-9])",
    "either_number": r"(?:3[01]|[12]\d|0?[1-9])",
    "year": r"(?:1[89]\d\d|20\d\d)(?!\d)",
    "year_short": r"\d\d(?!\d)",
    "decade_year": r"(?:1[89]|20)\d0",
    "quarter": r"[1-4]",
}
_SLOT = re.compile(r"\{(?:([a-z_]+\d?)=)?([a-z_]+)(\d?)\}")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_YEAR = re.compile(_NUMERIC["year"])


@dataclass(frozen=True)
class Rule:
    """One way to write a time. ``needs``: sets of words; a sentence without a word of each is not tried."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    strict: bool
    reads: tuple[str, ...]
    ignores: tuple[str, ...]


@dataclass(frozen=True)
class Range:
    """How two times become one that reaches from the first to the second: what stands before and between them."""

    before: re.Pattern[str]
    between: re.Pattern[str]


@dataclass(frozen=True)
class Grammar:
    """All that a language says about times, compiled."""

    words: dict[str, dict[str, Any]]
    rules: tuple[Rule, ...]
    ranges: tuple[Range, ...]
    left_alone: re.Pattern[str]
    listed_year: re.Pattern[str]
    shared_year: re.Pattern[str]
    open_end: re.Pattern[str]
    open_start: re.Pattern[str]
    future: re.Pattern[str]
    future_after: re.Pattern[str]
    barrier: re.Pattern[str]
    telling_before: re.Pattern[str]
    telling_after: re.Pattern[str]
    telling_opening: re.Pattern[str]
    opening: re.Pattern[str]
    dateline_after: re.Pattern[str]
    month_first: bool

    def value(self, table: str, word: str) -> Any:
        """What a word of a table stands for."""
        return self.words[table][" ".join(word.lower().split())]


def features(sentence: str) -> frozenset[str]:
    """The words of a sentence in lower case, and ``#year`` or ``#digit`` where it has such numbers."""
    found = {word.lower() for word in _WORD.findall(sentence)}
    if any(word[0].isdigit() for word in found):
        found.add("#digit")
        if _YEAR.search(sentence):
            found.add("#year")
    return frozenset(found)


@lru_cache
def compile_rules(language: Language) -> Grammar:
    """The grammar of a language. Raises LanguageDataError where ``times.toml`` names an unknown kind, slot or list."""
    data = language.rules("times")
    where = f"languages/{language.code}/times.toml"
    words: dict[str, dict[str, Any]] = data["words"]
    lists: dict[str, list[str]] = data["lists"]
    alternatives = {name: _alternatives(list(table)) for name, table in words.items()}
    phrases = {name: _alternatives(entries) for name, entries in lists.items()}
    if "number" in alternatives:
        alternatives["number"] = rf"(?:\d{{1,3}}(?![.,]?\d)|{alternatives['number']})"

    def fill(pattern: str, name: str, capture: bool) -> str:
        def slot(match: re.Match[str]) -> str:
            alias, base, digit = match[1], match[2], match[3]
            if base in phrases:
                return phrases[base]
            body = _NUMERIC.get(base) or alternatives.get(base)
            if body is None:
                raise LanguageDataError(f"{where}: {name}: no words or list called {base!r}: add it, or mend the name")
            return f"(?P<{alias or base + digit}>{body})" if capture else body

        return _SLOT.sub(slot, pattern.replace(" ?", r"\s*").replace(" ", r"\s+"))

    def compiled(pattern: str, name: str, capture: bool = False) -> re.Pattern[str]:
        try:
            return re.compile(fill(pattern, name, capture), re.IGNORECASE)
        except re.error as wrong:
            raise LanguageDataError(f"{where}: {name}: no valid pattern: {wrong}") from wrong

    rules = []
    for rule in data["rule"]:
        name = rule.get("name", "a rule without a name")
        missing = [key for key in ("name", "kind", "needs", "pattern", "reads") if not rule.get(key)]
        if missing:
            raise LanguageDataError(
                f"{where}: {name}: no {' and no '.join(missing)}: every rule has these and its proof"
            )
        kind = rule["kind"]
        if kind not in KINDS:
            raise LanguageDataError(f"{where}: {name}: no kind {kind!r}: choose one of {', '.join(sorted(KINDS))}")
        after = rf"(?<!\w)(?:{rule['after']}) " if "after" in rule else r"(?<![\w/.])"
        before = rf"(?:{rule['before']})" if "before" in rule else r"(?!\w|[-–/.,:]\d)"
        needs = tuple(
            frozenset({need} if need.startswith("#") else _first_words(words.get(need) or lists[need]))
            for need in rule["needs"]
        )
        rules.append(
            Rule(
                name,
                kind,
                compiled(f"{after}(?P<span>{rule['pattern']}){before}", name, True),
                needs,
                bool(rule.get("strict", False)),
                tuple(rule["reads"]),
                tuple(rule.get("ignores", ())),
            )
        )
    ranges = tuple(
        Range(
            compiled(rf"(?:{r['before']}) \Z" if r["before"] else r"", "ranges"),
            compiled(rf"\s*(?:{r['between']})\s*\Z", "ranges"),
        )
        for r in data["ranges"]
    )
    context = data["context"]

    def either(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
        return compiled(f"{before}(?:{'|'.join(f'(?:{pattern})' for pattern in context[key])}){after}", key)

    return Grammar(
        words={name: {word.lower(): value for word, value in table.items()} for name, table in words.items()},
        rules=tuple(rules),
        ranges=ranges,
        left_alone=either("left_alone"),
        listed_year=compiled(context["listed_year"], "listed_year", True),
        shared_year=either("shared_year", r"\s*", r"\s*"),
        open_end=either("open_end", r"(?<!\w)", r"\s*\Z"),
        open_start=either("open_start", r"(?<!\w)", r"\s*\Z"),
        future=either("future", r"(?<!\w)", r"(?!\w)"),
        future_after=either("future_after", after=r"(?!\w)"),
        barrier=either("barrier"),
        telling_before=either("telling_before", r"(?<!\w)", r"\s*\Z"),
        telling_after=either("telling_after", after=r"(?!\w)"),
        telling_opening=either("telling_opening", after=r"(?!\w)"),
        opening=either("opening", r"\W*(?:", r")?\W*"),
        dateline_after=either("dateline_after"),
        month_first=bool(context["month_first"]),
    )


def _alternatives(words: list[str]) -> str:
    """A group of alternatives, the longest first; words with a capital keep it."""
    folded = [word for word in words if word == word.lower()]
    capital = [word for word in words if word != word.lower()]
    capital += [word.upper() for word in capital]
    parts = []
    if capital:
        parts.append(f"(?-i:{'|'.join(map(_escaped, sorted(set(capital), key=len, reverse=True)))})")
    if folded:
        parts.append("|".join(map(_escaped, sorted(folded, key=len, reverse=True))))
    return f"(?:{'|'.join(parts)})"


def _escaped(word: str) -> str:
    return r"\s+".join(map(re.escape, word.split())) + r"(?!\w)"


def _first_words(words: Any) -> set[str]:
    return {_WORD.findall(word)[0].lower() for word in words}
