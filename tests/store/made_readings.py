"""Pages and readings made by hand, for tests of the ledger and of what is shown from it."""

from __future__ import annotations

from datetime import date

from kronik.errors import PageError
from kronik.model import Entity, Event, Item, Page, Participant, Place, Quote, Reading, Removed, Report, Span

TEXT = (
    "Sergei Lavrov visited Beijing on Monday, the Kremlin said. China gave Russia 20 tonnes of rice.\n\n"
    "“We shall meet again in Astana next year,” Lavrov said. Moscow denies that it sent drones to Pyongyang."
)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def who(name: str, words: str, kind: str = "country", country: str | None = None) -> Participant:
    return Participant(name, words, kind, span(words), country)  # type: ignore[arg-type]


LAVROV = who("Sergey Lavrov", "Sergei Lavrov", "person", "RUS")
CHINA = who("China", "China", "country", "CHN")
RUSSIA = who("Russia", "Russia", "country", "RUS")
KREMLIN = who("Kremlin", "Kremlin", "organisation", "RUS")
PYONGYANG = who("North Korea", "Pyongyang", "country", "PRK")

EVENTS = (
    Event(
        "CONSULT", "visit", span("visited"), span("Sergei Lavrov visited Beijing on Monday"), "occurred", 0.9,
        actors=(LAVROV,), recipients=(CHINA,),
        place=Place("Beijing", "Beijing", span("Beijing"), 39.9042, 116.4074, "CHN"),
        start="2024-04-08", end="2024-04-08", sources=(KREMLIN,),
        because=("frame “visit”", "“Monday”: the Monday before 2024-04-10"),
    ),
    Event(
        "AID", None, span("gave"), span("China gave Russia 20 tonnes of rice"), "occurred", 0.8,
        actors=(CHINA,), recipients=(RUSSIA,), items=(Item("rice", "rice", span("rice"), 20, "tonne"),),
        because=("frame “give”",),
    ),
    Event(
        "CONSULT", None, span("meet again"), span("We shall meet again in Astana next year"), "planned", 0.6,
        actors=(LAVROV,), place=Place("Astana", "Astana", span("Astana"), 51.1, 71.4, "KAZ"), start="2025", end="2025",
        because=("frame “meet”",),
    ),
    Event(
        "AID", None, span("sent"), span("Moscow denies that it sent drones to Pyongyang"), "denied", 0.7,
        actors=(RUSSIA,), recipients=(PYONGYANG,), items=(Item("drone", "drones", span("drones")),),
        because=("frame “send”",), further=(span("drones to Pyongyang"),),
    ),
)  # fmt: skip

QUOTES = (
    Quote(span("We shall meet again in Astana next year,"), True, LAVROV, span("said", TEXT), "marks and cue"),
    Quote(span("it sent drones to Pyongyang"), False, None, None, "reported clause"),
)

ENTITIES = (
    Entity("Sergey Lavrov", "Sergei Lavrov", "person", "RUS", office="=cmd()", mentions=(span("Sergei Lavrov"),)),
    Entity("China", "China", "country", "CHN", mentions=(span("Beijing"), span("China"))),
)


def page(id: str = "visit", body: str = TEXT, origin: str | None = None, **given: object) -> Page:
    return Page(id, origin or f"{id}.html", body, "html", **given)  # type: ignore[arg-type]


def read(page: Page) -> Reading:
    """A stand-in for the engine: the made reading where the body is the made text; "!" fails; else a report alone."""
    if page.body.startswith("!"):
        raise PageError("no article: give another page")
    if page.body.startswith("?"):
        raise ValueError("a fault")
    whole = page.body == TEXT
    report = Report(
        page.id,
        page.language or "en",
        page.body,
        title="Lavrov in Beijing" if whole else "=1+1",
        publisher="The Example Times",
        published=date(2024, 4, 10),
        published_from="text",
        not_article=(Removed("Also read: rice prices", "a related link"),) if whole else (),
        url=page.url,
    )
    return Reading(report, EVENTS, QUOTES, ENTITIES) if whole else Reading(report)
