"""Events of the ledger to the formats that the field uses, one file a format (see docs/exports.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from kronik.show.exports.telling import Told

Format = Literal["plover", "polecat", "gdelt", "ftm", "geojson", "ics", "jsonld"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""The formats of events; JSON Lines, CSV and Parquet, which hold all that the ledger holds, are not among them."""


def event_lines(
    form: Format, events: Iterable[Told], left_out: Counter[str], *, unconfirmed: bool = False
) -> Iterator[str]:
    """The events in a format, as text with line ends; what the format has no place for is counted in ``left_out``.

    ``unconfirmed`` keeps denied and possible events in formats that cannot say so. Raises DataError where a format
    needs a package that is not installed.
    """
    # each format is loaded when it is asked for
    match form:
        case "plover":
            from kronik.show.exports.plover import plover_lines

            return plover_lines(events, left_out, unconfirmed=unconfirmed)
        case "polecat":
            from kronik.show.exports.polecat import polecat_lines

            return polecat_lines(events, left_out, unconfirmed=unconfirmed)
        case "gdelt":
            from kronik.show.exports.gdelt import gdelt_lines

            return gdelt_lines(events, left_out, unconfirmed=unconfirmed)
        case "ftm":
            from kronik.show.exports.follow_the_money import ftm_lines

            return ftm_lines(events, left_out, unconfirmed=unconfirmed)
        case "geojson":
            from kronik.show.exports.geojson import geojson_lines

            return geojson_lines(events, left_out)
        case "ics":
            from kronik.show.exports.icalendar_file import icalendar_lines

            return icalendar_lines(events, left_out)
        case "jsonld":
            from kronik.show.exports.schema_org import schema_org_lines

            return schema_org_lines(events, left_out, unconfirmed=unconfirmed)


def left_out_words(left_out: Counter[str]) -> str:
    """What an export left out, in words, most first: "possible events (7), denied events (3)"."""
    return ", ".join(f"{why} ({number:,})" for why, number in left_out.most_common())
