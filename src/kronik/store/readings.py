"""A page to its reading as the ledger keeps it, or to the reason why it has none."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kronik.contract import to_json
from kronik.errors import KronikError
from kronik.model import Page, Reading
from kronik.store.deriving import Days, days_of

Json = dict[str, Any]

HALVES = "holds halves of characters (lone surrogates): save it anew as UTF-8"
TOO_MUCH_MEMORY = "took more memory than a page may: see whether it is a report; `kronik retry` takes --memory-limit MB"


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells: its reading as JSON text, and the first and last day of each event in order."""

    kept: str
    days: tuple[Days, ...]


@dataclass(frozen=True, slots=True)
class Untold:
    """Why a page could not be read. ``too_much``: reading it took more memory than there was."""

    reason: str
    too_much: bool = False


def tell(page: Page, read: Callable[[Page], Reading]) -> Told | Untold:
    """Read one page; whatever it does, the answer is a record that can be sent between processes."""
    try:
        reading = to_json(read(page))
        kept = as_kept(reading)
        kept.encode("utf-8")
        return Told(kept, tuple(days_of(event, reading) for event in reading["events"]))
    except KronikError as wrong:
        return Untold(str(wrong))
    except UnicodeEncodeError:
        return Untold(HALVES)
    except MemoryError:
        return Untold(TOO_MUCH_MEMORY, too_much=True)
    except Exception as wrong:  # a fault of kronik on one page must not lose the others
        return Untold(fault_words(wrong))


def as_kept(reading: Json) -> str:
    """A reading as the ledger keeps it."""
    return json.dumps(reading, ensure_ascii=False, separators=(",", ":"))


def fault_words(wrong: Exception) -> str:
    """What is said where kronik itself fails on a page."""
    return f"kronik failed on it ({type(wrong).__name__}: {wrong}): please report this page to its makers"
