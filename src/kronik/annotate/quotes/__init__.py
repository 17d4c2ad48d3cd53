"""Sentences, mentions and entities of a report to its quotes, direct and indirect, each with its speaker."""

from __future__ import annotations

from collections.abc import Sequence

from kronik.annotate.quotes.cues import saying
from kronik.annotate.quotes.direct import direct_quote
from kronik.annotate.quotes.indirect import indirect_speech
from kronik.annotate.quotes.lines import paragraphs
from kronik.annotate.quotes.marks import is_double
from kronik.annotate.quotes.speakers import Speakers
from kronik.annotate.quotes.turns import Turns
from kronik.annotate.quotes.unmarked import unmarked_speech
from kronik.languages import Language
from kronik.model import Entity, Mention, Quote, Report, Sentence


def find(
    report: Report,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    language: Language,
) -> tuple[Quote, ...]:
    """The quotes of a report in order of their place.

    A direct quote stands in quotation marks, holds at least four words, and has a speaker. Indirect speech is the
    clause that a verb or preposition of saying reports from a speaker who is a mention. ``speaker`` is the entity
    behind the subject of the form of saying; a pronoun, a statement or no subject takes the speaker before it.
    """
    rules = saying(language)
    dual = frozenset(row["text"] for row in language.table("pronouns") if row["number"] == "dual")
    speakers = Speakers(report.text, mentions, entities, rules, dual)
    turns = Turns(report.text, speakers, rules, unmarked=not any(is_double(sign) for sign in set(report.text)))
    found = paragraphs(report.text, sentences, rules)
    quotes: list[Quote] = []
    for number, paragraph in enumerate(found):
        before = len(quotes)
        for at, line in enumerate(paragraph.lines):
            known = len(quotes)
            turns.now = line.number
            for quotation in paragraph.quotations:
                if line.span.start <= quotation.outer.start < line.span.end:
                    quote = direct_quote(quotation, paragraph, line, quotes[before:], turns)
                    if quote is not None:
                        quotes.append(quote)
                        turns.speaks(quote.speaker)
            if not line.taken:
                quotes += indirect_speech(line, turns)
                quotes += unmarked_speech(found, number, at, turns)
            if len(quotes) == known:
                turns.remember(line)
    return tuple(sorted(quotes, key=lambda quote: quote.span))
