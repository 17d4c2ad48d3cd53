"""Annotations of pool reports: gold's JSON form to offsets into the texts of the pool, and back beside a pool.

    python -m training.events.annotations pack POOL_DIR META.json ANNOTATION.json …   write reports/ID.json
    python -m training.events.annotations verify POOL_DIR                             hold every file against the pool

A report's text belongs to its publisher and is never kept here: each verbatim string is two offsets into the text that
the pool holds, which is known by its SHA-256. Its round says when it was annotated, from 1.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kronik.model import Page

REPORTS = Path(__file__).with_name("reports")
Json = dict[str, Any]
HELD_OUT = frozenset({3, 5})  # rounds that nothing learns from: benchmarks/held_out.py measures on them
INNER = 2  # the round that a model trained by --inner does not learn: training.weighing asks it about it
PARTIES = ("actors", "recipients", "sources")


class AnnotationError(ValueError):
    """An annotation does not fit its text: what, in which report."""


def load(pool: Path) -> Iterator[tuple[Json, Json]]:
    """Each annotation in gold's form with the pool's record that it annotates ({title, text, date, url, …}).

    Raises AnnotationError where the pool's text is not the one that was annotated.
    """
    files = sorted(REPORTS.glob("*.json"))
    packed = [json.loads(path.read_text("utf-8")) for path in files]
    records = _records(pool, {(item["pool"]["file"], item["pool"]["line"]) for item in packed})
    for item in packed:
        record = records.get((item["pool"]["file"], item["pool"]["line"]))
        if record is None or hashlib.sha256(record["text"].encode()).hexdigest() != item["pool"]["sha256"]:
            raise AnnotationError(f"{item['id']}: the pool's text is not the one that was annotated")
        yield unpack(item, record), record


def page_of(gold: Json, record: Json) -> Page:
    """The page that was annotated: the pool's record, told what its page's metadata told whoever annotated it."""
    head = gold["report"]
    published = date.fromisoformat(head["published"]) if head["published_from"] == "meta" else None
    id_, title = gold["id"], record.get("title")
    return Page(id_, id_, record["text"], "text", title=title, published=published, language=head["language"])


def _records(pool: Path, wanted: set[tuple[str, int]]) -> dict[tuple[str, int], Json]:
    found: dict[tuple[str, int], Json] = {}
    for file in sorted({name for name, _ in wanted}):
        with gzip.open(pool / file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if (file, number) in wanted:
                    found[file, number] = json.loads(line)
    return found


def pack(annotation: Json, meta: Json, text: str) -> Json:
    """The annotation with every verbatim string as offsets into the text. AnnotationError where one is not there."""
    where = _Finder(annotation["id"], text)
    head = annotation["report"]
    kept = ("language", "publisher", "dateline_place", "published", "published_from", "credits")
    return {
        "id": annotation["id"],
        "round": meta["round"],
        "pool": {"file": f"{meta['language']}.jsonl.gz", "line": meta["line"], "sha256": meta["sha256"]},
        "report": {**{key: head[key] for key in kept}, "not_article": [where.first(t) for t in head["not_article"]]},
        "events": [_packed_event(event, where) for event in annotation["events"]],
        "quotes": [_packed_quote(quote, where) for quote in annotation["quotes"]],
    }


def _packed_event(event: Json, where: _Finder) -> Json:
    evidence = where.first(event["evidence"])
    near = evidence[0]
    return {
        **event,
        "trigger": where.inside(event["trigger"], evidence),
        "evidence": evidence,
        **{role: [{**p, "text": where.nearest(p["text"], near)} for p in event[role]] for role in PARTIES},
        "place": event["place"] and {**event["place"], "text": where.nearest(event["place"]["text"], near)},
        "items": [{**item, "text": where.nearest(item["text"], near)} for item in event["items"]],
    }


def _packed_quote(quote: Json, where: _Finder) -> Json:
    text = where.first(quote["text"])
    speaker, cue = quote["speaker"], quote["cue"]
    return {
        **quote,
        "text": text,
        "speaker": speaker and {**speaker, "text": where.nearest(speaker["text"], text[0])},
        "cue": where.nearest(cue, text[0]) if cue else None,
    }


def written(packed: Json) -> str:
    """A packed annotation as its file holds it: one line an event and a quote, so that changes read well."""
    lists = "".join(
        f',\n "{key}": [\n  ' + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in packed[key]) + "\n ]"
        for key in ("events", "quotes")
    )
    head = json.dumps({k: v for k, v in packed.items() if k not in ("events", "quotes")}, ensure_ascii=False)
    return head[:-1] + lists + "}\n"


def unpack(packed: Json, record: Json) -> Json:
    """The annotation in gold's form, its verbatim strings read from the pool's record."""
    text = record["text"]

    def read(span: list[int]) -> str:
        return str(text[span[0] : span[1]])

    def party(value: Json | None) -> Json | None:
        return value and {**value, "text": read(value["text"])}

    return {
        "id": packed["id"],
        "round": packed["round"],
        "report": {
            **packed["report"],
            "title": record.get("title"),
            "not_article": [read(span) for span in packed["report"]["not_article"]],
        },
        "events": [
            {
                **event,
                "trigger": read(event["trigger"]),
                "evidence": read(event["evidence"]),
                **{role: [party(p) for p in event[role]] for role in PARTIES},
                "place": party(event["place"]),
                "items": [party(item) for item in event["items"]],
            }
            for event in packed["events"]
        ],
        "quotes": [
            {
                **quote,
                "text": read(quote["text"]),
                "speaker": party(quote["speaker"]),
                "cue": read(quote["cue"]) if quote["cue"] else None,
            }
            for quote in packed["quotes"]
        ],
    }


class _Finder:
    """Where verbatim strings stand in one text; blanks of any kind and number count as one."""

    def __init__(self, report: str, text: str) -> None:
        self.report = report
        self.text = text

    def all(self, string: str) -> list[list[int]]:
        pattern = r"\s+".join(re.escape(word) for word in string.split())
        found = [[m.start(), m.end()] for m in re.finditer(pattern, self.text)] if pattern else []
        if not found:
            raise AnnotationError(f"{self.report}: not in the text: {string!r}")
        return found

    def first(self, string: str) -> list[int]:
        return self.all(string)[0]

    def nearest(self, string: str, place: int) -> list[int]:
        return min(self.all(string), key=lambda span: abs(span[0] - place))

    def inside(self, string: str, span: list[int]) -> list[int]:
        within = [found for found in self.all(string) if span[0] <= found[0] and found[1] <= span[1]]
        if not within:
            raise AnnotationError(f"{self.report}: the trigger is not in its evidence: {string!r}")
        return within[0]


def main(arguments: list[str]) -> int:
    """Run a command; 1 where an annotation does not fit, 2 for a wrong call."""
    commands: dict[str, Callable[[Path, list[str]], int]] = {"pack": _pack_files, "verify": _verify}
    if len(arguments) < 2 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[arguments[0]](Path(arguments[1]), arguments[2:])


def _pack_files(pool: Path, paths: list[str]) -> int:
    """Pairs of META.json and ANNOTATION.json; one that does not fit is named and left out."""
    failed = 0
    pairs = [
        (json.loads(Path(meta).read_text("utf-8")), json.loads(Path(annotation).read_text("utf-8")))
        for meta, annotation in zip(paths[::2], paths[1::2], strict=True)
    ]
    records = _records(pool, {(f"{meta['language']}.jsonl.gz", meta["line"]) for meta, _ in pairs})
    REPORTS.mkdir(exist_ok=True)
    for meta, annotation in pairs:
        record = records[f"{meta['language']}.jsonl.gz", meta["line"]]
        try:
            packed = pack(annotation, meta, record["text"])
        except (AnnotationError, KeyError) as wrong:
            print(f"{annotation['id']}: {wrong}", file=sys.stderr)
            failed += 1
            continue
        path = REPORTS / f"{annotation['id']}.json"
        path.write_text(written(packed), "utf-8")
    return int(failed > 0)


def _verify(pool: Path, _: list[str]) -> int:
    count = events = 0
    for annotation, _record in load(pool):
        count += 1
        events += len(annotation["events"])
    print(f"{count} reports, {events} events, all found in the pool")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
