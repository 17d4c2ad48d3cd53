"""Pages of HTML or of bare text to blocks: one block a paragraph, heading, list item or line, verbatim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import etree, html

from kronik.model import Removed

# Elements whose text nobody reads as part of the page.
_SILENT = {
    "script", "style", "noscript", "template", "iframe", "svg", "canvas", "button", "select", "option", "input",
    "textarea", "object", "embed", "head", "math", "audio", "video", "map",
}  # fmt: skip
# Elements that hold no part of an article even inside of it, and why.
_BESIDE = {
    "nav": "navigation", "footer": "page footer", "aside": "aside", "form": "form", "figcaption": "photo caption",
    "figure": "photo caption", "menu": "navigation", "dialog": "dialog",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr", "img", "ruby", "rt", "rp",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Class names and ids of what stands beside an article, and why it is left out.
_BESIDE_NAMES = (
    ("related links", r"related|recommend|baca-?juga|read-?(?:also|more|next)|lihat-?juga|more-?(?:from|on)|terkait|"
                      r"most-?(?:read|popular)|popular|trending|outbrain|taboola|also-?read|see-?also|inline-?link|linksisip"),
    ("share buttons", r"share|sharing|sosmed|social|addtoany|addthis|shareaholic"),
    ("newsletter call", r"newsletter|subscri(?:be|ption)|paywall|signup|sign-up|promo|cta"),
    ("comments", r"comments?|disqus|komentar|discussion"),
    ("navigation", r"breadcrumbs?|pagination|paging|pager|navbar|nav|menu|toc|skip-?link|sidebar|widget"),
    ("tags", r"tags?|tag-?list|topics?|keywords"),
    ("advertisement", r"ads?|advert(?:s|isement|ising)?|adsbygoogle|iklan|sponsor(?:ed)?|banner|parallax"),
    ("photo caption", r"caption|wp-caption(?:-text)?|photo-?credit|image-?credit|gallery|slideshow|carousel"),
    ("author box", r"author-?(?:box|bio|info|card)|about-?author|bio"),
    ("copyright", r"copyright|disclaimer|cookies?|gdpr|consent"),
)  # fmt: skip
_BESIDE_NAME = re.compile(
    "|".join(rf"(?P<n{i}>(?<![a-z])(?:{names})(?![a-z]))" for i, (_, names) in enumerate(_BESIDE_NAMES)), re.IGNORECASE
)
_PRINTED = re.compile(r"\S")
# A paragraph with more links than this is a list of links; looking for each of them in it would take for ever.
_MOST_LINKS = 500
# So many elements are spared for what they hold although their class says otherwise; then no class counts any more.
_MOST_SPARED = 20
# Elements with more attributes than this are made to slow a parser down; they are read without any.
_MOST_ATTRIBUTES = 500
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]*)(\s[^<>]{2000,})>")
_SILENT_START = re.compile(r"<(?:(!--)|(script|style|noscript|template|head)\b)", re.IGNORECASE)
_SILENT_END = {
    "!--": re.compile("-->"),
    **{
        name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
        for name in ("script", "style", "noscript", "template", "head")
    },
}


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or line of a page.

    ``text`` is verbatim, without the space around it (in HTML, where line breaks mean nothing, spaces are single);
    ``links`` are the texts of the links inside, in order; ``heading`` is 1 to 6 for h1 to h6; ``element`` is the
    element that holds it, None in bare text.
    """

    text: str
    links: list[str] = field(default_factory=list)
    heading: int = 0
    element: Any = None

    @property
    def link_share(self) -> float:
        """The share of the characters that stand in links."""
        return min(1.0, sum(map(len, self.links)) / max(1, len(self.text)))


def parse(page: str) -> Any | None:
    """The root element of a page of HTML; None where there is nothing to parse.

    What stands deeper than 2,048 levels is lost here; ``without_tags`` still has it.
    """
    if not _PRINTED.search(page):
        return None
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", ""))
    text = _LONG_TAG.sub(_without_attributes, text)
    try:
        return html.document_fromstring(
            text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _without_attributes(tag: re.Match[str]) -> str:
    """A long tag as it is, or bare where it has more attributes than any page needs."""
    return f"<{tag[1]}>" if len(tag[2].split()) > _MOST_ATTRIBUTES else tag[0]


def beside(element: Any) -> str | None:
    """Why an element is no part of an article whatever its text (navigation, share buttons …); None where it may be."""
    if element.tag in _BESIDE:
        return _BESIDE[element.tag]
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "")
    ):
        return "hidden"
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) > 1 and (found := _BESIDE_NAME.search(names)) and found.lastgroup:
        return _BESIDE_NAMES[int(found.lastgroup[1:])][0]
    return None


def of_html(container: Any) -> tuple[list[Block], list[Removed]]:
    """The blocks of an element in reading order, and what was left out of it because of its element or class.

    An element that holds more than a third of the container's text is never left out for its class, nor is a form: some
    sites name the whole page "has-sidebar", or put all of it into one form.
    """
    whole = max(1, len(text_of(container)))
    blocks: list[Block] = []
    left_out: list[Removed] = []
    collected: list[str] = []
    links: list[str] = []
    spared = 0

    def flush(element: Any) -> None:
        lines = [" ".join(line.split()) for line in "".join(collected).split("\x1e")]
        collected.clear()
        names = [" ".join(link.split()) for link in links[:_MOST_LINKS]]
        only_links = len(links) > _MOST_LINKS
        links.clear()
        for line in lines:
            if line:
                held = [line] if only_links else [name for name in names if name and name in line]
                blocks.append(Block(line, held, _level(element), element))

    # Iterative, since pages can be nested deeper than Python recurses: (element, leave) with leave after its children.
    stack: list[tuple[Any, bool]] = [(container, False)]
    while stack:
        element, leave = stack.pop()
        if not isinstance(element.tag, str):
            if element is not container and element.tail:
                collected.append(element.tail)
            continue
        inline = element.tag in _INLINE
        if leave:
            if not inline:
                flush(element)
            if element is not container and element.tail:
                collected.append(element.tail)
            continue
        if element.tag == "br":
            collected.append("\x1e")
            if element.tail:
                collected.append(element.tail)
            continue
        reason = None if element is container or spared > _MOST_SPARED else beside(element)
        if element.tag in _SILENT or reason:
            text = "" if element.tag in _SILENT else text_of(element)
            if not text or len(text) < whole / 3 or (element.tag in _BESIDE and element.tag != "form"):
                if text and reason:
                    left_out.append(Removed(text, reason))
                if not inline:
                    flush(element.getparent())
                if element.tail:
                    collected.append(element.tail)
                continue
            spared += 1
        if not inline:
            flush(element.getparent() if element is not container else element)
        if element.tag == "a" and len(links) <= _MOST_LINKS:
            links.append(text_of(element))
        if element.text:
            collected.append(element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    flush(container)
    return blocks, left_out


def without_tags(page: str) -> str:
    """The text of a page of HTML that no parser gets through: lines where elements of blocks stand, nothing judged."""
    text = _without_silent(page)
    text = re.sub(r"(?i)</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|section|article|blockquote)\b[^<>]*>", "\n", text)
    return unescape(re.sub(r"<[^<>]*>", "", text))


def _without_silent(page: str) -> str:
    """A page without its comments and scripts; one that never ends is left, and looked for once only."""
    kept: list[str] = []
    endless: set[str] = set()
    at = 0
    for start in _SILENT_START.finditer(page):
        name = (start[1] or start[2]).lower()
        if start.start() < at or name in endless:
            continue
        end = _SILENT_END[name].search(page, start.end())
        if end is None:
            endless.add(name)
            continue
        kept.append(page[at : start.start()])
        at = end.end()
    return " ".join([*kept, page[at:]])


def of_text(text: str) -> list[Block]:
    """The blocks of a bare text: its paragraphs where its lines are broken to a width, else its lines."""
    # Long runs of spaces make patterns slow and say nothing.
    text = re.sub(r"[^\S\n\r]{4,}", "   ", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\x0b", "\n")
    paragraphs = [
        [line.strip() for line in paragraph.split("\n") if line.strip()]
        for paragraph in re.split(r"\n[^\S\n]*(?=\n)", lines)
    ]
    if _wrapped(paragraphs):
        return [Block("\n".join(held)) for held in paragraphs if held]
    return [Block(line) for held in paragraphs for line in held]


def _wrapped(paragraphs: list[list[str]]) -> bool:
    """Whether the lines of a text are broken to a width: none is long, and those that go on mostly fill the width."""
    broken = [line for held in paragraphs for line in held[:-1]]
    width = max((len(line) for held in paragraphs for line in held), default=0)
    if len(broken) < 2 or not 50 <= width <= 130:
        return False
    return sum(len(line) >= width - 18 for line in broken) >= 0.7 * len(broken)


def _level(element: Any) -> int:
    tag = element.tag if element is not None and isinstance(element.tag, str) else ""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0


def text_of(element: Any) -> str:
    """All text inside an element, scripts and the like left out, spaces single."""
    return " ".join(" ".join(_texts(element)).split())


def _texts(element: Any) -> list[str]:
    """The texts inside an element, scripts and the like left out."""
    found: list[str] = []
    for node in element.iter():
        parent = node.getparent()
        if isinstance(node.tag, str) and node.tag not in _SILENT and node.text:
            found.append(node.text)
        if node is not element and node.tail and (parent is None or parent.tag not in _SILENT):
            found.append(node.tail)
    return found
