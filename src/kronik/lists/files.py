"""The files in which lists are published to listed names: the UN's consolidated XML and OFAC's sdn.csv.

The forms are those of https://scsanctions.un.org/resources/xml/en/consolidated.xml and of OFAC's "SDN Data Formats".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from kronik.errors import DataError
from kronik.lists.index import Kind, ListedName

UN = "UN Security Council Consolidated List"
OFAC = "OFAC Specially Designated Nationals List"

# Columns of sdn.csv, which has no line of column names; absent values are written "-0- ".
_ID, _NAME, _KIND, _PROGRAMME, _REMARKS = 0, 1, 2, 3, 11
_COLUMNS = 12
_ALSO = re.compile(r"a\.k\.a\. (?:'(?P<single>[^']+)'|\"(?P<double>[^\"]+)\")")


def read_list(path: Path, dated: str = "") -> tuple[ListedName, ...]:
    """Every name of the list in that file. ``dated`` is its day (ISO) where the file does not say it.

    Raises DataError where the file cannot be read or is in neither form.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise DataError(f"{path}: cannot be read as a list: {wrong}") from wrong
    names = tuple(_un(text, path, dated) if text.lstrip().startswith("<") else _ofac(text, path, dated))
    if not names:
        raise DataError(f"{path}: no listed name in it: give the UN's consolidated XML or OFAC's sdn.csv")
    return names


def _un(text: str, path: Path, dated: str) -> Iterator[ListedName]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise DataError(f"{path}: XML with a DOCTYPE, which the UN's list has not: leave the file out")
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as wrong:
        raise DataError(f"{path}: no valid XML: {wrong}") from wrong
    if root.tag != "CONSOLIDATED_LIST":
        raise DataError(f"{path}: XML of {root.tag}, not of the UN's CONSOLIDATED_LIST: leave the file out")
    date = root.get("dateGenerated", "")[:10] or dated
    forms: tuple[tuple[str, str, Kind], ...] = (
        ("INDIVIDUALS/INDIVIDUAL", "INDIVIDUAL_ALIAS", "individual"),
        ("ENTITIES/ENTITY", "ENTITY_ALIAS", "entity"),
    )
    for place, alias_tag, kind in forms:
        for entry in root.iterfind(place):
            parts = (_text(entry, f"{which}_NAME") for which in ("FIRST", "SECOND", "THIRD", "FOURTH"))
            name = " ".join(filter(None, parts))
            id, programme = _text(entry, "REFERENCE_NUMBER"), _text(entry, "UN_LIST_TYPE")
            written = {name: False} if name else {}
            for alias in entry.iterfind(alias_tag):
                if other := _text(alias, "ALIAS_NAME"):
                    written.setdefault(other, _text(alias, "QUALITY").casefold() == "low")
            for one, weak in written.items():
                yield ListedName(UN, date, id, kind, programme, name, one, weak)


def _text(element: ElementTree.Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _ofac(text: str, path: Path, dated: str) -> Iterator[ListedName]:
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        cells = [cell.strip() for cell in row]
        if len(cells) < _COLUMNS and not "".join(cells).strip("\x1a"):
            continue  # the last line may be a lone end-of-file sign
        if len(cells) < _COLUMNS or not cells[_ID].isdigit():
            raise DataError(f"{path}:{number}: no row of OFAC's sdn.csv ({_COLUMNS} columns, a number first)")
        kind = _kind(cells[_KIND])
        name = _in_order(cells[_NAME]) if kind == "individual" else cells[_NAME]
        written = dict.fromkeys([name])
        if kind == "individual":
            written[cells[_NAME].replace(",", "")] = None  # Chinese and Korean names stand surname first in the press
        for also in _ALSO.finditer(cells[_REMARKS]):
            other = also["single"] or also["double"]
            written[_in_order(other) if kind == "individual" else other] = None
        for one in written:
            yield ListedName(OFAC, dated, cells[_ID], kind, _present(cells[_PROGRAMME]), name, one)


def _kind(cell: str) -> Kind:
    return cell if cell in ("individual", "vessel", "aircraft") else "entity"  # type: ignore[return-value]


def _in_order(name: str) -> str:
    """A person's name with the given names first: "ROE, Jane" is "Jane ROE"."""
    last, _, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip()


def _present(cell: str) -> str:
    return "" if cell.startswith("-0-") else cell
