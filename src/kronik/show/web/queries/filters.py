"""What is chosen in the address of a view to SQL conditions, and back to an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from kronik.errors import UsageError
from kronik.store.dates import first_day, last_day
from kronik.store.finding import Wanted
from kronik.store.ledger import plain_words

# The names in an address; the command line has the same ones.
_LISTS = {
    "type": "types", "mode": "modes", "participant": "participants", "country": "countries", "place": "places",
    "status": "statuses", "language": "languages", "source": "sources", "report": "reports",
}  # fmt: skip
_SINGLE = ("q", "since", "until", "min_confidence")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for: every condition that is given must be met, by one of its values.

    ``sources`` are publishers; ``min_confidence`` is between 0 and 1; the others are as in ``store.finding.Wanted``,
    with ``q`` as its text. In ``q`` the last word may be unfinished, as it is while somebody types.
    """

    q: str = ""
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    min_confidence: float | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    def changed(self, **values: Any) -> Filters:
        """The same with these values instead; a single value stands for a list of one."""
        lists = _LISTS.values()
        made: dict[str, Any] = {k: (v,) if k in lists and isinstance(v, str) else v for k, v in values.items()}
        return replace(self, **made)

    def chosen(self) -> list[tuple[str, str, Filters]]:
        """Every condition: its heading, its value, and the filters without it."""
        found = [("Search", self.q, self.changed(q=""))] if self.q else []
        for name, field in _LISTS.items():
            values: tuple[str, ...] = getattr(self, field)
            for value in values:
                rest = tuple(one for one in values if one != value)
                found.append((name.capitalize(), value, self.changed(**{field: rest})))
        if self.since:
            found.append(("From", self.since, self.changed(since="")))
        if self.until:
            found.append(("Until", self.until, self.changed(until="")))
        if self.min_confidence:
            found.append(("Confidence at least", f"{self.min_confidence:g}", self.changed(min_confidence=None)))
        return found

    def query(self, **more: Any) -> str:
        """The filters as the query of an address, without what is not chosen."""
        pairs: list[tuple[str, Any]] = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, field in _LISTS.items() for value in getattr(self, field)]
        pairs += [(name, value) for name in _SINGLE[1:] if (value := getattr(self, name))]
        pairs += [(name, value) for name, value in more.items() if value not in (None, "", 1)]
        return urlencode(pairs)

    def address(self, path: str = "/", **more: Any) -> str:
        """The address of a view with these filters."""
        query = self.query(**more)
        return f"{path}?{query}" if query else path


def filters_of(given: Mapping[str, list[str]]) -> Filters:
    """The filters in an address. Raises UsageError where a date or a confidence is none."""

    def single(name: str) -> str:
        values = [value.strip() for value in given.get(name, []) if value.strip()]
        return values[-1][:500] if values else ""

    lists = {
        field: tuple(dict.fromkeys(value.strip() for value in given.get(name, []) if value.strip()))[:50]
        for name, field in _LISTS.items()
    }
    for day in (single("since"), single("until")):
        if day:
            _checked(first_day, day)
    wish = single("min_confidence")
    try:
        confidence = float(wish) if wish else None
    except ValueError:
        raise UsageError(f"min_confidence {wish!r} is no number: write one between 0 and 1") from None
    lists["types"] = tuple(kind.upper() for kind in lists["types"])
    lists["countries"] = tuple(code.upper() for code in lists["countries"])
    return Filters(
        q=single("q"), since=single("since"), until=single("until"), min_confidence=confidence or None, **lists
    )


def wanted_of(filters: Filters) -> Wanted:
    """The same as the command line has it. Raises UsageError for publishers and confidence, which it has not."""
    if filters.sources or filters.min_confidence:
        raise UsageError("source and min_confidence choose nothing here: leave them out")
    return Wanted(
        text=filters.q,
        types=filters.types,
        modes=filters.modes,
        participants=filters.participants,
        countries=filters.countries,
        places=filters.places,
        statuses=filters.statuses,
        languages=filters.languages,
        reports=filters.reports,
        since=filters.since or None,
        until=filters.until or None,
    )


def conditions(filters: Filters) -> tuple[str, list[Any]]:
    """The SQL condition on ``event``, and the values for its question marks."""
    found: list[str] = []
    values: list[Any] = []

    def add(condition: str, *those: Any) -> None:
        found.append(condition)
        values.extend(those)

    def one_of(column: str, those: Iterable[str]) -> None:
        if listed := list(those):
            add(f"{column} IN ({', '.join('?' * len(listed))})", *listed)

    if words := matching(filters.q):
        add("event.key IN (SELECT rowid FROM event_words WHERE event_words MATCH ?)", words)
    one_of("event.type", filters.types)
    one_of("event.mode", filters.modes)
    one_of("event.status", filters.statuses)
    for column, those in (("language", filters.languages), ("publisher", filters.sources), ("id", filters.reports)):
        if those:
            marks = ", ".join("?" * len(those))
            add(
                f"event.report IN (SELECT key FROM report WHERE superseded_at IS NULL AND {column} IN ({marks}))",
                *those,
            )
    for column, those in (("participant", filters.participants), ("place", filters.places)):
        if those:
            add("(" + " OR ".join([_NAMED[column]] * len(those)) + ")")
            for name in those:
                plain = plain_words(name)
                values.extend((f'"{plain.strip()}"', plain, plain))
    if filters.countries:
        marks = ", ".join("?" * len(filters.countries))
        add(
            f"event.key IN (SELECT key FROM event WHERE place_country IN ({marks}) UNION ALL"
            f" SELECT event FROM participant WHERE country IN ({marks}) AND role <> 'source')",
            *filters.countries,
            *filters.countries,
        )
    if filters.since:
        add("event.last_day >= ?", _checked(first_day, filters.since))
    if filters.until:
        add("event.first_day <= ?", _checked(last_day, filters.until))
    if filters.min_confidence:
        add("event.confidence >= ?", filters.min_confidence)
    return " AND ".join(found) or "1", values


# The index of words finds the events in which a name may stand; the second condition looks whether it does.
_NAMED = {
    "participant": (
        "event.key IN (SELECT participant.event FROM event_words JOIN participant ON participant.event ="
        " event_words.rowid WHERE event_words MATCH ? AND role <> 'source' AND"
        " (instr(plain_words(name), ?) OR instr(plain_words(text), ?)))"
    ),
    "place": (
        "event.key IN (SELECT place.key FROM event_words JOIN event AS place ON place.key = event_words.rowid"
        " WHERE event_words MATCH ? AND (instr(plain_words(place_name), ?) OR instr(plain_words(place_text), ?)))"
    ),
}


def matching(text: str) -> str:
    """The text as an FTS5 query; "" where it holds no word.

    All words; those in double quotes as a phrase; the last one also where it only begins a word.
    """
    terms: list[str] = []
    pieces = re.findall(r'"([^"]*)"|([^\s"]+)', text)
    for number, (quoted, word) in enumerate(pieces, 1):
        words = re.findall(r"\w+", quoted or word)
        if words:
            unfinished = word and (word.endswith("*") or (number == len(pieces) and text[-1:].isalnum()))
            terms.append(f'"{" ".join(words)}"' + ("*" if unfinished else ""))
    return " ".join(terms)


def _checked(day: Any, told: str) -> str:
    try:
        return str(day(told))
    except ValueError:
        raise UsageError(f"{told!r} is no date: write 2023, 2023-11 or 2023-11-05") from None
