"""The nouns: what a page, a report and what a report tells are made of. Frozen records; imports nothing of ours.

Offsets are characters of ``Report.text``, half open: ``text[span.start:span.end]``.
Dates inside a reading are ISO strings that keep their granularity: ``"2023"``, ``"2023-11"`` or ``"2023-11-05"``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["occurred", "planned", "denied", "possible"]
EntityKind = Literal["person", "organisation", "country", "place", "group"]
MentionForm = Literal["name", "nominal", "pronoun"]
PublishedFrom = Literal["meta", "text"]
DecisionKind = Literal[
    "same-event", "different-event", "unsure-event", "same-story", "different-story", "unsure-story",
    "copy", "translation", "credit", "update",
]  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``[start, end)`` of one report's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was found, decoded, before anything is read from it.

    ``title``, ``publisher``, ``published`` and ``language`` hold what was given beside the page (a JSON Lines key,
    an option) and so override what cleaning would find; ``seen`` is the day the page was fetched or its file written,
    evidence for dating and never a date of publication by itself.
    """

    id: str
    origin: str
    body: str
    format: Literal["html", "text"]
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    seen: date | None = None


OUTSIDE = "outside of the article"
"""Why lines of a page are not in its report that stand beside what was found to be the article."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A line or passage of the page that is no part of the article, verbatim, and why it was taken out."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """One article, cleaned. ``text`` is its body, paragraphs parted by a blank line, without the title."""

    id: str
    language: str
    text: str
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    dateline_place: str | None = None
    published: date | None = None
    published_from: PublishedFrom | None = None
    credits: tuple[str, ...] = ()
    not_article: tuple[Removed, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign. ``lower`` is the text in lower case with its apostrophes made plain."""

    span: Span
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span, the number of its paragraph from 0, its tokens in order."""

    span: Span
    paragraph: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the text that names or points to an entity.

    ``span`` is the whole phrase with its title ("Menteri Pertahanan Rusia Sergei Shoigu"), ``name_span`` the name alone
    ("Sergei Shoigu") and equals ``span`` where there is no more. ``entity`` numbers the report's entities from 0;
    None where the text does not decide whom a pronoun means.
    """

    span: Span
    name_span: Span
    kind: EntityKind
    form: MentionForm
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of a sanctions list that bears an entity's name: a hint, since a name alone does not say who is meant.

    ``date`` is the day of the list, ISO, None where it is not known; ``id`` the entry's on it; ``name`` the listed name
    that matched.
    """

    list: str
    date: str | None
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation, country, place or group of a report.

    ``name`` is the canonical English name, ``text`` the fullest way that this report writes it (verbatim), ``country``
    the ISO 3166-1 alpha-3 code, ``office`` as the report or the world gives it, ``stands_for`` the country that a
    capital or a government speaks for when it acts (iso3), ``listed`` the entries of sanctions lists that bear its
    name.
    """

    name: str
    text: str
    kind: EntityKind
    country: str | None = None
    wikidata: str | None = None
    office: str | None = None
    stands_for: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    mentions: tuple[Span, ...] = ()
    listed: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression resolved against the publication date; ``start``/``end`` None where that side is open.

    ``rule`` says how it was resolved, in words ("Saturday before 2023-09-17"). ``of_telling`` marks a date that belongs
    to the telling ("dikutip AFP, Kamis (19/6)"), not to what is told.
    """

    span: Span
    start: str | None
    end: str | None
    rule: str
    of_telling: bool = False
    duration_days: int | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in an event or speaks: ``name`` canonical English, ``text`` as the report writes it most fully."""

    name: str
    text: str
    kind: EntityKind
    span: Span
    country: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event took place."""

    name: str
    text: str
    span: Span
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What changes hands or is used: ``name`` English, singular; ``quantity`` None where not told."""

    name: str
    text: str
    span: Span
    quantity: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One happening that a report tells, with the words that tell it.

    ``because`` lists, in words, the rules that made it: the frame, the role patterns, how the date and the status were
    decided. ``further`` are other stretches of the report that tell the same happening.
    """

    type: EventType
    mode: str | None
    trigger: Span
    evidence: Span
    status: Status
    confidence: float
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    place: Place | None = None
    start: str | None = None
    end: str | None = None
    items: tuple[Item, ...] = ()
    sources: tuple[Participant, ...] = ()
    because: tuple[str, ...] = ()
    further: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody is quoted as saying, without the quotation marks; ``rule`` names the pattern that found it."""

    span: Span
    direct: bool
    speaker: Participant | None
    cue: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report tells."""

    report: Report
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement about identity: never an overwrite, withdrawn by a later date.

    ``left`` and ``right`` are ids of reports or events (``report#3``), in alphabetical order where both are alike; in
    a lineage ``left`` is a copy, translation or update of ``right``, or credits it (a report, or an outlet's name).
    ``left_report`` and ``right_report`` are the reports that they belong to. ``left_words`` and ``right_words`` are the
    evidence of events that a person judged, by which they are known again when their reports are read anew.
    """

    kind: DecisionKind
    left: str
    right: str
    made_by: str
    score: float
    reasons: tuple[str, ...] = field(default=())
    made_at: str = ""
    withdrawn_at: str | None = None
    by_person: bool = False
    left_report: str = ""
    right_report: str = ""
    left_words: str | None = None
    right_words: str | None = None
    withdrawn_because: str | None = None
