"""Whom the report names as saying that an event happened."""

from __future__ import annotations

import pytest
from made_frames import read

SAID = [
    ("en", "Dmitry Peskov said that Ukraine attacked Russia.", ["Dmitry Peskov"]),
    ("en", "Ukraine attacked Russia on Monday, Dmitry Peskov said.", ["Dmitry Peskov"]),
    ("en", "“Ukraine attacked Russia on Monday,” Dmitry Peskov said.", ["Dmitry Peskov"]),
    ("en", "Ukraine attacked Russia.", []),
    ("id", "Dmitry Peskov mengatakan bahwa Ukraina menyerang Rusia.", ["Dmitry Peskov"]),
    ("id", "Ukraina menyerang Rusia pada Senin, kata Dmitry Peskov.", ["Dmitry Peskov"]),
    ("id", "“Ukraina menyerang Rusia pada Senin,” kata Dmitry Peskov.", ["Dmitry Peskov"]),
    ("id", "Menurut Dmitry Peskov, Ukraina menyerang Rusia.", ["Dmitry Peskov"]),
    ("id", "Ukraina menyerang Rusia.", []),
]


@pytest.mark.parametrize(("code", "text", "sources"), SAID)
def test_sources(code: str, text: str, sources: list[str]) -> None:
    (event,) = read(code, text)
    assert [source.name for source in event.sources] == sources
    assert [a.name for a in event.actors] == ["Ukraine"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Russia attacked Ukraine, it said."),
        ("en", "Xi Jinping said that he visited Russia."),
        ("id", "Xi Jinping mengatakan bahwa ia mengunjungi Rusia."),
    ],
)
def test_who_does_it_is_no_source_of_it(code: str, text: str) -> None:
    for event in read(code, text):
        assert not {a.name for a in event.actors} & {s.name for s in event.sources}
