"""The installed kronik to a short name for what it reads by: a page read by the same engine need not be read again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

IRRELEVANT = frozenset({"store", "show", "reconcile", "volume", "cluster", "__pycache__"})
"""Folders of the package that have no say in what is read."""


@lru_cache(maxsize=1)
def engine() -> str:
    """kronik's version with a digest of its rules, tables and code ("0.1.0+1f0c2ab9"): data that is edited counts."""
    digest = hashlib.blake2b(digest_size=4)
    _add(digest, files("kronik"), "")
    return f"{version('kronik')}+{digest.hexdigest()}"


def _add(digest: hashlib.blake2b, folder: Traversable, path: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name not in IRRELEVANT:
                _add(digest, entry, f"{path}{entry.name}/")
        elif not entry.name.startswith("."):
            digest.update(f"{path}{entry.name}\0".encode())
            digest.update(entry.read_bytes())
