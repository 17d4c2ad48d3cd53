"""A page to the blocks of its article: trafilatura finds the article, the page's own elements keep it whole.

Extractors drop short paragraphs and break up others; where the element that holds the article is plain, its own
paragraphs are taken, and trafilatura only says which of them belong to it.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from itertools import islice
from typing import Any

from kronik.clean import blocks as page_blocks
from kronik.clean.blocks import Block
from kronik.model import OUTSIDE, Removed

_WORD = re.compile(r"\w+")
# Beyond these many characters or elements trafilatura takes minutes; the page's own elements must do.
_TOO_LONG_FOR_TRAFILATURA = 3_000_000
_TOO_MANY_ELEMENTS_FOR_TRAFILATURA = 15_000
# The share of a page's running text that must stand in one element for there to be nothing to decide.
_ALL = 0.9
# Less than this, found in elements that hold no article, is a menu.
_LEAST_FOUND = 200


def article(root: Any, source: str) -> tuple[list[Block], list[Removed]]:
    """The blocks of a page's article (from its parsed root and its source), and what else its elements hold."""
    body = root.find("body") if root.find("body") is not None else root
    container = _container(body)
    blocks, left_out = page_blocks.of_html(container)
    if _length(blocks) >= _ALL * len(page_blocks.text_of(body)):
        return blocks, left_out
    too_much = len(source) > _TOO_LONG_FOR_TRAFILATURA or _has_more_elements(root, _TOO_MANY_ELEMENTS_FOR_TRAFILATURA)
    lines = [] if too_much else _trafilatura_lines(source)
    if not lines or (not blocks and sum(map(len, lines)) < _LEAST_FOUND):
        return blocks, left_out
    all_blocks, all_left_out = page_blocks.of_html(body)
    completed, found = _completed(lines, all_blocks)
    if found < 0.2 and _shared(lines, blocks) > 0.6:
        # What it found is one heap of text: it fell back on the page's bare words.
        return blocks, left_out
    return completed, _explained(completed, all_blocks, all_left_out)


def _explained(article: list[Block], blocks: list[Block], left_out: list[Removed]) -> list[Removed]:
    """What a page holds besides its article, with the reasons: blocks not taken, and what its elements leave out.

    trafilatura joins and cuts lines, and takes some that the page's elements leave out: these are not told twice.
    """
    taken = {id(block) for block in article}
    rewritten = " \n ".join(_key(block.text) for block in article if block.element is None)
    outside = [Removed(block.text, OUTSIDE) for block in blocks if id(block) not in taken]
    return [item for item in [*outside, *left_out] if f" {_key(item.text)} " not in f" {rewritten} "]


def _completed(lines: list[str], blocks: list[Block]) -> tuple[list[Block], float]:
    """The lines that trafilatura found, as the page's own blocks, with the paragraphs between them that it dropped.

    Also the share of the lines, by length, that are blocks of the page.
    """
    places: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        places.setdefault(_key(block.text), []).append(number)
    at: list[tuple[str, int | None]] = []
    passed = -1
    for line in lines:
        alike = places.get(_key(line), [])
        next_one = bisect_right(alike, passed)
        place = alike[next_one] if next_one < len(alike) else None
        at.append((line, place))
        passed = passed if place is None else place
    homes = {_home(blocks[place]) for _, place in at if place is not None}
    article: list[Block] = []
    previous: int | None = None
    for line, place in at:
        if place is None:
            article.append(Block(line))
            continue
        if previous is not None:
            article.extend(block for block in blocks[previous + 1 : place] if _dropped(block, homes))
        else:
            article.extend(block for block in blocks[:place] if _dropped(block, homes) and _sentence(block))
        article.append(blocks[place])
        previous = place
    if previous is not None:
        article.extend(block for block in blocks[previous + 1 :] if _dropped(block, homes) and _sentence(block))
    ours = sum(len(line) for line, place in at if place is not None)
    return article, ours / sum(map(len, lines))


def _shared(lines: list[str], blocks: list[Block]) -> float:
    """The share of the words of the lines that the blocks hold too."""
    words = [word for line in lines for word in _key(line).split()]
    held = {word for block in blocks for word in _key(block.text).split()}
    return sum(word in held for word in words) / max(1, len(words))


def _dropped(block: Block, homes: set[Any]) -> bool:
    """Whether a block near those of the article is one of its own: running text that stands beside them in the page."""
    tag = block.element.tag if block.element is not None else ""
    return tag in ("p", "blockquote", "h2", "h3", "h4") and _home(block) in homes and block.link_share < 0.5


def _sentence(block: Block) -> bool:
    return len(block.text) > 60 and block.text.rstrip("\"'”’)»").endswith((".", "!", "?"))


def _home(block: Block) -> Any:
    return block.element.getparent() if block.element is not None else None


def _container(body: Any) -> Any:
    """The element that holds the article: an article body by name, an <article>, else what holds most running text."""
    running: dict[Any, int] = {}
    best, most = None, 0
    total = 0
    for paragraph in body.iter("p", "h2", "h3", "blockquote", "li", "div", "td"):
        own = _own_length(paragraph)
        if own < 20:
            continue
        total += own
        parent, share = paragraph if paragraph.tag in ("div", "td") else paragraph.getparent(), 1.0
        for _ in range(3):
            if parent is None or parent.tag in ("body", "html"):
                break
            running[parent] = running.get(parent, 0) + int(own * share)
            if running[parent] > most:
                best, most = parent, running[parent]
            parent, share = parent.getparent(), share * 0.8
    if not total:
        return body
    named = body.xpath(
        ".//*[@itemprop='articleBody' or @property='articleBody'] | .//article[not(ancestor::article)]"
        " | .//main | .//*[@role='main']"
    )
    for element in named:
        inside = sum(_own_length(p) for p in element.iter("p", "h2", "h3", "blockquote", "li", "div", "td"))
        if inside >= 0.5 * total or (inside >= 0.25 * total and inside >= 400):
            return element
    if most < 0.3 * total:
        return body
    return best


def _own_length(element: Any) -> int:
    """Characters of running text right inside an element: its own and those of inline elements, links left out."""
    length = len((element.text or "").strip())
    for child in element:
        if isinstance(child.tag, str) and child.tag in ("b", "strong", "i", "em", "span", "u", "font"):
            length += len((child.text or "").strip())
        length += len((child.tail or "").strip())
    return length


def _has_more_elements(root: Any, most: int) -> bool:
    return next(islice(root.iter(), most, None), None) is not None


def _trafilatura_lines(source: str) -> list[str]:
    """The lines that trafilatura takes for the article; empty where it finds none or fails."""
    import trafilatura  # here, since importing it takes most of a second and plain pages need none

    text = None
    # A page may break any extractor (RecursionError, lxml's and its own errors); the elements alone must do then.
    with contextlib.suppress(Exception):
        text = trafilatura.extract(
            source, favor_recall=True, include_comments=False, include_tables=False, output_format="txt"
        )
    return [line.strip().removeprefix("- ") for line in (text or "").split("\n") if line.strip()]


def _length(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.link_share < 0.6)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
