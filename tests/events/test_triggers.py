"""Which words may name an act, and whether they are read as active, passive or noun."""

from __future__ import annotations

import pytest
from made_frames import clause, read


def triggers(code: str, text: str) -> list[tuple[str, str]]:
    return [(t[0].span.of(text), t[0].reads) for t in clause(code, text)[1]]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Russia attacked Ukraine.", [("attacked", "active")]),
        ("en", "Ukraine was attacked by Russia.", [("attacked", "passive")]),
        ("en", "Ukraine was fiercely attacked by Russia.", [("attacked", "passive")]),
        ("en", "A base attacked by Russia burned down.", [("attacked", "passive")]),
        ("en", "Russia has attacked Ukraine.", [("attacked", "active")]),
        ("en", "Russia will attack Ukraine.", [("attack", "active")]),
        ("en", "Russia wants to attack Ukraine.", [("attack", "active")]),
        ("en", "The attack on Ukraine began.", [("attack", "noun")]),
        ("en", "Israel's attack began.", [("attack", "noun")]),
        ("en", "Israeli attacks continued.", [("attacks", "noun")]),
        ("en", "Xi Jinping paid a visit to Russia.", [("visit", "noun")]),
        ("id", "Rusia menyerang Ukraina.", [("menyerang", "active")]),
        ("id", "Ukraina diserang Rusia.", [("diserang", "passive")]),
        ("id", "Serangan Israel berlanjut.", [("Serangan", "noun")]),
        ("id", "Serangannya berlanjut.", [("Serangannya", "noun")]),
        ("id", "Xi Jinping melakukan kunjungan ke Rusia.", [("kunjungan", "noun")]),
        ("id", "Xi Jinping bertemu Vladimir Putin.", [("bertemu", "active")]),
    ],
)
def test_how_a_word_is_read(code: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert triggers(code, text) == expected


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Russia and Ukraine traded accusations."),
        ("en", "The Attack Company of Boston sells bicycles."),
        ("id", "Rusia dan Ukraina saling menuduh."),
        ("id", "Orang-orang berserangga tinggal di sana."),
    ],
)
def test_other_words_and_parts_of_names_trigger_nothing(code: str, text: str) -> None:
    assert triggers(code, text) == []


STRIKE = """
[[frame]]
name = "attack"
type = "ASSAULT"
nouns = ["attack"]
recipient = ["on"]
reads = [{ text = "Israel's attack on Iran began." }]

[[frame]]
name = "attack from the air"
type = "ASSAULT"
mode = "drone"
nouns = ["attack by drones"]
recipient = ["on"]
needs = ["actor", "recipient"]
reads = [{ text = "Israel's attack by drones on Iran began." }]
"""


def test_the_longest_words_come_first_and_shorter_ones_are_kept() -> None:
    text = "Israel's attack by drones on Iran began."
    ((longest, shorter),) = clause("en", text, STRIKE)[1]
    assert longest.span.of(text) == "attack by drones"
    assert shorter.span.of(text) == "attack"


def test_a_shorter_trigger_makes_the_event_where_the_longest_makes_none() -> None:
    assert [e.mode for e in read("en", "Israel's attack by drones on Iran began.", STRIKE)] == ["drone"]
    assert [e.mode for e in read("en", "Israel's attack by drones began.", STRIKE)] == [None]
