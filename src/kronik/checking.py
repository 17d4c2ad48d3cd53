"""A language's data and its frames' examples to the list of what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from kronik import languages
from kronik.contract import to_json
from kronik.errors import LanguageDataError
from kronik.events.frames import Frame, lexicon
from kronik.model import Report
from kronik.pipeline import read_report

# The day on which every example counts as published, a Sunday: "Tuesday" in an example is 2023-09-12.
PUBLISHED = date(2023, 9, 17)


def check_language(code: str) -> list[str]:
    """What is wrong with the language, one line a fault, empty where nothing is; every frame's examples are run."""
    try:
        frames = lexicon(languages.load(code)).frames
    except LanguageDataError as wrong:
        return [str(wrong)]
    return [f"{frame.file}: frame “{frame.name}”: {fault}" for frame in frames for fault in _faults(frame, code)]


def count_examples(code: str) -> int:
    """How many example sentences the frames of the language carry."""
    return sum(len(frame.reads) + len(frame.ignores) for frame in lexicon(languages.load(code)).frames)


def _faults(frame: Frame, code: str) -> Iterator[str]:
    for example in frame.reads:
        expected = {"type": frame.type, "mode": frame.mode, **{k: v for k, v in example.items() if k != "text"}}
        events = _read(example["text"], code)
        if not any(_as_expected(event, expected) for event in events):
            told = "; ".join(map(_in_short, events)) or "nothing"
            yield f"“{example['text']}” must give {expected}, gave {told}"
    for text in frame.ignores:
        for event in _read(text, code):
            if event["because"][0].startswith(f"frame “{frame.name}”"):
                yield f"“{text}” must be left alone, gave {_in_short(event)}"


def _read(text: str, code: str) -> list[dict[str, Any]]:
    report = Report(id="example", language=code, text=text, published=PUBLISHED, published_from="meta")
    reading = read_report(report, fast=True)  # the frames are what the examples prove
    events: list[dict[str, Any]] = to_json(reading)["events"]
    return events


def _as_expected(event: dict[str, Any], expected: dict[str, Any]) -> bool:
    for key, value in expected.items():
        told = event[key]
        if key in ("actors", "recipients", "sources"):
            if sorted(p["name"] for p in told) != sorted(value):
                return False
        elif key == "place":
            if (told and told["name"]) != (value or None):
                return False
        elif key == "items":
            if [[i["name"], i["quantity"]] for i in told] != [[*i, None][:2] for i in value]:
                return False
        elif told != value:
            return False
    return True


def _in_short(event: dict[str, Any]) -> str:
    actors, recipients = (", ".join(p["name"] for p in event[role]) or "–" for role in ("actors", "recipients"))
    kind = f"{event['type']} {event['mode'] or ''}".strip()
    place = event["place"]["name"] if event["place"] else "–"
    items = ", ".join(f"{i['quantity'] or ''} {i['name']}".strip() for i in event["items"])
    when = f"{event['start'] or '–'} {event['status']}"
    return f"{kind} [{event['trigger']}] {actors} → {recipients} at {place} {when} {items}".rstrip()


def main(codes: list[str]) -> int:
    """Check the languages of the codes, or all; print each fault; 1 where there is one."""
    faults = [fault for code in codes or languages.codes() for fault in check_language(code)]
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
