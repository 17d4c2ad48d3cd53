from collections.abc import Iterable

import pytest
from made_readings import page, read

from kronik.contract import to_json
from kronik.model import OUTSIDE
from kronik.show.text import Line, clean, count, event_lines, reading_lines, removed_lines


def plain(lines: Iterable[Line]) -> list[str]:
    return [f"{line.lead:<{line.indent}}{line.words.plain}" for line in lines]


def told(number: int, **changed: object) -> list[str]:
    event = to_json(read(page()))["events"][number - 1] | changed
    return plain(event_lines(event, f"visit#{number}", "The Example Times"))


def test_an_event_in_two_lines() -> None:
    assert told(1) == [
        "2024-04-08  Sergey Lavrov → CONSULT visit → China, at Beijing  [visit#1]",
        "            “Sergei Lavrov visited Beijing on Monday” — The Example Times, according to Kremlin",
    ]
    assert told(2)[0] == "undated     China → AID → Russia: rice (20 tonne)  [visit#2]"
    assert told(3)[0] == "2025        Sergey Lavrov → CONSULT (planned), at Astana  [visit#3]"
    assert told(4)[0] == "undated     Russia → AID (denied) → North Korea: drone  [visit#4]"


@pytest.mark.parametrize(
    ("start", "end", "lead", "remark"),
    [
        ("2022-02-24", None, "2022-02-24", ", from then on"),
        (None, "2023-11", "2023-11", ", until then"),
        ("2023-09-12", "2023-09-17", "2023-09-12", ", until 2023-09-17"),
    ],
)
def test_dates(start: str | None, end: str | None, lead: str, remark: str) -> None:
    line = told(1, start=start, end=end)[0]
    assert line.startswith(f"{lead:<12}Sergey")
    assert f"Beijing{remark}  [" in line


def test_nobody_named() -> None:
    assert "(not named) → CONSULT" in told(1, actors=[])[0]


def test_lines_outside_of_the_article_are_counted_and_told_only_where_that_is_asked_for() -> None:
    reading = to_json(read(page()))
    reading["report"] |= {"not_article": ["Share", "Home", "Sport"], "not_article_reasons": ["share", OUTSIDE, OUTSIDE]}
    assert plain(removed_lines(reading)) == ["  “Share” — share", f"  2 lines {OUTSIDE}"]
    assert plain(removed_lines(reading, outside=True))[1:] == [f"  “Home” — {OUTSIDE}", f"  “Sport” — {OUTSIDE}"]


def test_a_reading_has_its_head_events_quotes_and_what_was_taken_out() -> None:
    lines = plain(reading_lines(to_json(read(page()))))
    assert lines[0] == "Lavrov in Beijing"
    assert "published 2024-04-10 (worked out from the text)" in lines[1]
    assert "visit: 4 events, 2 quotes, 2 entities" in lines
    assert [line.split("[")[1] for line in lines if "  [visit#" in line] == [
        "visit#1]",
        "visit#3]",
        "visit#2]",
        "visit#4]",
    ]
    assert "  Sergey Lavrov (said): “We shall meet again in Astana next year,”" in lines
    assert "  (speaker not known), indirectly: it sent drones to Pyongyang" in lines
    assert lines[-1] == "  “Also read: rice prices” — a related link"


def test_a_reading_without_events_says_so() -> None:
    lines = plain(reading_lines(to_json(read(page(body="Nothing.")))))
    assert "visit: 0 events, 0 quotes, 0 entities" in lines
    assert "Events" not in lines


def test_nothing_steers_the_terminal() -> None:
    assert clean("a\x1b[31m\nb\u202ec\x9b2J") == "a [31m b c 2J"


def test_counts() -> None:
    assert [count(1, "event"), count(2000, "event"), count(0, "entity", "entities")] == [
        "1 event", "2,000 events", "0 entities",
    ]  # fmt: skip
