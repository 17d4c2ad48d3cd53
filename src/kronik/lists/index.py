"""Listed names in a tab-separated file, and a name to the listings that bear it.

The index is made by ``kronik lists update`` from files that the user has got; none of their content is in the package.
A mark is found by name alone: it is a hint with the name that matched, never a judgement on who is meant.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal, cast

from kronik.errors import DataError
from kronik.model import Listing

Kind = Literal["individual", "entity", "vessel", "aircraft"]

HEAD = "# kronik's index of sanctions lists; `kronik lists update` makes it anew."


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of one entry of a list.

    ``date`` is the day of the list, ISO, empty where its file does not say; ``name`` the entry's main name; ``written``
    this one, given names first; ``weak`` an alias that the list itself calls of low quality.
    """

    list: str
    date: str
    id: str
    kind: Kind
    programme: str
    name: str
    written: str
    weak: bool = False


COLUMNS = tuple(field.name for field in fields(ListedName))


class SanctionsLists:
    """The index, loaded; never changed after."""

    def __init__(self, names: Iterable[ListedName]) -> None:
        self.names = tuple(names)
        self._by_key: dict[str, list[ListedName]] = {}
        for name in self.names:
            self._by_key.setdefault(folded(name.written), []).append(name)

    def find(self, name: str) -> tuple[ListedName, ...]:
        """Every listed name that is written so, whatever the capitals, accents, hyphens and apostrophes."""
        return tuple(self._by_key.get(folded(name), ()))

    def listings(self, name: str, kind: Kind) -> Iterator[Listing]:
        """The entries of that kind that bear the name, without weak aliases, each once."""
        seen = set()
        for found in self.find(name):
            if found.kind == kind and not found.weak and (found.list, found.id) not in seen:
                seen.add((found.list, found.id))
                yield Listing(found.list, found.date or None, found.id, found.written)


def folded(name: str) -> str:
    """A name for comparing: no accents, no apostrophes, other signs as spaces, in small letters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"['’‘ʼʻ`]", "", plain.casefold())
    return " ".join(re.findall(r"\w+", plain))


def default_path() -> Path:
    """Where the index is kept unless another file is named: the user's folder for data of programs."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "kronik" / "lists.tsv"


def load(path: Path) -> SanctionsLists:
    """The index of that file. Raises DataError where it is missing or no index of kronik's."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except FileNotFoundError as missing:
        raise DataError(f"{path}: no index of lists: make it with `kronik lists update FILE`") from missing
    except (OSError, UnicodeDecodeError) as wrong:
        raise DataError(f"{path}: cannot be read as an index of lists: {wrong}") from wrong
    if lines[:2] != [HEAD, "\t".join(COLUMNS)]:
        raise DataError(
            f"{path}: no index of lists that this kronik made: make it anew with `kronik lists update FILE`"
        )
    names = []
    for number, line in enumerate(lines[2:], 3):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            raise DataError(f"{path}:{number}: {len(cells)} cells, {len(COLUMNS)} expected: make the index anew")
        list_, date, id, kind, programme, name, written, weak = cells
        names.append(ListedName(list_, date, id, cast(Kind, kind), programme, name, written, weak == "weak"))
    return SanctionsLists(names)


def save(names: Iterable[ListedName], path: Path) -> None:
    """Write the index, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            print(HEAD, file=file)
            print("\t".join(COLUMNS), file=file)
            for name in names:
                *cells, weak = astuple(name)
                print("\t".join([*(re.sub(r"\s+", " ", cell) for cell in cells), "weak" if weak else ""]), file=file)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
