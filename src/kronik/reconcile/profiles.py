"""A reading to its profile: what is compared of a report, small enough to be kept beside it."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kronik.reconcile.frequencies import COMMON, rarity, term_frequencies, word_frequencies
from kronik.reconcile.terms import counted, language_free, words_of
from kronik.world import load

Json = dict[str, Any]
Ids = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.float32]

HEAD = 1200
"""A story is told in a report's first characters; what follows is often background that other stories share."""

IN_TITLE = 3
"""A word of the title counts as if it stood so often more."""

_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.|m\.|amp\.)?", re.IGNORECASE)


_ABOUT = ("id", "language", "published", "outlet", "address", "title", "credits", "length", "characters", "rare")
_KINDS = ("<u4", "<f4", "<u4", "<f4", "<f4", "<u4")
"""What is kept of a profile as JSON, and the types of its arrays in their order."""


@dataclass(frozen=True, eq=False, slots=True)
class Profile:
    """What is compared of one report. Ids are 32-bit digests in rising order; weights have the same order.

    ``words`` are those of its language with unit weights (tf-idf), ``terms`` the language-free ones with unit weights
    and ``places``, where each is first told (from 0 to 1 of the text). ``runs`` are the digests of every three words in
    a row. ``credits`` are outlets by canonical name, ``outlet`` is who published it; ``length`` counts words.
    """

    id: str
    language: str
    published: str | None
    outlet: str | None
    address: str | None
    title: str | None
    credits: tuple[str, ...]
    length: int
    characters: int
    words: Ids
    word_weights: Weights
    terms: Ids
    term_weights: Weights
    places: Weights
    rare: tuple[int, ...]
    runs: Ids


def profile_of(reading: Json) -> Profile:
    """The profile of a reading; a pure function of it and of kronik's data."""
    head = reading["report"]
    text = head["text"]
    language = head["language"]
    title_words = words_of(head["title"] or "")
    told = words_of(text)
    told_first = counted(words_of(text[:HEAD]), dict.fromkeys(title_words, IN_TITLE))
    words, word_weights = _weighted(told_first, word_frequencies(language), f"{language}:")
    times, first_places = language_free(reading)
    terms, term_weights = _weighted(times, term_frequencies(), "")
    where = {_id(term): place for term, place in first_places.items()}
    outlet = outlet_name(head["publisher"]) or outlet_name(head["url"], known_only=True)
    return Profile(
        id=reading["id"],
        language=language,
        published=head["published"],
        outlet=outlet,
        address=_ADDRESS.sub("", head["url"]).split("?")[0].split("#")[0].rstrip("/") if head["url"] else None,
        title=head["title"],
        credits=tuple(sorted({name for credit in head["credits"] if (name := outlet_name(credit))} - {outlet})),
        length=len(told),
        characters=len(text),
        words=words,
        word_weights=word_weights,
        terms=terms,
        term_weights=term_weights,
        places=np.array([where[int(term)] for term in terms], np.float32),
        rare=_rarest(times),
        runs=_runs(told, language),
    )


@lru_cache(maxsize=4096)
def outlet_name(name: str | None, known_only: bool = False) -> str | None:
    """The canonical name of an outlet by any of its names or addresses; as it is where kronik does not know it."""
    if not name:
        return None
    known = load().outlet(name)
    return known.name if known else None if known_only else " ".join(name.split())


def _weighted(times: Counter[str], frequencies: Mapping[str, float], prefix: str) -> tuple[Ids, Weights]:
    """Ids and unit weights (1 + log tf) · idf, in the order of the ids."""
    weights: dict[int, float] = {}
    for term, often in times.items():
        weight = (1 + math.log(often)) * rarity(frequencies.get(term))
        if weight > 0:
            number = _id(prefix + term)
            weights[number] = max(weights.get(number, 0.0), weight)
    norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    ids = sorted(weights)
    return np.array(ids, np.uint32), np.array([weights[number] / norm for number in ids], np.float32)


def _rarest(times: Counter[str]) -> tuple[int, ...]:
    """The ids of the language-free terms that are rare enough to tell stories apart, the weightiest first."""
    frequencies = term_frequencies()
    chosen = [
        ((1 + math.log(often)) * rarity(frequencies.get(term)), _id(term))
        for term, often in times.items()
        if frequencies.get(term, 0.0) <= COMMON
    ]
    return tuple(number for _, number in sorted(chosen, key=lambda one: (-one[0], one[1])))


def _runs(told: list[str], language: str) -> Ids:
    """The digests of every three words in a row, each once, in rising order."""
    ids = np.array([_id(f"{language}:{word}") for word in told], np.uint32)
    if len(ids) < 3:
        return np.unique(ids)
    runs = (ids[:-2] * np.uint32(0x9E3779B1) ^ ids[1:-1]) * np.uint32(0x85EBCA6B) ^ ids[2:]
    return np.unique(runs * np.uint32(0xC2B2AE35))


@lru_cache(maxsize=200_000)
def _id(term: str) -> int:
    return crc32(term.encode("utf-8"))


def packed(profile: Profile) -> tuple[str, bytes]:
    """A profile as JSON and bytes, to be kept in the ledger."""
    arrays = (profile.words, profile.word_weights, profile.terms, profile.term_weights, profile.places, profile.runs)
    about = {name: getattr(profile, name) for name in _ABOUT} | {"sizes": [len(array) for array in arrays]}
    little = (array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes() for array in arrays)
    return json.dumps(about, ensure_ascii=False, separators=(",", ":")), b"".join(little)


def unpacked(about: str, figures: bytes) -> Profile:
    """The profile of what ``packed`` gave."""
    told = json.loads(about)
    arrays: list[Any] = []
    at = 0
    for size, kind in zip(told["sizes"], _KINDS, strict=True):
        arrays.append(np.frombuffer(figures, kind, size, at))
        at += 4 * size
    words, word_weights, terms, term_weights, places, runs = arrays
    return Profile(
        **{name: told[name] for name in _ABOUT if name not in ("credits", "rare")},
        credits=tuple(told["credits"]),
        rare=tuple(told["rare"]),
        words=words,
        word_weights=word_weights,
        terms=terms,
        term_weights=term_weights,
        places=places,
        runs=runs,
    )
