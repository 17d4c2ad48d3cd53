"""A ledger to a copy of it in one file, made while others read and write it, and back."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kronik.errors import LedgerError, UsageError
from kronik.store import ledger as ledgers
from kronik.store.ledger import APPLICATION, Ledger, explained, open_ledger
from kronik.store.location import Location, Server

_ON_A_SERVER = "is on a server, which has its own copies: use pg_dump and pg_restore"


def back_up(ledger: Ledger, to: Path) -> int:
    """Copy the ledger as it is at this moment to a file, whole or not at all, and check the copy; its size in bytes.

    The copy is of one moment, whoever writes meanwhile, and nobody has to wait for it. An older copy is replaced.
    Raises UsageError where the file is the ledger itself or something else than a copy of one, or the ledger is on a
    server, LedgerError where the ledger is damaged, OSError where the file cannot be written.
    """
    path, present = _file_of(ledger)
    if to.exists() and (to.is_dir() or to.samefile(path)):
        what = "is a folder" if to.is_dir() else "is the ledger itself"
        raise UsageError(f"{to}: {what}: name another file")
    if to.exists() and to.stat().st_size and not _is_ledger(to):
        raise UsageError(f"{to}: is something else than a copy of a ledger, and is left alone: name another file")
    handle, name = tempfile.mkstemp(dir=to.absolute().parent, prefix=f".{to.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        with closing(sqlite3.connect(part)) as copy:
            with ledger.speaking():
                present.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that the one file is all there is
            _check(copy, path)
        _settle(part)
        size = part.stat().st_size
        part.chmod(path.stat().st_mode & 0o777)
        part.replace(to)
        _settle(to.absolute().parent)
    except sqlite3.Error as wrong:
        raise explained(to, wrong) from wrong
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            left.unlink(missing_ok=True)
    return size


def restore(copy: Path, path: Location, *, replace: bool = False) -> int:
    """Put a copy in the place of the ledger at a path; how many reports it holds.

    It is one transaction: whoever serves the ledger sees the old one or the restored one, and whatever ends it midway
    leaves the old one. Raises UsageError where there is a ledger with reports and ``replace`` is false, LedgerError
    where the copy is none, is damaged or is newer than this kronik, or the ledger cannot be written.
    """
    if not copy.is_file() or not _is_ledger(copy):
        raise LedgerError(f"{copy}: is no copy of a ledger: name a file that `kronik backup` made")
    if isinstance(path, Server):
        raise UsageError(f"{path}: {_ON_A_SERVER}")
    if path.exists() and copy.samefile(path):
        raise UsageError(f"{copy}: is the ledger itself: name a copy of it")
    with open_ledger(copy) as kept:
        with kept.speaking():
            _, copied = _file_of(kept)
            _check(copied, copy)
        number = _reports(kept)
        with open_ledger(path, write=True) as ledger:
            if not replace and (present := _reports(ledger)):
                raise UsageError(f"{path}: holds {present:,} reports, which would be lost: give --replace")
            with ledger.speaking() as connection:
                copied.backup(_file_of(ledger)[1], progress=_patience())
                # Only now is it in the ledger's own file, wherever the log of changes stands.
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    with open_ledger(path, write=True):  # lifts a copy that an older kronik made
        return number


def _patience() -> Callable[[int, int, int], None]:
    """What ends copying into a ledger that others keep on writing to; by itself it would wait for ever."""
    begun = time.monotonic()

    def look(status: int, remaining: int, pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() - begun > ledgers.WAIT_SECONDS:
            raise sqlite3.OperationalError("database is locked")

    return look


def _file_of(ledger: Ledger) -> tuple[Path, sqlite3.Connection]:
    """The file that holds a ledger, and the connection to it; UsageError where it is on a server."""
    if isinstance(ledger.path, Server) or not isinstance(ledger.connection, sqlite3.Connection):
        raise UsageError(f"{ledger.path}: {_ON_A_SERVER}")
    return ledger.path, ledger.connection


def _reports(ledger: Ledger) -> int:
    with ledger.speaking() as connection:
        return int(connection.execute("SELECT count(*) FROM report WHERE superseded_at IS NULL").fetchone()[0])


def _is_ledger(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION)
    except sqlite3.Error:
        return False


def _check(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise LedgerError(f"{path}: is damaged ({found}): restore it from an older copy")


def _settle(path: Path) -> None:
    """Let what was written be on the disk before anything else is done."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
