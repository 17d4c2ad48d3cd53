"""The gold reports to figures of who is who: found, under the right name, with the right country, and how much noise.

    python benchmarks/entities.py [--gold DIR] [--only FOLDER…] [--missed FILE]

Counts the participants of gold, each way of naming one once a report: the parties of events (actors and recipients)
and those who say (sources of events and speakers of quotes). The names of parties and speakers are compared with the
mentions and entities that kronik makes of the page, in these figures:

- found: a mention names the participant as score.py's same_name compares texts;
- named exactly, named: the entity of such a mention bears gold's name, equal when folded or as same_name compares;
- country: it bears the country that the world's tables give for gold's name (gold tells no countries). The
  denominator, printed beside it, is those participants whose gold name is a known state, person, organisation or
  place of one country, or holds the name or the adjective of exactly one state ("governor of Primorsky Krai" has none);
- mentions: a report, and how many of each hundred are pronouns left open;
- noise: the share of person and organisation entities by name that the world does not know and gold names nowhere.
  Gold names only who takes part or speaks, so this is an upper bound: many of these are real and merely bystanders.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gold_score import load_score  # type: ignore[import-not-found]
from kronik import languages
from kronik.annotate import entities, names, sentences
from kronik.clean import article
from kronik.errors import DataError
from kronik.model import Entity, Mention, Page
from kronik.read.sources import read_pages
from kronik.world import World, load

ROOT = Path(__file__).resolve().parent.parent
Json = dict[str, Any]
SameName = Callable[[Json, Json], bool]
Fold = Callable[[str], str]


@dataclass
class Tally:
    """What was counted over the reports of one folder and language."""

    counts: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def share(self, of: str, among: str) -> str:
        whole = self.counts[among]
        return f"{self.counts[of] / whole:.3f}" if whole else "–"


def main() -> int:
    """Print one table a folder; 0 also where there is no gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--only", nargs="*", default=["dev", "train"], help="folders of gold to measure on")
    parser.add_argument("--missed", type=Path, help="write what was missed, a line each (of train only, by the rules)")
    options = parser.parse_args()
    if not (options.gold / "score.py").is_file():
        print(f"{options.gold}: no gold reports here; nothing is measured", file=sys.stderr)
        return 0
    gold_score = load_score(options.gold / "score.py")
    same_name, fold = gold_score.same_name, lru_cache(maxsize=None)(gold_score.fold)
    tallies: dict[str, Tally] = {}
    for folder in options.only:
        for path in sorted((options.gold / folder).glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            page = next((p for end in (".html", ".txt") if (p := path.with_suffix(end)).is_file()), None)
            if page is not None:
                tally = tallies.setdefault(f"{folder}.{gold['report']['language']}", Tally())
                _count(page, gold, tally, same_name, fold)
    _print(tallies)
    if options.missed:
        options.missed.write_text(
            "\n".join(line for tally in tallies.values() for line in tally.missed) + "\n", "utf-8"
        )
    return 0


def who_is_who(path: Path, world: World) -> tuple[str, tuple[Mention, ...], tuple[Entity, ...]]:
    """The text of one page's report, its mentions and its entities; empty where the page cannot be read."""
    for page in read_pages([str(path)]):
        if not isinstance(page, Page):
            continue
        try:
            report = article.clean(page, world)
        except DataError as wrong:
            print(wrong, file=sys.stderr)
            continue
        language = languages.load(report.language)
        parts = sentences.split(report.text, language)
        found = names.find(report, parts, language, world)
        return report.text, *entities.resolve(report, parts, found, language, world)
    return "", (), ()


def _participants(gold: Json) -> Iterator[tuple[str, Json]]:
    """Every participant of gold with its group: parties of events, those who say, and places (to know names only)."""
    for event in gold["events"]:
        for participant in (*event["actors"], *event["recipients"]):
            yield "parties", participant
        for participant in event["sources"]:
            yield "say", participant
        if event.get("place"):
            yield "place", event["place"]
    for quote in gold["quotes"]:
        if quote.get("speaker"):
            yield "say", quote["speaker"]


def _count(path: Path, gold: Json, tally: Tally, same_name: SameName, fold: Fold) -> None:
    world = load()
    text, mentions, who = who_is_who(path, world)
    tally.counts["reports"] += 1
    tally.counts["mentions"] += len(mentions)
    tally.counts["open"] += sum(mention.entity is None for mention in mentions)
    written = {number: {span.of(text) for span in entity.mentions} for number, entity in enumerate(who)}
    seen: set[tuple[str, str, str]] = set()
    for group, participant in _participants(gold):
        name, words = participant["name"], participant.get("text") or participant["name"]
        if group == "place" or (group, name, words) in seen:
            continue
        seen.add((group, name, words))
        tally.counts[group] += 1
        equal = [n for n, texts in written.items() if any(fold(t) == fold(words) for t in texts)]
        alike = equal or [
            n for n, texts in written.items() if any(same_name({"name": t}, {"name": words}) for t in texts)
        ]
        meant = [who[number] for number in alike]
        named = [entity for entity in meant if same_name({"name": entity.name}, {"name": name})]
        country = expected_country(name, world, fold)
        tally.counts[f"{group} found"] += bool(meant)
        tally.counts[f"{group} named exactly"] += any(fold(entity.name) == fold(name) for entity in meant)
        tally.counts[f"{group} named"] += bool(named)
        tally.counts[f"{group} of a state"] += country is not None
        right = any(entity.country == country for entity in named or meant)
        tally.counts[f"{group} country"] += country is not None and right
        if not named or (country and not right):
            got = " | ".join(f"{entity.name} ({entity.country})" for entity in meant)
            fault = "unfound" if not meant else "misnamed" if not named else "country"
            tally.missed.append(f"{gold['id']}\t{fault}\t{group}\t{name}\t{words}\t{country}\t{got}")
    _count_noise(gold, who, written, tally, same_name, world)


def _count_noise(
    gold: Json, who: Iterable[Entity], written: dict[int, set[str]], tally: Tally, same_name: SameName, world: World
) -> None:
    known = [participant for _, participant in _participants(gold)]
    for number, entity in enumerate(who):
        if entity.kind not in ("person", "organisation") or entity.name not in written[number] | {entity.text}:
            continue
        tally.counts["names"] += 1
        if entity.wikidata or entity.name in world.people or entity.name in world.organisations:
            continue
        if not any(same_name({"name": entity.name, "text": entity.text}, participant) for participant in known):
            tally.counts["noise"] += 1
            tally.missed.append(f"{gold['id']}\tnoise\t{entity.kind}\t{entity.name}\t{entity.text}")


def expected_country(name: str, world: World, fold: Fold) -> str | None:
    """The country (iso3) of a gold name by the world's tables; None where they give none or several."""
    by_name, words_of = _countries_of(world, fold)
    folded = fold(name)
    countries = by_name.get(folded)
    if countries is None:
        words = folded.split()
        countries = set()
        at = 0
        while at < len(words):
            length = next((n for n in range(5, 0, -1) if " ".join(words[at : at + n]) in words_of), 0)
            if length:
                countries |= words_of[" ".join(words[at : at + length])]
            at += length or 1
    return next(iter(countries)) if len(countries) == 1 and None not in countries else None


_TABLES: dict[int, tuple[dict[str, set[str | None]], dict[str, set[str | None]]]] = {}


def _countries_of(world: World, fold: Fold) -> tuple[dict[str, set[str | None]], dict[str, set[str | None]]]:
    """The countries of every English name of the world, and those of states' names and adjectives alone."""
    if id(world) not in _TABLES:
        by_name: dict[str, set[str | None]] = {}
        words_of: dict[str, set[str | None]] = {}
        for known in {id(n.known): n.known for n in world.names}.values():
            by_name.setdefault(fold(known.name), set()).add(known.country)
        for known_name in world.names_in("en"):
            state = known_name.known.kind == "country" and known_name.sense in ("name", "demonym")
            if state and len(known_name.text) > 2:
                words_of.setdefault(fold(known_name.text), set()).add(known_name.known.country)
        by_name |= words_of
        _TABLES[id(world)] = by_name, words_of
    return _TABLES[id(world)]


def _print(tallies: dict[str, Tally]) -> None:
    print(f"{'':30}" + "".join(f"{name:>12}" for name in tallies))

    def line(title: str, cells: Iterable[str]) -> None:
        print(f"{title:30}" + "".join(f"{cell:>12}" for cell in cells))

    for group, title in (("parties", "parties of events"), ("say", "sources and speakers")):
        line(title, (str(tally.counts[group]) for tally in tallies.values()))
        for figure in ("found", "named exactly", "named"):
            line(f"  {figure}", (tally.share(f"{group} {figure}", group) for tally in tallies.values()))
        line("  of a known state", (str(tally.counts[f"{group} of a state"]) for tally in tallies.values()))
        line("  country", (tally.share(f"{group} country", f"{group} of a state") for tally in tallies.values()))
    line("mentions a report", (f"{t.counts['mentions'] / t.counts['reports']:.1f}" for t in tallies.values()))
    line("  left open", (tally.share("open", "mentions") for tally in tallies.values()))
    line("noise among names", (tally.share("noise", "names") for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
