"""A reading to terms: the words of its language, and the names and numbers that every language writes alike."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

Json = dict[str, Any]

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_NUMBER = re.compile(r"\d[\d.,]*")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")


def words_of(text: str) -> list[str]:
    """The words and numbers of a text in their order, without capitals, accents and signs."""
    return [plain(word) for word in _WORD.findall(text)]


def language_free(reading: Json) -> tuple[Counter[str], dict[str, float]]:
    """The terms that do not depend on the language, how often each is told, and where first (from 0 to 1 of the text).

    They are the canonical English names of the report's entities (``name:Syria``), the words that are written with a
    capital (``word:olmert``: names that kronik does not know are often written alike in two languages) and numbers
    (``number:1200``, whether written 1,200 or 1.200).
    """
    text = reading["report"]["text"]
    times: Counter[str] = Counter()
    places: dict[str, float] = {}
    whole = max(1, len(text))

    def told(term: str, at: int, often: int = 1) -> None:
        times[term] += often
        places[term] = min(places.get(term, 1.0), at / whole)

    for match in _WORD.finditer(text):
        word = match.group()
        if _NUMBER.fullmatch(word):
            told(f"number:{number(word)}", match.start())
        elif word[0].isupper() and len(word) > 1:
            told(f"word:{plain(word)}", match.start())
    for entity in reading["entities"]:
        if entity["kind"] != "group" and entity["mentions"]:
            told(f"name:{entity['name']}", entity["mentions"][0][0], len(entity["mentions"]))
    return times, places


def number(word: str) -> str:
    """A number as digits with at most one point: "1,200" and "1.200" are 1200, "3,50" is 3.5."""
    plain_number = _THOUSANDS.sub("", word).replace(",", ".").rstrip(".")
    return plain_number.rstrip("0").rstrip(".") if "." in plain_number else plain_number


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word without capitals and accents."""
    if word.isascii():
        return word.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()


def counted(words: Iterator[str] | list[str], more: Mapping[str, int] | None = None) -> Counter[str]:
    """How often each word stands, with some counted on top."""
    times = Counter(words)
    for word, often in (more or {}).items():
        times[word] += often
    return times
