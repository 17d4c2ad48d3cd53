"""Blocks of a page to those of its article: kronik's own rules for what extractors leave in, one list a language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kronik.clean.blocks import Block
from kronik.errors import LanguageDataError
from kronik.languages import Language, load
from kronik.model import Removed

# How many lines from either end count as the start or the end of a report.
_EDGE = 4
# A line in a list of links has at most so many words.
_LISTED_WORDS = 18
_WORD = re.compile(r"\w+")
_INITIALS = re.compile(
    r"\s*[(\[]\s*(?:[a-z]{2,5}(?:\s?[/,&-]\s?[a-z]{2,5}){0,3}|[A-Za-z]{2,4}(?:/[A-Za-z]{2,4}){1,3})\s*[)\]]\.?$"
)
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|]{2,40}$")
_SENTENCE_END = (".", "!", "?", "…", ":", '"', "”", "’", "'")


@dataclass(frozen=True, slots=True)
class LineRule:
    """A pattern that takes out a whole line, or the matched passage of one, and why."""

    reason: str
    pattern: re.Pattern[str]
    where: str
    passage: bool


@lru_cache
def rules(language: Language) -> tuple[LineRule, ...]:
    """The rules of ``boilerplate.toml`` and of the lists it borrows, in order; LanguageDataError where one is wrong."""
    table = language.rules("boilerplate")
    found = []
    for kind in ("line", "passage"):
        for entry in table.get(kind, ()):
            where = entry.get("where", "anywhere")
            if where not in ("anywhere", "start", "end"):
                raise LanguageDataError(f"boilerplate.toml of {language.code}: where = {where!r}: use start or end")
            for pattern in entry["patterns"]:
                found.append(LineRule(entry["reason"], _compiled(pattern, language), where, kind == "passage"))
    for code in table.get("borrows", ()):
        found.extend(rules(load(code)))
    return tuple(found)


def remove(blocks: Sequence[Block], title: str | None, language: Language) -> tuple[list[Block], list[Removed]]:
    """What stays of the blocks of a page, and what was taken out of them with its reason.

    The title's own line is in neither, since it stands in the report's ``title``; where it stands more than once, the
    others are "repeats the title".
    """
    removed: list[Removed] = []
    kept: list[Block] = []
    line_rules = [rule for rule in rules(language) if not rule.passage]
    passage_rules = [rule for rule in rules(language) if rule.passage]
    titled = False
    repeated = _repeated(blocks, title)
    seen: set[str] = set()
    # Whether the line before opens a list of links, without markup that would tell them ("Read more:").
    listed = False
    lines = [block for block in blocks if block.text]
    for number, block in enumerate(lines):
        if is_title(block.text, title):
            if titled:
                removed.append(Removed(block.text, "repeats the title"))
            titled = True
            continue
        key = _key(block.text)
        if reason := repeated.get(key):
            removed.append(Removed(block.text, reason))
            continue
        if len(key) > 20 and key in seen:
            removed.append(Removed(block.text, "repeated line"))
            continue
        seen.add(key)
        rest, cut = _cut_passages(block, title, passage_rules)
        removed.extend(cut)
        if rest is None:
            continue
        flat = " ".join(rest.text.split())
        reason = _line_reason(flat, number, len(lines), line_rules)
        if reason is None and _is_link(block, flat):
            reason = "related link"
        if reason is None and listed and not flat.endswith((".", "!", "”", '"')) and len(flat.split()) <= _LISTED_WORDS:
            removed.append(Removed(rest.text, "related link"))
            continue
        opens_list = flat.endswith(":") or len(flat.split()) <= 3
        listed = reason == "related link" and opens_list and number >= len(lines) - 2 * _EDGE
        if reason:
            removed.append(Removed(rest.text, reason))
        else:
            kept.append(rest)
    return _without_initials(kept, removed), removed


def reason_above(line: str, language: Language) -> str | None:
    """Why a line above an article is no part of it; None where it may be."""
    flat = " ".join(line.split())
    able = (rule for rule in rules(language) if not rule.passage and rule.where != "end")
    return next((rule.reason for rule in able if rule.pattern.fullmatch(flat)), None)


def is_caption(line: str, opening: str, language: Language) -> bool:
    """Whether a line that stands before the dateline's paragraph is a caption and not a summary.

    It is where it begins in lower case, only says what the opening says again, or tells nothing (``tells`` of
    ``boilerplate.toml``).
    """
    words = _key(line).split()
    if line[:1].islower() or (words and len(set(words) & set(_key(opening).split())) >= 0.9 * len(set(words))):
        return True
    return len(words) <= 60 and re.match(language.rules("boilerplate")["tells"], line) is None


def _line_reason(line: str, number: int, count: int, line_rules: Sequence[LineRule]) -> str | None:
    """Why a line is no part of the article; None where it is. No rule takes out more than a paragraph's length."""
    if len(line) > 900:
        return None
    if not _WORD.search(line):
        return "end mark"
    for rule in line_rules:
        if rule.where == "start" and number >= _EDGE:
            continue
        if rule.where == "end" and number < count - 2 * _EDGE:
            continue
        if rule.pattern.fullmatch(line):
            return rule.reason
    return None


def _is_link(block: Block, flat: str) -> bool:
    """Whether a line is nothing but a link to another page: all of it linked, four words or more, and no sentence."""
    return block.link_share > 0.85 and len(flat.split()) > 3 and not flat.endswith((".", "!", "”", '"'))


def _cut_passages(
    block: Block, title: str | None, passage_rules: Sequence[LineRule]
) -> tuple[Block | None, list[Removed]]:
    """A block without the passages that are no part of the article; None where nothing with a word in it is left."""
    text = block.text
    removed = []
    for cue_and_link in _linked_passages(block, passage_rules):
        text = _join(text, cue_and_link)
        removed.append(Removed(cue_and_link, "related link"))
    for rule in passage_rules:
        for match in list(rule.pattern.finditer(text)):
            passage = match[0].strip()
            if passage and passage in text:
                text = _join(text, passage)
                removed.append(Removed(passage, rule.reason))
    held = title is not None and title in text  # looked for first, since a pattern is made anew for each title
    titled = re.match(rf"\s*\w{{3,10}}\s*:\s*{re.escape(title)}(?=\s)", text) if held and title else None
    if titled:
        text = text[titled.end() :].strip()
        removed.append(Removed(titled[0].strip(), "repeats the title"))
    if not _WORD.search(text):
        if text.strip():
            removed.append(Removed(text.strip(), "end mark"))
        return None, removed
    return Block(text, block.links, block.heading, block.element), removed


def _linked_passages(block: Block, passage_rules: Sequence[LineRule]) -> list[str]:
    """Related links inside a paragraph whose end the page's own markup tells: a cue and right behind it a link."""
    related = [rule.pattern for rule in passage_rules if rule.reason == "related link"]
    found = []
    for link in block.links:
        if len(link.split()) < 3 or link not in block.text:
            continue
        before = block.text[: block.text.index(link)]
        cue = re.search(r"[\[(]?\s*\w+(?: \w+)?\s*:\s*[\"“'‘]?$", before)
        # The rules want a sentence's end before the cue and know no end of their own but the paragraph's.
        if cue and any(pattern.search(f"x. {cue[0].strip(' [(')} x x x x") for pattern in related):
            closing = re.match(r"[\"”'’]?\s*[\])]?", block.text[len(before) + len(link) :])
            found.append((cue[0] + link + (closing[0] if closing else "")).strip())
    return found


def _join(text: str, passage: str) -> str:
    """The text without one passage, its two sides one space apart."""
    before, _, after = text.partition(passage)
    return " ".join(part for part in (before.strip(), after.strip()) if part)


def _without_initials(blocks: list[Block], removed: list[Removed]) -> list[Block]:
    """The blocks without the initials of those who wrote and edited, which end the last one: "(abc/def)"."""
    for number in range(len(blocks) - 1, max(-1, len(blocks) - 4), -1):
        block = blocks[number]
        if match := _INITIALS.search(block.text):
            removed.append(Removed(match[0].strip(), "initials"))
            rest = block.text[: match.start()].rstrip()
            replaced = [Block(rest, block.links, block.heading, block.element)] if rest else []
            return blocks[:number] + replaced + blocks[number + 1 :]
    return blocks


def _repeated(blocks: Sequence[Block], title: str | None) -> dict[str, str]:
    """The keys of lines that stand more than once and are no sentences, with the reason why none of them stays.

    A sentence that stands twice is a pull quote or a slip: the first stays. Two lines alike without a full stop are a
    caption or a heading of the page's own.
    """
    counted = Counter(_key(block.text) for block in blocks)
    found = {}
    for block in blocks:
        key = _key(block.text)
        if counted[key] < 2 or len(key.split()) < 3 or is_title(block.text, title):
            continue
        if not block.text.rstrip().endswith(_SENTENCE_END) and len(key.split()) <= 25:
            found[key] = "repeated caption"
    return found


def is_title(line: str, title: str | None) -> bool:
    """Whether a line is the title, or nearly: the same words but for a few, with or without the site's name behind."""
    if not title or len(line) > 2 * len(title) + 60:
        return False
    own = _key(title)
    for text in (line, _SITE_SUFFIX.sub("", line)):
        key = _key(text)
        if key == own:
            return True
        ours, theirs = set(own.split()), set(key.split())
        if len(ours) >= 5 and len(ours & theirs) / len(ours | theirs) >= 0.85 and not text.rstrip().endswith("."):
            return True
    return False


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _compiled(pattern: str, language: Language) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as wrong:
        raise LanguageDataError(f"boilerplate.toml of {language.code}: {pattern!r} is no pattern: {wrong}") from wrong
