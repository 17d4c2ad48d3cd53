"""What reconciling keeps beside reports and events: profiles and keys, and which reports are still to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kronik.store.connection import Connection

_MANY = 500
"""So many values are asked for at once; SQLite allows 999 in its oldest builds."""


def outdated(connection: Connection) -> list[tuple[int, str]]:
    """Reports (key and id) whose profile is of a reading that is no longer the current one."""
    return [
        (row[0], row[1])
        for row in connection.execute(
            "SELECT report.key, report.id FROM profile JOIN report ON report.key = profile.report"
            " WHERE superseded_at IS NOT NULL ORDER BY report.id"
        )
    ]


def forget_others(connection: Connection, method: str) -> int:
    """Take out all that another method keeps beside reports and events, where there is any; how many reports it is."""
    number = int(connection.execute("SELECT count(*) FROM profile WHERE method <> ?", (method,)).fetchone()[0])
    if number:
        for table in ("report_key", "event_key", "profile"):
            connection.execute(f"DELETE FROM {table}")
    return number


def forget(connection: Connection, report: int) -> None:
    """Take out what is kept beside a report (by key) and its events."""
    connection.execute("DELETE FROM report_key WHERE report = ?", (report,))
    connection.execute("DELETE FROM event_key WHERE event IN (SELECT key FROM event WHERE report = ?)", (report,))
    connection.execute("DELETE FROM profile WHERE report = ?", (report,))


def waiting(connection: Connection) -> list[int]:
    """The keys of the current reports that have no profile yet, in order of their ids."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT key FROM report WHERE superseded_at IS NULL AND key NOT IN (SELECT report FROM profile) ORDER BY id"
        )
    ]


def reading_of(connection: Connection, report: int) -> str:
    """The reading of a report by its key, as it is kept."""
    return str(connection.execute("SELECT reading FROM report WHERE key = ?", (report,)).fetchone()[0])


def keep(connection: Connection, report: int, method: str, about: str, figures: bytes, keys: Iterable[int]) -> None:
    """Keep a report's profile and keys."""
    connection.execute("INSERT INTO profile VALUES (?, ?, ?, ?)", (report, method, about, figures))
    connection.executemany("INSERT INTO report_key VALUES (?, ?)", [(key, report) for key in keys])


def keep_event(connection: Connection, event: int, keys: Iterable[int]) -> None:
    """Keep the keys of an event."""
    connection.executemany("INSERT INTO event_key VALUES (?, ?)", [(key, event) for key in keys])


def sharing(connection: Connection, keys: Iterable[int]) -> list[int]:
    """The reports (by key) that share one of the keys, in rising order."""
    return _sharing(connection, "SELECT DISTINCT report FROM report_key WHERE key IN", keys)


def events_sharing(connection: Connection, keys: Iterable[int]) -> list[int]:
    """The events (by key) that share one of the keys, in rising order."""
    return _sharing(connection, "SELECT DISTINCT event FROM event_key WHERE key IN", keys)


def profile_row(connection: Connection, report: int) -> tuple[str, bytes]:
    """A report's profile as it was kept."""
    row = connection.execute("SELECT about, figures FROM profile WHERE report = ?", (report,)).fetchone()
    return row[0], row[1]


def events_of(connection: Connection, report: int) -> Iterator[tuple[int, str, str]]:
    """The events of a report (by key): key, id, and the event as it is told."""
    for row in connection.execute("SELECT key, id, told FROM event WHERE report = ? ORDER BY number", (report,)):
        yield row[0], row[1], row[2]


def report_of_event(connection: Connection, event: int) -> int:
    """The key of the report that tells an event."""
    return int(connection.execute("SELECT report FROM event WHERE key = ?", (event,)).fetchone()[0])


def _sharing(connection: Connection, select: str, keys: Iterable[int]) -> list[int]:
    wanted = list(keys)
    found: set[int] = set()
    for at in range(0, len(wanted), _MANY):
        some = wanted[at : at + _MANY]
        found.update(row[0] for row in connection.execute(f"{select} ({', '.join('?' * len(some))})", some))
    return sorted(found)
