"""A page to a report: its article's text, what was taken out of it and why, and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from kronik import languages
from kronik.clean import blocks as page_blocks
from kronik.clean import credits, dateline, dates, extraction, lines, metadata, opening
from kronik.clean import language as identification
from kronik.clean.blocks import Block
from kronik.clean.dateline import Dateline
from kronik.clean.dates import TextDay
from kronik.clean.metadata import Metadata
from kronik.errors import PageError
from kronik.languages import Language
from kronik.model import OUTSIDE, Page, PublishedFrom, Removed, Report
from kronik.world import World

# So many characters no report has: six times the longest of the 15,675 reports that kronik is tried on.
LONGEST = 100_000
# A dateline stands in one of the first paragraphs.
_DATELINE_WITHIN = 4
_BYLINE_CUE = re.compile(r"^\W*\w+(?:\s*:\s*|\s+)(?P<name>.{3,80})$")
# What may follow a name on its line: "Bayu Santika | 10 September 2023".
_BEHIND_NAME = re.compile(r"\s*[|•·].*|\s+[-–—]\s.*\d.*|\s*,?\s*\d.*")
_WORD = re.compile(r"\w")
_UNPRINTABLE: dict[int, str] = {
    **dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)], " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


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
    found = _of_html(page) if page.format == "html" else _Found(page_blocks.of_text(page.body), [], Metadata(), None)
    found = _printable(found)
    if not any(_WORD.search(block.text) for block in found.blocks):
        raise PageError(f"{page.origin}: no article on the page: give a page that holds one report")
    whole = "\n".join(block.text for block in found.blocks)
    if len(whole) > LONGEST:
        raise PageError(
            f"{page.origin}: its article has {len(whole):,} characters, more than any report ({LONGEST:,}):"
            " give a page that holds one report"
        )
    if page.language:
        code = identification.of_claim(page.language, page.origin)
    else:
        code = identification.identify(f"{page.title or found.said.title or ''}\n{whole}", page.origin)
    language = languages.load(code)
    if page.format == "text":
        found = _opened(found, page, language, world)
    title = page.title if page.title and len(page.title) <= metadata.LONGEST else found.said.title
    url = page.url or found.said.url

    known_days = dates.full_dates(whole, language)
    undated, shown, without_year, date_lines = _without_date_lines(found.blocks, language, known_days)
    kept, removed = lines.remove(undated, title, language)
    kept, endings = _without_credit(kept, world)
    kept, line, cut = _without_dateline(kept, language, world, [page.publisher or "", found.said.publisher or ""])
    above = found.left_out if page.format == "text" else []
    removed = [*above, *date_lines, *removed, *endings, *cut]
    paragraphs = [" ".join(block.text.split()) for block in kept]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if not paragraphs:
        raise PageError(
            f"{page.origin}: no article on the page, only {_reasons(removed)}: give a page that holds one report"
        )

    text = "\n\n".join(paragraphs)
    publisher = page.publisher or found.said.publisher or _publisher_of(line, url, world)
    written_by = found.said.byline or _byline(removed, language)
    shown = shown or _day_behind(removed, language)
    published = _published(page, found, shown, url, known_days, language)
    published_from: PublishedFrom | None = "meta" if published else None
    if published is None:
        if without_year is None and found.root is not None:
            without_year = metadata.shown_without_year(found.root, language)
        published = line.published if line else None
        published = published or dates.of_text(text, language, world, page.seen, without_year)
        published_from = "text" if published else None
    agency = line.agency if line else None
    return Report(
        id=page.id,
        language=code,
        text=text,
        title=" ".join(title.split()) if title else None,
        publisher=publisher,
        byline=_BEHIND_NAME.sub("", written_by) or None if written_by else None,
        dateline_place=line.place if line else None,
        published=published,
        published_from=published_from,
        credits=credits.find(paragraphs, [r.text for r in removed], agency, publisher, language, world),
        not_article=tuple(removed if above else removed + _beside(found.left_out, title)),
        url=url,
    )


def _beside(left_out: Sequence[Removed], title: str | None) -> list[Removed]:
    """What was left out around the article; its headline is the report's title, and told there."""
    return [item for item in left_out if item.reason != OUTSIDE or not lines.is_title(item.text, title)]


def _printable(found: _Found) -> _Found:
    """The same without control characters and halves of characters, which references ("&#27;") and JSON-LD can hide."""
    for block in found.blocks:
        block.text = _plain(block.text)
        block.links = list(map(_plain, block.links))
    said = found.said
    for key in ("title", "publisher", "byline", "url"):
        setattr(said, key, _plain(getattr(said, key) or "") or None)
    left_out = [Removed(text, item.reason) for item in found.left_out if (text := _plain(item.text))]
    return _Found([block for block in found.blocks if block.text], left_out, said, found.root)


def _plain(text: str) -> str:
    return text.translate(_UNPRINTABLE).strip()


def _of_html(page: Page) -> _Found:
    root = page_blocks.parse(page.body)
    blocks: list[Block] = []
    left_out: list[Removed] = []
    if root is not None:
        blocks, left_out = extraction.article(root, page.body)
    if not left_out and not any(_WORD.search(block.text) for block in blocks):
        blocks = page_blocks.of_text(page_blocks.without_tags(page.body))
    return _Found(blocks, left_out, metadata.of_page(root) if root is not None else Metadata(), root)


def _opened(found: _Found, page: Page, language: Language, world: World) -> _Found:
    """A text page without what stands above its article: that says its title, outlet and address."""
    top = opening.read(found.blocks, language, world, title=page.title)
    return _Found(top.blocks, list(top.removed), Metadata(title=top.title, publisher=top.publisher, url=top.url), None)


def _without_date_lines(
    blocks: Sequence[Block], language: Language, known: tuple[date, ...]
) -> tuple[list[Block], date | None, TextDay | None, list[Removed]]:
    """The blocks but for lines that only show a date, the first such day, the first without its year, and those lines.

    A date without its year is a heading inside of an article, so that it only counts above its first paragraph.
    """
    kept, removed, day, without_year = [], [], None, None
    above = opening.length(blocks)
    for number, block in enumerate(blocks):
        full = dates.shown(block.text, language, known)
        bare = dates.shown_without_year(block.text, language) if not full and number < above else None
        if full or bare:
            day, without_year = day or full, without_year or bare
            removed.append(Removed(block.text, "shown date"))
        else:
            kept.append(block)
    return kept, day, without_year, removed


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


def _without_credit(blocks: list[Block], world: World) -> tuple[list[Block], list[Removed]]:
    """The blocks without the outlets in brackets that end the last of them, and what was cut."""
    for number in range(len(blocks) - 1, max(-1, len(blocks) - 4), -1):
        block = blocks[number]
        if credit := credits.ending(block.text, world):
            rest = block.text[: block.text.rindex(credit)].rstrip()
            stays = [Block(rest, block.links, block.heading, block.element)] if rest else []
            return [*blocks[:number], *stays, *blocks[number + 1 :]], [Removed(credit, "credit line")]
    return blocks, []


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
    page: Page, found: _Found, shown: date | None, url: str | None, known: tuple[date, ...], language: Language
) -> date | None:
    """The day of publication that was given, or that the page's metadata, a line, an element or the address shows."""
    day = page.published or found.said.published or shown
    if day is None and found.root is not None:
        day = metadata.shown_day(found.root, language, known)
    return day or dates.of_url(url)


def _byline(removed: Sequence[Removed], language: Language) -> str | None:
    """Who wrote the report, from the byline that was taken out of its text, alone or with the date behind it."""
    for item in removed:
        flat = " ".join(item.text.split())
        if item.reason == "shown date" and lines.reason_above(_BEHIND_NAME.sub("", flat), language) != "byline":
            continue
        if item.reason in ("byline", "shown date") and (match := _BYLINE_CUE.match(_BEHIND_NAME.sub("", flat))):
            return match["name"].strip(" .|")
    return None


def _day_behind(removed: Sequence[Removed], language: Language) -> date | None:
    """The day behind the name in a byline ("Oleh: Bayu Santika | 10 September 2023")."""
    for item in removed:
        if item.reason == "byline" and (behind := _BEHIND_NAME.search(" ".join(item.text.split()))):
            day = dates.shown(behind[0].strip(" |•·,–—-"), language)
            if day:
                return day
    return None


def _reasons(removed: Sequence[Removed]) -> str:
    return ", ".join(dict.fromkeys(item.reason for item in removed)) or "empty lines"
