"""A page to a report: its article's text, what was taken out of it and why, and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from kronik import languages
from kronik.clean import blocks as page_blocks
from kronik.clean import credits, dateline, dates, extraction, lines, metadata
from kronik.clean import language as identification
from kronik.clean.blocks import Block
from kronik.clean.dateline import Dateline
from kronik.clean.metadata import Metadata
from kronik.errors import PageError
from kronik.languages import Language
from kronik.model import Page, PublishedFrom, Removed, Report
from kronik.world import World

# A text's first line is its title only up to this length.
_TITLE_LENGTH = 200
# A dateline stands in one of the first paragraphs.
_DATELINE_WITHIN = 4
_BYLINE_CUE = re.compile(r"^\W*\w+(?:\s*:\s*|\s+)(?P<name>.{3,80})$")
_WORD = re.compile(r"\w")


@dataclass(slots=True)
class _Found:
    """A page's blocks before the line rules, what its elements left out, and what it says about itself."""

    blocks: list[Block]
    left_out: list[Removed]
    said: Metadata
    root: object | None


def clean(page: Page, world: World) -> Report:
    """The report that a page is.

    What was given beside the page (``title``, ``publisher``, ``published``, ``language``) overrides what is found.
    Raises PageError where the page has no article, LanguageError where it is in no language that kronik has.
    """
    found = _of_html(page) if page.format == "html" else _of_text(page)
    if not any(_WORD.search(block.text) for block in found.blocks):
        raise PageError(f"{page.origin}: no article on the page: give a page that holds one report")
    title = page.title or found.said.title
    whole = "\n".join(block.text for block in found.blocks)
    if page.language:
        code = identification.of_claim(page.language, page.origin)
    else:
        code = identification.identify(f"{title or ''}\n{whole}", page.origin)
    language = languages.load(code)

    known_days = dates.full_dates(whole, language)
    undated, shown, date_lines = _without_date_lines(found.blocks, language, known_days)
    kept, removed = lines.remove(undated, title, language)
    kept, line, cut = _without_dateline(kept, language, world, [page.publisher or "", found.said.publisher or ""])
    removed = [*date_lines, *removed, *cut]
    paragraphs = [" ".join(block.text.split()) for block in kept]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if not paragraphs:
        raise PageError(
            f"{page.origin}: no article on the page, only {_reasons(removed)}: give a page that holds one report"
        )

    text = "\n\n".join(paragraphs)
    publisher = page.publisher or found.said.publisher or _publisher_of(line, page.url or found.said.url, world)
    published, published_from = _published(page, found, shown, line, text, language, world, known_days)
    agency = line.agency if line else None
    return Report(
        id=page.id,
        language=code,
        text=text,
        title=" ".join(title.split()) if title else None,
        publisher=publisher,
        byline=found.said.byline or _byline(removed),
        dateline_place=line.place if line else None,
        published=published,
        published_from=published_from,
        credits=credits.find(paragraphs, [r.text for r in removed], agency, publisher, language, world),
        not_article=tuple(removed + found.left_out),
        url=page.url or found.said.url,
    )


def _of_html(page: Page) -> _Found:
    root = page_blocks.parse(page.body)
    blocks: list[Block] = []
    left_out: list[Removed] = []
    if root is not None:
        blocks, left_out = extraction.article(root, page.body)
    if not left_out and not any(_WORD.search(block.text) for block in blocks):
        blocks = page_blocks.of_text(page_blocks.without_tags(page.body))
    return _Found(blocks, left_out, metadata.of_page(root) if root is not None else Metadata(), root)


def _of_text(page: Page) -> _Found:
    blocks = page_blocks.of_text(page.body)
    title = None
    if not page.title and len(blocks) > 1 and _looks_like_title(blocks[0].text):
        title = blocks[0].text
    return _Found(blocks, [], Metadata(title=title), None)


def _looks_like_title(line: str) -> bool:
    """Whether the first line of a bare text is its title: short, of a few words, and no sentence with a full stop."""
    return len(line) <= _TITLE_LENGTH and len(line.split()) >= 2 and not line.endswith((".", ",", ":", ";", "”", '"'))


def _without_date_lines(
    blocks: Sequence[Block], language: Language, known: tuple[date, ...]
) -> tuple[list[Block], date | None, list[Removed]]:
    """The blocks but for lines that only show a date, the first such day, and those lines."""
    kept, removed, day = [], [], None
    for block in blocks:
        found = dates.shown(block.text, language, known)
        if found:
            day = day or found
            removed.append(Removed(block.text, "shown date"))
        else:
            kept.append(block)
    return kept, day, removed


def _without_dateline(
    blocks: list[Block], language: Language, world: World, outlets: list[str]
) -> tuple[list[Block], Dateline | None, list[Removed]]:
    """The blocks without dateline and without what stands before it, the dateline, and what was cut.

    A dateline that names an outlet opens the article, so that what stands before it is a summary or a caption.
    """
    for number, block in enumerate(blocks[:_DATELINE_WITHIN]):
        line = dateline.parse(block.text, language, world, outlets)
        if line is None:
            continue
        rest = block.text[line.end :].strip()
        if not rest:
            continue
        opening = block.text[: line.end].strip()
        kept, removed = [], []
        for before in blocks[:number]:
            if (line.outlet or line.agency) and lines.is_caption(before.text, rest, language):
                removed.append(Removed(before.text, "photo caption"))
            else:
                kept.append(before)
        first = Block(rest, block.links, block.heading, block.element)
        return [*kept, first, *blocks[number + 1 :]], line, [*removed, Removed(opening, "dateline")]
    return blocks, None, []


def _publisher_of(line: Dateline | None, url: str | None, world: World) -> str | None:
    """Who published a page that does not say so: the dateline's outlet, else that of its address."""
    if line and line.outlet:
        return line.outlet
    host = urlsplit(url).hostname if url else None
    if not host:
        return None
    outlet = world.outlet(host)
    return outlet.name if outlet else host.removeprefix("www.")


def _published(
    page: Page,
    found: _Found,
    shown: date | None,
    line: Dateline | None,
    text: str,
    language: Language,
    world: World,
    known: tuple[date, ...],
) -> tuple[date | None, PublishedFrom | None]:
    """The day of publication and where it comes from: given, the page's metadata, a date it shows, else its text."""
    day = page.published or found.said.published or shown
    if day is None and found.root is not None:
        day = metadata.shown_day(found.root, language, known)
    day = day or dates.of_url(page.url or found.said.url)
    if day:
        return day, "meta"
    day = (line.published if line else None) or dates.of_text(text, language, world, page.seen)
    return (day, "text") if day else (None, None)


def _byline(removed: Sequence[Removed]) -> str | None:
    """Who wrote the report, from the byline that was taken out of its text."""
    for item in removed:
        if item.reason == "byline" and (match := _BYLINE_CUE.match(" ".join(item.text.split()))):
            return match["name"].strip(" .|")
    return None


def _reasons(removed: Sequence[Removed]) -> str:
    return ", ".join(dict.fromkeys(item.reason for item in removed)) or "empty lines"
