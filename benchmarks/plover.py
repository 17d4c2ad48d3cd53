"""The sentences that PLOVER's makers coded to figures: type, the actor's country, types given, contexts.

    python benchmarks/plover.py [--sentences FILE] [--fast] [--actors FILE]

PLOVER_GSR_CAMEO.json holds English sentences of CAMEO's manual coded in PLOVER's draft of 2016, whose types have since
been renamed: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT is ASSAULT. Each sentence is read by
itself, by the reader and by the frames alone. A measure only: no rule is written for one of its sentences.

- type: the coded type is among the types of kronik's events, whatever their status;
- type and country: an event of that type has an actor of the country of a coded actor; asked of the sentences of which
  a coded actor has a country (organisations of states and of nobody have none);
- types: the mean number of different types that kronik gives a sentence, since who gives all sixteen is always right;
- a coded context: of the sentences of which kronik has an event of the coded type, and whose coded contexts the manual
  still has (refugee is migration, resource natural_resource), how many have one of these; beside it the mean number of
  contexts that kronik gives such an event.

``--actors`` writes the coded actors whose country no mention of the sentence has: what the world's tables may lack.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kronik import world
from kronik.model import Reading, Report
from kronik.pipeline import read_report

ROOT = Path(__file__).resolve().parent.parent
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
CONTEXTS = {"refugee": "migration", "refugees": "migration", "resource": "natural_resource"} | {
    name: name for name in ("military", "diplomatic", "legal", "economic", "terrorism", "election", "cbrn", "cyber")
}
MISWRITTEN = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coded:
    """One sentence with its coded type and the countries of its coded actors by how they are written."""

    id: str
    text: str
    published: date
    type: str
    actors: tuple[tuple[str, str], ...]
    contexts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """What is right of a reading of a coded sentence; ``country`` is None where it is not asked for."""

    coded: Coded
    type: bool
    country: bool | None
    types: int
    lacking: tuple[str, ...]
    context: bool | None = None
    contexts: int = 0


def main() -> int:
    """Print the figures, one column a grade."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    place = ROOT.parent / "shared" / "data" / "events" / "PLOVER_GSR_CAMEO.json"
    parser.add_argument("--sentences", type=Path, default=place)
    parser.add_argument("--fast", action="store_true", help="measure the frames alone only")
    parser.add_argument("--actors", type=Path, help="write the coded actors whose country no mention has, a line each")
    options = parser.parse_args()
    if not options.sentences.is_file():
        print(f"{options.sentences}: no coded sentences here; nothing is measured", file=sys.stderr)
        return 0
    coded = list(read_coded(json.loads(options.sentences.read_text("utf-8")), frozenset(world.load().countries)))
    judged = {
        grade: [
            judge(one, read_report(Report(one.id, "en", one.text, published=one.published), fast=fast)) for one in coded
        ]
        for grade, fast in (("reader", False), ("frames", True))
        if fast or not options.fast
    }
    print("\n".join(table(judged)))
    if options.actors:
        lines = [f"{one.coded.id}\t{actor}" for one in next(iter(judged.values())) for actor in one.lacking]
        options.actors.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return 0


def read_coded(entries: Iterable[Json], countries: frozenset[str]) -> Iterator[Coded]:
    """The coded sentences among the entries of the file; its first entry is about the file."""
    for entry in entries:
        if "text" not in entry:
            continue
        sources = entry.get("source") or []
        actors = [(who["actorText"], MISWRITTEN.get(who["code"], who["code"])) for who in sources if who.get("code")]
        yield Coded(
            entry["id"],
            entry["text"],
            date.fromisoformat(entry["date"]),
            str(RENAMED.get(entry["event"], entry["event"])),
            tuple((text, code) for text, code in actors if code in countries),
            frozenset(CONTEXTS[name] for name in (entry.get("context") or "").split(", ") if name in CONTEXTS),
        )


def judge(coded: Coded, reading: Reading) -> Judged:
    """What the reading has right of what was coded."""
    of_type = [event for event in reading.events if event.type == coded.type]
    countries = {code for _, code in coded.actors}
    known = {entity.country for entity in reading.entities}
    contexts = {context for event in of_type for context in event.contexts}
    return Judged(
        coded,
        bool(of_type),
        any(actor.country in countries for event in of_type for actor in event.actors) if countries else None,
        len({event.type for event in reading.events}),
        tuple(f"{code}\t{text}" for text, code in coded.actors if code not in known),
        bool(contexts & coded.contexts) if of_type and coded.contexts else None,
        len(contexts),
    )


def table(judged: dict[str, list[Judged]]) -> Iterator[str]:
    """The figures in Markdown: over all sentences, then for each coded type."""
    first = next(iter(judged.values()))
    asked = sum(one.country is not None for one in first)
    yield "| | sentences | " + " | ".join(judged) + " |"
    yield "|---|---" + "|---" * len(judged) + "|"
    yield _row("type", len(first), [[one.type for one in those] for those in judged.values()])
    by_country = [[one.country for one in those if one.country is not None] for those in judged.values()]
    yield _row("type and country", asked, by_country)
    yield _row("types given a sentence", len(first), [[one.types for one in those] for those in judged.values()])
    about = [[one for one in those if one.context is not None] for those in judged.values()]
    asked_about = " / ".join(str(len(those)) for those in about)
    yield _row("a coded context", asked_about, [[one.context for one in those] for those in about])
    yield _row("contexts given such an event", asked_about, [[one.contexts for one in those] for those in about])
    for event_type, number in Counter(one.coded.type for one in first).most_common():
        shares = [[one.type for one in those if one.coded.type == event_type] for those in judged.values()]
        yield _row(f"type, of {event_type}", number, shares)


def _row(label: str, number: int | str, columns: Iterable[list[Any]]) -> str:
    figures = [f"{sum(values) / len(values):.3f}" if values else "–" for values in columns]
    return f"| {label} | {number} | {' | '.join(figures)} |"


if __name__ == "__main__":
    sys.exit(main())
