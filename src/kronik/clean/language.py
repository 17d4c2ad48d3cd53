"""A text to its language: one of those that kronik has, or a clear refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kronik import languages
from kronik.errors import LanguageError
from kronik.languages import read_table

# So many words decide; reading more changes nothing.
_WORDS = 1500
# The least share of known words, by their weight, for a text to be taken for any language.
_LEAST = 0.14
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Profile:
    """A language's frequent words with their weights; ``supported`` where kronik reads it.

    ``near`` is the code of the language of kronik's that it shares most words with; words of weight 2 tell the two
    apart.
    """

    code: str
    name: str
    supported: bool
    weights: dict[str, float]
    near: str = ""


@lru_cache(maxsize=1)
def profiles() -> tuple[Profile, ...]:
    """The languages that kronik has and the rivals that it must tell them from, from their word lists."""
    found = []
    for code in languages.codes():
        language = languages.load(code)
        about = language.rules("language")
        weights = _weights(language.table("identification"))
        found.append(Profile(code, about["name"], True, weights, about.get("near", "")))
    rivals = files("kronik.languages").joinpath("rivals")
    for row in read_table(rivals.joinpath("rivals.tsv")):
        if row["code"] in languages.codes():
            continue  # kronik reads it by now
        path = rivals.joinpath(f"{row['code']}.tsv")
        found.append(Profile(row["code"], row["name"], False, _weights(read_table(path)), row["near"]))
    return tuple(found)


def identify(text: str, where: str) -> str:
    """The code of the language of a text. ``where`` names the page in the error.

    Raises LanguageError where the text is in another language, or in none that can be told. Method: the share of words
    that are frequent in each language; between two near ones the count of words that only one of them writes so.
    """
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(_ADDRESS.sub(" ", text[: _WORDS * 12]))][
        :_WORDS
    ]
    if not words:
        raise LanguageError(f"{where}: no words in its text: nothing to read")
    if (script := _foreign_script(words)) is not None:
        raise LanguageError(f"{where}: its text is in {script} letters; kronik reads {_readable()}: leave the page out")
    known = {p.code: sum(map(p.weights.__contains__, words)) / len(words) for p in profiles()}
    best = max(profiles(), key=lambda p: (known[p.code], p.supported))
    alike = [p for p in profiles() if p.near and best.code in (p.near, p.code)]
    if alike:
        other = alike[0]
        nearest = next(p for p in profiles() if p.code == other.near)
        best = other if _marks(other, words) > _marks(nearest, words) else nearest
    if known[best.code] < _LEAST:
        raise LanguageError(
            f"{where}: its language cannot be told; kronik reads {_readable()}: give --language if it is one of them"
        )
    if not best.supported:
        raise LanguageError(f"{where}: its text is {best.name}; kronik reads {_readable()}: leave the page out")
    return best.code


def _marks(profile: Profile, words: list[str]) -> int:
    """How many different words are written so in this language and not in its nearest one."""
    return sum(profile.weights.get(word, 0.0) > 1 for word in set(words))


def of_claim(claim: str, where: str) -> str:
    """The code of a language given beside a page ("id", "en-US", "Indonesian"); LanguageError where kronik lacks it."""
    asked = claim.strip().casefold()
    for code in languages.codes():
        table = languages.load(code).rules("language")
        if re.split(r"[-_]", asked)[0] == code or asked in (table["name"].casefold(), table["own_name"].casefold()):
            return code
    raise LanguageError(f"{where}: language {claim!r} was given; kronik reads {_readable()}: give one of these")


def _readable() -> str:
    named = [f"{p.name} ({p.code})" for p in profiles() if p.supported]
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[:-1] else named)


def _weights(rows: tuple[dict[str, str], ...]) -> dict[str, float]:
    return {row["word"].casefold(): float(row.get("weight") or 1) for row in rows}


def _foreign_script(words: list[str]) -> str | None:
    """The name of the script that most letters are in where it is not Latin; None where it is."""
    counts: dict[str, int] = {}
    for word in words[:400]:
        if word.isascii():
            counts["Latin"] = counts.get("Latin", 0) + len(word)
            continue
        for letter in word:
            counts[_script(letter)] = counts.get(_script(letter), 0) + 1
    script = max(counts, key=lambda name: counts[name])
    return script if script != "Latin" else None


_SCRIPTS = (
    ("Greek", 0x370, 0x3FF), ("Cyrillic", 0x400, 0x52F), ("Armenian", 0x530, 0x58F), ("Hebrew", 0x590, 0x5FF),
    ("Arabic", 0x600, 0x77F), ("Devanagari", 0x900, 0x97F), ("Bengali", 0x980, 0x9FF), ("Tamil", 0xB80, 0xBFF),
    ("Thai", 0xE00, 0xE7F), ("Lao", 0xE80, 0xEFF), ("Burmese", 0x1000, 0x109F), ("Georgian", 0x10A0, 0x10FF),
    ("Korean", 0x1100, 0x11FF), ("Khmer", 0x1780, 0x17FF), ("Japanese", 0x3040, 0x30FF), ("Chinese", 0x3400, 0x9FFF),
    ("Korean", 0xAC00, 0xD7AF),
)  # fmt: skip


def _script(letter: str) -> str:
    code = ord(letter)
    if code < 0x370:
        return "Latin"
    return next((name for name, first, last in _SCRIPTS if first <= code <= last), "other")
