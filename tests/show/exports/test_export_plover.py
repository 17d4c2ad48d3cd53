"""PLOVER JSON, against the field names of PLOVER's manual."""

from __future__ import annotations

import json
from typing import Any

# tables 6.1, 6.2, 6.5 and 6.6 of the manual, and what is added to them
FIELDS = {
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date",
    "coded_time", "comment",
}  # fmt: skip
ADDED = {"status", "date_as_told", "items", "sources", "reports", "independent"}
ENTITY = {"code", "sector", "entity_text", "identifier_id", "identifier_text", "office"}


def test_records(exported: Any) -> None:
    text, left_out = exported("plover")
    visit, rice, plan = map(json.loads, text.splitlines())
    for record in (visit, rice, plan):
        assert set(record) <= FIELDS | ADDED
        assert {"id", "date", "actor", "event"} <= set(record)
        assert all(set(who) <= ENTITY for who in record["actor"] + record.get("recipient", []))
    assert (visit["event"], visit["mode"], visit["quad_code"], visit["event_scale"]) == (["CONSULT"], ["visit"], 1, 4)
    assert visit["event_loc"]["country_code"] == "CHN"
    assert visit["actor"][0] == {
        "code": "RUS", "sector": "GOV", "entity_text": "Sergei Lavrov", "identifier_text": "Sergey Lavrov",
        "office": "=cmd()",
    }  # fmt: skip
    assert (rice["date"], rice["items"][0]["quantity"]) == ("2024-04-10", 20), "undated: the day it was told"
    assert (plan["event"], plan["status"], plan["date_as_told"]) == (["AGREE"], "planned", ["2025", "2025"])
    assert (plan["date"], plan["enddate"]) == ("2025-01-01", "2025-12-31")
    assert left_out == {"denied events": 1}


def test_unconfirmed_events_where_asked_for(exported: Any) -> None:
    text, left_out = exported("plover", unconfirmed=True)
    assert json.loads(text.splitlines()[-1])["status"] == "denied"
    assert not left_out
