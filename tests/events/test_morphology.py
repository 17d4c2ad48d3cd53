"""Lexical entries to the forms that a text may show, in both languages."""

from __future__ import annotations

import pytest
from made_frames import Made

from kronik import languages
from kronik.errors import LanguageDataError
from kronik.events.morphology import Form, noun_forms, verb_forms


def forms(code: str, entry: str) -> set[tuple[str, str]]:
    return {(" ".join(form.words), form.voice) for form in verb_forms(entry, languages.load(code))}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("attack", {"attack", "attacks", "attacked", "attacking"}),
        ("deploy", {"deploy", "deploys", "deployed", "deploying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("launch", {"launch", "launches", "launched", "launching"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("pay a visit to", {"pay a visit to", "pays a visit to", "paid a visit to", "paying a visit to"}),
        ("meet", {"meet", "meets", "met", "meeting"}),
    ],
)
def test_english_verbs(entry: str, expected: set[str]) -> None:
    assert {words for words, _ in forms("en", entry)} == expected


def test_english_voices() -> None:
    assert forms("en", "attack") == {
        ("attack", "bare"),
        ("attacks", "active"),
        ("attacked", "past"),
        ("attacked", "participle"),
        ("attacking", "gerund"),
    }


@pytest.mark.parametrize(
    ("entry", "passive"),
    [
        ("menyerang", "diserang"),
        ("mengirim|kirim", "dikirim"),
        ("membantu", "dibantu"),
        ("memperingatkan", "diperingatkan"),
        ("menolak", "ditolak"),
        ("mendesak", "didesak"),
        ("mengecam|kecam", "dikecam"),
        ("melarang", "dilarang"),
        ("mengusir", "diusir"),
        ("memakai", "dipakai"),
    ],
)
def test_indonesian_passives(entry: str, passive: str) -> None:
    assert (passive, "passive") in forms("id", entry)


def test_a_verb_that_cannot_be_passive_has_no_passive() -> None:
    assert {voice for _, voice in forms("id", "bertemu")} == {"active"}


def test_what_follows_the_verb_stays_as_it_is_written() -> None:
    assert ("menjatuhkan sanksi", "active") in forms("id", "menjatuhkan sanksi")
    assert ("dijatuhkan sanksi", "passive") in forms("id", "menjatuhkan sanksi")


def test_english_nouns_inflect_their_last_word() -> None:
    made = set(noun_forms("air strike", languages.load("en")))
    assert made == {Form(("air", "strike"), "noun"), Form(("air", "strikes"), "noun")}


def test_indonesian_nouns_double_their_head_and_take_their_suffix_at_the_end() -> None:
    made = {" ".join(form.words) for form in noun_forms("serangan udara", languages.load("id"))}
    assert made >= {"serangan udara", "serangan udaranya", "serangan-serangan udara"}
    assert not made & {"serangannya udara", "serangan udara-udara"}


def test_a_wrong_rule_is_named() -> None:
    class Wrong(Made):
        def rules(self, name: str) -> dict[str, object]:
            return {"form": [{"voice": "active", "rules": [["(", ""]]}], "noun": {}}

    with pytest.raises(LanguageDataError, match=r"en/morphology\.toml"):
        list(verb_forms("attack", Wrong("en", "")))
