"""Events and the sentences that tell them to PLOVER's contexts: what an event is about, by the words that stand there.

After PLOVER's manual (0.8, chapters 2.2 and 4), which would take contexts from whole paragraphs: here they are those of
the sentences that tell the event, so that each can be seen in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kronik.errors import LanguageDataError
from kronik.languages import Language
from kronik.model import Event, Report, Sentence
from kronik.world import plover

WORD = re.compile(r"\w+")

# Modes that bring the context of their name (manual 3.15).
OF_MODE = {("COERCE", "cyber"): "cyber", ("COERCE", "misinformation"): "misinformation"}
# Where one of these is told, crime is not told as well (manual 4.34).
OF_CRIME = frozenset({"corruption", "illegal_drugs", "trafficking"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Words in lower case that tell a context; with ``goes_on`` the last may go on ("diplomat" in "diplomats")."""

    words: tuple[str, ...]
    goes_on: bool
    context: str

    def stands(self, words: Sequence[str], at: int) -> bool:
        """Whether the entry stands at that place of the words."""
        *first, last = self.words
        end = at + len(first)
        if end >= len(words) or list(words[at:end]) != first:
            return False
        return words[end].startswith(last) if self.goes_on else words[end] == last


def with_contexts(
    events: Sequence[Event], report: Report, sentences: Sequence[Sentence], language: Language
) -> tuple[Event, ...]:
    """The events with the contexts of the sentences that tell them, in PLOVER's order. ``sentences`` are in order."""
    order = plover.contexts()
    starts = [sentence.span.start for sentence in sentences]
    of_sentence: dict[int, frozenset[str]] = {}
    found: list[Event] = []
    for event in events:
        told = {context} if (context := OF_MODE.get((event.type, event.mode or ""))) else set()
        for span in (event.trigger, event.evidence, *event.further):
            for number in range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)):
                if number not in of_sentence:
                    of_sentence[number] = contexts_of(sentences[number].span.of(report.text), language)
                told |= of_sentence[number]
        if told & OF_CRIME:
            told.discard("crime")
        found.append(replace(event, contexts=tuple(context for context in order if context in told)))
    return tuple(found)


def contexts_of(text: str, language: Language) -> frozenset[str]:
    """The contexts that the words of the text tell; at each place the longest entry counts, with all its contexts."""
    words = WORD.findall(text.lower())
    told: set[str] = set()
    for at, word in enumerate(words):
        standing = [entry for entry in _beginning(word, language) if entry.stands(words, at)]
        longest = max((len(entry.words) for entry in standing), default=0)
        told.update(entry.context for entry in standing if len(entry.words) == longest)
    return frozenset(told)


@lru_cache(maxsize=1 << 16)
def _beginning(word: str, language: Language) -> tuple[Entry, ...]:
    """The entries that may stand where the word does."""
    exact, going_on = entries(language)
    return (*exact.get(word, ()), *(entry for entry in going_on if word.startswith(entry.words[0])))


@lru_cache
def entries(language: Language) -> tuple[dict[str, tuple[Entry, ...]], tuple[Entry, ...]]:
    """The entries by their first word, and apart those of a single word that may go on.

    Raises LanguageDataError where a row is not written as it must be, or names a context that PLOVER lacks.
    """
    exact: dict[str, tuple[Entry, ...]] = {}
    going_on: list[Entry] = []
    for row in language.table("contexts"):
        text, context = row["text"], row["context"]
        if context not in plover.contexts():
            raise LanguageDataError(f"{language.code}/contexts.tsv: {text!r}: PLOVER has no context {context!r}")
        words = tuple(WORD.findall(text))
        if not words or "*" in text[:-1] or text != text.lower():
            raise LanguageDataError(f"{language.code}/contexts.tsv: {text!r}: write lower case, * at the end only")
        entry = Entry(words, text.endswith("*"), context)
        if entry.goes_on and len(entry.words) == 1:
            going_on.append(entry)
        else:
            exact[entry.words[0]] = (*exact.get(entry.words[0], ()), entry)
    return exact, tuple(going_on)
