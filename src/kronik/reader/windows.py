"""Sentences to windows: runs of whole sentences that the encoder reads at once, each word with its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kronik.model import Sentence, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST_PIECES = 256  # of sentences in a window
MOST_OF_TITLE = 32
FIRST, LAST = 0, 2  # the numbers of <s> and </s>


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a sentence and its pieces ``[first, after)`` in its window."""

    span: Span
    sentence: int
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces as numbers, framed, and the words that they spell."""

    pieces: tuple[int, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, or as much of a long one as fits into a window; its words' pieces count from the part's start."""

    pieces: tuple[int, ...]
    words: tuple[Word, ...]


def parts(text: str, sentences: Sequence[Sentence], tokenizer: Tokenizer) -> tuple[Part, ...]:
    """The sentences in pieces, in order; a sentence of more than MOST_PIECES falls into several parts."""
    encodings = tokenizer.encode_batch([s.span.of(text) for s in sentences], add_special_tokens=False)
    found: list[Part] = []
    for number, (sentence, encoding) in enumerate(zip(sentences, encodings, strict=True)):
        found += _of_sentence(number, sentence, encoding.ids, encoding.offsets)
    return tuple(found)


def _of_sentence(number: int, sentence: Sentence, ids: list[int], offsets: list[tuple[int, int]]) -> list[Part]:
    words: list[Word] = []
    at = 0
    for token in sentence.tokens:
        start, end = token.span.start - sentence.span.start, token.span.end - sentence.span.start
        while at < len(ids) - 1 and offsets[at][1] <= start:
            at += 1
        after = at + 1
        while after < len(ids) and offsets[after][1] <= end and offsets[after][0] < end:
            after += 1
        words.append(Word(token.span, number, at, after))
    found: list[Part] = []
    taken = 0
    while taken < len(words):
        base = words[taken].first
        upto = taken + 1
        while upto < len(words) and words[upto].after - base <= MOST_PIECES:
            upto += 1
        stop = min(len(ids), base + MOST_PIECES) if upto == len(words) else words[upto].first
        stop = max(base + 1, min(stop, base + MOST_PIECES))
        kept = tuple(
            Word(w.span, number, w.first - base, min(w.after, stop) - base) for w in words[taken:upto] if w.first < stop
        )
        found.append(Part(tuple(ids[base:stop]), kept))
        taken = upto
    return found


def title_pieces(title: str | None, tokenizer: Tokenizer) -> tuple[int, ...]:
    """The title as it stands before each window of its report: at most MOST_OF_TITLE pieces, with a closing one."""
    if not title:
        return ()
    return (*tokenizer.encode(title, add_special_tokens=False).ids[:MOST_OF_TITLE], LAST)


def windows(of: Sequence[Part], title: Sequence[int] = (), *, first: int = 0) -> tuple[Window, ...]:
    """The parts joined to windows of at most MOST_PIECES besides the title; ``first`` cuts the first after so many."""
    found: list[Window] = []
    pieces: list[int] = [FIRST, *title]
    words: list[Word] = []
    for number, part in enumerate(of):
        if words and (len(pieces) - 1 - len(title) + len(part.pieces) > MOST_PIECES or (first and number == first)):
            found.append(Window((*pieces, LAST), tuple(words)))
            pieces, words = [FIRST, *title], []
        base = len(pieces)
        words += [Word(w.span, w.sentence, w.first + base, w.after + base) for w in part.words]
        pieces += part.pieces
    if words:
        found.append(Window((*pieces, LAST), tuple(words)))
    return tuple(found)
