"""One reading to the rows that are asked: events, participants, items, quotes, entities, and the words to search."""

from __future__ import annotations

import json
from typing import Any

from kronik.store import words
from kronik.store.connection import Connection
from kronik.store.dates import interval

Json = dict[str, Any]
Days = tuple[str, str] | tuple[None, None]


def days_of(event: Json, reading: Json) -> Days:
    """The first and last day of an event of the reading; ValueError where it holds what is no date."""
    published: str | None = reading["report"]["published"]
    return interval(event["start"], event["end"], published)


def retire(connection: Connection, key: int, now: str) -> None:
    """Keep the row, and take what was derived from it out of the tables that are asked."""
    connection.execute("UPDATE report SET superseded_at = ? WHERE key = ?", (now, key))
    words.forget(connection, key)
    # the entries that these events belonged to fall apart until the report is compared anew
    entries = connection.execute(
        "SELECT DISTINCT entry FROM entry_event JOIN event ON event.id = entry_event.event WHERE event.report = ?",
        (key,),
    ).fetchall()
    connection.executemany("DELETE FROM entry_event WHERE entry = ?", entries)
    connection.executemany("DELETE FROM entry WHERE id = ?", entries)
    connection.execute("DELETE FROM event WHERE report = ?", (key,))  # participants and items go with it
    connection.execute("DELETE FROM quote WHERE report = ?", (key,))
    connection.execute("DELETE FROM entity WHERE report = ?", (key,))


def derive(connection: Connection, key: int, id_: str, reading: Json, days: list[Days]) -> None:
    """The tables that are asked, from one reading."""
    head = reading["report"]
    words.keep(connection, "report_words", key, (head["title"] or "", head["text"]))
    for number, (event, (first, last)) in enumerate(zip(reading["events"], days, strict=True), 1):
        place = event["place"] or {}
        event_key = connection.execute(
            "INSERT INTO event (report, number, id, type, mode, status, confidence, trigger_words, evidence,"
            " place_name, place_text, place_country, latitude, longitude, start_date, end_date, first_day, last_day,"
            " told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
            (key, number, f"{id_}#{number}", event["type"], event["mode"], event["status"], event["confidence"],
             event["trigger"], event["evidence"], place.get("name"), place.get("text"), place.get("country"),
             place.get("latitude"), place.get("longitude"), event["start"], event["end"], first, last,
             json.dumps(event, ensure_ascii=False, separators=(",", ":"))),
        ).fetchall()[0][0]  # fmt: skip
        told = [event["type"], event["mode"] or "", event["trigger"], event["evidence"]]
        told += [place[key] for key in ("name", "text") if place]
        for role, those in (("actor", "actors"), ("recipient", "recipients"), ("source", "sources")):
            for position, who in enumerate(event[those], 1):
                told += [who["name"], who["text"]]
                connection.execute(
                    "INSERT INTO participant VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (event_key, role, position, who["name"], who["text"], who["kind"], who["country"], who["wikidata"]),
                )
        for position, item in enumerate(event["items"], 1):
            told += [item["name"], item["text"]]
            connection.execute(
                "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)",
                (event_key, position, item["name"], item["text"], item["quantity"], item["unit"]),
            )
        words.keep(connection, "event_words", event_key, ("\n".join(told),))
    for number, quote in enumerate(reading["quotes"], 1):
        speaker = quote["speaker"] or {}
        connection.execute(
            "INSERT INTO quote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, number, quote["direct"], speaker.get("name"), speaker.get("text"), speaker.get("kind"),
             speaker.get("country"), quote["cue"], quote["text"]),
        )  # fmt: skip
    for number, entity in enumerate(reading["entities"], 1):
        connection.execute(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, number, entity["name"], entity["text"], entity["kind"], entity["country"], entity["wikidata"],
             entity["office"], len(entity["mentions"])),
        )  # fmt: skip
