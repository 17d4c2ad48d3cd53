"""A trigger in its sentence to a status, occurred, planned, denied or possible, with the word that says so.

After Saurí and Pustejovsky's event factuality (FactBank, 2009): the nearest cue that governs the trigger decides; a cue
governs what follows it in its clause, and a planning cue also the noun before it ("the talks are planned for May").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kronik.events.chunks import Chunk
from kronik.events.grammar import Grammar
from kronik.events.triggers import Trigger
from kronik.languages import Language
from kronik.model import Status

REACH = 9  # chunks that a cue may stand before the trigger
DENIAL_REACH = 14  # chunks between the trigger and the word that opens the clause that is denied
REACH_AFTER = 9  # and after it

# A cue of this class gives this status; where cues of several classes govern a trigger, the first of these counts.
CLASSES: tuple[tuple[str, Status], ...] = (
    ("denied", "denied"),
    ("negated", "denied"),
    ("conditional", "possible"),
    ("possible", "possible"),
    ("planned", "planned"),
)
OF_CLASS = dict(CLASSES)
ORDER = [name for name, _ in CLASSES]


@dataclass(frozen=True, slots=True)
class StatusFound:
    """A status and, in words, what decided it; ``kind`` is the class of the cue, "" where none stands."""

    status: Status
    rule: str
    kind: str = ""


@lru_cache
def _cues(language: Language) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """From a cue's first word to its words and class, the longest first."""
    data = language.rules("status")
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in ORDER:
        for cue in data.get(kind, []):
            words = tuple(cue.split())
            index.setdefault(words[0], []).append((words, kind))
    return {first: tuple(sorted(cues, key=lambda c: -len(c[0]))) for first, cues in index.items()}


def find_status(trigger: Trigger, chunks: Sequence[Chunk], grammar: Grammar, language: Language) -> StatusFound:
    """The status of the act that the trigger names."""
    cues = _cues(language)
    found: list[tuple[str, str]] = []
    if (denial := _denial_before(trigger, chunks, cues)) is not None:
        found.append(("denied", denial))
    at = trigger.first - 1
    while at >= max(0, trigger.first - REACH):
        chunk = chunks[at]
        if chunk.part == "stop" or (chunk.part == "relative" and trigger.first - at > 1 and at < trigger.first - 3):
            break
        cue = _cue_at(chunks, at, cues, trigger.first)
        if cue is not None:
            words, kind = cue
            if kind != "negated" or _negates(at + len(words), trigger, chunks):
                found.append((kind, " ".join(words)))
        if chunk.part == "comma":
            break
        at -= 1
    if trigger.reads == "noun":
        for place in range(trigger.after, min(len(chunks), trigger.after + REACH_AFTER)):
            if chunks[place].part in ("stop", "comma", "relative"):
                break
            cue = _cue_at(chunks, place, cues, len(chunks))
            if cue is not None and cue[1] == "planned":
                found.append((cue[1], " ".join(cue[0])))
    if not found:
        return StatusFound("occurred", "told as fact")
    kind, words_found = min(found, key=lambda f: ORDER.index(f[0]))
    return StatusFound(OF_CLASS[kind], f"{OF_CLASS[kind]}: “{words_found}” ({kind})", kind)


def _denial_before(
    trigger: Trigger, chunks: Sequence[Chunk], cues: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
) -> str | None:
    """The verb of denial whose reported clause holds the trigger ("denied on Friday that X had signed")."""
    clause = next(
        (at for at in range(trigger.first - 1, max(0, trigger.first - DENIAL_REACH), -1) if _opens_clause(chunks[at])),
        None,
    )
    if clause is None:
        return None
    for at in range(clause - 1, max(-1, clause - 4), -1):
        cue = _cue_at(chunks, at, cues, clause)
        if cue is not None and cue[1] == "denied":
            return " ".join(cue[0])
        if chunks[at].part not in ("time", "preposition", "adverb", "determiner", "word", "stop"):
            break
    return None


def _opens_clause(chunk: Chunk) -> bool:
    return chunk.part in ("relative", "subordinator")


def _cue_at(
    chunks: Sequence[Chunk], at: int, cues: dict[str, tuple[tuple[tuple[str, ...], str], ...]], end: int
) -> tuple[tuple[str, ...], str] | None:
    for words, kind in cues.get(chunks[at].lower, ()):
        if at + len(words) <= end and all(
            chunks[at + n].lower == word and chunks[at + n].part != "mention" for n, word in enumerate(words)
        ):
            return words, kind
    return None


def _negates(after_cue: int, trigger: Trigger, chunks: Sequence[Chunk]) -> bool:
    """Whether a negation reaches the trigger: no mention and no other verb but an auxiliary stands between them."""
    return all(
        chunks[at].part in ("auxiliary", "adverb", "determiner", "word", "preposition")
        for at in range(after_cue, trigger.first)
    )
