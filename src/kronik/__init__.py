"""kronik reads news reports and keeps a chronicle of what they tell, each fact with the words that tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kronik.contract import from_json, schema, to_json
    from kronik.errors import DataError, KronikError, LanguageError, LedgerError, PageError, UsageError
    from kronik.model import (
        Decision,
        Entity,
        Event,
        Item,
        Mention,
        Page,
        Participant,
        Place,
        Quote,
        Reading,
        Report,
        Span,
        Time,
    )
    from kronik.pipeline import read_one
    from kronik.read.sources import read_pages
    from kronik.store.ledger import Ledger

__version__ = "0.1.0"

_HOMES = {
    "kronik.contract": ("from_json", "schema", "to_json"),
    "kronik.errors": ("DataError", "KronikError", "LanguageError", "LedgerError", "PageError", "UsageError"),
    "kronik.model": (
        "Decision", "Entity", "Event", "Item", "Mention", "Page", "Participant", "Place", "Quote", "Reading", "Report",
        "Span", "Time",
    ),
    "kronik.pipeline": ("read_one",),
    "kronik.read.sources": ("read_pages",),
    "kronik.store.ledger": ("Ledger",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "DataError",
    "Decision",
    "Entity",
    "Event",
    "Item",
    "KronikError",
    "LanguageError",
    "Ledger",
    "LedgerError",
    "Mention",
    "Page",
    "PageError",
    "Participant",
    "Place",
    "Quote",
    "Reading",
    "Report",
    "Span",
    "Time",
    "UsageError",
    "__version__",
    "from_json",
    "read_one",
    "read_pages",
    "schema",
    "to_json",
]


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for, so that ``import kronik`` stays quick."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'kronik' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME_OF[name]), name)
