"""Told as fact, planned, denied or only believed."""

from __future__ import annotations

import pytest
from made_frames import read

TOLD = {
    "en": {
        "occurred": [
            "Russia attacked Moldova.",
            "Russia has attacked Moldova.",
            "Moldova was attacked by Russia.",
            "Dmitry Peskov said that Russia attacked Moldova.",
        ],
        "planned": [
            "Russia will attack Moldova.",
            "Russia is expected to attack Moldova.",
            "Russia plans to attack Moldova.",
            "Russia is about to attack Moldova.",
            "Moldova will be attacked by Russia.",
            "Talks between Russia and Moldova are planned for May.",
        ],
        "denied": [
            "Russia did not attack Moldova.",
            "Russia has not attacked Moldova.",
            "Russia never attacked Moldova.",
            "Russia denied that it attacked Moldova.",
            "Russia has denied attacking Moldova.",
            "Moldova was not attacked by Russia.",
        ],
        "possible": [
            "Russia may attack Moldova.",
            "Russia could attack Moldova.",
            "Russia allegedly attacked Moldova.",
            "It is feared that Russia attacked Moldova.",
        ],
    },
    "id": {
        "occurred": [
            "Rusia menyerang Moldova.",
            "Rusia telah menyerang Moldova.",
            "Moldova diserang oleh Rusia.",
            "Dmitry Peskov mengatakan bahwa Rusia menyerang Moldova.",
        ],
        "planned": [
            "Rusia akan menyerang Moldova.",
            "Rusia berencana menyerang Moldova.",
            "Moldova akan diserang oleh Rusia.",
            "Perundingan antara Rusia dan Moldova dijadwalkan pada Mei.",
        ],
        "denied": [
            "Rusia tidak menyerang Moldova.",
            "Rusia belum menyerang Moldova.",
            "Rusia tidak pernah menyerang Moldova.",
            "Rusia membantah menyerang Moldova.",
            "Rusia membantah telah menyerang Moldova.",
            "Moldova tidak diserang oleh Rusia.",
        ],
        "possible": [
            "Rusia mungkin menyerang Moldova.",
            "Rusia diduga menyerang Moldova.",
            "Rusia dituduh menyerang Moldova.",
        ],
    },
}
CASES = [
    (code, status, text) for code, by_status in TOLD.items() for status, texts in by_status.items() for text in texts
]


@pytest.mark.parametrize(("code", "status", "text"), CASES)
def test_status(code: str, status: str, text: str) -> None:
    (event,) = read(code, text)
    assert event.status == status


@pytest.mark.parametrize(("code", "status", "text"), CASES)
def test_the_word_that_decides_is_told(code: str, status: str, text: str) -> None:
    (event,) = read(code, text)
    (reason,) = [reason for reason in event.because if reason.startswith("status ")]
    if status == "occurred":
        assert reason == "status told as fact"
    else:
        assert reason.startswith(f"status {status}: “")
        assert reason.split("“")[1].split("”")[0] in text.lower()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Russia did not leave Mali, it attacked Moldova."),
        ("en", "Russia did not leave Mali and attacked Moldova."),
        ("id", "Rusia tidak meninggalkan Mali, tetapi menyerang Moldova."),
        ("id", "Rusia tidak meninggalkan Mali dan menyerang Moldova."),
    ],
)
def test_a_negation_stays_in_its_clause(code: str, text: str) -> None:
    assert [(e.type, e.status) for e in read(code, text)] == [("RETREAT", "denied"), ("ASSAULT", "occurred")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "If Russia attacks Moldova, France will leave Mali."),
        ("id", "Jika Rusia menyerang Moldova, Prancis akan meninggalkan Mali."),
        ("id", "Apabila Rusia menyerang Moldova, Prancis akan meninggalkan Mali."),
    ],
)
def test_a_condition_is_not_told_to_have_happened(code: str, text: str) -> None:
    assert [(e.type, e.status) for e in read(code, text)] == [("RETREAT", "planned")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Denmark denied that Russia will attack Moldova."),
        ("id", "Denmark membantah Rusia akan menyerang Moldova."),
    ],
)
def test_a_denied_plan_is_denied(code: str, text: str) -> None:
    assert [e.status for e in read(code, text)] == ["denied"]


def test_a_frame_may_say_its_status() -> None:
    frame = """
[[frame]]
name = "plan an attack"
type = "ASSAULT"
verbs = ["conspire against"]
status = "planned"
reads = [{ text = "Russia conspired against Moldova." }]
"""
    (event,) = read("en", "Russia conspired against Moldova.", frame)
    assert event.status == "planned"
    assert "status planned: by the frame" in event.because
