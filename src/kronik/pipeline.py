"""One page to one Reading: the engine on one page, and the only file that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable

from kronik import languages, world
from kronik.annotate import entities, names, quotes, sentences, times
from kronik.clean import article
from kronik.events import reading as events
from kronik.events.contexts import with_contexts
from kronik.events.hints import find_hints
from kronik.events.passages import Passage
from kronik.lists import marking
from kronik.lists.index import SanctionsLists
from kronik.model import Page, Reading, Report, Time
from kronik.reader import inference as reader
from kronik.reader.given import Given


def read_one(
    page: Page,
    lists: SanctionsLists | None = None,
    *,
    fast: bool = False,
    watch: Callable[[Passage], None] | None = None,
) -> Reading:
    """What the page tells; entities that bear a name of ``lists`` are marked with it.

    ``fast`` leaves the trained reader out: the frames alone make the events, several times quicker and less well.
    ``watch`` is shown each sentence with what was tried on it and what came of it; it changes nothing.

    Raises PageError where there is no article, LanguageError for an unknown language.
    """
    return read_report(article.clean(page, world.load()), lists, fast=fast, watch=watch)


def find_times(report: Report) -> tuple[Time, ...]:
    """The time expressions of a report's text, in order."""
    language = languages.load(report.language)
    return times.find(report, sentences.split(report.text, language), language)


def read_report(
    report: Report,
    lists: SanctionsLists | None = None,
    *,
    fast: bool = False,
    watch: Callable[[Passage], None] | None = None,
) -> Reading:
    """What a report tells that is cleaned already. Raises UsageError where kronik lacks its language."""
    known = world.load()
    language = languages.load(report.language)
    parts = sentences.split(report.text, language)
    found = names.find(report, parts, language, known)
    mentions, who = entities.resolve(report, parts, found, language, known)
    when = times.find(report, parts, language)
    said = quotes.find(report, parts, mentions, who, language)
    offered = judge = None
    if not fast:
        hints = find_hints(report, parts, mentions, who, said, language, known)
        trained = reader.load()
        offered, judge = trained.read(Given(report, parts, mentions, when, said, hints)), trained.judge
    told = events.read_events(report, parts, mentions, who, when, said, language, known, offered, judge, watch)
    told = with_contexts(told, report, parts, language)
    return Reading(report, told, said, marking.mark(who, lists, language, known) if lists else who)
