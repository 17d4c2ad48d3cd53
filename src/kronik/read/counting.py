"""Sources to the number of pages that they hold, counted without reading them as pages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from kronik.read.files import ARCHIVES, JSON_LINES, origin_name
from kronik.read.folders import page_files
from kronik.read.unpacking import DAMAGED, unpacked

_PIECE = 1 << 20


def count_pages(sources: Iterable[str | os.PathLike[str]], *, lines: bool = False) -> int | None:
    """About how many pages the sources hold: what cannot be counted before it is read (an archive) makes it None.

    A file counts once, one of JSON Lines (by its name; all where ``lines``) as often as it has lines.
    """
    number = 0
    for given in sources:
        source = os.fspath(given)
        path = Path(source)
        if source == "-":
            return None
        if "://" in source:
            number += 1
        else:
            for entry in page_files(path) if path.is_dir() else (path,):
                if isinstance(entry, Path) and origin_name(entry).lower().endswith(ARCHIVES):
                    return None
                number += _count(entry, lines) if isinstance(entry, Path) else 1
    return number


def _count(path: Path, lines: bool) -> int:
    if not lines and not path.name.lower().removesuffix(".gz").endswith(JSON_LINES):
        return 1
    try:
        with path.open("rb") as file, unpacked(file) as (plain, _begins):
            return _lines(plain)
    except (OSError, *DAMAGED):
        return 1  # told when it is read


def _lines(file: BinaryIO) -> int:
    number, piece, last = 0, b"", b"\n"
    while piece := file.read(_PIECE):
        number += piece.count(b"\n")
        last = piece
    return number + (not last.endswith(b"\n"))
