"""GDELT 2.0's event columns."""

from __future__ import annotations

from typing import Any

from kronik.show.exports.gdelt import COLUMNS, pairs


def test_there_are_61_columns() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 61
    assert (COLUMNS[26], COLUMNS[30], COLUMNS[51], COLUMNS[60]) == (
        "EventCode", "GoldsteinScale", "ActionGeo_Type", "SOURCEURL",
    )  # fmt: skip


def test_rows(exported: Any) -> None:
    text, left_out = exported("gdelt")
    rows = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in text.splitlines()]
    visit, rice, plan = rows
    wanted = {
        "Day": "20240408", "MonthYear": "202404", "Year": "2024", "FractionDate": "2024.2685", "Actor1Code": "RUSGOV",
        "Actor1Name": "SERGEY LAVROV", "Actor2CountryCode": "CHN", "IsRootEvent": "1", "EventCode": "042",
        "EventRootCode": "04", "QuadClass": "1", "GoldsteinScale": "1.9", "ActionGeo_Fullname": "Beijing, China",
        "ActionGeo_CountryCode": "CH", "ActionGeo_Type": "4", "AvgTone": "", "DATEADDED": "20240410000000",
        "SOURCEURL": "https://example.org/visit",
    }  # fmt: skip
    assert {column: visit[column] for column in wanted} == wanted
    assert (rice["EventCode"], rice["Actor1Code"], rice["Actor2Code"]) == ("070", "CHN", "RUS")
    assert (plan["EventCode"], plan["IsRootEvent"], plan["Actor2Code"]) == ("030", "0", "")
    assert len({int(row["GlobalEventID"]) for row in rows}) == 3
    assert max(int(row["GlobalEventID"]) for row in rows) < 2**63
    assert left_out == {"denied events": 1}


def test_who_meets_whom() -> None:
    def names(kind: str, actors: str, recipients: str = "") -> list[str]:
        event = {"type": kind, "actors": list(actors), "recipients": list(recipients)}
        return [f"{a or ''}{b or ''}" for a, b in pairs(event)]

    assert names("CONSULT", "abc") == ["ab", "ac", "bc"]
    assert names("AID", "ab", "cd") == ["ac", "ad", "bc", "bd"]
    assert names("PROTEST", "ab") == ["a", "b"]
    assert names("ASSAULT", "", "c") == ["c"]
    assert names("MOBILIZE", "") == [""]
