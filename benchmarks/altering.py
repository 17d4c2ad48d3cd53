"""A report to a copy as sites alter agency copy: cut, moved, renamed, reworded, with a paragraph of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from kronik.model import Page

CUT = 0.3
"""At most this share of the paragraphs is cut."""

REWORDED = 0.1
"""This share of the words is changed: most are replaced, some left out or doubled with another word."""

_PARAGRAPHS = re.compile(r"\n\s*\n|\n")
_DATELINE = re.compile(r"^[^\n]{0,60}?(?:--|[–—-])\s+|^\W*[A-Z][A-Z .,]{3,40}(?=\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """What alterations are made of: words of the language, names of outlets, places for datelines, other paragraphs."""

    words: tuple[str, ...]
    outlets: tuple[str, ...]
    places: tuple[str, ...]
    paragraphs: tuple[str, ...]


def altered(page: Page, source: Source, chance: Random) -> Page:
    """The page altered in every one of these ways; the same for the same state of ``chance``."""
    paragraphs = [part.strip() for part in _PARAGRAPHS.split(page.body) if part.strip()]
    if len(paragraphs) > 2:
        for _ in range(chance.randint(1, max(1, int(CUT * len(paragraphs))))):
            paragraphs.pop(chance.randrange(1, len(paragraphs)))
        one, other = chance.randrange(len(paragraphs)), chance.randrange(len(paragraphs))
        paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    names = [name for name in source.outlets if name in page.body]
    renamed = {name: chance.choice(source.outlets) for name in names}
    told = []
    for paragraph in paragraphs:
        for name, new in renamed.items():
            paragraph = re.sub(rf"\b{re.escape(name)}\b", new, paragraph)
        told.append(" ".join(_reworded(paragraph.split(), source, chance)))
    told[0] = f"{chance.choice(source.places)}, {chance.choice(source.outlets)} - {_DATELINE.sub('', told[0], count=1)}"
    told.insert(chance.randint(1, len(told)), chance.choice(source.paragraphs))
    title = " ".join(_reworded((page.title or "").split(), source, chance)) or None
    return replace(
        page,
        id=f"{page.id}-altered",
        origin=f"{page.origin}-altered",
        url=None,
        title=title,
        publisher=chance.choice(source.outlets),
        published=page.published + timedelta(days=chance.randint(0, 2)) if page.published else None,
        body="\n\n".join(told),
    )


def _reworded(words: list[str], source: Source, chance: Random) -> list[str]:
    """The words with a share of them changed."""
    changed = []
    for word in words:
        if chance.random() >= REWORDED:
            changed.append(word)
        elif (way := chance.random()) < 0.7:
            changed.append(chance.choice(source.words))
        elif way < 0.85:
            changed += [word, chance.choice(source.words)]
    return changed
