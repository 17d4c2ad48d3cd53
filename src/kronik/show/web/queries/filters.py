"""What is looked for to the address of a view, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from kronik.errors import UsageError
from kronik.store.dates import first_day
from kronik.store.finding import Wanted

# The names in an address, as on the command line, and the fields of ``Wanted``.
_LISTS = {
    "type": "types", "mode": "modes", "participant": "participants", "country": "countries", "place": "places",
    "status": "statuses", "language": "languages", "source": "sources", "report": "reports",
}  # fmt: skip
_SINGLE = {"since": "From", "until": "Until", "min_confidence": "Confidence at least"}


def filters_of(given: Mapping[str, list[str]]) -> Wanted:
    """What the query of an address asks for. Raises UsageError where a date or a confidence is none."""

    def single(name: str) -> str:
        values = [value.strip() for value in given.get(name, []) if value.strip()]
        return values[-1][:500] if values else ""

    lists: dict[str, Any] = {
        field: tuple(dict.fromkeys(value.strip() for value in given.get(name, []) if value.strip()))[:50]
        for name, field in _LISTS.items()
    }
    for day in (single("since"), single("until")):
        if day:
            _check(day)
    lists["types"] = tuple(kind.upper() for kind in lists["types"])
    lists["countries"] = tuple(code.upper() for code in lists["countries"])
    text = single("q")
    return Wanted(
        text=text,
        anywhere=bool(text) and single("anywhere") not in ("", "0", "false"),
        unfinished=bool(text),
        since=single("since") or None,
        until=single("until") or None,
        min_confidence=_confidence(single("min_confidence")),
        **lists,
    )


def changed(filters: Wanted, **values: Any) -> Wanted:
    """The same with these values instead; a single value stands for a list of one."""
    lists = _LISTS.values()
    made: dict[str, Any] = {k: (v,) if k in lists and isinstance(v, str) else v for k, v in values.items()}
    return replace(filters, **made)


def chosen(filters: Wanted) -> list[tuple[str, str, Wanted]]:
    """Every condition: its heading, its value, and the filters without it."""
    found = []
    if filters.text:
        heading = "In the whole report" if filters.anywhere else "Search"
        found.append((heading, filters.text, replace(filters, text="", anywhere=False, unfinished=False)))
    for name, field in _LISTS.items():
        values: tuple[str, ...] = getattr(filters, field)
        for value in values:
            rest = tuple(one for one in values if one != value)
            found.append((name.capitalize(), value, changed(filters, **{field: rest})))
    for name, heading in _SINGLE.items():
        if value := getattr(filters, name):
            told = f"{value:g}" if isinstance(value, float) else value
            found.append((heading, told, changed(filters, **{name: None})))
    return found


def query(filters: Wanted, **more: Any) -> str:
    """The filters as the query of an address, without what is not chosen."""
    pairs: list[tuple[str, Any]] = [("q", filters.text)] if filters.text else []
    if filters.anywhere:
        pairs.append(("anywhere", "1"))
    pairs += [(name, value) for name, field in _LISTS.items() for value in getattr(filters, field)]
    pairs += [(name, value) for name in _SINGLE if (value := getattr(filters, name))]
    pairs += [(name, value) for name, value in more.items() if value not in (None, "", 1)]
    return urlencode(pairs)


def view_address(filters: Wanted, path: str = "/", **more: Any) -> str:
    """The address of a view with these filters."""
    asked = query(filters, **more)
    return f"{path}?{asked}" if asked else path


def _confidence(wish: str) -> float | None:
    try:
        confidence = float(wish or 0)
    except ValueError:
        confidence = -1
    if not 0 <= confidence <= 1:
        raise UsageError(f"min_confidence {wish!r} is none: write a number between 0 and 1")
    return confidence or None


def _check(day: str) -> None:
    try:
        first_day(day)
    except ValueError:
        raise UsageError(f"{day!r} is no date: write 2023, 2023-11 or 2023-11-05") from None
