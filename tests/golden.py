"""What kronik reads in the bundled examples, in short, as tests/golden keeps it; run this file to write it anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kronik.contract import to_json
from kronik.model import Page
from kronik.pipeline import read_one
from kronik.read.sources import read_pages

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
GOLDEN = Path(__file__).with_name("golden")
RENEW = "python tests/golden.py"


def read_examples() -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and reading, in short, of every example."""
    for page in read_pages([EXAMPLES]):
        if not isinstance(page, Page):
            raise ValueError(str(page))
        yield page.id, in_short(to_json(read_one(page)))


def in_short(reading: dict[str, Any]) -> dict[str, Any]:
    """The parts of a reading that a change of the rules should not change unseen; without the text and the offsets."""
    report = {key: value for key, value in reading["report"].items() if key not in ("text", "not_article_reasons")}
    report["first words"] = " ".join(reading["report"]["text"].split()[:8])
    report["last words"] = " ".join(reading["report"]["text"].split()[-8:])
    return {
        "report": report,
        "events": [_event(event) for event in reading["events"]],
        "quotes": [_quote(quote) for quote in reading["quotes"]],
    }


def _event(event: dict[str, Any]) -> str:
    kind = f"{event['type']} {event['mode'] or ''}".rstrip()
    parts = [f"{kind} “{event['trigger']}”: {_names(event['actors']) or '–'} → {_names(event['recipients']) or '–'}"]
    if event["place"]:
        parts.append(f"at {event['place']['name']}")
    if event["start"] or event["end"]:
        parts.append(event["start"] if event["start"] == event["end"] else f"{event['start']} to {event['end']}")
    if event["items"]:
        parts.append("with " + ", ".join(_item(item) for item in event["items"]))
    parts.append(event["status"])
    if event["sources"]:
        parts.append(f"says {_names(event['sources'])}")
    return "; ".join(parts)


def _names(participants: list[dict[str, Any]]) -> str:
    return ", ".join(participant["name"] for participant in participants)


def _item(item: dict[str, Any]) -> str:
    counted = f"{item['quantity']:,} " if item["quantity"] is not None else ""
    return f"{counted}{item['unit'] + ' of ' if item['unit'] else ''}{item['name']}"


def _quote(quote: dict[str, Any]) -> str:
    speaker = quote["speaker"]["name"] if quote["speaker"] else "somebody"
    words = quote["text"].split()
    return f"{speaker} {'says' if quote['direct'] else 'said to say'}: {' '.join(words[:6])}{' …' * (len(words) > 6)}"


def write() -> None:
    """Write the readings of all examples anew, and take out those of examples that are gone."""
    GOLDEN.mkdir(exist_ok=True)
    kept = set()
    for id, reading in read_examples():
        path = GOLDEN / f"{id}.json"
        path.write_text(json.dumps(reading, ensure_ascii=False, indent=1) + "\n", "utf-8")
        kept.add(path)
    for path in set(GOLDEN.glob("*.json")) - kept:
        path.unlink()
    print(f"{len(kept)} readings written to {GOLDEN}: look through what changed (git diff) before you commit it")


if __name__ == "__main__":
    sys.exit(write())
