"""A page as it was found to lines of plain text: which of them were read, which were taken out, which are markup.

Nothing of the page is ever handed on as HTML: the lines are text, which templates escape.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Literal

from kronik.store.pages import KeptPage

Json = dict[str, Any]
Sort = Literal["read", "removed", "other", "markup"]

LONGEST = 2_000
"""Characters of one line that are shown."""

FEWEST = 3
"""A line of fewer words is known in the text only where it stands there as a whole line."""

_UNSEEN = ("script", "style", "template", "svg")
_BLOCK = re.compile(
    r"<(?:p|div|li|ul|ol|h[1-6]|t[rdh]|table|br|section|article|header|footer|nav|aside|figure|figcaption|blockquote|"
    r"title|meta|link|script|style|body|head)\b",
    re.IGNORECASE,
)
_TAG_NAME = re.compile(r"/?[a-z]+")
_ASCII_LOWER = str.maketrans({chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)})
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the page's source. ``number`` is that of the file's line, None where a long line goes on."""

    number: int | None
    text: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one sort, one after the other."""

    sort: Sort
    lines: tuple[SourceLine, ...]


def passages(page: KeptPage, reading: Json) -> list[Passage]:
    """The page's lines in order, those of one sort together.

    ``read`` are lines most of whose words stand in the report's title, byline or text, ``removed`` those that stand in
    what was taken out, ``markup`` those without any words to see; ``other`` is everything else.
    """
    return [Passage(sort, tuple(lines)) for sort, lines in groupby(_lines(page, reading), key=lambda line: line.sort)]


def _lines(page: KeptPage, reading: Json) -> Iterator[SourceLine]:
    head = reading["report"]
    read = [head["text"], *(head[key] for key in ("title", "byline", "publisher", "dateline_place") if head[key])]
    read_words, removed_words = _Known(read), _Known(head["not_article"])
    source = page.body
    visible = _visible(source) if page.format == "html" else source
    for number, start, end in _stretches(source, html_source=page.format == "html"):
        words = _plain(html.unescape(visible[start:end]) if page.format == "html" else visible[start:end])
        sort: Sort = "markup"
        if words:
            sort = "read" if words in read_words else "removed" if words in removed_words else "other"
        text = source[start:end].strip("\r\n")
        yield SourceLine(number, text[:LONGEST] + ("…" if len(text) > LONGEST else ""), sort)


class _Known:
    """Texts by their words: whether a line's words stand in one of them."""

    def __init__(self, texts: list[str]) -> None:
        self._runs = {run for text in texts for run in _runs(_plain(text))}
        self._lines = {_plain(line) for text in texts for line in text.split("\n")}

    def __contains__(self, words: str) -> bool:
        if words in self._lines:
            return True
        runs = _runs(words)
        return bool(runs) and sum(run in self._runs for run in runs) > len(runs) / 2


def _runs(words: str) -> list[tuple[str, ...]]:
    """All runs of ``FEWEST`` words, as a line may begin with a dateline or end with a link that the text has not."""
    parted = words.split()
    return list(zip(*(parted[start:] for start in range(FEWEST)), strict=False))


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text)).casefold()


def _visible(source: str) -> str:
    """The source with blanks in the place of all that no reader sees: tags, comments, scripts, styles."""
    kept: list[str] = []
    at = 0
    lower = source.translate(_ASCII_LOWER)  # as long as the source, which lower() need not be
    while (opening := source.find("<", at)) >= 0:
        kept.append(source[at:opening])
        name = _TAG_NAME.match(lower, opening + 1)
        if lower.startswith("<!--", opening):
            end = _after(lower, "-->", opening + 4)
        elif name and name[0] in _UNSEEN:
            end = _after(lower, ">", _after(lower, f"</{name[0]}", opening))
        elif name or lower.startswith(("<!", "<?"), opening):
            end = _after(lower, ">", opening)
        else:  # a sign that opens nothing
            kept.append("<")
            at = opening + 1
            continue
        kept.append(" " * (end - opening))
        at = end
    kept.append(source[at:])
    return "".join(kept)


def _after(text: str, sign: str, start: int) -> int:
    """Where the sign ends that follows; the end of the text where none does."""
    found = text.find(sign, start)
    return len(text) if found < 0 else found + len(sign)


def _stretches(source: str, *, html_source: bool) -> Iterator[tuple[int | None, int, int]]:
    """Lines of the source, long ones cut before the tags that begin a block: number, start, end."""
    start = 0
    for number, line in enumerate(source.splitlines(keepends=True), 1):
        cuts = [0, len(line)]
        if html_source and len(line) > LONGEST // 10:
            cuts = sorted({*cuts, *(found.start() for found in _BLOCK.finditer(line))})
        shown: int | None = number
        for left, right in pairwise(cuts):
            if line[left:right].strip():
                yield shown, start + left, start + right
                shown = None
        start += len(line)
