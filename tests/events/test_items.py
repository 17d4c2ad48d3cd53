"""What changes hands or is used, with its number and unit."""

from __future__ import annotations

import pytest
from made_frames import read


def items(code: str, text: str) -> list[tuple[str, float | None, str | None]]:
    return [(i.name, i.quantity, i.unit) for event in read(code, text) for i in event.items]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Iran sent drones to Russia.", [("drone", None, None)]),
        ("en", "Iran sent five drones to Russia.", [("drone", 5, None)]),
        ("en", "Iran sent 1,250 drones to Russia.", [("drone", 1250, None)]),
        ("en", "Iran gave Russia 12 drones and three tanks.", [("drone", 12, None), ("tank", 3, None)]),
        ("en", "Iran sent two thousand drones to Russia.", [("drone", 2000, None)]),
        ("id", "Iran mengirim drone ke Rusia.", [("drone", None, None)]),
        ("id", "Iran mengirim lima drone ke Rusia.", [("drone", 5, None)]),
        ("id", "Iran mengirim 1.250 drone ke Rusia.", [("drone", 1250, None)]),
        ("id", "Iran memberi Rusia 12 drone dan tiga tank.", [("drone", 12, None), ("tank", 3, None)]),
        ("id", "Iran mengirim dua ribu drone ke Rusia.", [("drone", 2000, None)]),
        ("id", "Iran mengirim 2,5 ton gandum ke Rusia.", [("wheat", 2.5, "tonne")]),
    ],
)
def test_items(code: str, text: str, expected: list[tuple[str, float | None, str | None]]) -> None:
    assert items(code, text) == expected


def test_an_item_reads_back_its_words() -> None:
    text = "Iran mengirim lima drone ke Rusia."
    (item,) = read("id", text)[0].items
    assert item.span.of(text) == item.text == "drone"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Iran sent drones to Russia, which has few tanks."),
        ("id", "Iran mengirim drone ke Rusia, yang memiliki sedikit tank."),
    ],
)
def test_things_of_a_relative_clause_are_no_items(code: str, text: str) -> None:
    assert [name for name, _, _ in items(code, text)] == ["drone"]
