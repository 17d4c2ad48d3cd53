"""Sentences read with frames made for the tests, so that what is tested does not hang on the languages' own frames."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from kronik import languages, world
from kronik.annotate import entities, names, quotes, sentences, times
from kronik.events.chunks import Chunk, chunk
from kronik.events.frames import lexicon
from kronik.events.grammar import grammar
from kronik.events.reading import read_events
from kronik.events.triggers import Trigger, find_triggers
from kronik.languages import Language
from kronik.model import Event, Report

PUBLISHED = date(2023, 9, 17)  # a Sunday

FRAMES = {
    "en": """
[[frame]]
name = "attack"
type = "ASSAULT"
verbs = ["attack"]
nouns = ["attack"]
recipient = ["object", "on"]
reads = [{ text = "Russia attacked Ukraine." }]

[[frame]]
name = "visit"
type = "CONSULT"
mode = "visit"
verbs = ["visit"]
nouns = ["visit"]
recipient = ["object", "to"]
place = ["object", "to"]
reads = [{ text = "Xi Jinping visited Russia." }]

[[frame]]
name = "meet"
type = "CONSULT"
verbs = ["meet"]
nouns = ["talks"]
recipient = ["object", "with"]
reciprocal = true
needs = ["actor", "recipient"]
reads = [{ text = "Xi Jinping met Vladimir Putin." }]

[[frame]]
name = "send"
type = "AID"
verbs = ["send", "give"]
nouns = ["aid"]
recipient = ["to", "object"]
item = ["object"]
reads = [{ text = "Russia sent drones to Iran." }]

[[frame]]
name = "urge"
type = "REQUEST"
verbs = ["urge"]
reads = [{ text = "Japan urged China." }]

[[frame]]
name = "leave"
type = "RETREAT"
mode = "withdraw"
verbs = ["leave"]
recipient = ["object"]
reads = [{ text = "France left Mali." }]
""",
    "id": """
[[frame]]
name = "serang"
type = "ASSAULT"
verbs = ["menyerang|serang"]
nouns = ["serangan"]
recipient = ["object", "ke", "terhadap"]
reads = [{ text = "Rusia menyerang Ukraina." }]

[[frame]]
name = "kunjung"
type = "CONSULT"
mode = "visit"
verbs = ["mengunjungi|kunjungi"]
nouns = ["kunjungan"]
recipient = ["object", "ke"]
place = ["object", "ke"]
reads = [{ text = "Xi Jinping mengunjungi Rusia." }]

[[frame]]
name = "temu"
type = "CONSULT"
verbs = ["bertemu", "menemui|temui"]
nouns = ["perundingan"]
recipient = ["object", "dengan"]
reciprocal = true
needs = ["actor", "recipient"]
reads = [{ text = "Xi Jinping bertemu Vladimir Putin." }]

[[frame]]
name = "kirim"
type = "AID"
verbs = ["mengirim|kirim", "memberi|beri"]
nouns = ["bantuan"]
recipient = ["kepada", "ke", "object"]
item = ["object"]
reads = [{ text = "Rusia mengirim drone ke Iran." }]

[[frame]]
name = "desak"
type = "REQUEST"
verbs = ["mendesak|desak"]
reads = [{ text = "Jepang mendesak China." }]

[[frame]]
name = "tinggal"
type = "RETREAT"
mode = "withdraw"
verbs = ["meninggalkan|tinggalkan"]
recipient = ["object"]
reads = [{ text = "Prancis meninggalkan Mali." }]
""",
}


@dataclass(frozen=True, eq=False)
class Made(Language):
    """A language of kronik with these frames for its own. Each is itself alone, so that nothing cached is mixed up."""

    frames: str

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def rule_files(self, folder: str) -> tuple[str, ...]:
        return (f"{folder}/made",)

    def rules(self, name: str) -> dict[str, Any]:
        return tomllib.loads(self.frames) if name == "frames/made" else super().rules(name)


@lru_cache
def made(code: str, frames: str = "") -> Made:
    """The language with these frames, or with those above."""
    return Made(code, frames or FRAMES[code])


def read(code: str, text: str, frames: str = "") -> tuple[Event, ...]:
    """The events of a text, through the real stages before them."""
    real, known = languages.load(code), world.load()
    report = Report("made", code, text, published=PUBLISHED, published_from="meta")
    parts = sentences.split(text, real)
    mentions, who = entities.resolve(report, parts, names.find(report, parts, real, known), real, known)
    when = times.find(report, parts, real)
    said = quotes.find(report, parts, mentions, who, real)
    return read_events(report, parts, mentions, who, when, said, made(code, frames), known)


def clause(code: str, text: str, frames: str = "") -> tuple[tuple[Chunk, ...], tuple[tuple[Trigger, ...], ...]]:
    """The chunks of a text of one sentence, and the triggers found in them."""
    real, known = languages.load(code), world.load()
    report = Report("made", code, text, published=PUBLISHED, published_from="meta")
    (sentence,) = sentences.split(text, real)
    mentions, _ = entities.resolve(report, (sentence,), names.find(report, (sentence,), real, known), real, known)
    language = made(code, frames)
    chunks = chunk(sentence, mentions, times.find(report, (sentence,), real), grammar(language))
    return chunks, find_triggers(chunks, lexicon(language), grammar(language))


def in_short(event: Event) -> str:
    """ "ASSAULT: Russia → Ukraine", with the mode where there is one and the status where it is not "occurred"."""
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    told = f"{kind}: {', '.join(a.name for a in event.actors) or '–'}"
    if event.recipients:
        told += f" → {', '.join(r.name for r in event.recipients)}"
    return told if event.status == "occurred" else f"{told} ({event.status})"
