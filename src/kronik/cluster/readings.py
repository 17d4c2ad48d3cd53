"""A reading as JSON text that comes from elsewhere to one that the ledger can keep, checked."""

from __future__ import annotations

import json
from typing import Any, get_args

from kronik.contract import from_json, to_json
from kronik.errors import DataError
from kronik.model import EventType, Reading, Status
from kronik.store.deriving import days_of
from kronik.store.readings import Told, as_kept

Json = dict[str, Any]


def checked(written: str) -> Told:
    """The reading as the ledger keeps it.

    Raises DataError where it is none as ``kronik schema`` defines it, or points at words that its text does not hold.
    """
    try:
        data = json.loads(written)
        reading = from_json(data)
        told = to_json(reading)
        days = tuple(days_of(event, told) for event in told["events"])
        wrong = _wrong(data, told, reading)
        kept = as_kept(told)
        kept.encode("utf-8")
    except UnicodeEncodeError:
        raise DataError("holds halves of characters (lone surrogates): save it anew as UTF-8") from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as fault:
        why = f"{type(fault).__name__}: {fault}"[:120]
        raise DataError(
            f"no reading as `kronik schema` defines it ({why}): write it with `kronik read --json`"
        ) from None
    if wrong:
        raise DataError(f"no sound reading, {wrong}: write it with `kronik read --json`")
    return Told(kept, days)


def _wrong(data: Json, told: Json, reading: Reading) -> str | None:
    """What the reading says that cannot be; None where it is sound."""
    report = reading.report
    if not all(isinstance(one, str) and one for one in (report.id, report.language)) or not isinstance(
        report.text, str
    ):
        return "its id, language or text is missing"
    for number, event in enumerate(reading.events, 1):
        if event.type not in get_args(EventType) or event.status not in get_args(Status):
            return f"event {number} is of no type or status that kronik has"
    for what, words in (("events", ("trigger", "evidence")), ("quotes", ("text",))):
        for number, (given, found) in enumerate(zip(data[what], told[what], strict=True), 1):
            for name in words:
                if given[name] != found[name]:
                    return f"{what[:-1]} {number} points at other words than its {name}"
    return None
