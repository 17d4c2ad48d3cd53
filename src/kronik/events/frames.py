"""The frame files of a language to frames and an index from words to the frames that they may trigger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, cast, get_args

from kronik.errors import LanguageDataError
from kronik.events.morphology import Form, noun_forms, verb_forms
from kronik.languages import Language
from kronik.model import EventType, Status
from kronik.world import plover

ROLES = frozenset({"actor", "recipient", "item", "place"})


@dataclass(frozen=True, slots=True)
class Frame:
    """How one kind of act is told: the words that name it, and where its participants stand (slots by preference).

    ``reads`` are the sentences that it must read, with the event expected; ``ignores`` those that it must leave alone.
    """

    name: str
    type: EventType
    mode: str | None
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    item: tuple[str, ...]
    place: tuple[str, ...]
    reciprocal: bool
    needs: frozenset[str]
    near: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    status: Status | None
    reads: tuple[dict[str, Any], ...]
    ignores: tuple[str, ...]
    file: str

    def fits(self, sentence: str) -> bool:
        """Whether the sentence (lower case) holds what must stand near the trigger and nothing that must not."""
        if self.near and not any(pattern.search(sentence) for pattern in self.near):
            return False
        return not any(pattern.search(sentence) for pattern in self.unless)


def fitting(sentence: str) -> Callable[[Frame], bool]:
    """Whether a frame fits the sentence, asked once of each frame however many of its words stand there."""
    lower = sentence.lower()
    known: dict[str, bool] = {}

    def fits(frame: Frame) -> bool:
        if frame.name not in known:
            known[frame.name] = frame.fits(lower)
        return known[frame.name]

    return fits


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one word of one frame."""

    form: Form
    frame: Frame


@dataclass(frozen=True)
class Lexicon:
    """All frames of a language; ``by_word`` gives, for a first word in lower case, its entries, the longest first."""

    frames: tuple[Frame, ...]
    by_word: dict[str, tuple[Entry, ...]]


@lru_cache
def lexicon(language: Language) -> Lexicon:
    """The frames of the language. Raises LanguageDataError that names the file, the frame and the fault."""
    frames: list[Frame] = []
    for file in language.rule_files("frames"):
        frames += [_frame(raw, f"{language.code}/{file}.toml") for raw in language.rules(file).get("frame", [])]
    names: dict[str, str] = {}
    for frame in frames:
        if frame.name in names:
            raise LanguageDataError(f"{frame.file}: frame {frame.name!r} stands in {names[frame.name]} too: rename one")
        names[frame.name] = frame.file
    by_word: dict[str, list[Entry]] = defaultdict(list)
    for frame in frames:
        for verb in frame.verbs:
            for form in verb_forms(verb, language):
                by_word[form.words[0]].append(Entry(form, frame))
        for noun in frame.nouns:
            for form in noun_forms(noun, language):
                by_word[form.words[0]].append(Entry(form, frame))
    return Lexicon(
        frames=tuple(frames),
        by_word={word: tuple(sorted(entries, key=lambda e: -len(e.form.words))) for word, entries in by_word.items()},
    )


_KEYS = {field.name for field in fields(Frame)} - {"file"}


def _frame(raw: dict[str, Any], file: str) -> Frame:
    name = raw.get("name")
    where = f"{file}: frame {name!r}"
    if not isinstance(name, str) or not name:
        raise LanguageDataError(f"{file}: a frame has no name: give it one")
    if unknown := sorted(set(raw) - _KEYS):
        raise LanguageDataError(f"{where}: unknown key {', '.join(unknown)}: known are {', '.join(sorted(_KEYS))}")
    if raw.get("type") not in get_args(EventType):
        raise LanguageDataError(
            f"{where}: type {raw.get('type')!r} is none of PLOVER's: {', '.join(get_args(EventType))}"
        )
    mode = raw.get("mode") or None
    if mode and mode not in plover.modes()[raw["type"]]:
        raise LanguageDataError(f"{where}: mode {mode!r} is none of {raw['type']}'s")
    if not raw.get("reads"):
        raise LanguageDataError(f"{where}: no reads: give at least one sentence that it must read")
    if not raw.get("verbs") and not raw.get("nouns"):
        raise LanguageDataError(f"{where}: neither verbs nor nouns: nothing can trigger it")
    if unknown := sorted(set(raw.get("needs", [])) - ROLES):
        raise LanguageDataError(f"{where}: needs {', '.join(unknown)}: roles are {', '.join(sorted(ROLES))}")
    if raw.get("status") and raw["status"] not in get_args(Status):
        raise LanguageDataError(f"{where}: status {raw['status']!r} is none of {', '.join(get_args(Status))}")
    try:
        near, unless = (tuple(re.compile(rf"\b(?:{p})\b") for p in raw.get(key, [])) for key in ("near", "unless"))
    except re.error as wrong:
        raise LanguageDataError(f"{where}: near or unless is no regular expression: {wrong}") from wrong
    return Frame(
        name=name,
        type=cast(EventType, raw["type"]),
        mode=mode,
        verbs=tuple(raw.get("verbs", [])),
        nouns=tuple(raw.get("nouns", [])),
        actor=tuple(raw.get("actor", ["subject"])),
        recipient=tuple(raw.get("recipient", ["object"])),
        item=tuple(raw.get("item", [])),
        place=tuple(raw.get("place", [])),
        reciprocal=bool(raw.get("reciprocal", False)),
        needs=frozenset(raw.get("needs", ["actor"])),
        near=near,
        unless=unless,
        status=cast("Status | None", raw.get("status") or None),
        reads=tuple(raw["reads"]),
        ignores=tuple(raw.get("ignores", [])),
        file=file,
    )
