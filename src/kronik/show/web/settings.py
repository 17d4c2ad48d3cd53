"""What `kronik serve` was told, as one record that every part of the pages reads."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from kronik import pipeline
from kronik.lists.index import SanctionsLists
from kronik.model import Page, Reading
from kronik.store.location import Location

MAX_UPLOAD = 5_000_000
"""The largest page that may be dropped on the add view, in bytes."""

MAX_BODY = 2 * MAX_UPLOAD
"""What a request may be long in all, in bytes: a page, and how a form or JSON wraps it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the ledger is and who may ask.

    ``token`` None means that nobody is asked for one. ``hosts`` are the names by which the server may be called, empty
    for any: a page of somebody else that has its own name point here (DNS rebinding) is refused so. ``any_address``
    lets addresses of the local network be fetched. ``read_one`` reads the pages that are given, marking names by
    ``lists``, an index of sanctions lists, where there is one. ``secret`` signs cookies and forms; it is made anew at
    every start.
    """

    db: Location
    token: str | None = None
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    any_address: bool = False
    read_one: Callable[[Page], Reading] = pipeline.read_one
    lists: SanctionsLists | None = None
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
