"""One page to one Reading: the engine on one page, and the only file that knows the order of the stages."""

from __future__ import annotations

from kronik import languages, world
from kronik.annotate import entities, names, quotes, sentences, times
from kronik.clean import article
from kronik.events import reading as events
from kronik.lists import marking
from kronik.lists.index import SanctionsLists
from kronik.model import Page, Reading, Report


def read_one(page: Page, lists: SanctionsLists | None = None) -> Reading:
    """What the page tells; entities that bear a name of ``lists`` are marked with it.

    Raises PageError where there is no article, LanguageError for an unknown language.
    """
    return read_report(article.clean(page, world.load()), lists)


def read_report(report: Report, lists: SanctionsLists | None = None) -> Reading:
    """What a report tells that is cleaned already. Raises UsageError where kronik lacks its language."""
    known = world.load()
    language = languages.load(report.language)
    parts = sentences.split(report.text, language)
    found = names.find(report, parts, language, known)
    mentions, who = entities.resolve(report, parts, found, language, known)
    when = times.find(report, parts, language)
    said = quotes.find(report, parts, mentions, who, language)
    told = events.read_events(report, parts, mentions, who, when, said, language, known)
    return Reading(report, told, said, marking.mark(who, lists, language, known) if lists else who)
