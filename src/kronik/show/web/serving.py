"""Settings to a server that runs until it is stopped."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from kronik import pipeline
from kronik.errors import DataError, KronikError, LedgerError, UsageError
from kronik.lists.index import SanctionsLists
from kronik.model import Page, Reading
from kronik.show.web.connections import Connections
from kronik.show.web.interface import LANGUAGES, Interface
from kronik.show.web.queries.choices import choices
from kronik.show.web.queries.dealings import pairs
from kronik.show.web.queries.entries import count_entries, find_entries
from kronik.show.web.queries.indexes import make_indexes
from kronik.show.web.rendering import environment
from kronik.show.web.settings import Settings
from kronik.store.finding import Wanted
from kronik.store.ledger import open_ledger
from kronik.store.location import Location

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def settings_for(
    db: Location, host: str, token: str | None, any_address: bool = False,
    read_one: Callable[[Page], Reading] = pipeline.read_one, lists: SanctionsLists | None = None,
) -> Settings:  # fmt: skip
    """What the server is told; UsageError where it would be open to others without a token."""
    if token is not None and len(token) < 16:
        raise UsageError("--token is too short: take 16 characters or more")
    if is_loopback(host):
        return Settings(db, token, LOOPBACK_NAMES | {_in_address(host).lower()}, any_address, read_one, lists)
    if token is None:
        raise UsageError(f"--host {host} lets others in: give a --token that they must know, or take 127.0.0.1")
    return Settings(db, token, frozenset(), any_address, read_one, lists)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(settings: Settings, host: str, port: int) -> None:
    """Answer requests until stopped. Makes the ledger where there is none. DataError where the port cannot be had."""
    import uvicorn

    from kronik.show.web.application import make_application

    prepare(settings.db)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as wrong:
        listener.close()
        reason = getattr(wrong, "strerror", None) or wrong
        raise DataError(f"{host}:{port}: cannot be listened on ({reason}): choose another --host or --port") from wrong
    application = make_application(settings)
    threading.Thread(target=warm_up, args=(application.state.connections,), daemon=True).start()
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, server_header=False, proxy_headers=False,
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])


def prepare(db: Location) -> None:
    """Make the ledger where there is none, lift it to the present schema, and make the indexes of the pages.

    A ledger that cannot be written is only shown. Raises LedgerError where it cannot be read either.
    """
    try:
        with open_ledger(db, write=True) as ledger:
            make_indexes(ledger)
    except LedgerError:
        if isinstance(db, Path) and not db.exists():
            raise
        open_ledger(db).close()


def warm_up(connections: Connections) -> None:
    """Work out, before the first reader asks, what takes longest and what is loaded once."""
    nothing = Wanted()
    with contextlib.suppress(KronikError):  # whoever asks for a page is told
        for language in LANGUAGES:
            Interface(language).country("IDN")
        for name in environment().list_templates():
            environment().get_template(name)
        connections.once("choices", choices)
        counts = connections.once(("counts", nothing), lambda ledger: count_entries(ledger.connection, nothing))
        find_entries(connections.ledger().connection, nothing, dated=counts.dated, limit=1)
        connections.once(("pairs", "names"), lambda ledger: pairs(ledger.connection, "names"))
        connections.once(("pairs", "countries"), lambda ledger: pairs(ledger.connection, "countries"))


def address_of(host: str, port: int) -> str:
    """The address that a browser opens."""
    return f"http://{_in_address(host)}:{port}/"


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
