"""The lines above the article of a bare text, as a reader copies it from a page, to its title, outlet and address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kronik.clean import dates, lines, outlets
from kronik.clean.blocks import Block
from kronik.languages import Language
from kronik.model import Removed
from kronik.world import World

# So many lines may stand above the first paragraph.
_LONGEST = 15
_TITLE_LENGTH = 200
# A line of so many words with a full stop is a paragraph, and so is any line of so many characters.
_PARAGRAPH_WORDS = 10
_PARAGRAPH_LENGTH = 240
_FEWEST_TITLE_WORDS = 4
_MOST_OUTLET_WORDS = 6
_SENTENCE_END = (".", "!", "?", "…", '."', ".”", '!"', "!”", '?"', "?”", '"', "”", "'", "’")
_ENDS_NO_TITLE = (".", ",", ":", ";")
_DATELINE_DASH = re.compile(r"^[A-Z][^.!?]{2,60}?\s(?:—|–|-{1,2})\s+\S.{60,}", re.DOTALL)
_PARTED = re.compile(r"\s+(?:[|>»›•·–—-]|::)\s+|\s*[|»›]\s*")
_SUFFIX = re.compile(r"(?P<title>.{15,}?)\s+[|–—-]\s+(?P<outlet>[^|–—]{2,40})")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|co|net|org|news|id|tv|info|my|sg|uk|au|in|ph)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the lines above an article say, each None where they do not, the lines taken out, and what stays.

    The title stays among the blocks: it stands there once more for the rules that look for its repetitions.
    """

    title: str | None
    publisher: str | None
    url: str | None
    removed: tuple[Removed, ...]
    blocks: list[Block]


def length(blocks: Sequence[Block]) -> int:
    """How many blocks stand above the first paragraph of an article; at most 15."""
    for number, block in enumerate(blocks[:_LONGEST]):
        if _is_paragraph(block.text):
            return number
    return min(len(blocks), _LONGEST)


def read(blocks: Sequence[Block], language: Language, world: World, title: str | None = None) -> Opening:
    """The opening of a bare text; ``title`` is the report's title where it is already known.

    The title is the first line of at least four words that is no outlet's name, date, navigation or other furniture,
    else a shorter one. A line before it is the outlet's where the world knows it, a word such as "Gazette"
    says so, or where it opens the page with a name of a word or two, alone or before a line of navigation or a date.
    """
    above = blocks[: length(blocks)]
    reasons = [_reason(block.text, language) for block in above]
    address = next((found[0] for block in above if (found := _ADDRESS.fullmatch(block.text.strip()))), None)
    mastheads = {n: name for n, block in enumerate(above) if (name := _outlet(block.text, language, world))}
    prose = [n for n, reason in enumerate(reasons) if reason is None and n not in mastheads]
    at = None
    publisher = next(iter(mastheads.values()), None)
    if title is None and len(blocks) > 1:
        at = _title_at(above, prose, reasons)
        title = " ".join(above[at].text.split()) if at is not None else None
        suffixed = _SUFFIX.fullmatch(title) if title else None
        if title and suffixed and (name := _outlet(suffixed["outlet"], language, world, publisher)):
            title, publisher = suffixed["title"], publisher or name
    if prose[:1] == [0] and at and _is_short_name(above[0].text):
        mastheads[0] = _as_name(above[0].text)
        publisher = publisher or mastheads[0]
    removed, kept = [], []
    for number, block in enumerate(blocks):
        if number in mastheads:
            removed.append(Removed(block.text, "outlet's name"))
        elif number < len(above) and (reason := reasons[number]) and not _is_day(block.text, language):
            removed.append(Removed(block.text, reason))
        elif at is not None and number < at and number in prose:
            removed.append(Removed(block.text, "above the title"))
        else:
            kept.append(block)
    return Opening(title, publisher, address, tuple(removed), kept)


def _is_paragraph(text: str) -> bool:
    if len(text) > _PARAGRAPH_LENGTH or _DATELINE_DASH.match(text):
        return True
    return len(text.split()) >= _PARAGRAPH_WORDS and text.rstrip().endswith(_SENTENCE_END)


def _reason(line: str, language: Language) -> str | None:
    """Why a line of an opening is not its title."""
    if _is_day(line, language):
        return "shown date"
    return "shown date" if dates.is_label(line, language) else lines.reason_above(line, language)


def _is_day(line: str, language: Language) -> bool:
    return bool(dates.shown(line, language) or dates.shown_without_year(line, language))


def _title_at(above: Sequence[Block], prose: Sequence[int], reasons: Sequence[str | None]) -> int | None:
    """The number of the title's line, which stands before any sentence."""
    sentence = next((n for n in prose if above[n].text.endswith(".")), len(above))
    titles = [n for n in prose if n < sentence and not above[n].text.endswith(_ENDS_NO_TITLE)]
    able = [n for n in titles if len(above[n].text) <= _TITLE_LENGTH]
    if not able:
        return None
    first = able[0]
    if len(above[first].text.split()) >= _FEWEST_TITLE_WORDS:
        return first
    keys = [_key(block.text) for block in above]
    if twice := [n for n in able if keys.count(keys[n]) > 1 and len(keys[n].split()) > 1]:
        return twice[0]
    # A short first line is the outlet's name where a longer one follows it behind navigation or a date, or right after
    # a name of two words; else it is a short title.
    later = next((n for n in able[1:] if len(above[n].text.split()) >= _FEWEST_TITLE_WORDS), None)
    between = reasons[first + 1 : later] if later is not None else []
    if "navigation" in between:
        return later
    parted = "shown date" in between or len(above[first].text.split()) <= 2
    if later is not None and _is_short_name(above[first].text) and parted:
        return later
    return first if len(above[first].text.split()) >= 2 else later


def _outlet(line: str, language: Language, world: World, own: str | None = None) -> str | None:
    """The outlet whose name a line is, alone or before a section or a motto ("Northfield Gazette | World")."""
    flat = " ".join(line.split())
    parts = [part for part in _PARTED.split(flat) if part]
    if not parts or (len(parts) > 1 and any(len(part.split()) > 5 for part in parts[1:])):
        return None
    name = parts[0].strip(" .")
    if not name or len(name.split()) > _MOST_OUTLET_WORDS:
        return None
    if own and _key(name) == _key(own):
        return own
    if _DOMAIN.fullmatch(name):
        return name.removeprefix("www.")
    known = world.outlet(name)
    if known and not name.islower():
        return known.name if name.isupper() and name not in (known.name, *known.aliases) else name
    return _as_name(name) if _is_capitalised(name) and outlets.is_named_like_one(name, language) else None


def _is_short_name(line: str) -> bool:
    return len(line.split()) <= 3 and _is_capitalised(line) and not line.endswith(_SENTENCE_END)


def _is_capitalised(name: str) -> bool:
    """Whether a line is a name by its letters: nothing but capitalised words and the small ones that join them."""
    words = name.split()
    joined = all(not word[:1].islower() or len(word) <= 3 for word in words)
    return bool(words) and words[0][:1].isupper() and joined and not re.search(r"[,;:?!\"“”‘]", name)


def _as_name(name: str) -> str:
    """A name of capitals in title case; short ones may be letters that stand for words and stay."""
    if not name.isupper() or len(name) <= 5:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0] + word[0][1:].lower(), name)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
