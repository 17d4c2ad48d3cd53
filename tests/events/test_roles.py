"""Who does it, and to whom, from where they stand in the sentence."""

from __future__ import annotations

import pytest
from made_frames import in_short, read

TOLD = [
    # active
    ("en", "Russia attacked Ukraine.", ["ASSAULT: Russia → Ukraine"]),
    ("id", "Rusia menyerang Ukraina.", ["ASSAULT: Russia → Ukraine"]),
    # passive
    ("en", "Ukraine was attacked by Russia.", ["ASSAULT: Russia → Ukraine"]),
    ("id", "Ukraina diserang oleh Rusia.", ["ASSAULT: Russia → Ukraine"]),
    ("id", "Ukraina diserang Rusia.", ["ASSAULT: Russia → Ukraine"]),
    # relative clauses
    (
        "en",
        "Russia, which attacked Ukraine, left Mali.",
        ["ASSAULT: Russia → Ukraine", "RETREAT withdraw: Russia → Mali"],
    ),
    (
        "id",
        "Rusia, yang menyerang Ukraina, meninggalkan Mali.",
        ["ASSAULT: Russia → Ukraine", "RETREAT withdraw: Russia → Mali"],
    ),
    (
        "en",
        "Xi Jinping, who visited Russia, met Emmanuel Macron.",
        ["CONSULT visit: Xi Jinping → Russia", "CONSULT: Xi Jinping, Emmanuel Macron"],
    ),
    (
        "id",
        "Xi Jinping, yang mengunjungi Rusia, bertemu Emmanuel Macron.",
        ["CONSULT visit: Xi Jinping → Russia", "CONSULT: Xi Jinping, Emmanuel Macron"],
    ),
    ("id", "Drone yang dikirim Iran ke Rusia disita.", ["AID: Iran → Russia"]),
    ("en", "The drones sent by Iran to Russia were seized.", ["AID: Iran → Russia"]),
    # coordination
    ("en", "France, Germany and Italy attacked Libya.", ["ASSAULT: France, Germany, Italy → Libya"]),
    ("id", "Prancis, Jerman, dan Italia menyerang Libya.", ["ASSAULT: France, Germany, Italy → Libya"]),
    ("en", "Israel attacked Lebanon, Syria and Iran.", ["ASSAULT: Israel → Lebanon, Syria, Iran"]),
    ("id", "Israel menyerang Lebanon, Suriah dan Iran.", ["ASSAULT: Israel → Lebanon, Syria, Iran"]),
    ("en", "Russia attacked Ukraine and left Mali.", ["ASSAULT: Russia → Ukraine", "RETREAT withdraw: Russia → Mali"]),
    (
        "id",
        "Rusia menyerang Ukraina dan meninggalkan Mali.",
        ["ASSAULT: Russia → Ukraine", "RETREAT withdraw: Russia → Mali"],
    ),
    # between
    ("en", "Talks between Russia and Ukraine ended.", ["CONSULT: Russia, Ukraine"]),
    ("id", "Perundingan antara Rusia dan Ukraina berakhir.", ["CONSULT: Russia, Ukraine"]),
    # possessor
    ("en", "Xi Jinping's visit to Russia ended.", ["CONSULT visit: Xi Jinping → Russia"]),
    ("id", "Kunjungan Xi Jinping ke Rusia berakhir.", ["CONSULT visit: Xi Jinping → Russia"]),
    ("en", "Israeli attacks on Lebanon continued.", ["ASSAULT: Israel → Lebanon"]),
    ("id", "Serangan Israel terhadap Lebanon berlanjut.", ["ASSAULT: Israel → Lebanon"]),
    # light verb
    ("en", "Xi Jinping paid a visit to Russia.", ["CONSULT visit: Xi Jinping → Russia"]),
    ("id", "Xi Jinping melakukan kunjungan ke Rusia.", ["CONSULT visit: Xi Jinping → Russia"]),
    ("en", "Xi Jinping and Vladimir Putin held talks in Moscow.", ["CONSULT: Xi Jinping, Vladimir Putin"]),
    ("id", "Xi Jinping dan Vladimir Putin mengadakan perundingan di Moskow.", ["CONSULT: Xi Jinping, Vladimir Putin"]),
    # all who meet are actors, whichever slot they fill
    ("en", "Joko Widodo met Li Qiang.", ["CONSULT: Joko Widodo, Li Qiang"]),
    ("en", "Joko Widodo met with Li Qiang.", ["CONSULT: Joko Widodo, Li Qiang"]),
    ("id", "Joko Widodo bertemu Li Qiang.", ["CONSULT: Joko Widodo, Li Qiang"]),
    ("id", "Joko Widodo bertemu dengan Li Qiang.", ["CONSULT: Joko Widodo, Li Qiang"]),
    # who receives, and who gives
    ("en", "Egypt received aid from Japan.", ["AID: Japan → Egypt"]),
    ("id", "Mesir menerima bantuan dari Jepang.", ["AID: Japan → Egypt"]),
    ("en", "Sudan received Egyptian aid.", ["AID: Egypt → Sudan"]),
    # what is asked of somebody is not told to have happened
    ("en", "Japan urged China to attack Russia.", ["REQUEST: Japan → China"]),
    ("id", "Jepang mendesak China untuk menyerang Rusia.", ["REQUEST: Japan → China"]),
    # a time between a preposition and the subject
    ("en", "On Friday France left Mali.", ["RETREAT withdraw: France → Mali"]),
    ("id", "Pada Jumat Prancis meninggalkan Mali.", ["RETREAT withdraw: France → Mali"]),
    # pronouns
    ("en", "Joko Widodo left Russia after he visited Ukraine.",
     ["RETREAT withdraw: Joko Widodo → Russia", "CONSULT visit: Joko Widodo → Ukraine"]),
    ("id", "Joko Widodo meninggalkan Rusia setelah ia mengunjungi Ukraina.",
     ["RETREAT withdraw: Joko Widodo → Russia", "CONSULT visit: Joko Widodo → Ukraine"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "expected"), TOLD)
def test_who_does_what_to_whom(code: str, text: str, expected: list[str]) -> None:
    assert [in_short(event) for event in read(code, text)] == expected


def test_a_capital_that_acts_is_its_state() -> None:
    (event,) = read("en", "Moscow attacked Ukraine.")
    assert [(a.name, a.kind, a.text) for a in event.actors] == [("Russia", "country", "Moscow")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "“We attacked Ukraine this morning,” Dmitry Peskov said."),
        ("id", "“Kami menyerang Ukraina pagi ini,” kata Dmitry Peskov."),
    ],
)
def test_who_says_we_is_the_one_who_speaks(code: str, text: str) -> None:
    (event,) = read(code, text)
    assert [a.name for a in event.actors] == ["Dmitry Peskov"]
    assert any("the speaker" in reason for reason in event.because)


def test_nobody_does_it_to_himself() -> None:
    assert all(not event.recipients for event in read("en", "Russia attacked Russia."))


def test_a_frame_whose_needs_stay_empty_makes_no_event() -> None:
    assert read("en", "Talks ended.") == ()
    assert read("en", "Joko Widodo met.") == ()
    assert read("id", "Serangan itu berakhir.") == ()


@pytest.mark.parametrize(("code", "text", "_"), TOLD)
def test_what_made_the_event_is_told_and_its_words_stand_in_the_text(code: str, text: str, _: list[str]) -> None:
    for event in read(code, text):
        assert event.because[0].startswith("frame “")
        assert event.trigger.of(text) in event.because[0]
        assert event.evidence.contains(event.trigger)
        assert all(person.span.of(text) for person in event.actors + event.recipients)
        assert 0 < event.confidence < 1
