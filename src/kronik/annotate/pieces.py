"""A stretch of text to pieces: the smallest words that names are made of, whatever joins or fails to part them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# A number, or letters with their combining marks; an apostrophe and a hyphen part pieces and stand in the gap.
PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W_]|[\u0300-\u036f])*")
# Where pages lost a blank: "PresidenVladimir" is two pieces, "MBS" and "AFP" are one.
LOST_BLANK = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
APOSTROPHES = "'’ʼ‘`´"


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of the text. ``gap`` is what stands between it and the piece before; ``owns``: followed by "'s"."""

    start: int
    end: int
    text: str
    lower: str
    gap: str
    capital: bool
    owns: bool = False

    @property
    def acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """The word in lower case without accents; never empty, though some letters are nothing but accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or word.lower()


def cut(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The pieces of ``text[start:end]``. A possessive "'s" is no piece: it marks the piece before as owning."""
    end = len(text) if end is None else end
    pieces: list[Piece] = []
    last = start
    for match in PIECE.finditer(text, start, end):
        begin, finish = match.span()
        word = match.group()
        if word in ("s", "S") and pieces and text[begin - 1] in APOSTROPHES and last == begin - 1:
            before = pieces[-1]
            pieces[-1] = Piece(before.start, before.end, before.text, before.lower, before.gap, before.capital, True)
            last = finish
            continue
        if word.islower() or word.isupper() or word.istitle() or not (lost := list(LOST_BLANK.finditer(word))):
            pieces.append(Piece(begin, finish, word, folded(word), text[last:begin], word[0].isupper()))
            last = finish
            continue
        cuts = [begin, *(begin + m.start() for m in lost), finish]
        for left, right in pairwise(cuts):
            part = text[left:right]
            pieces.append(Piece(left, right, part, folded(part), text[last:left], part[0].isupper()))
            last = right
    return pieces


def key(text: str) -> str:
    """The words of a name as one string to look up by: folded pieces parted by blanks."""
    if text.isascii() and text.replace(" ", "").isalpha() and (text.istitle() or text.isupper() or text.islower()):
        return text.lower()
    return " ".join(piece.lower for piece in cut(text))
