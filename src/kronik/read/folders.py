"""A folder to the page files in it, recursively and in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kronik.read.files import shown, why
from kronik.read.page import Unreadable

EXTENSIONS = (".html", ".htm", ".txt", ".jsonl", ".ndjson", ".warc", ".wacz")


def page_files(folder: Path) -> Iterator[Path | Unreadable]:
    """The page files under a folder, in order of their names, what a folder holds in the folder's place.

    Hidden files and folders are skipped, and so is what has no page's extension. Links are followed, no folder twice.
    What cannot be looked into, and a folder without pages, is told as Unreadable.
    """
    found = False
    visited: set[tuple[int, int]] = set()
    stack = [folder]
    while stack:
        path = stack.pop()
        try:
            if not path.is_dir():
                if path.is_file() or path.is_symlink():
                    yield path
                else:
                    yield Unreadable(shown(path), "no regular file: give it by itself or take it out")
                found = True
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            entries = sorted(path.iterdir(), reverse=True)
        except OSError as wrong:
            yield Unreadable(shown(path), why(path, wrong))
            found = True
            continue
        stack.extend(entry for entry in entries if not entry.name.startswith(".") and _wanted(entry))
    if not found:
        kinds = " ".join(EXTENSIONS)
        yield Unreadable(
            shown(folder), f"a folder without pages: put {kinds} files in, or .gz of these, or give another"
        )


def _wanted(path: Path) -> bool:
    name = path.name.lower().removesuffix(".gz")
    try:
        return name.endswith(EXTENSIONS) or path.is_dir()
    except OSError:
        return True  # told when it is looked into
